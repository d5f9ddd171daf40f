package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// userAttributesModel is the data source's configuration, in which the results
// are null. They are written as raw values: see [rawState].
type userAttributesModel struct {
	Accounts       accountsValue  `tfsdk:"accounts"`
	OnAccountError types.String   `tfsdk:"on_account_error"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
	Attributes     types.Map      `tfsdk:"attributes"`
	Errors         types.Map      `tfsdk:"errors"`
}

// userAttributesResults returns the computed values.
func userAttributesResults(result *timpush.UserAttributes) map[string]tftypes.Value {
	attributesType := tftypes.Map{ElementType: tftypes.String}
	attributes := make(map[string]tftypes.Value, len(result.Attributes))
	for account, values := range result.Attributes {
		elements := make(map[string]tftypes.Value, len(values))
		for name, value := range values {
			elements[name] = tftypes.NewValue(tftypes.String, value)
		}
		attributes[account] = tftypes.NewValue(attributesType, elements)
	}
	return map[string]tftypes.Value{
		"attributes": tftypes.NewValue(tftypes.Map{ElementType: attributesType}, attributes),
		"errors":     accountErrorsValue(result.Errors),
	}
}
