package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// accountsRead is a read of accounts, the same for the data source and the
// ephemeral resource of a kind. What the kinds have in common stands here;
// adding one is a short file such as user_tags.go.
type accountsRead[Value any] struct {
	typeName    string    // after the provider's
	title       string    // in summaries: "User Attributes"
	description string    // of the schema
	result      string    // the attribute with what was read, and what texts call that
	resultText  string    // its description
	elementType attr.Type // its type, for each account

	read  func(client *timpush.Client, ctx context.Context, accounts []string, maxBytes int) (*timpush.Result[Value], error)
	value func(Value) tftypes.Value // what was read of one account, of elementType
}

// run reads what a block asks for, and returns the block with the results in
// place, or as it is where it cannot be read. operation names its time-out:
// "read" or "open".
func (r accountsRead[Value]) run(ctx context.Context, provider *providerData, config tfsdk.Config, operation string) (raw tftypes.Value, diags diag.Diagnostics) {
	accounts, policy, diags := accountsArguments(ctx, config)
	if diags.HasError() {
		return config.Raw, diags
	}
	result := &timpush.Result[Value]{}
	if len(accounts) > 0 { // an empty list needs nothing of the provider
		if problem := provider.call(ctx, "Unable to Read "+r.title, config, operation, func(ctx context.Context, client *timpush.Client) (err error) {
			result, err = r.read(client, ctx, accounts, 0)
			return err
		}); problem != nil {
			return config.Raw, append(diags, problem)
		}
	}
	raw, problems := withResults(config, map[string]tftypes.Value{
		r.result: r.valueOf(ctx, result.Read),
		"errors": accountErrorsValue(ctx, result.Errors),
	})
	diags.Append(problems...)
	if diags.HasError() {
		return raw, diags
	}
	diags.Append(accountProblems(policy, r.result, accounts, result.Errors, len(result.Read))...)
	return raw, diags
}

// accountsArguments returns the arguments that every read of accounts has.
func accountsArguments(ctx context.Context, config tfsdk.Config) (accounts []string, policy string, diags diag.Diagnostics) {
	var (
		list           accountsValue
		onAccountError types.String
	)
	diags.Append(config.GetAttribute(ctx, path.Root("accounts"), &list)...)
	diags.Append(config.GetAttribute(ctx, path.Root("on_account_error"), &onAccountError)...)
	return list.accounts(), onAccountError.ValueString(), diags
}

func (r accountsRead[Value]) valueOf(ctx context.Context, read map[string]Value) tftypes.Value {
	values := make(map[string]tftypes.Value, len(read))
	for account, value := range read {
		values[account] = r.value(value)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: r.elementType.TerraformType(ctx)}, values)
}

// asksNothing reports whether a block asks for no account: it can be read
// whatever is known of the provider's configuration.
func asksNothing(ctx context.Context, config tfsdk.Config) bool {
	accounts, _, diags := accountsArguments(ctx, config)
	return !diags.HasError() && len(accounts) == 0
}
