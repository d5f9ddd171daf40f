package timpush

import (
	"context"
	"math"
	"sync"

	"golang.org/x/sync/semaphore"
)

// takenIDs are the IDs of scheduled pushes that a client has returned. Two pushes can
// be the same, such as those of a resource with count: the search for one whose
// creation is unclear must not find the other.
//
// A search runs alone: while a request to add is in flight, its push can be listed
// although its ID is not taken yet.
type takenIDs struct {
	turns *semaphore.Weighted

	mu  sync.Mutex // guards ids
	ids map[string]bool
}

func newTakenIDs() *takenIDs {
	return &takenIDs{turns: semaphore.NewWeighted(math.MaxInt64), ids: map[string]bool{}}
}

// whileAdding runs do, together with others that add, and takes the ID that it returns,
// if any. The error is that of do, or an [*InterruptedError] if ctx ends before.
func (t *takenIDs) whileAdding(ctx context.Context, do func() (id string, err error)) (id string, err error) {
	return t.in(ctx, 1, do)
}

// whileSearching is like whileAdding, but runs do alone.
func (t *takenIDs) whileSearching(ctx context.Context, do func() (id string, err error)) (id string, err error) {
	return t.in(ctx, math.MaxInt64, do)
}

func (t *takenIDs) in(ctx context.Context, share int64, do func() (id string, err error)) (id string, err error) {
	if t.turns.Acquire(ctx, share) != nil {
		return "", interruption(ctx, context.Cause(ctx), work{}, 0, 0)
	}
	defer t.turns.Release(share)
	id, err = do()
	if id != "" {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.ids[id] = true
	}
	return id, err
}

// has reports whether an ID is taken.
func (t *takenIDs) has(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ids[id]
}
