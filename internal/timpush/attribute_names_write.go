package timpush

import (
	"context"
	"fmt"
	"strconv"
)

// setAttrName sets attribute names by index, all or none, and leaves other indexes
// alone (60563).
var setAttrName = command{name: "set_attr_name", codes: map[int64]codeFacts{
	CodeInvalidAttribute: {meaning: "a name is repeated, or the account type of an index would change"}, // (60563)
}}

// setAttributeNamesRequest is the body. AttrTypes has keys of AttrNames only
// (60563).
type setAttributeNamesRequest struct {
	AttrNames map[string]string
	AttrTypes map[string]int64
}

// SetAttributeNames sets names of the app, all or none. Each has an index "0" to
// "9", and an account type, which the service never changes (60563).
// The error is a [*RequestError], or an [*InterruptedError] if ctx ended. If it is
// unclear, the names may have been set, although the last response denies it: a retry
// after a lost response could be rejected because the names exist.
func (c *Client) SetAttributeNames(ctx context.Context, names []AttributeName) error {
	body := setAttributeNamesRequest{map[string]string{}, map[string]int64{}}
	for _, name := range names {
		accountType, err := strconv.ParseInt(name.AccountType, 10, 64)
		if err != nil {
			return fmt.Errorf("the account type of index %s is not a number: %q", name.Index, name.AccountType)
		}
		body.AttrNames[name.Index], body.AttrTypes[name.Index] = name.Name, accountType
	}
	err := c.call(ctx, ctx, request{command: setAttrName, body: body, operation: &operation{}}, &emptyResponse{})
	return interruption(ctx, err, work{}, 0, 0)
}

// emptyResponse is a response with an envelope only.
type emptyResponse struct{}

func (*emptyResponse) parts() parts { return parts{} }
