package timpush

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// window is the length of the service's rate limits: so many requests in any
// one second (60564).
const window = time.Second

const (
	// slowFor is how long the pace is halved after the service rejected a request
	// for frequency, as it does if other processes call with the same app.
	slowFor = 10 * time.Second

	// stallPause is how long a service that leaves all requests unanswered is left
	// alone before it is probed again.
	stallPause = time.Minute

	// LongestProbe bounds the time-out of a probe, unless that of an attempt is
	// longer.
	LongestProbe = time.Minute
)

// fate is what became of a request that was sent.
type fate int

const (
	answered   fate = iota // the server responded, or ended the connection: the request has arrived
	unsent                 // no connection was made: the request does not arrive
	unanswered             // given up without a response: the request may still arrive
)

// pacer keeps requests within a number per second as the service counts them.
// When a request arrives is not known here, only that it lies between sending
// and response; so a request holds a place from its sending until one second
// after its response, and there are as many places as requests allowed.
//
// A request that was given up without a response may arrive at any time, as
// requests to a server that stalls do when it goes on, all at once. Its place is
// lost until the response to a request that was sent later shows that the server
// goes on. While all places are lost, a few requests are sent as probes, a tenth
// of the pace: that is how much a stall can exceed it.
//
// Operations side by side take turns, so that a small one does not wait behind a
// large one. Safe for concurrent use.
type pacer struct {
	places int // how many there are

	mu        sync.Mutex
	free      []time.Time // places not in use: the times from which they may be used, in order
	granted   int         // places so far, which numbers them
	stall     *stall
	waiting   []*queue    // operations that wait for places; the first is next
	wake      *time.Timer // runs while requests wait for a place to become free
	slowUntil time.Time
}

// stall is the requests that were given up without a response since the server
// last showed that it goes on. A new one begins each time it does.
type stall struct {
	lost   int       // places
	until  int       // number of the last place that was granted before a place was lost
	probes int       // under way
	failed int       // probes that were given up too
	since  time.Time // when the last probe was given up
}

// queue is the requests of one operation that wait for places, in order.
type queue struct{ requests []*waiter }

// waiter is a request that waits for a place.
type waiter struct {
	ready chan struct{} // closed once place or err is set
	place *place
	err   error
}

// place is the right to send a request.
type place struct {
	number int    // from 1, in the order in which places are granted
	probe  *stall // that the request is to find the end of; nil for an ordinary one
}

func newPacer(requestsPerSecond int) *pacer {
	p := &pacer{places: requestsPerSecond, free: make([]time.Time, requestsPerSecond), stall: &stall{}}
	p.wake = time.AfterFunc(window, p.awake)
	p.wake.Stop() // nobody waits yet
	return p
}

// take returns a place, waiting in the operation's queue until there is one or
// ctx ends. It fails if the server has left too many requests unanswered. The
// caller gives the place back with leave.
func (p *pacer) take(ctx context.Context, operation *queue) (*place, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	w := p.enqueue(operation)
	select {
	case <-w.ready:
		return w.place, w.err
	case <-ctx.Done():
		p.giveUp(operation, w)
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

// giveUp removes a request from its queue, or gives back the place that it was
// granted in the same moment.
func (p *pacer) giveUp(operation *queue, w *waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(operation.requests, w); i >= 0 {
		operation.requests = slices.Delete(operation.requests, i, i+1)
		if len(operation.requests) == 0 {
			p.waiting = slices.DeleteFunc(p.waiting, func(other *queue) bool { return other == operation })
		}
	} else if w.place != nil {
		p.giveBack(w.place)
	}
	p.grant()
}

// leave gives a place back after its request.
func (p *pacer) leave(used *place, fate fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	switch {
	case fate == unsent:
		p.giveBack(used)
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
		if used.number > p.stall.until { // the server goes on
			for range p.stall.lost {
				p.freeFrom(now)
			}
			p.stall = &stall{until: p.stall.until}
		}
	}
	p.grant()
}

// giveBack makes a place free at once that no request has used. The caller holds
// the mutex, as for the methods below.
func (p *pacer) giveBack(unused *place) {
	if unused.probe != nil {
		unused.probe.probes--
		return
	}
	p.free = slices.Insert(p.free, 0, time.Time{})
}

// freeFrom makes a place free once the service's window is over.
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

// grant hands the places that are free to the requests that wait, and sets the
// timer for the next.
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

// grantProbes sends a few requests to a server that has left all unanswered.
// Once it leaves those unanswered too, requests fail for a while.
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

// next takes the first request of the operation whose turn it is.
func (p *pacer) next() *waiter {
	operation := p.waiting[0]
	w := operation.requests[0]
	p.waiting, operation.requests = p.waiting[1:], operation.requests[1:]
	if len(operation.requests) > 0 {
		p.waiting = append(p.waiting, operation)
	}
	return w
}

// slow halves the pace for a while, from now on.
func (p *pacer) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slowUntil = time.Now().Add(slowFor)
}
