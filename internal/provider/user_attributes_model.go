package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Types of the results.
var (
	attributesType   = types.MapType{ElemType: types.StringType}
	accountErrorType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"code":    types.Int64Type,
		"message": types.StringType,
	}}
)

// userAttributesModel is the data source's configuration and result.
type userAttributesModel struct {
	Accounts       types.List     `tfsdk:"accounts"`
	OnAccountError types.String   `tfsdk:"on_account_error"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
	Attributes     types.Map      `tfsdk:"attributes"`
	Errors         types.Map      `tfsdk:"errors"`
}

// accounts returns the accounts as the configuration lists them. It walks the
// values itself: reflection over 100,000 of them is time that users wait.
func (m *userAttributesModel) accounts() []string {
	elements := m.Accounts.Elements()
	accounts := make([]string, 0, len(elements))
	for _, element := range elements {
		if account, ok := element.(types.String); ok {
			accounts = append(accounts, account.ValueString())
		}
	}
	return accounts
}

// setResult takes over what was read.
func (m *userAttributesModel) setResult(result *timpush.UserAttributes) {
	attributes := make(map[string]attr.Value, len(result.Attributes))
	for account, values := range result.Attributes {
		elements := make(map[string]attr.Value, len(values))
		for name, value := range values {
			elements[name] = types.StringValue(value)
		}
		attributes[account] = types.MapValueMust(types.StringType, elements)
	}
	m.Attributes = types.MapValueMust(attributesType, attributes)

	failures := make(map[string]attr.Value, len(result.Errors))
	for account, failure := range result.Errors {
		failures[account] = types.ObjectValueMust(accountErrorType.AttrTypes, map[string]attr.Value{
			"code":    types.Int64PointerValue(failure.Code),
			"message": types.StringValue(failure.Message()),
		})
	}
	m.Errors = types.MapValueMust(accountErrorType, failures)
}
