package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// AccountsRead reads the accounts of a block that has the arguments and the errors
// of [AccountsAttributes].
type AccountsRead[Value any] struct {
	Object string // what is read of accounts, in messages: "attributes"

	// Read reads accounts. If there are none, it is not called.
	Read func(ctx context.Context, client *timpush.Client, accounts []string, maxBytes int) (*timpush.Result[Value], error)
	// Results returns the computed attributes other than errors. accounts are all
	// accounts of the block, with duplicates; read are those that were read.
	Results func(accounts []string, read map[string]Value) map[string]tftypes.Value

	selected selection // counts toward the size of the block
}

// Run reads the accounts within the block's timeout. It returns the block with the
// results, or unchanged if the read is deferred or failed.
func (r AccountsRead[Value]) Run(ctx context.Context, data *ProviderData, operation Operation) (block tftypes.Value, deferred bool, diags diag.Diagnostics) {
	block = operation.Config.Raw
	var (
		list           accountsValue
		onAccountError types.String
	)
	diags.Append(operation.Config.GetAttribute(ctx, path.Root("accounts"), &list)...)
	diags.Append(operation.Config.GetAttribute(ctx, path.Root("on_account_error"), &onAccountError)...)
	if diags.HasError() {
		return block, false, diags
	}
	accounts := list.accounts()
	result := &timpush.Result[Value]{}
	if len(accounts) > 0 { // an empty list needs no provider configuration
		deferred, diags = data.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
			result, err = r.Read(ctx, client, accounts, resultLimit(accounts, r.selected))
			return err
		})
		if deferred || diags.HasError() {
			return block, deferred, diags
		}
	}
	results := r.Results(accounts, result.Read)
	results["errors"] = AccountErrorsValue(ctx, result.Errors)
	block, diags = WithResults(operation.Config, results)
	if diags.HasError() {
		return block, false, diags
	}
	return block, false, accountProblems(onAccountError.ValueString(), r.Object, accounts, result.Errors, len(result.Read))
}
