package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var readUserAttributes = accountsRead[map[string]string]{
	typeName: "user_attributes",
	title:    "User Attributes",
	description: "Reads the push attributes of accounts (`get_attr`). " +
		"Every account asked for ends in exactly one of `attributes` and `errors`. " +
		"Attribute names must have been set for the app, and then the users' attributes, before there is anything to read.",
	result: "attributes",
	resultText: "Account to attribute name to value, for each account that was read. An account without attributes has `{}`. " +
		"Values that are not strings in the service's answer keep their text: numbers as sent, `true` and `false`, null as an empty string, objects and arrays as compact JSON.",
	elementType: types.MapType{ElemType: types.StringType},
	read:        (*timpush.Client).GetUserAttributes,
	value: func(attributes map[string]string) tftypes.Value {
		values := make(map[string]tftypes.Value, len(attributes))
		for name, value := range attributes {
			values[name] = tftypes.NewValue(tftypes.String, value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
	},
}

func newUserAttributesDataSource() datasource.DataSource {
	return &accountsDataSource[map[string]string]{read: readUserAttributes}
}

func newUserAttributesEphemeralResource() ephemeral.EphemeralResource {
	return &accountsEphemeralResource[map[string]string]{read: readUserAttributes}
}
