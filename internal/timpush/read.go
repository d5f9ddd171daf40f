package timpush

import (
	"context"
	"math"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Result is the result of reading accounts. Every requested account is in exactly
// one of the two maps.
type Result[Value any] struct {
	Read   map[string]Value        // the accounts that were read
	Errors map[string]AccountError // the accounts that could not be read
}

// readCommand is a command that reads accounts. Its response has each account
// either in the command's list or in ErrorList (60564, 60567).
type readCommand[Value any] struct {
	command command
	list    string // the name of the list, with an element for each account that was read
	// decode decodes the value of an element, drops what is not in keep, and removes
	// secrets from the texts with clean.
	decode func(element object, clean func(string) string, keep Filter) (Value, error)
	// size is the [EncodedSize] of all texts of a value.
	size func(Value) int
}

// Filter is the attribute names or tags that a read keeps, in Unicode NFC. A read
// drops everything else while it decodes a response. A nil Filter keeps everything,
// an empty one nothing.
type Filter map[string]bool

// KeepOnly returns a filter that keeps just these names, and nothing if there are
// none.
func KeepOnly(names []string) Filter {
	filter := make(Filter, len(names))
	for _, name := range names {
		filter[norm.NFC.String(name)] = true
	}
	return filter
}

// keeps reports whether a name, which must be in NFC, is kept.
func (f Filter) keeps(name string) bool { return f == nil || f[name] }

// most returns how many of count names are kept at most.
func (f Filter) most(count int) int {
	if f == nil {
		return count
	}
	return min(count, len(f))
}

// EncodedSize returns the size in bytes of a text of length bytes in MessagePack,
// the format of results: the text, and 1 to 5 bytes for its length.
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

// accountsResponse is the response by account, without the envelope. If an
// account has several elements, the last one wins.
type accountsResponse[Value any] struct {
	errorList
	read readCommand[Value]
	keep Filter

	values map[string]Value
}

func (r *accountsResponse[Value]) parts() parts {
	r.values, r.errors = map[string]Value{}, map[string]AccountError{}
	return parts{lists: map[string]func(object) error{r.read.list: r.addValue, "ErrorList": r.addError}}
}

// addValue adds an element of the command's list. If the element is invalid, the
// account has an error.
func (r *accountsResponse[Value]) addValue(element object) error {
	account, ok := accountOf(element)
	if !ok || !r.asked[account] {
		return nil
	}
	value, err := r.read.decode(element, r.clean, r.keep)
	if err != nil {
		r.errors[account] = AccountError{Problem: err.Error()}
		return nil //nolint:nilerr // the error of one account
	}
	r.values[account] = value
	return nil
}

// addError adds an element of ErrorList. Those of other accounts are ignored: an
// account that the response does not include has failed anyway.
func (r *accountsResponse[Value]) addError(element object) error {
	r.add(element)
	return nil
}

// readAccounts reads any number of accounts (UserIDs or RegistrationIDs), up to
// 100 per request. Duplicates are requested once; without accounts, it makes no
// request. If one request fails permanently, the complete read fails with a
// [*RequestError], or with an [*InterruptedError] if ctx ended. As soon as the
// [EncodedSize] of all texts that are kept exceeds maxBytes, the error is a
// [*TooLargeError]; 0 is no limit.
func readAccounts[Value any](ctx context.Context, c *Client, read readCommand[Value], accounts []string, keep Filter, maxBytes int) (*Result[Value], error) {
	accounts = Unique(accounts)
	result := &Result[Value]{Read: make(map[string]Value, len(accounts)), Errors: map[string]AccountError{}}
	var mu sync.Mutex // guards result and size
	size := 0
	err := inBatches(ctx, c, read.command, reading, accounts, func(ctx context.Context, batch batch[string]) error {
		batch.request.body = accountsRequest{batch.items}
		response := accountsResponse[Value]{
			errorList: errorList{command: read.command, clean: c.redactor.clean, asked: setOf(batch.items)},
			read:      read,
			keep:      keep,
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

// add puts every account of a request into exactly one of the maps: into Errors
// if the response has it in ErrorList, in both lists, or in neither. It returns
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
		r.Errors[account] = failure // has no code if the response does not include the account
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
