package timpush

import (
	"context"
	"errors"
	"sync"
)

// Written is what became of the accounts of a write. Accounts that are in none
// of the three were certainly not written.
type Written struct {
	Done    []string                // written
	Failed  map[string]AccountError // rejected by the service, account by account
	Unknown []string                // may have been written: the request was sent, and no response says what became of it
}

// writeCommand is a command that writes to accounts. It responds in ErrorList for
// the accounts that failed; the others are done (60565).
type writeCommand[Item any] struct {
	command command
	account func(Item) string
	body    func([]Item) any // of a request for these items
}

// writeResponse is the response beyond the envelope.
type writeResponse struct{ errorList }

func (r *writeResponse) parts() parts {
	r.errors = map[string]AccountError{}
	return parts{lists: map[string]func(object){"ErrorList": r.add}}
}

// writeItems writes items, each for another account. What became of them comes
// with the error too: after a request that failed no further ones are sent, and
// those under way are waited for. The error is a [*RequestError], or an
// [*InterruptedError] if ctx ended.
func writeItems[Item any](ctx context.Context, c *Client, write writeCommand[Item], items []Item) (*Written, error) {
	written := &Written{Failed: map[string]AccountError{}}
	var mu sync.Mutex // guards written
	err := inBatches(ctx, c, write.command, writing, items, func(waiting context.Context, batch batch[Item]) error {
		accounts := make([]string, len(batch.items))
		for i, item := range batch.items {
			accounts[i] = write.account(item)
		}
		batch.request.body = write.body(batch.items)
		response := writeResponse{errorList{command: write.command, clean: c.redactor.clean, asked: setOf(accounts)}}
		err := c.call(waiting, ctx, batch.request, &response)
		mu.Lock()
		defer mu.Unlock()
		written.add(accounts, response.errors, err)
		return err
	})
	return written, err
}

// add adds the accounts of a request, err being why it failed.
func (w *Written) add(accounts []string, failures map[string]AccountError, err error) {
	if unclear(err) {
		w.Unknown = append(w.Unknown, accounts...)
	}
	if err != nil {
		return
	}
	for _, account := range accounts {
		if failure, failed := failures[account]; failed {
			w.Failed[account] = failure
		} else {
			w.Done = append(w.Done, account)
		}
	}
}

// unclear reports whether a request that failed may have been carried out.
func unclear(err error) bool {
	var interrupted *endedError // first, since its cause may be the failure of another request
	if errors.As(err, &interrupted) {
		return interrupted.unclear
	}
	var failed *RequestError
	return errors.As(err, &failed) && failed.Unclear
}
