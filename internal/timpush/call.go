package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// request is one request of a command.
type request struct {
	command command
	body    any            // sent as JSON
	queue   *queue         // of the operation that it is a part of: operations take turns
	fields  map[string]any // what log lines say of it beside the command
}

// call sends a request and decodes its response, retrying as the command
// allows. While it waits it ends with ctx, and while the request is sent with
// sending, which is the same context unless a request under way should not end
// with what waits. Its error is a [*RequestError], or an [*endedError] if a
// context ended.
func (c *Client) call(ctx, sending context.Context, r request, into response) error {
	body, err := json.Marshal(r.body)
	if err != nil {
		return fmt.Errorf("encoding the request of %s: %w", r.command.name, err)
	}
	history := attempts{started: time.Now()}
	for {
		history.count++
		err := c.attempt(ctx, sending, r, body, history.count, into)
		if err == nil {
			return nil
		}
		var interrupted *endedError
		if errors.As(err, &interrupted) {
			interrupted.last = history.last
			interrupted.unclear = interrupted.unclear || history.unclear
			return interrupted
		}
		wait, again := c.failed(&history, r.command, err)
		if !again {
			return history.last
		}
		if err := sleep(ctx, wait); err != nil {
			return &endedError{cause: err, last: history.last, unclear: history.unclear}
		}
	}
}

// attempt sends a request once: it waits for its turn, signs, sends, reads,
// decodes and logs.
func (c *Client) attempt(ctx, sending context.Context, r request, body []byte, number int, into response) error {
	turn, err := c.takeTurn(ctx, r)
	if err != nil {
		return err
	}
	userSig, err := c.signer.current()
	if err != nil {
		turn.leave(unsent)
		return err
	}
	timeout := c.config.RequestTimeout
	if turn.probe() { // which waits as long as all retries would, within reason
		retries := time.Duration(c.config.MaxRetries+1-number) * (timeout + longestWait)
		timeout = max(timeout, min(timeout+retries, LongestProbe))
	}
	started := time.Now()
	fate, err := c.exchange(sending, r.command, userSig, body, timeout, into)
	c.logAttempt(ctx, r, number, started, err)
	var failed failure
	if errors.As(err, &failed) {
		switch failed.advice() {
		case retrySigned:
			c.signer.discard(userSig)
		case retryThrottled:
			turn.slow() // before the place is given back
		case retryNever, retrySoon:
		}
	}
	turn.leave(fate)
	return err
}
