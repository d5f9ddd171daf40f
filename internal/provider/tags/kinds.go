// Package tags has the kinds for users' push tags.
package tags

import (
	"context"
	"fmt"
	"maps"
	"slices"

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
	DataSources:        []func() datasource.DataSource{userTags.NewDataSource},
	EphemeralResources: []func() ephemeral.EphemeralResource{userTags.NewEphemeralResource},
	Resources:          []func() resource.Resource{ownedTags.NewResource},
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

var ownedTags = owned.Kind{
	TypeName: "user_tags",
	Title:    "User Tags",
	Description: "Adds push tags to test accounts, and manages only the tags that it lists for each account: other tags and other accounts are never read into state, changed, or removed. " +
		"An account is a UserID (a user of the app) or a RegistrationID (an installation of the app).\n\n" +
		"Removing a tag from the configuration, or destroying the resource, removes it from the account. " +
		"The provider calls " + kit.ServiceLink("`add_tag`", 67821) + " and " + kit.ServiceLink("`remove_tag`", 60569) + " for what differs, and `get_tag` for each refresh.\n\n" +
		"Use it for test and canary accounts. Tags of real users change with the users and belong to the app's own server. " + kit.Stored(),
	Argument: "tags",
	Text: fmt.Sprintf("The tags to own: a map from account to a list of tags, whose order and repeats mean nothing. At most %s accounts, and %d different tags for each. "+
		"A tag has 1 to %d bytes in UTF-8. ", kit.Count(owned.MostAccounts), timpush.MaxTags, timpush.MaxTagBytes) +
		"An account with an empty list owns nothing. No other resource may own the same tags of an account. " +
		"Accounts must exist; the plan checks those that are new in it.",
	Form:          owned.Names{},
	ImportOnly:    "tags",
	ImportExample: "canary",
	Read:          readTags,
	Set:           addTags,
	Remove:        (*timpush.Client).RemoveUserTags,
}

// readTags reads tags in the form of pairs. Its arguments are those of a method.
//
//nolint:revive // so is their order
func readTags(client *timpush.Client, ctx context.Context, accounts []string, keep timpush.Filter, maxBytes int) (*timpush.Result[map[string]string], error) {
	result, err := client.GetUserTags(ctx, accounts, keep, maxBytes)
	if err != nil {
		return nil, err
	}
	read := make(map[string]map[string]string, len(result.Read))
	for account, tags := range result.Read {
		read[account] = make(map[string]string, len(tags))
		for _, tag := range tags {
			read[account][tag] = ""
		}
	}
	return &timpush.Result[map[string]string]{Read: read, Errors: result.Errors}, nil
}

// addTags adds tags in the form of pairs, sorted. Its arguments are those of a
// method.
//
//nolint:revive // so is their order
func addTags(client *timpush.Client, ctx context.Context, items []timpush.Write[map[string]string]) (*timpush.Written, error) {
	added := make([]timpush.Write[[]string], len(items))
	for i, item := range items {
		added[i] = timpush.Write[[]string]{Account: item.Account, Content: slices.Sorted(maps.Keys(item.Content))}
	}
	return client.AddUserTags(ctx, added)
}
