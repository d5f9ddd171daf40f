package timpush

import (
	"encoding/json"
	"time"
)

// Window is the time that statistics or losses cover. Requests have whole
// seconds: fractions of the start and the end are dropped.
type Window struct{ Start, End time.Time }

// travelTime is the longest time that a request is expected to take until it arrives.
const travelTime = 10 * time.Second

// windowBody is the body of a request for a window of time.
type windowBody struct {
	window  Window
	limit   time.Duration // how far back the command goes
	taskIDs []string      // nil if the command has none
}

// MarshalJSON encodes the body for sending now.
//
// The service rejects a start that is older than the limit when a request arrives, and
// requests wait for their turns. So a start that is too old by then, or will be when
// the request arrives, is moved forward. A window that would be empty then is sent as
// it is: the service may reject it, but nothing is lost silently. Callers check that
// the start is not too old when a read begins.
func (b windowBody) MarshalJSON() ([]byte, error) {
	start, end := b.window.Start.Unix(), b.window.End.Unix()
	oldest := time.Now().Add(travelTime - b.limit).Add(time.Second - 1).Unix() // rounded up
	if oldest < end {
		start = max(start, oldest)
	}
	return json.Marshal(windowRequest{start, end, b.taskIDs})
}
