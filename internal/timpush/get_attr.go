package timpush

import "context"

// UserAttributes is what get_attr reads of accounts: attribute name to value. An
// account without attributes has an empty map.
type UserAttributes = Result[map[string]string]

var getAttr = accountsCall[map[string]string]{api: "get_attr", list: "UserAttrs", take: takeAttrs}

// takeAttrs takes Attrs, an object of values by name (60564).
func takeAttrs(item object, clean func(string) string) (map[string]string, error) {
	var attrs map[string]text
	if err := item.take("Attrs", &attrs); err != nil {
		return nil, err
	}
	if attrs == nil {
		return nil, errWithout("Attrs")
	}
	values := make(map[string]string, len(attrs))
	for name, value := range attrs {
		values[clean(name)] = clean(string(value))
	}
	return values, nil
}

// GetUserAttributes reads the attributes of accounts. See [readAccounts].
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string) (*UserAttributes, error) {
	return readAccounts(ctx, c, getAttr, accounts)
}
