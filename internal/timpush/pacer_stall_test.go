package timpush

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// After a stall, the service counts at most a tenth, or at least one request,
// more than the limit in a second, and the read is complete.
func TestPaceAfterAStall(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		requestsPerSecond  int
		timeout, from, end time.Duration
	}{
		{100, 10 * time.Second, 0, 25 * time.Second},
		{100, 10 * time.Second, 1500 * time.Millisecond, 25 * time.Second},
		{100, time.Second, 0, 6 * time.Second},
		{10, time.Second, 0, 6 * time.Second},
		{10, 10 * time.Second, 0, 25 * time.Second},
		{1, time.Second, 0, 6 * time.Second},
		{100, 10 * time.Second, 0, 9 * time.Second}, // no request times out
	} {
		t.Run(fmt.Sprintf("%d a second, %s, stalls until %s", test.requestsPerSecond, test.timeout, test.end), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newEmulator(t, emulator.Seed{})
				config := testConfig(pipedTransport(t, service))
				time.AfterFunc(test.from, func() {
					resume := service.Stall()
					time.AfterFunc(test.end-test.from, resume)
				})
				synctest.Wait() // in case the stall starts at once
				config.RequestsPerSecond, config.RequestTimeout = test.requestsPerSecond, test.timeout
				requests := 4 * test.requestsPerSecond
				result, err := readOneByOne(t, newTestClient(t, config), requests)
				if err != nil || len(result.Errors) != requests {
					t.Errorf("the read is not complete: %v", err)
				}
				most := test.requestsPerSecond + max(1, test.requestsPerSecond/10)
				if peak := service.PeakRate(); peak > most {
					t.Errorf("the service counted %d requests in one second, want at most %d", peak, most)
				}
			})
		})
	}
}

// A service that never resumes gets a few probes; then requests fail, and after a
// minute it is probed again.
func TestPaceWhenServiceStaysStalled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const requestsPerSecond, probes = 20, 2
		var arrived atomic.Int64
		var stalled atomic.Bool
		stalled.Store(true)
		service := newEmulator(t, emulator.Seed{})
		client := newTestClient(t, func() Config {
			config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
				connected(request)
				arrived.Add(1)
				if stalled.Load() {
					<-request.Context().Done()
					return nil, request.Context().Err()
				}
				return handlerTransport{service}.RoundTrip(request)
			}))
			config.RequestsPerSecond = requestsPerSecond
			return config
		}())
		_, err := readOneByOne(t, client, 100)
		var failed *RequestError
		var transport *TransportError
		if !errors.As(err, &failed) || !errors.As(err, &transport) || transport.Cause != CauseStalled || !transport.Permanent || !failed.Unclear {
			t.Errorf("the error is %v", err)
		}
		if sent := arrived.Load(); sent != requestsPerSecond+probes {
			t.Errorf("%d requests were sent", sent)
		}
		if err := readOne(t.Context(), client); !errors.As(err, &transport) || transport.Cause != CauseStalled || arrived.Load() != requestsPerSecond+probes {
			t.Errorf("the next read, with %d requests sent, failed with %v", arrived.Load(), err)
		}
		time.Sleep(stallPause)
		stalled.Store(false)
		if err := readOne(t.Context(), client); err != nil || arrived.Load() != requestsPerSecond+probes+1 {
			t.Errorf("a minute later, with %d requests sent: %v", arrived.Load(), err)
		}
		started := time.Now()
		if _, err := readOneByOne(t, client, requestsPerSecond); err != nil || time.Since(started) > window {
			t.Errorf("the service goes on, and a read took %s: %v", time.Since(started), err)
		}
	})
}

// Only the response to a request that was sent after another was abandoned shows
// that the server has resumed.
func TestPacerKeepsLostPlaceUntilServerResumes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(2)
		earlier := enter(t, p)
		given, err := p.acquire(t.Context(), &queue{})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		p.release(given, unanswered)
		time.Sleep(time.Second)
		earlier() // sent before the other request was abandoned
		time.Sleep(time.Minute)
		later := enter(t, p)
		if p.stall.lost != 1 || len(p.free) != 0 {
			t.Errorf("%d places are lost and %d free", p.stall.lost, len(p.free))
		}
		later()
		if p.stall.lost != 0 || len(p.free) != 2 {
			t.Errorf("the server goes on, and %d places are lost and %d free", p.stall.lost, len(p.free))
		}
	})
}

// If the server closes the connection, the request has arrived: its place is free
// a second later, and no probe is sent.
func TestPaceAfterDroppedConnections(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.Seed{})
		service.Script(emulator.Fault{Times: 3, Effect: emulator.Effect{Drop: true}})
		config := testConfig(pipedTransport(t, service))
		config.RequestsPerSecond = 1
		if _, err := readOneByOne(t, newTestClient(t, config), 3); err != nil {
			t.Fatal(err)
		}
		if peak := service.PeakRate(); peak > 1 {
			t.Errorf("the service counted %d requests in one second", peak)
		}
	})
}

// If a request certainly did not reach the service, its place is free at once.
func TestPacerReleasesUnsentPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1)
		taken, err := p.acquire(t.Context(), &queue{})
		if err != nil {
			t.Fatal(err)
		}
		p.release(taken, unsent)
		started := time.Now()
		enter(t, p)()
		if waited := time.Since(started); waited != 0 {
			t.Errorf("the next request waited %s", waited)
		}
	})
}

// Whatever the fate of earlier requests, once the service responds, exactly all
// places are free within a minute.
func TestPacerRecoversFromAnything(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			p := newPacer(1 + random.IntN(25))
			var requests sync.WaitGroup
			for range 4 * p.places {
				seconds := func(most int) time.Duration { return time.Duration(random.IntN(most*1000)) * time.Millisecond }
				begin, patience, took := seconds(20), seconds(40), seconds(15)
				end := []fate{answered, unsent, unanswered, unanswered, unanswered}[random.IntN(5)]
				requests.Go(func() {
					time.Sleep(begin)
					ctx, cancel := context.WithTimeout(t.Context(), patience)
					defer cancel()
					taken, err := p.acquire(ctx, &queue{})
					if err != nil {
						return // timed out, or the service is stalled
					}
					time.Sleep(took)
					p.release(taken, end)
				})
			}
			requests.Wait()
			time.Sleep(stallPause)
			for range 2 { // the first one may be a probe
				enter(t, p)()
				time.Sleep(2 * window)
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			if len(p.free) != p.places || p.stall.lost != 0 || p.stall.probes != 0 || len(p.waiting) != 0 {
				t.Errorf("seed %d: %d of %d places are free, %+v", seed, len(p.free), p.places, *p.stall)
			}
		})
	}
}

// A response to one probe ends the stall, whatever the fate of the others. Probes
// of an earlier stall no longer count.
func TestProbesWithDifferentOutcomes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(20)
		lose := func() {
			t.Helper()
			for range 20 {
				taken, err := p.acquire(t.Context(), &queue{})
				if err != nil || taken.probe != nil {
					t.Fatalf("got %+v, %v", taken, err)
				}
				defer p.release(taken, unanswered)
			}
		}
		lose()
		probe := func() *place {
			t.Helper()
			taken, err := p.acquire(t.Context(), &queue{})
			if err != nil || taken.probe == nil {
				t.Fatalf("got %+v, %v", taken, err)
			}
			return taken
		}
		first, second := probe(), probe()
		p.release(first, unanswered)
		p.release(second, answered)
		time.Sleep(window)
		lose()
		first, second = probe(), probe()
		time.Sleep(window)
		p.release(first, answered)
		time.Sleep(window)
		lose()
		p.release(second, unanswered) // a probe of the earlier stall
		probe()
		probe()
		if p.stall.failed != 0 || p.stall.probes != 2 {
			t.Errorf("%+v", *p.stall)
		}
	})
}
