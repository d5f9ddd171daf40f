package timpush

import (
	"context"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// UserTags is the result of get_tag: the tags of each account, sorted, without
// duplicates or empty tags.
type UserTags = Result[[]string]

var getTag = readCommand[[]string]{
	command: command{name: "get_tag", maxItems: MaxAccounts},
	list:    "UserTags",
	decode:  decodeTags,
	size:    tagsSize,
}

// decodeTags decodes Tags, a list (60567). A missing or null list is empty, since
// the response for an account without tags is not documented.
func decodeTags(element object, clean func(string) string, keep Filter) ([]string, error) {
	var tags []text
	if err := element.decode("Tags", &tags); err != nil {
		return nil, err
	}
	sorted := make([]string, 0, keep.most(len(tags)))
	for _, tag := range tags {
		if tag := norm.NFC.String(clean(string(tag))); tag != "" && keep.keeps(tag) {
			sorted = append(sorted, tag)
		}
	}
	slices.Sort(sorted)
	return slices.Compact(sorted), nil
}

func tagsSize(tags []string) (size int) {
	for _, tag := range tags {
		size += EncodedSize(len(tag))
	}
	return size
}

// GetUserTags reads the tags of accounts, and keeps those that are in keep. See
// [readAccounts].
func (c *Client) GetUserTags(ctx context.Context, accounts []string, keep Filter, maxBytes int) (*UserTags, error) {
	return readAccounts(ctx, c, getTag, accounts, keep, maxBytes)
}
