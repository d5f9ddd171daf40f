package app

import (
	"testing"
	"time"
)

// TestScheduledIsBounded: the oldest scheduled pushes that ran are forgotten, but never one that is pending.
func TestScheduledIsBounded(t *testing.T) {
	t.Parallel()
	app := &App{scheduled: map[int64]*scheduled{}}
	for id := range int64(maxScheduled + 2) {
		app.scheduled[id] = &scheduled{id: id, at: time.Unix(id, 0), ran: id != 0 && id != 3}
	}
	app.forgetScheduled()
	for id, kept := range map[int64]bool{0: true, 1: false, 2: false, 3: true, 4: true} {
		if app.scheduled[id] != nil != kept {
			t.Errorf("scheduled push %d is kept: %t", id, !kept)
		}
	}
	if len(app.scheduled) != maxScheduled {
		t.Errorf("%d scheduled pushes", len(app.scheduled))
	}
}
