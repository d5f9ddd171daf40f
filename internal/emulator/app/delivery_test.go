package app

import (
	"slices"
	"testing"
	"time"
)

// TestRecordIsBounded: old pushes are forgotten, so that memory does not grow without end.
func TestRecordIsBounded(t *testing.T) {
	t.Parallel()
	start := time.Unix(1_700_000_000, 0)
	newApp := func() *App {
		app, err := New(Seed{Statistics: []Statistics{{Age: "1000h"}}}, start)
		if err != nil {
			t.Fatal(err)
		}
		return app
	}
	check := func(app *App, seeded, pushes, traced int) {
		t.Helper()
		held := 0
		for _, p := range app.pushes {
			held += len(p.accounts)
		}
		if len(app.seeded) != seeded || len(app.pushes) != pushes || app.traced != traced || held != traced {
			t.Errorf("%d entries, %d pushes, %d (%d) accounts; want %d, %d, %d",
				len(app.seeded), len(app.pushes), app.traced, held, seeded, pushes, traced)
		}
	}

	app := newApp() // number of pushes
	to := []*account{{name: "a"}}
	for range maxPushes {
		app.record("first", start, to)
	}
	check(app, 1, maxPushes, maxPushes)
	app.record("last", start, to)
	check(app, 1, maxPushes, maxPushes)
	if last := app.pushes[maxPushes-1]; last.id != "last" {
		t.Errorf("the last push is %q", last.id)
	}

	app = newApp() // age
	app.record("old", start, to)
	app.record("edge", start.Add(statisticsAge), to)
	check(app, 1, 2, 2)
	app.record("new", start.Add(statisticsAge+1), to)
	check(app, 1, 2, 2)

	app = newApp() // accounts; the numbers of pushes stay
	many := slices.Repeat(to, maxTraced/2)
	app.record("1", start, many)
	app.record("2", start, many)
	check(app, 1, 2, maxTraced)
	app.record("3", start, to)
	check(app, 1, 3, maxTraced/2+1)
	if got := app.pushes[0].tally.TotalCount; got != maxTraced/2 {
		t.Errorf("%d pushes, want %d", got, maxTraced/2)
	}
	app.record("4", start, slices.Repeat(to, maxTraced+1))
	check(app, 1, 4, maxTraced+1)
}
