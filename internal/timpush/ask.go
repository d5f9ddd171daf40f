package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Ask sends one request of any command, with a JSON body, and returns the response
// as the service sends it, without secrets, whatever its ErrorCode. It is for
// questions about the service itself.
//
// It sends the request once and never retries. A command that the client does not
// know has the strictest pace. If ctx ends, the request in flight is completed. The
// error is a [*RequestError], or an [*InterruptedError] if ctx ended before the
// request was sent.
func (c *Client) Ask(ctx context.Context, api string, body json.RawMessage) (json.RawMessage, error) {
	if !isCommandName(api) {
		return nil, fmt.Errorf("%q is not the name of a command: use lower-case letters, digits, and underscores", api)
	}
	asked := command{name: api, pace: paceSingle}
	if i := slices.IndexFunc(commands, func(known command) bool { return known.name == api }); i >= 0 {
		asked = commands[i]
	}
	history := attempts{started: time.Now(), count: 1}
	var response rawResponse
	err := c.attempt(ctx, context.WithoutCancel(ctx), request{command: asked, body: body, operation: &operation{}}, 1, &response)
	var interrupted *endedError
	if err != nil && !errors.As(err, &interrupted) {
		c.failed(&history, asked, err)
		err = history.last
	}
	if err != nil {
		return nil, interruption(ctx, err, work{}, 0, 0)
	}
	return response.content, nil
}

// isCommandName reports whether a text can be the last element of a command's path.
func isCommandName(text string) bool {
	for _, character := range []byte(text) {
		if (character < 'a' || character > 'z') && (character < '0' || character > '9') && character != '_' {
			return false
		}
	}
	return text != ""
}

// rawResponse receives a complete response, with its envelope. [Client.decode] does
// not decode it.
type rawResponse struct{ content json.RawMessage }

func (r *rawResponse) parts() parts { return parts{} }

// read keeps a response without secrets, which must still be JSON then.
func (r *rawResponse) read(body []byte, clean func(string) string) error {
	r.content = json.RawMessage(clean(string(body)))
	if !json.Valid(r.content) {
		r.content = nil
		return errNotJSON
	}
	return nil
}
