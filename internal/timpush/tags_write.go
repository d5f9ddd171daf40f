package timpush

import "context"

// maxAddedTags is the maximum number of tags in an item of add_tag that does not
// replace the account's tags (67821).
const maxAddedTags = 10

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
	addTag = writeCommand[[]string]{
		command: command{name: "add_tag", maxItems: MaxAccounts, codes: map[int64]codeFacts{
			CodeOtherAccountType: {meaning: "a tag is for the other account type, UserID or RegistrationID"}, // (67821)
		}},
		body: userTagsBody,
	}
	removeTag = writeCommand[[]string]{command: command{name: "remove_tag", maxItems: MaxAccounts}, body: userTagsBody}
)

// AddUserTags adds tags to accounts (67821). An account with more than ten tags
// needs several requests. They are sent in rounds, one request for each account in
// a round, so that no request contains an account twice. An account is done after
// its last round. If a later one fails or is not sent, the account is unknown, since
// earlier tags were added; if the service rejected it, it is failed as well. See
// [writeItems].
func (c *Client) AddUserTags(ctx context.Context, items []Write[[]string]) (*Written, error) {
	all, total := &Written{Failed: map[string]AccountError{}}, len(items)
	for first := true; len(items) > 0; first = false {
		round := make([]Write[[]string], len(items))
		for i, item := range items {
			round[i] = Write[[]string]{item.Account, item.Content[:min(maxAddedTags, len(item.Content))]}
		}
		written, err := writeItems(ctx, c, addTag, round)
		items = all.addRound(items, written, first, err == nil)
		if err != nil {
			all.explain(err, total)
			return all, err
		}
	}
	return all, nil
}

// addRound adds the outcome of a round, and returns what the next one adds, if
// there is one.
func (w *Written) addRound(items []Write[[]string], written *Written, first, next bool) (later []Write[[]string]) {
	done, unknown := setOf(written.Done), setOf(written.Unknown)
	for _, item := range items {
		account, rest := item.Account, item.Content[min(maxAddedTags, len(item.Content)):]
		switch {
		case done[account] && len(rest) == 0:
			w.Done = append(w.Done, account)
		case done[account] && next:
			later = append(later, Write[[]string]{account, rest})
		case done[account], unknown[account], !first:
			w.Unknown = append(w.Unknown, account)
		}
		if failure, failed := written.Failed[account]; failed {
			w.Failed[account] = failure
		}
	}
	return later
}

// RemoveUserTags removes tags of accounts (60569). See [writeItems].
func (c *Client) RemoveUserTags(ctx context.Context, items []Write[[]string]) (*Written, error) {
	return writeItems(ctx, c, removeTag, items)
}
