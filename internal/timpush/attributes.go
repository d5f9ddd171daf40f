package timpush

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// UserAttributes is what get_attr reads of accounts: attribute name to value. An
// account without attributes has an empty map. Names are in Unicode NFC; of names
// that are the same there, the first in the order of their bytes counts.
type UserAttributes = Result[map[string]string]

var getAttr = readCommand[map[string]string]{
	command: command{name: "get_attr", maxItems: MaxAccounts},
	list:    "UserAttrs",
	take:    takeAttrs,
	size:    attributesSize,
}

// MaxAccounts is the most accounts in one request for attributes or tags (60564,
// 90018).
const MaxAccounts = 100

// takeAttrs decodes Attrs, an object of values by name (60564). No attributes may
// come as an empty list too, or be missing.
func takeAttrs(element object, clean func(string) string) (map[string]string, error) {
	var none []json.RawMessage
	if err := json.Unmarshal(element["Attrs"], &none); err == nil && len(none) == 0 {
		return map[string]string{}, nil
	}
	var attrs map[string]text
	if err := element.take("Attrs", &attrs); err != nil {
		return nil, err
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

func attributesSize(values map[string]string) (size int) {
	for name, value := range values {
		size += EncodedSize(len(name)) + EncodedSize(len(value))
	}
	return size
}

// GetUserAttributes reads the attributes of accounts. See [readAccounts].
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string, maxBytes int) (*UserAttributes, error) {
	return readAccounts(ctx, c, getAttr, accounts, maxBytes)
}
