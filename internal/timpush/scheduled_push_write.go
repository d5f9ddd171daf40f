package timpush

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// scheduledRequest is the body of the commands for one scheduled push. Each sends
// the fields that its page requires. Changing a push sends all of it: whether the
// service replaces or merges the content is not documented (78840).
type scheduledRequest struct {
	SDKAppID uint32            `json:"Sdkappid"` // this spelling (78839)
	TaskID   json.Number       `json:",omitempty"`
	Type     ScheduledKind     `json:",omitempty"`
	SchedAt  string            `json:",omitempty"` // in UTC (78839)
	Content  *scheduledContent `json:",omitempty"`
}

// scheduledContent is the body of the push. The service adds MsgRandom (78842).
type scheduledContent struct {
	FromAccount     string         `json:"From_Account,omitempty"`
	ToAccount       []string       `json:"To_Account,omitempty"`
	Condition       *pushCondition `json:",omitempty"`
	OfflinePushInfo map[string]any `json:"OfflinePushInfo"`
}

// content returns the content, with the audience of the push's kind only. Without
// one, the push could go to everybody.
func (p ScheduledPush) content() (*scheduledContent, error) {
	content := scheduledContent{FromAccount: p.Message.From, OfflinePushInfo: p.Message.Notification}
	switch p.Kind {
	case ScheduledToAll:
	case ScheduledToSelected:
		if err := p.Condition.invalid(); err != nil {
			return nil, err
		}
		content.Condition = p.Condition.body()
	case ScheduledToAccounts:
		content.ToAccount = Unique(p.Accounts) // or else an account could get the push twice
		if count := len(content.ToAccount); count == 0 || count > MaxPushAccounts {
			return nil, fmt.Errorf("the push is for %d accounts, not 1 to %d", count, MaxPushAccounts)
		}
	default:
		return nil, fmt.Errorf("%q is not a kind of scheduled push", p.Kind)
	}
	return &content, nil
}

// AddScheduledPush schedules a push and returns its ID. The error is a
// [*RequestError], or an [*InterruptedError] if ctx ended; a request in flight is
// completed. The request is never sent again if it may have been executed. If the
// error is unclear, the push may be scheduled: [Client.FindScheduledPush] looks for
// it. That includes a response that reports success without an ID, since no page
// shows the response (78839).
func (c *Client) AddScheduledPush(ctx context.Context, push ScheduledPush) (id string, err error) {
	body, err := c.scheduledBody("", push)
	if err != nil {
		return "", err
	}
	return c.taken.whileAdding(ctx, func() (string, error) {
		var response addedResponse
		if err := c.callScheduled(ctx, context.WithoutCancel(ctx), addScheduled, body, &response); err != nil {
			return "", err
		}
		return response.id, nil
	})
}

// ModifyScheduledPush changes a scheduled push that is pending, completely but for its
// kind (78840). The error is a [*RequestError], or an [*InterruptedError] if ctx
// ended. A request is retried, since it can safely run twice.
func (c *Client) ModifyScheduledPush(ctx context.Context, id string, push ScheduledPush) error {
	body, err := c.scheduledBody(id, push)
	if err != nil {
		return err
	}
	return c.callScheduled(ctx, context.WithoutCancel(ctx), modifyScheduled, body, &emptyResponse{})
}

// DeleteScheduledPush deletes a scheduled push that is pending (78841). Errors are
// those of [Client.ModifyScheduledPush]. A retry after a lost response is rejected,
// because the task does not exist: that error is unclear.
func (c *Client) DeleteScheduledPush(ctx context.Context, id string, kind ScheduledKind) error {
	return c.callScheduled(ctx, context.WithoutCancel(ctx), deleteScheduled, scheduledRequest{TaskID: json.Number(id), Type: kind}, &emptyResponse{})
}

func (c *Client) scheduledBody(id string, push ScheduledPush) (scheduledRequest, error) {
	content, err := push.content()
	return scheduledRequest{TaskID: json.Number(id), Type: push.Kind, SchedAt: inUTC(push.At), Content: content}, err
}

// callScheduled calls a command for one scheduled push. See [Client.call] for the
// contexts: a write in flight is completed, so that it is known whether it was
// executed.
func (c *Client) callScheduled(ctx, sending context.Context, command command, body scheduledRequest, into response) error {
	if command.name != addScheduled.name && !IsScheduledID(body.TaskID.String()) {
		return fmt.Errorf("the ID of a scheduled push is not an integer: %q", body.TaskID)
	}
	body.SDKAppID = c.config.SDKAppID
	err := c.call(ctx, sending, request{command: command, body: body, operation: &operation{}}, into)
	return interruption(ctx, err, work{}, 0, 0)
}

// inUTC returns a time as the service reads it (78839).
func inUTC(t time.Time) string { return t.UTC().Format(time.DateTime) }

// addedResponse is the response to add_sched_task, without the envelope. The other
// pages say that it returns the TaskID, and none shows where (78839, 78841): it is
// accepted as a number or text, in both spellings of the API, and in the object that
// get_sched_task returns.
type addedResponse struct{ id string }

func (r *addedResponse) parts() parts {
	found := map[string]string{}
	spelled := func(name string) func(json.RawMessage) error {
		return func(raw json.RawMessage) error {
			found[name] = scheduledIDOf(raw)
			return nil
		}
	}
	return parts{
		fields: map[string]func(json.RawMessage) error{
			"TaskID": spelled("TaskID"),
			"TaskId": spelled("TaskId"), // as in push (60561)
			"TaskInfo": func(raw json.RawMessage) error {
				info := objectOf(raw)
				found["TaskInfo"] = cmp.Or(scheduledIDOf(info["TaskID"]), scheduledIDOf(info["TaskId"]))
				return nil
			},
		},
		end: func() error {
			r.id = cmp.Or(found["TaskID"], found["TaskId"], found["TaskInfo"])
			if r.id == "" {
				return errors.New("reports success without a valid TaskID")
			}
			return nil
		},
	}
}
