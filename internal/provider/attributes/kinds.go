// Package attributes has the kinds for users' push attributes.
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
	Description: "Reads push attributes of accounts. An account is a UserID (a user of the app) or a RegistrationID (an installation of the app).\n\n" +
		"The provider calls " + kit.ServiceLink("`get_attr`", 60564) + ". Each account in `accounts` ends up in either `attributes` or `errors`. " +
		"An account can only have attributes whose names the app defines: see " + kit.KindLink("`timpush_attribute_names`", "data-sources", "attribute_names") + ".",
	Result: "attributes",
	ResultText: "The attributes of the accounts that were read: a map from account to a map from attribute name to value. An account without attributes has an empty map. " +
		"Values that are not strings in the response become strings: numbers and booleans exactly as sent, null as `\"\"`, objects and arrays as compact JSON.",
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
