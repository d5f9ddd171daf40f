// Package tags is the kinds about users' push tags.
package tags

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources: []func() datasource.DataSource{userTags.NewDataSource},
}

var userTags = kit.Accounts[[]string]{
	TypeName: "user_tags",
	Title:    "User Tags",
	Description: "Reads the push tags of accounts (`get_tag`). " +
		"Every account asked for ends in exactly one of `tags` and `errors`.",
	Result:      "tags",
	ResultText:  "Account to its tags, sorted, none twice, for each account that was read. An account without tags has `[]`.",
	ElementType: types.ListType{ElemType: types.StringType},
	Read:        (*timpush.Client).GetUserTags,
	Value: func(tags []string) tftypes.Value {
		values := make([]tftypes.Value, len(tags))
		for i, tag := range tags {
			values[i] = tftypes.NewValue(tftypes.String, tag)
		}
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	},
}
