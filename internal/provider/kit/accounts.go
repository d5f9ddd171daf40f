package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Accounts describes a kind that reads accounts, such as in package tags: a data
// source and an ephemeral resource.
type Accounts[Value any] struct {
	TypeName    string    // without the provider's name
	Title       string    // in summaries: "User Attributes"
	Description string    // of the schema; its first paragraph is the summary of the docs page
	Result      string    // the attribute with the results, also its name in messages
	ResultText  string    // its description
	ElementType attr.Type // its type, for each account
	Only        Only      // the argument only

	Read     func(client *timpush.Client, ctx context.Context, accounts []string, keep timpush.Filter, maxBytes int) (*timpush.Result[Value], error)
	Value    func(Value) tftypes.Value // the result of one account, of ElementType
	Required *Required[Value]          // what accounts can be required to have; nil for nothing
}

// run reads the accounts of a block, and returns the block with the results, or
// unchanged if the read failed.
func (a Accounts[Value]) run(ctx context.Context, data *ProviderData, operation Operation) (block tftypes.Value, deferred bool, diags diag.Diagnostics) {
	operation.Verb, operation.Object = "read", a.Title
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
	selected, diags := a.selection(ctx, operation.Config)
	if diags.HasError() {
		return block, false, diags
	}
	accounts := list.accounts()
	result := &timpush.Result[Value]{}
	if len(accounts) > 0 { // an empty list needs no provider configuration
		deferred, diags = data.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
			result, err = a.Read(client, ctx, accounts, selected.keep(), resultLimit(accounts, selected))
			return err
		})
		if deferred || diags.HasError() {
			return block, deferred, diags
		}
	}
	results := a.missing(result.Read, selected) // before it drops values
	results[a.Result] = a.valueOf(ctx, result.Read)
	results["errors"] = accountErrorsValue(ctx, result.Errors)
	block, diags = WithResults(operation.Config, results)
	if diags.HasError() {
		return block, false, diags
	}
	return block, false, accountProblems(onAccountError.ValueString(), a.Result, accounts, result.Errors, len(result.Read))
}

func (a Accounts[Value]) valueOf(ctx context.Context, read map[string]Value) tftypes.Value {
	values := make(map[string]tftypes.Value, len(read))
	for account, value := range read {
		values[account] = a.Value(value)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: a.ElementType.TerraformType(ctx)}, values)
}
