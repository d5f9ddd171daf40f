package timpush

import (
	"context"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// UserTags is what get_tag reads of accounts: tags, sorted, none twice and none
// empty.
type UserTags = Result[[]string]

var getTag = accountsCall[[]string]{api: "get_tag", list: "UserTags", take: takeTags}

// takeTags takes Tags, a list (60567). How the service answers for an account
// without tags is not documented: a list that is missing or null is empty.
func takeTags(item object, clean func(string) string) ([]string, error) {
	var tags []text
	if err := item.take("Tags", &tags); err != nil {
		return nil, err
	}
	sorted := make([]string, 0, len(tags))
	for _, tag := range tags {
		if tag := norm.NFC.String(clean(string(tag))); tag != "" {
			sorted = append(sorted, tag)
		}
	}
	slices.Sort(sorted)
	return slices.Compact(sorted), nil
}

// GetUserTags reads the tags of accounts. See [readAccounts].
func (c *Client) GetUserTags(ctx context.Context, accounts []string, maxBytes int) (*UserTags, error) {
	return readAccounts(ctx, c, getTag, accounts, maxBytes)
}
