package timpush

import (
	"context"
	"maps"
)

// UserAttributes is the result of a read of user attributes. Every account that
// was asked for stands in exactly one of the two maps.
type UserAttributes struct {
	// Attributes holds the accounts that were read: attribute name to value. An
	// account without attributes has an empty map.
	Attributes map[string]map[string]string
	// Errors holds the accounts that could not be read.
	Errors map[string]AccountError
}

// AccountError says why one account could not be read.
type AccountError struct {
	Code *int64 // ErrorCode; nil where the service did not answer for the account
	Info string // ErrorInfo, which may be empty
}

// Message returns the service's text, or the code's documented meaning where
// there is none.
func (e AccountError) Message() string {
	switch {
	case e.Code == nil:
		return "the service answered the request, but not for this account"
	case e.Info != "":
		return e.Info
	case Meaning(*e.Code) != "":
		return Meaning(*e.Code)
	default:
		return "the service gave no description, and none is documented for this code"
	}
}

// getAttrRequest is the body of get_attr (60564).
type getAttrRequest struct {
	ToAccount []string `json:"To_Account"`
}

// getAttrReply is the reply of get_attr beyond the envelope (60564). Pointers
// and a nil map tell a missing field from an empty one.
type getAttrReply struct {
	UserAttrs []struct {
		ToAccount *string         `json:"To_Account"`
		Attrs     map[string]text `json:"Attrs"`
	}
	ErrorList []accountFailure
}

// accountFailure is an item of ErrorList. ErrorInfo may be empty or missing.
type accountFailure struct {
	ToAccount *string `json:"To_Account"`
	ErrorCode *int64
	ErrorInfo text
}

func (r *getAttrReply) validate() string {
	for _, user := range r.UserAttrs {
		if user.ToAccount == nil || user.Attrs == nil {
			return "holds an item of UserAttrs without To_Account or Attrs"
		}
	}
	for _, failure := range r.ErrorList {
		if failure.ToAccount == nil || failure.ErrorCode == nil {
			return "holds an item of ErrorList without To_Account or ErrorCode"
		}
	}
	return ""
}

// GetUserAttributes reads the attributes of any number of accounts (UserIDs or
// RegistrationIDs), 100 a request. Repeated accounts are asked for once, and no
// accounts make no request. Where one request fails for good, the whole read
// fails: with a [*RequestError], or an [*InterruptedError] where ctx ended.
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string) (*UserAttributes, error) {
	parts, err := inBatches(ctx, c.config.RequestsPerSecond, accounts, func(ctx context.Context, batch []string) (*UserAttributes, error) {
		var reply getAttrReply
		if err := c.call(ctx, "get_attr", getAttrRequest{batch}, &reply); err != nil {
			return nil, err
		}
		return c.partition(batch, &reply), nil
	})
	if err != nil {
		return nil, err
	}
	whole := newUserAttributes(len(accounts))
	for _, part := range parts {
		maps.Copy(whole.Attributes, part.Attributes)
		maps.Copy(whole.Errors, part.Errors)
	}
	return whole, nil
}

func newUserAttributes(size int) *UserAttributes {
	return &UserAttributes{
		Attributes: make(map[string]map[string]string, size),
		Errors:     make(map[string]AccountError),
	}
}

// partition puts every account of a request into exactly one of the maps: in
// Errors where the service says so, also where it answers in both lists or in
// neither. Accounts that were not asked for are left out. Where the service
// answers for one twice in a list, its last word counts.
func (c *Client) partition(batch []string, reply *getAttrReply) *UserAttributes {
	attrs := make(map[string]map[string]text, len(reply.UserAttrs))
	for _, user := range reply.UserAttrs {
		attrs[*user.ToAccount] = user.Attrs
	}
	failures := make(map[string]accountFailure, len(reply.ErrorList))
	for _, failure := range reply.ErrorList {
		failures[*failure.ToAccount] = failure
	}
	part := newUserAttributes(len(batch))
	for _, account := range batch {
		failure, failed := failures[account]
		user, read := attrs[account]
		switch {
		case failed:
			part.Errors[account] = AccountError{Code: failure.ErrorCode, Info: c.redactor.clean(string(failure.ErrorInfo))}
		case read:
			part.Attributes[account] = c.attributes(user)
		default:
			part.Errors[account] = AccountError{}
		}
	}
	return part
}

func (c *Client) attributes(attrs map[string]text) map[string]string {
	clean := make(map[string]string, len(attrs))
	for name, value := range attrs {
		clean[c.redactor.clean(name)] = c.redactor.clean(string(value))
	}
	return clean
}
