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

// sent returns the window to send in all requests of a read.
//
// The service rejects a start that is older than limit when a request arrives,
// and a request may wait for its turn and be retried until the deadline of ctx.
// So a start that would be too old by then is moved forward, though not to the
// end or past it: the window becomes shorter by up to the time until the deadline.
// Without a deadline, the start is sent as it is. Callers check that it is not too
// old now, since the client cannot distinguish that from a window of exactly the
// limit.
//
// An end in the future is sent as the current time.
func (w Window) sent(ctx context.Context, limit time.Duration) seconds {
	start, end := w.Start.Unix(), min(w.End.Unix(), time.Now().Unix())
	if deadline, ok := ctx.Deadline(); ok {
		oldest := deadline.Add(-limit).Add(time.Second - 1).Unix() // rounded up
		start = max(start, min(oldest, end-1))
	}
	return seconds{start, end}
}
