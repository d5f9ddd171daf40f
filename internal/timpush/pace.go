package timpush

import (
	"context"
	"slices"
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
// Reads side by side are given places in turn: a small one does not wait behind
// the whole of a large one. Safe for concurrent use.
type pacer struct {
	mu        sync.Mutex
	free      []time.Time // places not in use: the times from which they may be used, in order
	waiting   []*queue    // the reads that wait for places; the first is next
	wake      *time.Timer // runs while requests wait for a place to come free
	slowUntil time.Time
}

// queue is the requests of one read that wait for places, in order. Each is told
// by closing its channel.
type queue struct{ requests []chan struct{} }

func newPacer(requestsPerSecond int) *pacer {
	p := &pacer{free: make([]time.Time, requestsPerSecond)}
	p.wake = time.AfterFunc(window, p.awake)
	p.wake.Stop() // nobody waits yet
	return p
}

// wait takes a place, waiting in the read's queue until one is free or ctx ends.
// The caller calls leave once the request was answered or has failed.
func (p *pacer) wait(ctx context.Context, read *queue) (leave func(), err error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	granted := p.enqueue(read)
	select {
	case <-granted:
		return p.leave, nil
	case <-ctx.Done():
		p.giveUp(read, granted)
		return nil, context.Cause(ctx)
	}
}

func (p *pacer) enqueue(read *queue) (granted chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	granted = make(chan struct{})
	read.requests = append(read.requests, granted)
	if len(read.requests) == 1 {
		p.waiting = append(p.waiting, read)
	}
	p.grant()
	return granted
}

// giveUp takes a request out of its queue, or gives back the place that it was
// granted in the same moment.
func (p *pacer) giveUp(read *queue, granted chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(read.requests, granted); i >= 0 {
		read.requests = slices.Delete(read.requests, i, i+1)
		if len(read.requests) == 0 {
			p.waiting = slices.DeleteFunc(p.waiting, func(other *queue) bool { return other == read })
		}
	} else {
		p.free = slices.Insert(p.free, 0, time.Time{}) // not used: free at once
	}
	p.grant()
}

// leave puts a place back, to be used again once the service's window is over.
func (p *pacer) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	hold, now := window, time.Now()
	if now.Before(p.slowUntil) {
		hold = 2 * window
	}
	from := now.Add(hold)
	i, _ := slices.BinarySearchFunc(p.free, from, time.Time.Compare)
	p.free = slices.Insert(p.free, i, from)
	p.grant()
}

func (p *pacer) awake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.grant()
}

// grant hands the places that are free to who waits, one read after the other,
// and wakes itself for the next. The caller holds the mutex.
func (p *pacer) grant() {
	for len(p.waiting) > 0 && len(p.free) > 0 && !p.free[0].After(time.Now()) {
		read := p.waiting[0]
		close(read.requests[0])
		p.free, p.waiting, read.requests = p.free[1:], p.waiting[1:], read.requests[1:]
		if len(read.requests) > 0 {
			p.waiting = append(p.waiting, read)
		}
	}
	if len(p.waiting) > 0 && len(p.free) > 0 {
		p.wake.Reset(time.Until(p.free[0]))
	} else {
		p.wake.Stop()
	}
}

// slow halves the pace for a while, from now on.
func (p *pacer) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slowUntil = time.Now().Add(slowFor)
}
