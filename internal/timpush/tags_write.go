package timpush

import (
	"context"
	"slices"
)

// MaxAddedTags is the maximum number of tags in an item of add_tag that does not
// replace the account's tags (67821).
const MaxAddedTags = 10

// userTags is an element of UserTags (67821, 60569).
type userTags struct {
	ToAccount string   `json:"To_Account"`
	Tags      []string `json:"Tags"`
}

// userTagsRequest is the body of both commands. Without Replace, add_tag adds to
// the account's tags (67821).
type userTagsRequest struct{ UserTags []userTags }

func userTagsBody(items []Write[[]string]) any {
	list := make([]userTags, len(items))
	for i, item := range items {
		list[i] = userTags{item.Account, item.Content}
	}
	return userTagsRequest{list}
}

var (
	addTag    = writeCommand[[]string]{command: command{name: "add_tag", maxItems: MaxAccounts}, body: userTagsBody}
	removeTag = writeCommand[[]string]{command: command{name: "remove_tag", maxItems: MaxAccounts}, body: userTagsBody}
)

// AddUserTags adds tags to accounts (67821). An account with more than ten tags
// takes several requests, one after the other. It is done after its last one; if a
// later one fails or is not sent, it is failed or unknown. See [writeItems].
func (c *Client) AddUserTags(ctx context.Context, items []Write[[]string]) (*Written, error) {
	all := &Written{Failed: map[string]AccountError{}}
	for first := true; len(items) > 0; first = false {
		now, later := make([]Write[[]string], len(items)), map[string][]string{}
		for i, item := range items {
			now[i] = Write[[]string]{item.Account, item.Content[:min(MaxAddedTags, len(item.Content))]}
			if len(item.Content) > MaxAddedTags {
				later[item.Account] = item.Content[MaxAddedTags:]
			}
		}
		written, err := writeItems(ctx, c, addTag, now)
		if err != nil && !first { // the tags of earlier requests were added
			written.Unknown = written.unfinished(accountsOf(now))
		}
		items = nil
		for _, account := range written.Done {
			switch rest, unfinished := later[account]; {
			case !unfinished:
				all.Done = append(all.Done, account)
			case err != nil:
				all.Unknown = append(all.Unknown, account)
			default:
				items = append(items, Write[[]string]{account, rest})
			}
		}
		for account, failure := range written.Failed {
			all.Failed[account] = failure
		}
		all.Unknown = append(all.Unknown, written.Unknown...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// unfinished returns the accounts that are neither done nor failed.
func (w *Written) unfinished(accounts []string) []string {
	done := setOf(w.Done)
	return slices.DeleteFunc(accounts, func(account string) bool {
		_, failed := w.Failed[account]
		return failed || done[account]
	})
}

// RemoveUserTags removes tags of accounts (60569). See [writeItems].
func (c *Client) RemoveUserTags(ctx context.Context, items []Write[[]string]) (*Written, error) {
	return writeItems(ctx, c, removeTag, items)
}
