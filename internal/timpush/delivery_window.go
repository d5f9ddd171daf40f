package timpush

import (
	"context"
	"time"
)

// Window is the time that statistics or losses cover. Requests have whole
// seconds: fractions of the start and the end are dropped.
type Window struct{ Start, End time.Time }

// seconds is a window as sent, in seconds since 1970 in UTC.
type seconds struct{ start, end int64 }

// How long the requests of a read may take until the last one arrives: some time for
// the first, and two seconds for each, which is twice the pace.
const (
	firstArrival = 10 * time.Second
	nextArrival  = 2 * time.Second
)

// sent returns the window to send in all requests of a read.
//
// The service rejects a start that is older than limit when a request arrives, and
// a request may wait for its turn. So a start that would be too old by then is moved
// forward by up to that time, or to the deadline of ctx if that is sooner. A window
// that would be empty then is sent as it is: the service may reject it, but nothing
// is lost silently. Callers check that the start is not too old now.
//
// An end in the future is sent as the current time.
func (w Window) sent(ctx context.Context, limit time.Duration, requests int) seconds {
	now := time.Now()
	last := now.Add(firstArrival + time.Duration(requests)*nextArrival)
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(last) {
		last = deadline
	}
	start, end := w.Start.Unix(), min(w.End.Unix(), now.Unix())
	if oldest := last.Add(-limit).Add(time.Second - 1).Unix(); oldest < end { // rounded up
		start = max(start, oldest)
	}
	return seconds{start, end}
}
