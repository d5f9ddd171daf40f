package timpush

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// UserAttributes is the result of get_attr: a map from attribute name to value
// for each account. An account without attributes has an empty map. Names are in
// Unicode NFC. If several names are equal in NFC, the one whose original bytes
// sort first wins.
type UserAttributes = Result[map[string]string]

var getAttr = readCommand[map[string]string]{
	command: command{name: "get_attr", maxItems: MaxAccounts},
	list:    "UserAttrs",
	decode:  decodeAttrs,
	size:    attributesSize,
}

// MaxAccounts is the maximum number of accounts in one request for attributes or
// tags (60564, code 90018).
const MaxAccounts = 100

// decodeAttrs decodes Attrs, an object of values by name (60564). If there are no
// attributes, it can also be an empty list, or missing.
func decodeAttrs(element object, clean func(string) string, keep Filter) (map[string]string, error) {
	var none []json.RawMessage
	if err := json.Unmarshal(element["Attrs"], &none); err == nil && len(none) == 0 {
		return map[string]string{}, nil
	}
	var attrs map[string]text
	if err := element.decode("Attrs", &attrs); err != nil {
		return nil, err
	}
	values := make(map[string]string, keep.most(len(attrs)))
	for _, sent := range slices.Sorted(maps.Keys(attrs)) {
		name := norm.NFC.String(clean(sent))
		if _, twice := values[name]; !twice && keep.keeps(name) {
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

// GetUserAttributes reads the attributes of accounts, and keeps those whose names
// are in keep. See [readAccounts].
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string, keep Filter, maxBytes int) (*UserAttributes, error) {
	return readAccounts(ctx, c, getAttr, accounts, keep, maxBytes)
}
