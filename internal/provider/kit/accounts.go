package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
	selected, diags := a.selection(ctx, operation.Config)
	if diags.HasError() {
		return operation.Config.Raw, false, diags
	}
	return AccountsRead[Value]{
		Object: a.Result,
		Read: func(ctx context.Context, client *timpush.Client, accounts []string, maxBytes int) (*timpush.Result[Value], error) {
			return a.Read(client, ctx, accounts, selected.keep(), maxBytes)
		},
		Results: func(_ []string, read map[string]Value) map[string]tftypes.Value {
			results := a.missing(read, selected) // before it drops values
			results[a.Result] = a.valueOf(ctx, read)
			return results
		},
		selected: selected,
	}.Run(ctx, data, operation)
}

func (a Accounts[Value]) valueOf(ctx context.Context, read map[string]Value) tftypes.Value {
	values := make(map[string]tftypes.Value, len(read))
	for account, value := range read {
		values[account] = a.Value(value)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: a.ElementType.TerraformType(ctx)}, values)
}
