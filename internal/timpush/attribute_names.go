package timpush

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// The account types of attribute names, as the service numbers them (60563).
const (
	AccountTypeUserID         = "0"
	AccountTypeRegistrationID = "1"
)

// AttributeName is one attribute name of the app, as the service sends it.
type AttributeName struct {
	Index       string // "0" to "9" (60563)
	Name        string // in Unicode NFC
	AccountType string // one of the constants above; "" if missing
}

var getAttrName = command{name: "get_attr_name"}

// attributeNamesResponse is the response to get_attr_name, without the envelope
// (67815). A field that is missing or null is empty: older API pages do not have
// AttrTypes, and the response for an app without names is not documented.
type attributeNamesResponse struct{ names, types map[string]text }

func (r *attributeNamesResponse) parts() parts {
	*r = attributeNamesResponse{}
	return parts{fields: map[string]func(json.RawMessage) error{
		"AttrNames": func(raw json.RawMessage) error { return decodeField("AttrNames", raw, &r.names) },
		"AttrTypes": func(raw json.RawMessage) error { return decodeField("AttrTypes", raw, &r.types) },
	}}
}

// GetAttributeNames reads the app's attribute names, sorted by index; names with
// an invalid index come last. The error is a [*RequestError], or an
// [*InterruptedError] if ctx ended.
func (c *Client) GetAttributeNames(ctx context.Context) ([]AttributeName, error) {
	var response attributeNamesResponse
	err := c.call(ctx, ctx, request{command: getAttrName, body: struct{}{}, operation: &operation{}}, &response)
	if err != nil {
		return nil, interruption(ctx, err, work{}, 0, 0)
	}
	names := make([]AttributeName, 0, len(response.names))
	for index, name := range response.names {
		names = append(names, AttributeName{
			Index:       c.redactor.clean(index),
			Name:        norm.NFC.String(c.redactor.clean(string(name))),
			AccountType: c.redactor.clean(string(response.types[index])),
		})
	}
	slices.SortFunc(names, func(a, b AttributeName) int {
		return cmp.Or(cmp.Compare(order(a.Index), order(b.Index)), cmp.Compare(a.Index, b.Index))
	})
	return names, nil
}

// order is the sort key of an index.
func order(index string) int {
	if len(index) == 1 && index[0] >= '0' && index[0] <= '9' {
		return int(index[0] - '0')
	}
	return 10
}
