package timpush

import (
	"cmp"
	"context"
	"fmt"
	"sync"
)

// Result is what a read of accounts gives. Every account that was asked for
// stands in exactly one of the two maps.
type Result[Value any] struct {
	Read   map[string]Value        // the accounts that were read
	Errors map[string]AccountError // the accounts that could not be read
}

// AccountError says why one account could not be read.
type AccountError struct {
	Code    *int64 // ErrorCode; nil if the service gave none for the account
	Meaning string // the code's documented meaning for this command, a clause; "" if there is none
	Info    string // ErrorInfo, which may be empty
	Problem string // without a code: a clause that says what is wrong with the response for the account
}

// Message returns the service's text, or the code's documented meaning where
// there is none.
func (e AccountError) Message() string {
	switch {
	case e.Problem != "":
		return e.Problem
	case e.Code == nil:
		return "the service answered the request, but not for this account"
	case e.Info != "":
		return e.Info
	case e.Meaning != "":
		return e.Meaning
	default:
		return "the service gave no description, and none is documented for this code"
	}
}

// accountsCall is an API command that reads something of up to 100 accounts, and
// answers for each in a list of its own or in ErrorList (60564, 60567).
type accountsCall[Value any] struct {
	api  string // the command, such as "get_attr"
	list string // the reply's field with an item for each account that was read
	// take takes what was read out of an item, its texts cleaned of secrets.
	take func(item object, clean func(string) string) (Value, error)
}

// accountsRequest is the body of such a command.
type accountsRequest struct {
	ToAccount []string `json:"To_Account"`
}

// accountsReply is the reply beyond the envelope, by account. Where the service
// answers for an account twice in a list, its last word counts.
type accountsReply[Value any] struct {
	call  accountsCall[Value]
	clean func(string) string

	read   map[string]Value
	errors map[string]AccountError
}

func (r *accountsReply[Value]) decode(fields object) error {
	r.read, r.errors = map[string]Value{}, map[string]AccountError{}
	if err := fields.each(r.call.list, func(item object) error {
		account, err := takeAccount(item)
		if err != nil {
			return err
		}
		r.read[account], err = r.call.take(item, r.clean)
		return err
	}); err != nil {
		return err
	}
	return fields.each("ErrorList", func(item object) error {
		account, err := takeAccount(item)
		if err != nil {
			return err
		}
		r.errors[account], err = takeAccountError(item, r.clean)
		return err
	})
}

func takeAccount(item object) (string, error) {
	var account *string
	if err := item.take("To_Account", &account); err != nil {
		return "", err
	}
	if account == nil {
		return "", errWithout("To_Account")
	}
	return *account, nil
}

// takeAccountError takes what an item of ErrorList says. ErrorInfo may be empty
// or missing (60564).
func takeAccountError(item object, clean func(string) string) (AccountError, error) {
	var (
		failure AccountError
		info    text
	)
	if err := cmp.Or(item.take("ErrorCode", &failure.Code), item.take("ErrorInfo", &info)); err != nil {
		return AccountError{}, err
	}
	if failure.Code == nil {
		return AccountError{}, errWithout("ErrorCode")
	}
	failure.Info, failure.Meaning = clean(string(info)), Meaning(*failure.Code)
	return failure, nil
}

// errWithout is a clause on an item that lacks a field.
func errWithout(field string) error { return fmt.Errorf("holds an item without %s", field) }

// readAccounts reads any number of accounts (UserIDs or RegistrationIDs), 100 a
// request. Repeated accounts are asked for once, and no accounts make no
// request. Where one request fails for good, the whole read fails: with a
// [*RequestError], or an [*InterruptedError] where ctx ended.
func readAccounts[Value any](ctx context.Context, c *Client, call accountsCall[Value], accounts []string, maxBytes int) (*Result[Value], error) {
	result := &Result[Value]{Read: make(map[string]Value, len(accounts)), Errors: map[string]AccountError{}}
	var mu sync.Mutex
	size := 0
	err := c.inBatches(ctx, accounts, func(ctx context.Context, batch batch) error {
		reply := accountsReply[Value]{call: call, clean: c.redactor.clean}
		if err := c.call(ctx, call.api, batch, accountsRequest{batch.accounts}, &reply); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		result.add(batch.accounts, &reply)
		for _, account := range batch.accounts {
			size += len(account)
		}
		if maxBytes > 0 && size > maxBytes {
			return &TooLargeError{Size: size, Limit: maxBytes, Read: len(result.Read), Total: len(accounts)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// add puts every account of a request into exactly one of the maps: in Errors
// where the service says so, also where it answers in both lists or in neither.
// Accounts that were not asked for are left out.
func (r *Result[Value]) add(accounts []string, reply *accountsReply[Value]) {
	for _, account := range accounts {
		failure, failed := reply.errors[account]
		value, read := reply.read[account]
		if read && !failed {
			r.Read[account] = value
			continue
		}
		r.Errors[account] = failure // without a code where it stands in neither list
	}
}
