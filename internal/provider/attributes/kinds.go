// Package attributes has the kinds for users' push attributes.
package attributes

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/owned"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources:        []func() datasource.DataSource{userAttributes.NewDataSource},
	EphemeralResources: []func() ephemeral.EphemeralResource{userAttributes.NewEphemeralResource},
	Resources:          []func() resource.Resource{ownedAttributes.NewResource},
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
	Only: kit.Only{
		Names: "Attribute Names",
		Text: "The names of the attributes to keep in `attributes`. Values of other attributes do not appear in plan files, state, or logs. " +
			"An empty list keeps none. By default, all attributes are kept.",
	},
	Required: &kit.Required[map[string]string]{
		Text: "The names of attributes that every account should have. `missing_attributes` reports the accounts that lack some. " +
			"The names do not have to be in `only`.",
		MissingText: "The accounts that lack some of `required_attributes`: a map from account to the names of the attributes that are missing or empty, in the order of `required_attributes`. " +
			"Only accounts that were read are included; others are in `errors`. Empty if no attributes are required.",
		Lacks: func(attributes map[string]string, name string) bool { return attributes[name] == "" },
		Drop: func(attributes map[string]string, keep timpush.Filter) {
			maps.DeleteFunc(attributes, func(name, _ string) bool { return !keep[name] })
		},
	},
	Read: (*timpush.Client).GetUserAttributes,
	Value: func(attributes map[string]string) tftypes.Value {
		values := make(map[string]tftypes.Value, len(attributes))
		for name, value := range attributes {
			values[name] = tftypes.NewValue(tftypes.String, value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
	},
}

var ownedAttributes = owned.Kind{
	TypeName: "user_attributes",
	Title:    "User Attributes",
	Description: "Sets push attributes of test accounts, and manages only the names that it lists for each account: other attributes and other accounts are never read into state, changed, or removed. " +
		"An account is a UserID (a user of the app) or a RegistrationID (an installation of the app).\n\n" +
		"Removing an attribute from the configuration, or destroying the resource, removes it from the account. " +
		"The provider calls " + kit.ServiceLink("`set_attr`", 60565) + " and " + kit.ServiceLink("`remove_attr`", 60566) + " for what differs, and `get_attr` for each refresh. " +
		"An account can only have attributes whose names the app defines: see " + kit.KindLink("`timpush_attribute_names`", "resources", "attribute_names") + ".\n\n" +
		"Use it for test and canary accounts. Attributes of real users change with the users and belong to the app's own server. " + kit.Stored(),
	Argument: "attributes",
	Text: fmt.Sprintf("The attributes to own: a map from account to a map from attribute name to value. At most %s accounts, and %d attributes for each. "+
		"Names have 1 to %d bytes in UTF-8, and values 1 to %d. ", kit.Count(owned.MostAccounts), timpush.MaxNames, timpush.MaxNameBytes, timpush.MaxValueBytes) +
		"An account with an empty map owns nothing. No other resource may own the same attributes of an account. " +
		"Accounts must exist; the plan checks those that are new in it.",
	Form:          owned.Values{},
	ImportOnly:    "names",
	ImportExample: "level",
	HasNames:      true,
	Read:          (*timpush.Client).GetUserAttributes,
	Set:           (*timpush.Client).SetUserAttributes,
	Remove:        (*timpush.Client).RemoveUserAttributes,
}
