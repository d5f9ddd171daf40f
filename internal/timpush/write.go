package timpush

import (
	"context"
	"errors"
	"sync"
)

// Written is the outcome of a write for each account. Accounts in none of the
// three fields were certainly not written.
type Written struct {
	Done    []string                // written
	Failed  map[string]AccountError // rejected by the service
	Unknown []string                // may have been written: the request was sent, but no response confirms the outcome
}

// writeCommand is a command that writes to accounts. Its response has the
// accounts that failed in ErrorList; the others are done (60565).
type writeCommand[Content any] struct {
	command command
	body    func([]Write[Content]) any // returns the body of a request for these items
}

// Write is what to write to an account, or to remove from it.
type Write[Content any] struct {
	Account string
	Content Content
}

// writeResponse is the response without the envelope.
type writeResponse struct{ errorList }

func (r *writeResponse) parts() parts {
	r.errors = map[string]AccountError{}
	return parts{lists: map[string]func(object){"ErrorList": r.add}}
}

// writeItems writes items, each for a different account. It returns the outcome
// together with any error: after a request fails, it sends no others and waits
// for those in flight. The error is a [*RequestError], or an [*InterruptedError]
// if ctx ended.
func writeItems[Content any](ctx context.Context, c *Client, write writeCommand[Content], items []Write[Content]) (*Written, error) {
	written := &Written{Failed: map[string]AccountError{}}
	var mu sync.Mutex // guards written
	err := inBatches(ctx, c, write.command, writing, items, func(waiting context.Context, batch batch[Write[Content]]) error {
		accounts := accountsOf(batch.items)
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

func accountsOf[Content any](items []Write[Content]) []string {
	accounts := make([]string, len(items))
	for i, item := range items {
		accounts[i] = item.Account
	}
	return accounts
}

// add adds the accounts of a request; err is why the request failed, or nil.
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

// unclear reports whether a failed request may have been executed.
func unclear(err error) bool {
	var interrupted *endedError // first, since its cause may be the failure of another request
	if errors.As(err, &interrupted) {
		return interrupted.unclear
	}
	var failed *RequestError
	return errors.As(err, &failed) && failed.Unclear
}
