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
	command   command
	body      any            // sent as JSON, and encoded just before each attempt
	operation *operation     // that it belongs to
	fields    map[string]any // more fields of log lines
}

// call sends a request and decodes its response, retrying as the command allows.
// ctx ends waits, and sending ends the request itself. They are the same context,
// unless requests in flight should outlive ctx. The error is a [*RequestError],
// or an [*endedError] if a context ended.
func (c *Client) call(ctx, sending context.Context, r request, into response) error {
	history := attempts{started: time.Now()}
	for {
		history.count++
		err := c.attempt(ctx, sending, r, history.count, into)
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

// attempt sends a request once: pace, encode, sign, send, read, decode, and log.
func (c *Client) attempt(ctx, sending context.Context, r request, number int, into response) error {
	turn, err := c.awaitTurn(ctx, r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(r.body)
	if err != nil {
		turn.release(unsent)
		return fmt.Errorf("encoding the request of %s: %w", r.command.name, err)
	}
	userSig, err := c.signer.current()
	if err != nil {
		turn.release(unsent)
		return err
	}
	timeout := c.config.RequestTimeout
	if turn.probe() { // its time limit is that of all retries together, up to LongestProbe
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
			turn.slow() // before releasing the place
		case retryNever, retrySoon:
		}
	}
	turn.release(fate)
	return err
}
