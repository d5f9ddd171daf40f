package timpush

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// scripted returns a client of an emulator that follows the fault script.
func scripted(t *testing.T, faults ...emulator.Fault) (*Client, *emulator.Emulator) {
	t.Helper()
	service := newEmulator(t, emulator.SampleSeed())
	service.Script(faults...)
	return newTestClient(t, testConfig(handlerTransport{service})), service
}

// always returns a fault that responds to every request with the code.
func always(code int) emulator.Fault { return emulator.Fault{Effect: emulator.Effect{Code: code}} }

// once returns a fault that responds to one request with the code.
func once(code int) emulator.Fault {
	return emulator.Fault{Times: 1, Effect: emulator.Effect{Code: code}}
}

func TestTransientErrorsAreRetried(t *testing.T) {
	t.Parallel()
	for code, how := range retriedCodes {
		synctest.Test(t, func(t *testing.T) {
			client, service := scripted(t, once(int(code)))
			started := time.Now()
			if err := readOne(t.Context(), client); err != nil {
				t.Errorf("after one %d: %v", code, err)
			}
			if requests := len(service.Journal()); requests != 2 {
				t.Errorf("%d: %d requests, want 2", code, requests)
			}
			waited := time.Since(started)
			if how == retryThrottled && waited < time.Second || how == retrySigned && waited != 0 || waited > window+2*firstWait {
				t.Errorf("%d: repeated after %s", code, waited)
			}
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	for maxRetries, attempts := range map[int]int{0: 1, 1: 2, 4: 5, 10: 11} {
		synctest.Test(t, func(t *testing.T) {
			service := newEmulator(t, emulator.SampleSeed())
			service.Script(always(91000))
			config := testConfig(handlerTransport{service})
			config.MaxRetries = maxRetries
			started := time.Now()
			err := readOne(t.Context(), newTestClient(t, config))
			var request *RequestError
			if !errors.As(err, &request) || request.API != "get_attr" || request.Attempts != attempts || request.Elapsed != time.Since(started) {
				t.Errorf("max_retries %d: the error is %#v after %s", maxRetries, err, time.Since(started))
			}
			var rejection *ServiceError
			if !errors.As(err, &rejection) || rejection.Code != 91000 {
				t.Errorf("max_retries %d: the last failure is not in %v", maxRetries, err)
			}
			if requests := len(service.Journal()); requests != attempts {
				t.Errorf("max_retries %d: %d requests, want %d", maxRetries, requests, attempts)
			}
		})
	}
}

func TestExpiredUserSigIsRenewedOnce(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		faults     emulator.Fault
		maxRetries int
		readyMade  bool
		requests   int
		fails      bool
	}{
		"a new UserSig is accepted":          {once(70001), 4, false, 2, false},
		"a new UserSig is rejected too":      {always(70001), 4, false, 2, true},
		"the renewal counts as a retry":      {always(70001), 0, false, 1, true},
		"a ready-made one cannot be renewed": {always(70001), 4, true, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newEmulator(t, emulator.SampleSeed())
				service.Script(test.faults)
				seen := map[string]bool{}
				config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
					seen[request.URL.Query().Get("usersig")] = true
					time.Sleep(time.Second) // UserSigs made in one second are the same
					return handlerTransport{service}.RoundTrip(request)
				}))
				config.MaxRetries = test.maxRetries
				if test.readyMade {
					config.UserSig, config.SecretKey = sign(t, newTestSigner()), Secret{}
				}
				err := readOne(t.Context(), newTestClient(t, config))
				var rejection *ServiceError
				if failed := errors.As(err, &rejection) && rejection.Code == 70001; failed != test.fails || failed != (err != nil) {
					t.Errorf("the read ended with %v", err)
				}
				if len(service.Journal()) != test.requests || len(seen) != test.requests {
					t.Errorf("%d requests with %d UserSigs, want %d each", len(service.Journal()), len(seen), test.requests)
				}
			})
		})
	}
}

func TestHTTPErrorDescribesResponse(t *testing.T) {
	t.Parallel()
	client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{
		Status: http.StatusForbidden, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>",
	}})
	var httpError *HTTPError
	if err := readOne(t.Context(), client); !errors.As(err, &httpError) || *httpError != (HTTPError{Status: 403, ContentType: "text/html", Size: 6}) {
		t.Errorf("the error is %v", err)
	}
}

// The client waits as long as the Retry-After header says, up to a minute.
func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status      int
		header      string
		least, most time.Duration
	}{
		{http.StatusServiceUnavailable, "7", 7 * time.Second, 8 * time.Second},
		{http.StatusServiceUnavailable, "Sat, 01 Jan 2000 00:00:09 GMT", 9 * time.Second, 10 * time.Second}, // synctest's clock starts on that day
		{http.StatusServiceUnavailable, "Fri, 31 Dec 1999 23:59:59 GMT", 0, 2 * firstWait},
		{http.StatusServiceUnavailable, "3600", time.Minute, time.Minute + time.Second},
		{http.StatusServiceUnavailable, "soon", 0, 2 * firstWait},
		{http.StatusServiceUnavailable, "-5", 0, 2 * firstWait},
		{http.StatusTooManyRequests, "7", 7 * time.Second, 8 * time.Second},
		{http.StatusTooManyRequests, "0", window, window + 2*firstWait},
		{http.StatusTooManyRequests, "", window, window + 2*firstWait},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := scripted(t, emulator.Fault{Times: 1, Effect: emulator.Effect{
				Status: test.status, Header: http.Header{"Retry-After": {test.header}},
			}})
			started := time.Now()
			if err := readOne(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			if waited := time.Since(started); waited < test.least || waited > test.most {
				t.Errorf("status %d with Retry-After %q: repeated after %s, want %s to %s", test.status, test.header, waited, test.least, test.most)
			}
		})
	}
}

// A Retry-After header applies only to the next retry.
func TestRetryAfterAppliesToOneRetry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, emulator.Fault{Times: 1, Effect: emulator.Effect{
			Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"7"}},
		}}, once(91000))
		started := time.Now()
		if err := readOne(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		if waited, most := time.Since(started), 7*time.Second+6*firstWait; waited > most {
			t.Errorf("two repeats took %s, want at most %s", waited, most)
		}
	})
}

// Slow attempts are retried as often as others.
func TestRetriesOfSlowAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(emulator.Fault{Times: 4, Effect: emulator.Effect{Delay: time.Hour}})
		config := testConfig(handlerTransport{service})
		config.RequestTimeout = 10 * time.Minute
		if err := readOne(t.Context(), newTestClient(t, config)); err != nil {
			t.Error(err)
		}
	})
}

// A complete response counts even if ctx ends at the same moment.
func TestCompleteResponseWhenContextEnds(t *testing.T) {
	t.Parallel()
	service := newEmulator(t, emulator.SampleSeed())
	ctx, cancel := context.WithCancel(t.Context())
	client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		defer cancel()
		return handlerTransport{service}.RoundTrip(request)
	})))
	if err := readOne(ctx, client); err != nil {
		t.Error(err)
	}
}

// Throttling slows down every request that shares the pace.
func TestThrottlingSlowsPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(once(60007))
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 1
		client := newTestClient(t, config)
		if err := readOne(t.Context(), client); err != nil { // throttled, then retried
			t.Fatal(err)
		}
		answered := time.Now()
		if err := readOne(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(answered); waited != 2*window {
			t.Errorf("the next request went after %s, want %s", waited, 2*window)
		}
	})
}

func TestWaitEndsWithContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, always(60007)) // waits for at least a second
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		started := time.Now()
		err := readOne(ctx, client)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(started) != time.Second/2 {
			t.Errorf("the read ended with %v after %s", err, time.Since(started))
		}
	})
}

// With one place, any number of requests can be sent, one a second.
func TestRequestsReleaseTheirPlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(once(91000))
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 1
		client := newTestClient(t, config)
		started := time.Now()
		for range 2 {
			if err := readOne(t.Context(), client); err != nil {
				t.Fatal(err)
			}
		}
		if waited := time.Since(started); waited != 2*window {
			t.Errorf("a failed request and two others took %s, want %s", waited, 2*window)
		}
	})
}

func TestErrorsNameTheRequest(t *testing.T) {
	t.Parallel()
	client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{Code: 70009, Info: "sig mismatch"}})
	const want = `get_attr failed after 1 attempt(s) in `
	const rest = `: the service responded with error code 70009 (the UserSig was not made with the key of this SDKAppID): "sig mismatch"`
	if err := readOne(t.Context(), client); err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasSuffix(err.Error(), rest) {
		t.Errorf("the error is %v", err)
	}
}

// Waits grow, each between half and one and a half times its mean.
func TestWaitsGrowWithJitter(t *testing.T) {
	t.Parallel()
	means := []time.Duration{firstWait, 2 * firstWait, 4 * firstWait, 8 * firstWait, 16 * firstWait, longestWait}
	longest, seen := make([]time.Duration, len(means)), map[time.Duration]bool{}
	for range 200 {
		for i, mean := range means {
			wait := randomWait(i + 1)
			longest[i], seen[wait] = max(longest[i], wait), true
			if wait < mean/2 || wait > mean*3/2 {
				t.Fatalf("wait %d is %s, the mean is %s", i, wait, mean)
			}
		}
	}
	for i, mean := range means { // 200 waits come close to both bounds
		if longest[i] < mean*5/4 {
			t.Errorf("wait %d is never above %s, the mean is %s", i, longest[i], mean)
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d different waits", len(seen))
	}
}

// An interrupted read still reports why its requests were retried.
func TestInterruptedReadReportsLastFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, always(60007))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		var (
			interrupted *InterruptedError
			rejection   *ServiceError
		)
		if err := readOne(ctx, client); !errors.As(err, &interrupted) || !errors.As(interrupted.Last, &rejection) || rejection.Code != 60007 {
			t.Errorf("the error is %v", err)
		}
	})
}
