package emulator

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRate(t *testing.T) {
	t.Parallel()
	const body = `{"To_Account":["xiaoming"]}`
	type step struct {
		forward  time.Duration // first
		send     int           // then
		rejected int           // of these, and they must be the last
	}
	for name, tc := range map[string]struct {
		limit int // 0 means the service's 100
		steps []step
		peak  int
	}{
		"100 at once":          {steps: []step{{0, 100, 0}}, peak: 100},
		"101 at once":          {steps: []step{{0, 101, 1}}, peak: 101},
		"101 over a second":    {steps: []step{{0, 1, 0}, {999 * time.Millisecond, 100, 1}}, peak: 101},
		"just within a second": {steps: []step{{0, 100, 0}, {time.Second - 1, 1, 1}}, peak: 101},
		"just after a second":  {steps: []step{{0, 100, 0}, {time.Second, 100, 0}}, peak: 100},
		"no calendar seconds":  {steps: []step{{0, 60, 0}, {600 * time.Millisecond, 60, 20}, {400 * time.Millisecond, 41, 1}}, peak: 120},
		"rejected requests count": {steps: []step{
			{0, 100, 0}, {600 * time.Millisecond, 100, 100}, {600 * time.Millisecond, 1, 1}, {400 * time.Millisecond, 99, 0},
		}, peak: 200},
		"limit of its own": {limit: 3, steps: []step{{0, 4, 1}, {time.Second, 3, 0}}, peak: 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClock()
			e := newTest(t, func(o *Options) { o.Now, o.RequestsPerSecond = c.now, tc.limit })
			target := getAttr + "?" + validQuery(t).Encode()
			for i, s := range tc.steps {
				c.forward(s.forward)
				for n := range s.send {
					want := 0
					if n >= s.send-s.rejected {
						want = 60007
					}
					if r := read(t, serve(t, e, http.MethodPost, target, body)); *r.ErrorCode != want {
						t.Fatalf("step %d, request %d: code %d, want %d", i, n, *r.ErrorCode, want)
					}
				}
			}
			if got := e.PeakRate(); got != tc.peak {
				t.Errorf("peak %d, want %d", got, tc.peak)
			}
		})
	}
}

// TestRateCountsEverything: requests also count if they are rejected for other reasons, or hit a fault.
func TestRateCountsEverything(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.RequestsPerSecond = 2 })
	e.Script(Fault{Times: 1, Effect: Effect{Code: 91000, Info: "busy"}})
	for i, want := range []int{91000, 90001, 60007} {
		body := ""
		if want == 60007 {
			body = `{"To_Account":["xiaoming"]}`
		}
		if r := read(t, post(t, e, body)); *r.ErrorCode != want {
			t.Errorf("request %d: code %d, want %d", i, *r.ErrorCode, want)
		}
	}
}

func TestRateUnderConcurrency(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	target := getAttr + "?" + validQuery(t).Encode()
	var good, rejected atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				switch r := read(t, serve(t, e, http.MethodPost, target, `{"To_Account":["xiaoming"]}`)); *r.ErrorCode {
				case 0:
					good.Add(1)
				case 60007:
					rejected.Add(1)
				}
				_ = e.Journal()
			}
		})
	}
	all.Wait()
	if good.Load() != 100 || rejected.Load() != 60 || e.PeakRate() != 160 || len(e.Journal()) != 160 {
		t.Errorf("%d accepted, %d rejected, peak %d, journal of %d; want 100, 60, 160, 160",
			good.Load(), rejected.Load(), e.PeakRate(), len(e.Journal()))
	}
}

// TestRateOfOneCommand: a command with a limit of its own is not counted with the others.
func TestRateOfOneCommand(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.RequestsPerSecond = 2 })
	slow, other, shared := &request{api: "slow"}, &request{api: "other"}, &request{api: "shared"}
	slow.command.PerSecond, other.command.PerSecond = 1, 1
	for i, step := range []struct {
		req     *request
		tooFast bool
	}{{slow, false}, {slow, true}, {other, false}, {shared, false}, {shared, false}, {slow, true}, {shared, true}, {other, true}} {
		if _, _, tooFast := e.arrive(step.req); tooFast != step.tooFast {
			t.Errorf("request %d (%s): too fast %v, want %v", i, step.req.api, tooFast, step.tooFast)
		}
	}
	if peak := e.PeakRate(); peak != 3 {
		t.Errorf("peak %d, want the 3 shared ones", peak)
	}
}
