package emulator

import (
	"cmp"
	"time"
)

// rate counts requests in a sliding window of one second, including rejected ones. Pick: commands without a limit of their
// own share one count, and the code is 60007. That is the strictest reading of "100 times per second" (60564).
type rate struct {
	limit  int
	recent []time.Time // arrivals of the last second, oldest first
	peak   int
}

// arrive counts a request, and returns whether it exceeds the limit. A request that arrived exactly one second ago no
// longer counts.
func (r *rate) arrive(at time.Time) (tooFast bool) {
	gone := 0
	for gone < len(r.recent) && at.Sub(r.recent[gone]) >= time.Second {
		gone++
	}
	r.recent = append(r.recent[gone:], at)
	r.peak = max(r.peak, len(r.recent))
	return len(r.recent) > r.limit
}

// rateOf returns the rate that counts a request. The caller holds the lock.
func (e *Emulator) rateOf(req *request) *rate {
	limit := req.command.PerSecond
	if limit == 0 {
		return &e.rate
	}
	name := cmp.Or(req.command.Together, req.api)
	if e.own[name] == nil {
		e.own[name] = &rate{limit: limit}
	}
	return e.own[name]
}

// PeakRate returns the most requests in any one second, including rejected and dropped ones, but not those of commands with
// a limit of their own.
func (e *Emulator) PeakRate() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.rate.peak
}
