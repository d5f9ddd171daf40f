package timpush

import (
	"cmp"
	"context"
	"errors"
	"sync"
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

// getAttrReply is the reply of get_attr beyond the envelope (60564), by account.
// Where the service answers for an account twice in a list, its last word counts.
type getAttrReply struct {
	attrs  map[string]map[string]text // UserAttrs
	errors map[string]AccountError    // ErrorList
}

func (r *getAttrReply) decode(fields object) error {
	r.attrs = map[string]map[string]text{}
	if err := fields.each("UserAttrs", func(item object) error {
		var (
			account *string
			attrs   map[string]text
		)
		if err := cmp.Or(item.take("To_Account", &account), item.take("Attrs", &attrs)); err != nil {
			return err
		}
		if account == nil || attrs == nil {
			return errors.New("holds an item without To_Account or Attrs")
		}
		r.attrs[*account] = attrs
		return nil
	}); err != nil {
		return err
	}
	var err error
	r.errors, err = takeErrorList(fields)
	return err
}

// takeErrorList takes ErrorList, which tells of single accounts. ErrorInfo may
// be empty or missing (60564).
func takeErrorList(fields object) (map[string]AccountError, error) {
	failures := map[string]AccountError{}
	return failures, fields.each("ErrorList", func(item object) error {
		var (
			account *string
			failure AccountError
			info    text
		)
		if err := cmp.Or(item.take("To_Account", &account), item.take("ErrorCode", &failure.Code), item.take("ErrorInfo", &info)); err != nil {
			return err
		}
		if account == nil || failure.Code == nil {
			return errors.New("holds an item without To_Account or ErrorCode")
		}
		failure.Info = string(info)
		failures[*account] = failure
		return nil
	})
}

// GetUserAttributes reads the attributes of any number of accounts (UserIDs or
// RegistrationIDs), 100 a request. Repeated accounts are asked for once, and no
// accounts make no request. Where one request fails for good, the whole read
// fails: with a [*RequestError], or an [*InterruptedError] where ctx ended.
func (c *Client) GetUserAttributes(ctx context.Context, accounts []string) (*UserAttributes, error) {
	result := newUserAttributes(len(accounts))
	var mu sync.Mutex
	err := c.inBatches(ctx, accounts, func(ctx context.Context, batch batch) error {
		var reply getAttrReply
		if err := c.call(ctx, "get_attr", batch, getAttrRequest{batch.accounts}, &reply); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		c.partition(batch.accounts, &reply, result)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

func newUserAttributes(size int) *UserAttributes {
	return &UserAttributes{
		Attributes: make(map[string]map[string]string, size),
		Errors:     make(map[string]AccountError),
	}
}

// partition puts every account of a request into exactly one of the result's
// maps: in Errors where the service says so, also where it answers in both lists
// or in neither. Accounts that were not asked for are left out.
func (c *Client) partition(accounts []string, reply *getAttrReply, result *UserAttributes) {
	for _, account := range accounts {
		failure, failed := reply.errors[account]
		attrs, read := reply.attrs[account]
		if read && !failed {
			result.Attributes[account] = c.attributes(attrs)
			continue
		}
		failure.Info = c.redactor.clean(failure.Info)
		result.Errors[account] = failure // without a code where it stands in neither list
	}
}

func (c *Client) attributes(attrs map[string]text) map[string]string {
	clean := make(map[string]string, len(attrs))
	for name, value := range attrs {
		clean[c.redactor.clean(name)] = c.redactor.clean(string(value))
	}
	return clean
}
