// Package attributes is the kinds about users' push attributes.
package attributes

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources:        []func() datasource.DataSource{userAttributes.NewDataSource},
	EphemeralResources: []func() ephemeral.EphemeralResource{userAttributes.NewEphemeralResource},
}

var userAttributes = kit.Accounts[map[string]string]{
	TypeName: "user_attributes",
	Title:    "User Attributes",
	Description: "Reads the push attributes of accounts (`get_attr`). " +
		"Every account asked for ends in exactly one of `attributes` and `errors`. " +
		"Attribute names must have been set for the app, and then the users' attributes, before there is anything to read.",
	Result: "attributes",
	ResultText: "Account to attribute name to value, for each account that was read. An account without attributes has `{}`. " +
		"Values that are not strings in the service's response keep their text: numbers as sent, `true` and `false`, null as an empty string, objects and arrays as compact JSON.",
	ElementType: types.MapType{ElemType: types.StringType},
	Read:        (*timpush.Client).GetUserAttributes,
	Value: func(attributes map[string]string) tftypes.Value {
		values := make(map[string]tftypes.Value, len(attributes))
		for name, value := range attributes {
			values[name] = tftypes.NewValue(tftypes.String, value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
	},
}
