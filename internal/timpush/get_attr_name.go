package timpush

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// AttributeName is one attribute name of the app, as the service sends it.
type AttributeName struct {
	Index       string // "0" to "9" (60563)
	Name        string // in Unicode NFC
	AccountType string // "0" is UserID, "1" RegistrationID (60563); "" where the service does not say
}

// attributeNamesReply is the reply of get_attr_name beyond the envelope (67815).
// AttrTypes is missing in older descriptions, and what an app without names
// answers is not documented: a field that is missing or null is empty.
type attributeNamesReply struct{ names, types map[string]text }

func (r *attributeNamesReply) decode(fields object) error {
	*r = attributeNamesReply{}
	return cmp.Or(fields.take("AttrNames", &r.names), fields.take("AttrTypes", &r.types))
}

// GetAttributeNames reads the app's attribute names: those at an index first, in
// its order, then what else there is. It fails with a [*RequestError], or an
// [*InterruptedError] where ctx ended.
func (c *Client) GetAttributeNames(ctx context.Context) ([]AttributeName, error) {
	var reply attributeNamesReply
	err := c.call(ctx, "get_attr_name", batch{number: 1, total: 1, queue: &queue{}}, struct{}{}, &reply)
	if err != nil {
		return nil, interruption(ctx, err, 0, 0)
	}
	names := make([]AttributeName, 0, len(reply.names))
	for index, name := range reply.names {
		names = append(names, AttributeName{
			Index:       c.redactor.clean(index),
			Name:        norm.NFC.String(c.redactor.clean(string(name))),
			AccountType: c.redactor.clean(string(reply.types[index])),
		})
	}
	slices.SortFunc(names, func(a, b AttributeName) int {
		return cmp.Or(cmp.Compare(place(a.Index), place(b.Index)), cmp.Compare(a.Index, b.Index))
	})
	return names, nil
}

// place is where an index stands in the order of them.
func place(index string) int {
	if len(index) == 1 && index[0] >= '0' && index[0] <= '9' {
		return int(index[0] - '0')
	}
	return 10
}
