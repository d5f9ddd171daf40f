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

// enter takes a place or ends the test. The returned function leaves it with a
// response.
func enter(t *testing.T, p *pacer) (leave func()) {
	t.Helper()
	taken, err := p.take(t.Context(), &queue{})
	if err != nil {
		t.Fatal(err)
	}
	return func() { p.leave(taken, answered) }
}

// readOneByOne reads so many accounts, each with a request of its own.
func readOneByOne(t *testing.T, client *Client, accounts int) (*UserAttributes, error) {
	t.Helper()
	read := getAttr
	read.command.maxItems = 1
	return readAccounts(t.Context(), client, read, numbered(accounts), 0)
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

func TestPacerHoldsAPlaceUntilASecondAfterTheAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		leave := enter(t, p)
		time.Sleep(300 * time.Millisecond) // the round trip
		leave()
		answered := time.Now()
		enter(t, p)()
		if waited := time.Since(answered); waited != window {
			t.Errorf("the next request went %s after the answer, want %s", waited, window)
		}
	})
}

// However long requests take, and wherever between sending and answer they
// arrive, no window of a second may hold more than the limit.
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
				leave := enter(t, p)
				time.Sleep(time.Duration(i*37%400) * time.Millisecond) // on the way
				mu.Lock()
				arrivals = append(arrivals, time.Now())
				mu.Unlock()
				time.Sleep(time.Duration(i*53%300) * time.Millisecond) // and back
				leave()
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

func TestPacerGivesThePlaceBackWhenCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		enter(t, p)()
		left := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), window/2)
		defer cancel()
		if _, err := p.take(ctx, &queue{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the cancelled wait ended with %v", err)
		}
		enter(t, p)()
		if waited := time.Since(left); waited != window {
			t.Errorf("after a cancelled wait the next request went after %s, want %s", waited, window)
		}

		leave := enter(t, p)
		ctx, cancel = context.WithTimeout(t.Context(), window/2)
		defer cancel()
		if _, err := p.take(ctx, &queue{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the cancelled wait for a held place ended with %v", err)
		}
		leave()
	})
}

// Where ctx has ended before, no place is taken, even if one is free. (Without a look
// at ctx first, every other try would take it.)
func TestPacerGivesNoPlaceAfterTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 50 {
			if _, err := p.take(ctx, &queue{}); !errors.Is(err, context.Canceled) {
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

// A wait that is cancelled in the moment in which it is granted a place gives
// that back unused.
func TestPacerGivesBackAGrantedPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, read := newPacer(1), &queue{}
		started := time.Now()
		granted, next := p.enqueue(read), p.enqueue(&queue{})
		<-granted.ready
		p.giveUp(read, granted)
		<-next.ready
		if waited := time.Since(started); waited != 0 {
			t.Errorf("the next request waited %s", waited)
		}
	})
}

// Reads side by side take places in turn, whatever their size: a small one has
// its answer within a second and a round trip, and those that wait from the same
// moment end in the same window.
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
		read(0, 200, &first) // takes the first window whole
		for i := range large {
			read(roundTrip/2, 200, &large[i])
		}
		for i := range small { // at all times within windows
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

// The requests of a read take places in their order.
func TestPacerKeepsTheOrderOfARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, read := newPacer(1), &queue{}
		for i, granted := range []*waiter{p.enqueue(read), p.enqueue(read), p.enqueue(read)} {
			select {
			case <-granted.ready:
				p.leave(granted.place, answered)
			case <-time.After(2 * window):
				t.Fatalf("request %d waits behind a later one", i+1)
			}
		}
	})
}

// A refusal for frequency halves the pace for a while.
func TestPacerIsSlowAfterARefusal(t *testing.T) {
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
		// The first goes at once; then every two seconds, until ten are over.
		want := []time.Duration{0, 2 * window, 2 * window, 2 * window, 2 * window, 2 * window, window, window, window}
		if !slices.Equal(waits, want) {
			t.Errorf("the requests waited %v, want %v", waits, want)
		}
	})
}

// Once the pace is no longer halved, a place may be free before one that was left
// earlier: who waits gets that.
func TestPacerGivesThePlaceThatIsFreeFirst(t *testing.T) {
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

// With a new connection for each request, and delays that differ on the way there
// and back, the service never counts more than the limit.
func TestPaceAtTheService(t *testing.T) {
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
