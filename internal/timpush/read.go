package timpush

import (
	"context"
	"math"
	"sync"
)

// Result is what a read of accounts gives. Every account that was asked for is in
// exactly one of the two maps.
type Result[Value any] struct {
	Read   map[string]Value        // the accounts that were read
	Errors map[string]AccountError // the accounts that could not be read
}

// readCommand is a command that reads something of accounts. It responds for each
// account in a list of its own or in ErrorList (60564, 60567).
type readCommand[Value any] struct {
	command command
	list    string // the field with an element for each account that was read
	// take decodes what was read from an element, and removes secrets from its texts.
	take func(element object, clean func(string) string) (Value, error)
	// size is the length in bytes of all texts that were read, see [EncodedSize].
	size func(Value) int
}

// EncodedSize returns how many bytes a text of length bytes takes in MessagePack,
// in which results are handed on: its own, and 1 to 5 for their number.
func EncodedSize(length int) int {
	switch {
	case length < 32:
		return length + 1
	case length <= math.MaxUint8:
		return length + 2
	case length <= math.MaxUint16:
		return length + 3
	default:
		return length + 5
	}
}

// accountsRequest is the body of such a command.
type accountsRequest struct {
	ToAccount []string `json:"To_Account"`
}

// accountsResponse is the response beyond the envelope, by account. Of several
// elements for an account the last counts.
type accountsResponse[Value any] struct {
	errorList
	read readCommand[Value]

	values map[string]Value
}

func (r *accountsResponse[Value]) parts() parts {
	r.values, r.errors = map[string]Value{}, map[string]AccountError{}
	return parts{lists: map[string]func(object){r.read.list: r.addValue, "ErrorList": r.add}}
}

// addValue adds an element of the command's own list. A defect in it is the
// account's error.
func (r *accountsResponse[Value]) addValue(element object) {
	account, ok := accountOf(element)
	if !ok || !r.asked[account] {
		return
	}
	value, err := r.read.take(element, r.clean)
	if err != nil {
		r.errors[account] = AccountError{Problem: err.Error()}
		return
	}
	r.values[account] = value
}

// readAccounts reads any number of accounts (UserIDs or RegistrationIDs), 100 a
// request. Repeated accounts are asked for once, and no accounts make no
// request. If one request fails for good, all of the read fails: with a
// [*RequestError], or an [*InterruptedError] if ctx ended. A result of more than
// maxBytes, the [EncodedSize] of all its texts, is a [*TooLargeError] as soon as
// that is known; 0 is no limit.
func readAccounts[Value any](ctx context.Context, c *Client, read readCommand[Value], accounts []string, maxBytes int) (*Result[Value], error) {
	accounts = unique(accounts)
	result := &Result[Value]{Read: make(map[string]Value, len(accounts)), Errors: map[string]AccountError{}}
	var mu sync.Mutex // guards result and size
	size := 0
	err := inBatches(ctx, c, read.command, reading, accounts, func(ctx context.Context, batch batch[string]) error {
		batch.request.body = accountsRequest{batch.items}
		response := accountsResponse[Value]{
			errorList: errorList{command: read.command, clean: c.redactor.clean, asked: setOf(batch.items)},
			read:      read,
		}
		if err := c.call(ctx, ctx, batch.request, &response); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		size += result.add(batch.items, &response)
		if maxBytes > 0 && size > maxBytes {
			return &TooLargeError{Size: size, Limit: maxBytes, Read: len(result.Read) + len(result.Errors), Total: len(accounts)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// add puts every account of a request into exactly one of the maps: in Errors if
// the service says so, also if it answers in both lists or in neither. It returns
// the size in bytes of what it added.
func (r *Result[Value]) add(accounts []string, response *accountsResponse[Value]) (size int) {
	for _, account := range accounts {
		size += EncodedSize(len(account))
		failure, failed := response.errors[account]
		value, read := response.values[account]
		if read && !failed {
			r.Read[account] = value
			size += response.read.size(value)
			continue
		}
		r.Errors[account] = failure // without a code if the response does not name it
		size += failure.size()
	}
	return size
}

func setOf(accounts []string) map[string]bool {
	set := make(map[string]bool, len(accounts))
	for _, account := range accounts {
		set[account] = true
	}
	return set
}
