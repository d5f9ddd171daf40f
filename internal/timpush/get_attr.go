package timpush

import (
	"context"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// UserAttributes is what get_attr reads of accounts: attribute name to value. An
// account without attributes has an empty map. Names are in Unicode NFC; of names
// that are the same there, the first in the order of their bytes counts.
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
	for _, sent := range slices.Sorted(maps.Keys(attrs)) {
		name := norm.NFC.String(clean(sent))
		if _, twice := values[name]; !twice {
			values[name] = clean(string(attrs[sent]))
		}
	}
	return values, nil
}

// GetUserAttributes reads the attributes of accounts. See [readAccounts].
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string, maxBytes int) (*UserAttributes, error) {
	return readAccounts(ctx, c, getAttr, accounts, maxBytes)
}
