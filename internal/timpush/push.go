package timpush

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
)

// The limits of pushes.
const (
	MaxPushBytes     = 10 << 10       // bytes of the body of a push (90056, 74196)
	MaxPushAccounts  = 500            // accounts in a request (67553)
	MaxDataIDBytes   = 64             // bytes of DataId (67553)
	MaxMessageRandom = math.MaxUint32 // MsgRandom (67553)
)

// pushCodes are the codes that mean more about pushes.
var pushCodes = map[int64]codeFacts{
	CodeInvalidAttribute: {meaning: "the condition names an attribute that is invalid, for example because the app does not have it"}, // (74196)
}

// The commands that push. A request that may have been executed is never sent
// again: no page of the current API promises that a repeated MsgRandom is dropped
// after more than a second (67553).
var (
	// push is the call for all accounts, or for those that a condition selects (60561).
	push = command{name: "push", pace: paceSingle, retry: retryIfNotExecuted, codes: pushCodes}
	// batchPush is the call for listed accounts (67553). The service limits the accounts
	// a second (269/137903), so that a request a second has at most that many.
	batchPush = command{name: "batch", pace: paceSingle, retry: retryIfNotExecuted, maxItems: MaxPushAccounts, codes: pushCodes}
)

// Message is what a push sends.
type Message struct {
	From         string         // the sender: an account of the app
	Notification map[string]any // OfflinePushInfo (77715), as JSON
	DataID       string         // passed to the webhook; "" for none
}

// messageBody are the fields that both commands have.
type messageBody struct {
	FromAccount     string         `json:"From_Account"`
	MsgRandom       uint32         `json:"MsgRandom"`
	OfflinePushInfo map[string]any `json:"OfflinePushInfo"`
	DataID          string         `json:"DataId,omitempty"`
}

// pushRequest is the body of push. Without a condition, everybody gets the push, so
// it is never left out by mistake: see [Client.PushToSelected].
type pushRequest struct {
	messageBody

	Condition *pushCondition `json:",omitempty"`
}

// pushCondition is a [Condition] as the service reads it (60561). A part that is not
// set is left out.
type pushCondition struct {
	TagsOr   []string          `json:",omitempty"`
	TagsAnd  []string          `json:",omitempty"`
	TagsNot  []string          `json:",omitempty"`
	AttrsOr  map[string]string `json:",omitempty"`
	AttrsAnd map[string]string `json:",omitempty"`
}

// batchPushRequest is the body of batch.
type batchPushRequest struct {
	messageBody

	ToAccount []string `json:"To_Account"`
}

// Pushed is the outcome of a request that pushes.
type Pushed struct {
	Random     uint32                  // its MsgRandom
	Accounts   []string                // the accounts in the request; nil if it does not list accounts
	Unclear    bool                    // the request may have been executed, although no response confirms it
	TaskID     string                  // of the push; "" if no response has it
	Refused    map[string]AccountError // the accounts in the request that get no push
	Unexpected []string                // clauses that say what differs from the API page in the response to an executed push
}

// RandomMessage returns a random MsgRandom.
func RandomMessage() uint32 { return rand.Uint32() } //nolint:gosec // the number is not secret

// PushToAll pushes to all accounts of the app. The error is a [*RequestError], or an
// [*InterruptedError] if ctx ended. If it is unclear, the push may have been sent.
func (c *Client) PushToAll(ctx context.Context, message Message, random uint32) (Pushed, error) {
	return c.pushToMany(ctx, message, nil, random)
}

// PushToSelected pushes to the accounts that the condition selects. A condition with
// problems is an error of its own: without its empty part, the request would select
// other accounts, or all. Other errors are those of [Client.PushToAll].
func (c *Client) PushToSelected(ctx context.Context, message Message, condition Condition, random uint32) (Pushed, error) {
	if err := condition.invalid(); err != nil {
		return Pushed{Random: random}, err
	}
	return c.pushToMany(ctx, message, condition.body(), random)
}

// pushToMany pushes to the accounts that the condition selects, or to all if it is
// nil.
func (c *Client) pushToMany(ctx context.Context, message Message, condition *pushCondition, random uint32) (Pushed, error) {
	body := pushRequest{message.body(random), condition}
	pushed, err := c.pushOnce(ctx, request{command: push, body: body, operation: &operation{}}, Pushed{Random: random})
	return pushed, interruption(ctx, err, work{}, 0, 0)
}

// PushToAccounts pushes to accounts, in requests of at most perRequest accounts, one
// after the other and at most one a second. perRequest is at least 1. random returns
// the MsgRandom of the next request. It calls sent after each request that was
// executed, or may have been, and ends with the first request that fails. The error
// is a [*RequestError], or an [*InterruptedError] if ctx ended; if it is unclear, the
// last request may have been executed.
func (c *Client) PushToAccounts(ctx context.Context, message Message, accounts []string, perRequest int, random func() uint32, sent func(Pushed)) error {
	accounts = Unique(accounts)
	batches := slices.Collect(slices.Chunk(accounts, min(perRequest, MaxPushAccounts)))
	progress, operation := newProgress(c.logger, pushing, len(accounts)), &operation{}
	for i, some := range batches {
		number := random()
		pushed, err := c.pushOnce(ctx, request{
			command:   batchPush,
			body:      batchPushRequest{message.body(number), some},
			operation: operation,
			fields:    map[string]any{"batch": i + 1, "batches": len(batches), pushing.items: len(some)},
		}, Pushed{Random: number, Accounts: some})
		if err == nil || pushed.Unclear {
			sent(pushed)
		}
		if err != nil {
			return interruption(ctx, err, pushing, progress.count(), len(accounts))
		}
		progress.add(ctx, len(some))
	}
	return nil
}

// pushOnce sends a request that pushes, and adds its outcome to pushed. If ctx ends,
// the request in flight is completed, so that it is known whether it was executed.
func (c *Client) pushOnce(ctx context.Context, request request, pushed Pushed) (Pushed, error) {
	response := pushResponse{writeResponse: writeResponse{errorList{
		command: request.command, clean: c.redactor.clean, asked: setOf(pushed.Accounts),
	}}}
	err := c.call(ctx, context.WithoutCancel(ctx), request, &response)
	if err != nil {
		pushed.Unclear = unclear(err)
		return pushed, err
	}
	pushed.TaskID, pushed.Refused, pushed.Unexpected = response.taskID, response.errors, response.unexpected
	return pushed, nil
}

// pushResponse is the response without the envelope. A push was executed if the
// envelope says so. So what else is wrong is no error, but noted.
type pushResponse struct {
	writeResponse

	taskID     string
	unexpected []string
}

func (r *pushResponse) parts() parts {
	r.errors, r.taskID, r.unexpected = map[string]AccountError{}, "", nil
	return parts{
		fields: map[string]func(json.RawMessage) error{
			"TaskId": func(raw json.RawMessage) error {
				var id text // of any type
				err := decodeField("TaskId", raw, &id)
				r.taskID = r.clean(string(id))
				return err
			},
			"ErrorList": func(raw json.RawMessage) error {
				reader := responseReader{decoder: json.NewDecoder(bytes.NewReader(raw))}
				if err := reader.list("ErrorList", r.addError); err != nil {
					reader.note(err)
				}
				if reader.problem != nil {
					r.unexpected = append(r.unexpected, reader.problem.Error())
				}
				return nil
			},
		},
		end: func() error {
			if r.taskID == "" {
				r.unexpected = append(r.unexpected, "contains no TaskId")
			}
			return nil
		},
	}
}

func (m Message) body(random uint32) messageBody {
	return messageBody{FromAccount: m.From, MsgRandom: random, OfflinePushInfo: m.Notification, DataID: m.DataID}
}

func (c Condition) body() *pushCondition {
	return &pushCondition{TagsOr: c.TagsOr, TagsAnd: c.TagsAnd, TagsNot: c.TagsNot, AttrsOr: c.AttributesOr, AttrsAnd: c.AttributesAnd}
}

// PushBytes returns the size of the largest body of a push with the message and the
// condition, nil for all accounts.
func PushBytes(message Message, condition *Condition) (int, error) {
	request := pushRequest{messageBody: message.body(MaxMessageRandom)}
	if condition != nil {
		request.Condition = condition.body()
	}
	body, err := json.Marshal(request)
	return len(body), err
}
