package timpush

import (
	"cmp"
	"context"
	"slices"
)

// AttributeName is one attribute name of the app, as the service sends it.
type AttributeName struct {
	Index       string // "0" to "9" (60563)
	Name        string
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

// GetAttributeNames reads the app's attribute names, in the order of their
// indexes. It fails with a [*RequestError], or an [*InterruptedError] where ctx
// ended.
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
			Name:        c.redactor.clean(string(name)),
			AccountType: c.redactor.clean(string(reply.types[index])),
		})
	}
	slices.SortFunc(names, func(a, b AttributeName) int {
		return cmp.Or(cmp.Compare(len(a.Index), len(b.Index)), cmp.Compare(a.Index, b.Index))
	})
	return names, nil
}
