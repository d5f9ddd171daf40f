package timpush

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// window is the period of the service's rate limits, which count the requests in
// any one second (60564).
const window = time.Second

const (
	// slowFor is how long the pace is halved after the service rejected a request
	// for frequency, for example because other processes use the same app.
	slowFor = 10 * time.Second

	// stallPause is how long to wait before probing a service again that has left
	// all requests unanswered.
	stallPause = time.Minute

	// LongestProbe is the longest timeout of a probe, unless the timeout of an
	// attempt is longer.
	LongestProbe = time.Minute
)

// fate is what became of a request that was sent.
type fate int

const (
	answered   fate = iota // the server responded, or closed the connection: the request has arrived
	unsent                 // no connection was made: the request cannot arrive
	unanswered             // abandoned without a response: the request may still arrive
)

// pacer limits requests per second as the service counts them. The client does
// not know when a request arrives, only that this is between sending and
// response. So a request holds a place from sending until one second after its
// response, and there are as many places as requests per second.
//
// An abandoned request may still arrive at any time: a stalled server processes
// all waiting requests at once when it resumes. Its place is lost until the
// response to a later request shows that the server has resumed. While all places
// are lost, a tenth as many requests are sent as probes, so a stall can exceed
// the pace by a tenth.
//
// Concurrent operations take turns, so that a small one does not wait behind a
// large one. It is safe for concurrent use.
type pacer struct {
	places int // total number

	mu        sync.Mutex
	free      []time.Time // the times from which unused places are free, sorted
	granted   int         // number of places granted so far
	stall     *stall
	waiting   []*queue    // operations that wait for places, the next one first
	wake      *time.Timer // runs while requests wait for a place to become free
	slowUntil time.Time
}

// stall counts the requests abandoned without a response since the server was
// last known to respond. Each time it responds, a new stall begins.
type stall struct {
	lost   int       // places
	until  int       // number of the last place granted before a place was lost
	probes int       // in flight
	failed int       // probes that were abandoned too
	since  time.Time // when the last probe was abandoned
}

// queue contains the requests of one operation that wait for places, in order.
type queue struct{ requests []*waiter }

// waiter is a request that waits for a place.
type waiter struct {
	ready chan struct{} // closed when place or err is set
	place *place
	err   error
}

// place is the right to send a request.
type place struct {
	number int    // in the order in which places are granted, from 1
	probe  *stall // the stall that the request probes; nil if it is not a probe
}

func newPacer(requestsPerSecond int) *pacer {
	p := &pacer{places: requestsPerSecond, free: make([]time.Time, requestsPerSecond), stall: &stall{}}
	p.wake = time.AfterFunc(window, p.awake)
	p.wake.Stop() // no request waits yet
	return p
}

// acquire waits in the operation's queue for a place, until ctx ends. It fails if
// the server has left too many requests unanswered. The caller must release the
// place.
func (p *pacer) acquire(ctx context.Context, operation *queue) (*place, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	w := p.enqueue(operation)
	select {
	case <-w.ready:
		return w.place, w.err
	case <-ctx.Done():
		p.abandon(operation, w)
		return nil, context.Cause(ctx)
	}
}

func (p *pacer) enqueue(operation *queue) *waiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := &waiter{ready: make(chan struct{})}
	operation.requests = append(operation.requests, w)
	if len(operation.requests) == 1 {
		p.waiting = append(p.waiting, operation)
	}
	p.grant()
	return w
}

// abandon removes a request from its queue, or releases the place that it was
// granted at the same moment.
func (p *pacer) abandon(operation *queue, w *waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(operation.requests, w); i >= 0 {
		operation.requests = slices.Delete(operation.requests, i, i+1)
		if len(operation.requests) == 0 {
			p.waiting = slices.DeleteFunc(p.waiting, func(other *queue) bool { return other == operation })
		}
	} else if w.place != nil {
		p.releaseUnused(w.place)
	}
	p.grant()
}

// release frees a place after its request.
func (p *pacer) release(used *place, fate fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	switch {
	case fate == unsent:
		p.releaseUnused(used)
	case fate == unanswered && used.probe != nil:
		used.probe.probes--
		used.probe.failed++
		used.probe.since = now
	case fate == unanswered:
		p.stall.lost++
		p.stall.until = p.granted
	default:
		if used.probe == nil {
			p.freeFrom(now)
		}
		if used.number > p.stall.until { // the server has resumed
			for range p.stall.lost {
				p.freeFrom(now)
			}
			p.stall = &stall{until: p.stall.until}
		}
	}
	p.grant()
}

// releaseUnused frees a place at once, since no request used it. The caller holds
// the mutex, as for the methods below.
func (p *pacer) releaseUnused(unused *place) {
	if unused.probe != nil {
		unused.probe.probes--
		return
	}
	p.free = slices.Insert(p.free, 0, time.Time{})
}

// freeFrom frees a place when the service's window is over.
func (p *pacer) freeFrom(now time.Time) {
	hold := window
	if now.Before(p.slowUntil) {
		hold = 2 * window
	}
	from := now.Add(hold)
	i, _ := slices.BinarySearchFunc(p.free, from, time.Time.Compare)
	p.free = slices.Insert(p.free, i, from)
}

func (p *pacer) awake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.grant()
}

// grant gives free places to waiting requests, and sets the timer for the next
// one.
func (p *pacer) grant() {
	now := time.Now()
	for len(p.waiting) > 0 && len(p.free) > 0 && !p.free[0].After(now) {
		p.free = p.free[1:]
		p.grantNext(nil)
	}
	if p.stall.lost == p.places {
		p.grantProbes(now)
	}
	if len(p.waiting) > 0 && len(p.free) > 0 {
		p.wake.Reset(time.Until(p.free[0]))
	} else {
		p.wake.Stop()
	}
}

// grantProbes grants places for probes. If the server does not respond to them
// either, requests fail for a while.
func (p *pacer) grantProbes(now time.Time) {
	most := max(1, p.places/10)
	if p.stall.failed >= most && now.Sub(p.stall.since) >= stallPause {
		p.stall.failed = 0
	}
	for len(p.waiting) > 0 && p.stall.probes+p.stall.failed < most {
		p.stall.probes++
		p.grantNext(p.stall)
	}
	for len(p.waiting) > 0 && p.stall.failed >= most {
		w := p.next()
		w.err = &TransportError{
			Problem: fmt.Sprintf("the server left %d requests without a response", p.stall.lost+p.stall.failed),
			Cause:   CauseStalled, Permanent: true, Unsent: true,
		}
		close(w.ready)
	}
}

// grantNext grants a place to the request whose turn it is.
func (p *pacer) grantNext(probe *stall) {
	p.granted++
	w := p.next()
	w.place = &place{number: p.granted, probe: probe}
	close(w.ready)
}

// next removes and returns the first request of the operation whose turn it is.
func (p *pacer) next() *waiter {
	operation := p.waiting[0]
	w := operation.requests[0]
	p.waiting, operation.requests = p.waiting[1:], operation.requests[1:]
	if len(operation.requests) > 0 {
		p.waiting = append(p.waiting, operation)
	}
	return w
}

// slow halves the pace for a while.
func (p *pacer) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slowUntil = time.Now().Add(slowFor)
}
