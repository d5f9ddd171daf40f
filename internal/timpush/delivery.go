package timpush

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Source is what was pushed.
type Source int

// The sources. Each has commands of its own.
const (
	SourcePush    Source = iota // pushes to all users, by condition, or to lists of accounts (71893)
	SourceMessage               // chat messages (71896)
)

// Limits of the delivery commands.
const (
	MaxStatisticsWindow = 30 * 24 * time.Hour // how far back statistics go, and how long a window is (71894, 71897)
	MaxLossesWindow     = 7 * 24 * time.Hour  // the same for losses (71895, 71898)
	MaxTraceAge         = 7 * 24 * time.Hour  // how old a push may be whose trace is read (71893, 71896)
	MaxTasksPerRequest  = 5                   // task IDs in one request (71894)
)

// deliveryCommand describes a command about deliveries: all are reads, each with
// a limit of one request a second (71893). Only pushes have task IDs.
func deliveryCommand(source Source, name string) command {
	if source == SourceMessage {
		return command{name: "normal_push_" + name, pace: paceSingle, codes: deliveryCodes}
	}
	return command{name: "all_member_push_" + name, pace: paceSingle, maxItems: MaxTasksPerRequest, codes: deliveryCodes}
}

// deliveryCodes are the codes that mean more about deliveries: other parameters are
// always valid.
var deliveryCodes = map[int64]codeFacts{
	CodeBadParameter: {meaning: "a parameter is invalid, such as the time window or a task ID"},
}

// IsDelivery reports whether an API command is about deliveries.
func IsDelivery(api string) bool {
	return slices.ContainsFunc(deliveryCommands(), func(c command) bool { return c.name == api })
}

// deliveryCommands are the commands about deliveries.
func deliveryCommands() (all []command) {
	for _, source := range []Source{SourcePush, SourceMessage} {
		for _, name := range []string{"statistics", "loss", "trace"} {
			all = append(all, deliveryCommand(source, name))
		}
	}
	return all
}

// windowRequest is the body of a request for a window of time. An empty TaskID
// means the complete app (71895). Chat messages have no TaskID (71897).
type windowRequest struct {
	StartTime int64
	EndTime   int64
	TaskID    []string `json:",omitzero"` // zero is nil, not empty
}

var errMessageTasks = errors.New("chat messages have no task IDs")

// readWindow sends the requests of a command for a window of time: one for the
// complete app if taskIDs is nil, or else one for each five task IDs. It adds
// each response to the result, one at a time. An end in the future is sent as the
// current time; see [windowBody] for the start. The error is a [*RequestError], an
// [*InterruptedError] if ctx ended, or errMessageTasks.
func readWindow[R response](ctx context.Context, c *Client, command command, taskIDs []string, window Window, limit time.Duration, newResponse func(taskIDs []string) R, add func(R)) error {
	if now := time.Now(); window.End.After(now) { // the future has no deliveries
		window.End = now
	}
	var mu sync.Mutex
	send := func(ctx context.Context, r request, taskIDs []string) error {
		r.body = windowBody{window, limit, taskIDs}
		response := newResponse(taskIDs)
		if err := c.call(ctx, ctx, r, response); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		add(response)
		return nil
	}
	hasTasks := command.maxItems > 0
	switch {
	case taskIDs != nil && !hasTasks:
		return errMessageTasks
	case taskIDs != nil:
		return inBatches(ctx, c, command, readingTasks, Unique(taskIDs), func(ctx context.Context, batch batch[string]) error {
			return send(ctx, batch.request, batch.items)
		})
	case hasTasks:
		taskIDs = []string{}
	}
	return interruption(ctx, send(ctx, request{command: command, operation: &operation{}}, taskIDs), work{}, 0, 0)
}
