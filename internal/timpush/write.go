package timpush

import (
	"context"
	"errors"
	"maps"
	"sync"
)

// Written is the outcome of a write for each account. Accounts in none of the
// three fields were certainly not written.
type Written struct {
	Done    []string                // written
	Failed  map[string]AccountError // rejected by the service
	Unknown []string                // may have been written, completely or in part, although some are also in Failed
}

// writeCommand is a command that writes to accounts. Its response has the
// accounts that failed in ErrorList; the others are done (60565).
type writeCommand[Content content] struct {
	command command
	body    func([]Write[Content]) any // returns the body of a request for these items
}

// content is what to write to an account: values by name, or names.
type content interface {
	map[string]string | []string
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
	return parts{lists: map[string]func(object) error{"ErrorList": r.addError}}
}

// errNoAccount is the problem of a response in which ErrorList does not say which
// account failed, so that none can be taken for done.
var errNoAccount = errors.New("contains an element of ErrorList for none of the request's accounts")

func (r *writeResponse) addError(element object) error {
	account, ok := accountOf(element)
	if ok && r.asked[account] {
		r.add(element)
		return nil
	}
	var code *int64
	if err := element.decode("ErrorCode", &code); err == nil && code != nil && *code == 0 {
		return nil // success
	}
	return errNoAccount
}

// contentCodes reject a request because of an attribute or tag in it.
var contentCodes = []int64{CodeTagTooLong, CodeTooManyTags, CodeInvalidAttribute, CodeTagTooLongCommon, CodeOtherAccountType}

// writeItems writes items, each for a different account. It returns the outcome
// together with any error: after a request fails, it sends no others and waits
// for those in flight. The error is a [*RequestError], or an [*InterruptedError]
// if ctx ended.
//
// If the service rejects a request because of its content, it does not say which
// account is the cause (60565). The request was not executed, so its items are sent
// again in halves, until each cause is alone: it has failed, and the others are
// done. One cause among 100 accounts takes 14 more requests.
func writeItems[Content content](ctx context.Context, c *Client, write writeCommand[Content], items []Write[Content]) (*Written, error) {
	written := &Written{Failed: map[string]AccountError{}}
	var mu sync.Mutex // guards written
	err := inBatches(ctx, c, write.command, writing, items, func(waiting context.Context, batch batch[Write[Content]]) error {
		for pending := [][]Write[Content]{batch.items}; len(pending) > 0; pending = pending[1:] {
			items := pending[0]
			failures, err := writeOnce(waiting, ctx, c, write, batch.request, items)
			if rejection := contentRejection(err); rejection != nil {
				if half := len(items) / 2; half > 0 {
					pending = append(pending, items[:half], items[half:])
					continue
				}
				written.reject(&mu, items[0].Account, *rejection)
				continue
			}
			mu.Lock()
			written.add(accountsOf(items), failures, err)
			if err == nil { // otherwise, the failures may be incomplete
				addPartial(written, write.command, items, failures)
			}
			mu.Unlock()
			if err != nil {
				return err
			}
		}
		return nil
	})
	written.explain(err, len(items))
	return written, err
}

// writeOnce writes items in one request, and returns the accounts that failed. ctx
// and sending are those of [Client.call].
func writeOnce[Content content](ctx, sending context.Context, c *Client, write writeCommand[Content], request request, items []Write[Content]) (map[string]AccountError, error) {
	request.body = write.body(items)
	request.fields = maps.Clone(request.fields)
	request.fields[writing.items] = len(items)
	response := writeResponse{errorList{command: write.command, clean: c.redactor.clean, asked: setOf(accountsOf(items))}}
	err := c.call(ctx, sending, request, &response)
	return response.errors, err
}

// contentRejection returns why the service rejected a request because of its
// content, or nil if it did not, or if an earlier attempt may have been executed.
func contentRejection(err error) *AccountError {
	var (
		interrupted *endedError // its cause may be the failure of another request
		service     *ServiceError
	)
	if errors.As(err, &interrupted) || unclear(err) || !IsCode(err, contentCodes...) || !errors.As(err, &service) {
		return nil
	}
	return &AccountError{Code: &service.Code, Meaning: service.Meaning, Info: service.Info}
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

// addPartial adds accounts that failed although the request was executed, and may
// have what was to be written, or a part of it: the code may not prove that nothing
// was written, and no page says whether one bad value rejects the account's others
// (60565).
func addPartial[Content content](w *Written, command command, items []Write[Content], failures map[string]AccountError) {
	for _, item := range items {
		failure, failed := failures[item.Account]
		if !failed || failure.NoAccount() {
			continue
		}
		if len(item.Content) > 1 || failure.Code == nil || !command.facts(*failure.Code).notExecuted() {
			w.Unknown = append(w.Unknown, item.Account)
		}
	}
}

// reject adds an account whose request was rejected, and so not executed.
func (w *Written) reject(mu *sync.Mutex, account string, rejection AccountError) {
	mu.Lock()
	defer mu.Unlock()
	w.Failed[account] = rejection
}

// explain corrects the error of an interrupted write of that many accounts, which
// is about one of its requests.
func (w *Written) explain(err error, total int) {
	var interrupted *InterruptedError
	if errors.As(err, &interrupted) {
		interrupted.Done, interrupted.Total = len(w.Done)+len(w.Failed), total
		interrupted.Unclear = len(w.Unknown) > 0
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
