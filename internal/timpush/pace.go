package timpush

import (
	"context"
	"sync"
	"time"
)

// window is the length of the service's rate limit: so many requests in any
// one second (60564).
const window = time.Second

// After the service has refused a request for frequency, as it does where other
// processes call with the same app, places are held twice as long for a while:
// the pace is halved.
const slowFor = 10 * time.Second

// pacer keeps requests within a number per second as the service counts them.
// When a request arrives there is not known here, only that it lies between
// sending and answer; so a request holds a place from its sending until one
// second after its answer, and there are as many places as requests allowed.
// Safe for concurrent use.
type pacer struct {
	// places holds the places, each with the time from which it may be used, in
	// the order in which they were left, and so in which they come free. (A place
	// that a cancelled wait puts back stands too late; others go before it.)
	places chan time.Time

	mu        sync.Mutex
	slowUntil time.Time
}

func newPacer(requestsPerSecond int) *pacer {
	p := &pacer{places: make(chan time.Time, requestsPerSecond)}
	for range requestsPerSecond {
		p.places <- time.Time{}
	}
	return p
}

// wait takes a place, waiting until one is free or ctx ends. The caller calls
// leave once the request was answered or has failed.
func (p *pacer) wait(ctx context.Context) (leave func(), err error) {
	var free time.Time
	select {
	case free = <-p.places:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	timer := time.NewTimer(time.Until(free))
	defer timer.Stop()
	select {
	case <-timer.C:
		return func() { p.places <- time.Now().Add(p.hold()) }, nil
	case <-ctx.Done():
		p.places <- free // not used: it stays as free as it was
		return nil, context.Cause(ctx)
	}
}

// slow halves the pace for a while, from now on.
func (p *pacer) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slowUntil = time.Now().Add(slowFor)
}

// hold returns how long a place stays taken after the answer.
func (p *pacer) hold() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Now().Before(p.slowUntil) {
		return 2 * window
	}
	return window
}
