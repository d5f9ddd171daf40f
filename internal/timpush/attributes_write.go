package timpush

import "context"

// userAttrs is an element of UserAttrs: an object of values by name in set_attr
// (60565), a list of names in remove_attr (60566).
type userAttrs[Content any] struct {
	ToAccount string  `json:"To_Account"`
	Attrs     Content `json:"Attrs"`
}

func userAttrsBody[Content any](items []Write[Content]) any {
	list := make([]userAttrs[Content], len(items))
	for i, item := range items {
		list[i] = userAttrs[Content]{item.Account, item.Content}
	}
	return struct{ UserAttrs []userAttrs[Content] }{list}
}

// invalidAttribute is the meaning of 90033 in both commands (60565, 60566).
var invalidAttribute = codeFacts{meaning: "an attribute is invalid, for example because its name is not one of the app's attribute names"}

var (
	setAttr = writeCommand[map[string]string]{
		command: command{name: "set_attr", maxItems: MaxAccounts, codes: map[int64]codeFacts{
			CodeInvalidAttribute: invalidAttribute,
			CodeOtherAccountType: {meaning: "an attribute is for the other account type, UserID or RegistrationID"}, // (60565)
		}},
		body: userAttrsBody[map[string]string],
	}
	removeAttr = writeCommand[[]string]{
		command: command{name: "remove_attr", maxItems: MaxAccounts, codes: map[int64]codeFacts{CodeInvalidAttribute: invalidAttribute}},
		body:    userAttrsBody[[]string],
	}
)

// SetUserAttributes sets attributes of accounts, values by name, and leaves the
// accounts' other attributes alone (60565). See [writeItems].
func (c *Client) SetUserAttributes(ctx context.Context, items []Write[map[string]string]) (*Written, error) {
	return writeItems(ctx, c, setAttr, items)
}

// RemoveUserAttributes removes attributes of accounts by name (60566). See
// [writeItems].
func (c *Client) RemoveUserAttributes(ctx context.Context, items []Write[[]string]) (*Written, error) {
	return writeItems(ctx, c, removeAttr, items)
}
