package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var readUserTags = accountsRead[[]string]{
	typeName: "user_tags",
	title:    "User Tags",
	description: "Reads the push tags of accounts (`get_tag`). " +
		"Every account asked for ends in exactly one of `tags` and `errors`.",
	result:      "tags",
	resultText:  "Account to its tags, sorted, none twice, for each account that was read. An account without tags has `[]`.",
	elementType: types.ListType{ElemType: types.StringType},
	read:        (*timpush.Client).GetUserTags,
	value: func(tags []string) tftypes.Value {
		values := make([]tftypes.Value, len(tags))
		for i, tag := range tags {
			values[i] = tftypes.NewValue(tftypes.String, tag)
		}
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
	},
}

func newUserTagsDataSource() datasource.DataSource {
	return &accountsDataSource[[]string]{read: readUserTags}
}
