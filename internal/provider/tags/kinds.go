// Package tags has the kinds for users' push tags.
package tags

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
	DataSources:        []func() datasource.DataSource{userTags.NewDataSource},
	EphemeralResources: []func() ephemeral.EphemeralResource{userTags.NewEphemeralResource},
}

var userTags = kit.Accounts[[]string]{
	TypeName: "user_tags",
	Title:    "User Tags",
	Description: "Reads push tags of accounts. An account is a UserID (a user of the app) or a RegistrationID (an installation of the app).\n\n" +
		"The provider calls " + kit.ServiceLink("`get_tag`", 60567) + ". Each account in `accounts` ends up in either `tags` or `errors`.",
	Result:      "tags",
	ResultText:  "The tags of the accounts that were read: a map from account to a sorted list of tags, without duplicates. An account without tags has an empty list.",
	ElementType: types.ListType{ElemType: types.StringType},
	Only: kit.Only{
		Names: "Tags",
		Text: "The tags to keep in `tags`. Other tags do not appear in plan files, state, or logs. " +
			"An empty list keeps none. By default, all tags are kept.",
	},
	Read: (*timpush.Client).GetUserTags,
	Value: func(tags []string) tftypes.Value {
		values := make([]tftypes.Value, len(tags))
		for i, tag := range tags {
			values[i] = tftypes.NewValue(tftypes.String, tag)
		}
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	},
}
