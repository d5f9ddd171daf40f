package timpush

import (
	"context"
	"sync"
)

// Requests per second of the commands with stricter limits.
const (
	timedRate  = 5 // (78839)
	singleRate = 1 // (60561, 60571, 71893)
)

// pacers are the pacers of a client. Every request counts toward the shared
// limit. Requests of a strict class also have a pacer of their own.
type pacers struct {
	shared *pacer

	mu     sync.Mutex
	strict map[string]*pacer // by command; timed tasks share one
}

func newPacers(requestsPerSecond int) *pacers {
	return &pacers{shared: newPacer(requestsPerSecond), strict: map[string]*pacer{}}
}

// of returns the pacer of a command's class, or nil if only the shared limit
// applies.
func (p *pacers) of(command command) *pacer {
	name, rate := command.name, singleRate
	switch command.pace {
	case paceShared:
		return nil
	case paceTimed:
		name, rate = "timed tasks", timedRate
	case paceSingle:
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.strict[name] == nil {
		p.strict[name] = newPacer(min(rate, p.shared.places))
	}
	return p.strict[name]
}

// operation is an operation of one or more requests of one command, which take turns
// with those of other operations in both pacers.
type operation struct{ shared, strict queue }

// turn is a request's right to be sent: a place in the shared pacer, and one in
// the pacer of its class, if any.
type turn struct {
	shared, strict           *pacer // strict is nil without a class
	sharedPlace, strictPlace *place
}

// awaitTurn waits until a request may be sent. Its error is an [*endedError] if
// ctx ended.
func (c *Client) awaitTurn(ctx context.Context, r request) (*turn, error) {
	t := &turn{shared: c.pacers.shared, strict: c.pacers.of(r.command)}
	if t.strict != nil {
		taken, err := t.strict.acquire(ctx, &r.operation.strict)
		if err != nil {
			return nil, ended(ctx, err)
		}
		t.strictPlace = taken
	}
	taken, err := t.shared.acquire(ctx, &r.operation.shared)
	if err != nil {
		if t.strict != nil {
			t.strict.release(t.strictPlace, unsent)
		}
		return nil, ended(ctx, err)
	}
	t.sharedPlace = taken
	return t, nil
}

// ended returns err, wrapped in an [*endedError] if ctx ended.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &endedError{cause: err}
	}
	return err
}

func (t *turn) release(fate fate) {
	t.shared.release(t.sharedPlace, fate)
	if t.strict != nil {
		t.strict.release(t.strictPlace, fate)
	}
}

// slow halves the pace of the request's class.
func (t *turn) slow() {
	if t.strict != nil {
		t.strict.slow()
		return
	}
	t.shared.slow()
}

// probe reports whether the request is a probe of a server that stopped
// responding.
func (t *turn) probe() bool {
	return t.sharedPlace.probe != nil || t.strict != nil && t.strictPlace.probe != nil
}
