package emulator

import "time"

// rate counts arrivals in a sliding window of one second, refused ones too. Pick (no page says): all commands of the app
// share one count, and the code is 60007. That is the strictest reading of "100 times per second" (60564).
// The Emulator's mutex guards it.
type rate struct {
	limit  int
	recent []time.Time // arrivals of the last second, oldest first
	peak   int
}

// arrive counts a request and tells whether it is more than the limit allows. A second is half open: what came exactly
// a second ago no longer counts.
func (r *rate) arrive(at time.Time) (tooFast bool) {
	gone := 0
	for gone < len(r.recent) && at.Sub(r.recent[gone]) >= time.Second {
		gone++
	}
	r.recent = append(r.recent[gone:], at)
	r.peak = max(r.peak, len(r.recent))
	return len(r.recent) > r.limit
}

// PeakRate is the most requests that the emulator ever counted in any one second, refused and dropped ones included.
func (e *Emulator) PeakRate() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.rate.peak
}
