package timpush

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// enter acquires a place or fails the test. The returned function releases it as
// after a response.
func enter(t *testing.T, p *pacer) (release func()) {
	t.Helper()
	taken, err := p.acquire(t.Context(), &queue{})
	if err != nil {
		t.Fatal(err)
	}
	return func() { p.release(taken, answered) }
}

// readOneByOne reads that many accounts, with one request each.
func readOneByOne(t *testing.T, client *Client, accounts int) (*UserAttributes, error) {
	t.Helper()
	read := getAttr
	read.command.maxItems = 1
	return readAccounts(t.Context(), client, read, numbered(accounts), nil, 0)
}

func TestPacerLetsAWindowThroughAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(100)
		started := time.Now()
		for range 100 {
			enter(t, p)()
		}
		if waited := time.Since(started); waited != 0 {
			t.Errorf("the first 100 requests waited %s", waited)
		}
		enter(t, p)()
		if waited := time.Since(started); waited != window {
			t.Errorf("request 101 went after %s, want %s", waited, window)
		}
	})
}

func TestPacerHoldsPlaceUntilSecondAfterResponse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		release := enter(t, p)
		time.Sleep(300 * time.Millisecond) // the round trip
		release()
		answered := time.Now()
		enter(t, p)()
		if waited := time.Since(answered); waited != window {
			t.Errorf("the next request went %s after the response, want %s", waited, window)
		}
	})
}

// However long requests take, and whenever they arrive between sending and
// response, no window of a second has more than the limit.
func TestPacerNeverExceedsTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const limit, requests = 5, 60
		p := newPacer(limit)
		var (
			mu       sync.Mutex
			arrivals []time.Time
			group    sync.WaitGroup
		)
		for i := range requests {
			group.Go(func() {
				release := enter(t, p)
				time.Sleep(time.Duration(i*37%400) * time.Millisecond) // to the service
				mu.Lock()
				arrivals = append(arrivals, time.Now())
				mu.Unlock()
				time.Sleep(time.Duration(i*53%300) * time.Millisecond) // and back
				release()
			})
		}
		group.Wait()
		for i, first := range arrivals {
			count := 0
			for _, at := range arrivals[i:] {
				if at.Sub(first) < window {
					count++
				}
			}
			if count > limit {
				t.Fatalf("%d requests arrived within a second, the limit is %d", count, limit)
			}
		}
	})
}

func TestPacerReleasesPlaceWhenCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		enter(t, p)()
		left := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), window/2)
		defer cancel()
		if _, err := p.acquire(ctx, &queue{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the cancelled wait ended with %v", err)
		}
		enter(t, p)()
		if waited := time.Since(left); waited != window {
			t.Errorf("after a cancelled wait the next request went after %s, want %s", waited, window)
		}

		release := enter(t, p)
		ctx, cancel = context.WithTimeout(t.Context(), window/2)
		defer cancel()
		if _, err := p.acquire(ctx, &queue{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the cancelled wait for a held place ended with %v", err)
		}
		release()
	})
}

// If ctx has already ended, no place is granted, even if one is free. (Without
// checking ctx first, half of the attempts would get it.)
func TestPacerGrantsNoPlaceAfterCancellation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 50 {
			if _, err := p.acquire(ctx, &queue{}); !errors.Is(err, context.Canceled) {
				t.Fatalf("the wait ended with %v", err)
			}
		}
		started := time.Now()
		enter(t, p)()
		if waited := time.Since(started); waited != 0 {
			t.Errorf("the next request waited %s", waited)
		}
	})
}

// A wait that is canceled at the moment when it is granted a place releases it
// unused.
func TestPacerReleasesGrantedPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, read := newPacer(1), &queue{}
		started := time.Now()
		granted, next := p.enqueue(read), p.enqueue(&queue{})
		<-granted.ready
		p.abandon(read, granted)
		<-next.ready
		if waited := time.Since(started); waited != 0 {
			t.Errorf("the next request waited %s", waited)
		}
	})
}

// Concurrent reads take turns, whatever their size: a small one ends within a
// second and a round trip, and those that start waiting at the same moment end in
// the same window.
func TestReadsShareThePace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const roundTrip = 100 * time.Millisecond
		service := newEmulator(t, emulator.Seed{})
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: roundTrip}})
		client := newTestClient(t, testConfig(handlerTransport{service}))
		var group sync.WaitGroup
		read := func(begin time.Duration, batches int, took *time.Duration) {
			group.Go(func() {
				time.Sleep(begin)
				started := time.Now()
				if _, err := readOneByOne(t, client, batches); err != nil {
					t.Error(err)
				}
				*took = time.Since(started)
			})
		}
		var first time.Duration
		large, small := make([]time.Duration, 4), make([]time.Duration, 10)
		read(0, 200, &first) // uses the complete first window
		for i := range large {
			read(roundTrip/2, 200, &large[i])
		}
		for i := range small { // at different times within windows
			read(time.Duration(i)*570*time.Millisecond, 1, &small[i])
		}
		group.Wait()
		if slowest := slices.Max(small); slowest > window+2*roundTrip {
			t.Errorf("a small read took %s beside large ones", slowest)
		}
		if slices.Max(large)-slices.Min(large) > roundTrip || slices.Max(large) > 11*(window+roundTrip) {
			t.Errorf("equal reads took %v", large)
		}
		if first > slices.Min(large) {
			t.Errorf("the read that came first took %s, the others %v", first, large)
		}
		if peak := service.PeakRate(); peak > 100 {
			t.Errorf("the service counted %d requests in one second", peak)
		}
	})
}

// The requests of a read are granted places in order.
func TestPacerKeepsTheOrderOfARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, read := newPacer(1), &queue{}
		for i, granted := range []*waiter{p.enqueue(read), p.enqueue(read), p.enqueue(read)} {
			select {
			case <-granted.ready:
				p.release(granted.place, answered)
			case <-time.After(2 * window):
				t.Fatalf("request %d waits behind a later one", i+1)
			}
		}
	})
}

// Throttling halves the pace for a while.
func TestPacerSlowsAfterThrottling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		p.slow()
		var waits []time.Duration
		last := time.Now()
		for range 9 {
			enter(t, p)()
			waits = append(waits, time.Since(last))
			last = time.Now()
		}
		// The first request is sent at once, then one every two seconds, for ten
		// seconds.
		want := []time.Duration{0, 2 * window, 2 * window, 2 * window, 2 * window, 2 * window, window, window, window}
		if !slices.Equal(waits, want) {
			t.Errorf("the requests waited %v, want %v", waits, want)
		}
	})
}

// Once the pace is no longer halved, a place can be free before one that was
// released earlier. Waiting requests get the one that is free first.
func TestPacerGrantsEarliestFreePlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(2)
		halved, whole := enter(t, p), enter(t, p)
		p.slow()
		time.Sleep(slowFor - window/4)
		halved() // free in two seconds
		time.Sleep(window / 2)
		whole() // free in one
		left := time.Now()
		enter(t, p)()
		if waited := time.Since(left); waited != window {
			t.Errorf("the next request waited %s, want %s", waited, window)
		}
	})
}

// With a new connection for each request, and varying delays in both directions,
// the service never counts more than the limit.
func TestPaceAsServiceCountsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.Seed{})
		var arrived atomic.Int64
		transport := pipedTransport(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := arrived.Add(1)
			time.Sleep(time.Duration(n*37%150) * time.Millisecond)
			service.ServeHTTP(w, r)
			time.Sleep(time.Duration(n*53%150) * time.Millisecond)
		}))
		transport.DisableKeepAlives = true
		client := newTestClient(t, testConfig(transport))
		if _, err := readOneByOne(t, client, 250); err != nil {
			t.Fatal(err)
		}
		if peak := service.PeakRate(); peak > 100 {
			t.Errorf("the service counted %d requests in one second", peak)
		}
		if requests := len(service.Journal()); requests != 250 {
			t.Errorf("%d requests were made", requests)
		}
	})
}
