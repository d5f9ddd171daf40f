package timpush

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// The mean wait before a retry doubles from firstWait to longestWait. Each wait
// is random, between half and one and a half times the mean, so that requests
// that failed together are not retried together, and none uses up its retries at
// once.
const (
	firstWait   = 250 * time.Millisecond
	longestWait = 5 * time.Second

	// longestRetryAfter is the longest Retry-After header that is obeyed.
	longestRetryAfter = time.Minute
)

// retryAdvice says whether, and how, to retry a request after a failure.
type retryAdvice int

const (
	retryNever     retryAdvice = iota
	retrySoon                  // a transient error: retry after a short while
	retryThrottled             // too many requests: retry after at least a second
	retrySigned                // retry once, with a new UserSig
)

func (a retryAdvice) String() string {
	switch a {
	case retrySoon:
		return "soon"
	case retryThrottled:
		return "after at least a second"
	case retrySigned:
		return "once, with a new UserSig"
	default:
		return "never"
	}
}

func soonIf(transient bool) retryAdvice {
	if transient {
		return retrySoon
	}
	return retryNever
}

// attempts is the history of one request.
type attempts struct {
	started time.Time
	count   int
	signed  bool // a new UserSig was tried
	unclear bool // an attempt may have been executed, although no response confirms it
	last    *RequestError
}

// failed records a failed attempt, and returns how long to wait before the next
// one, or false if there is no next one.
func (c *Client) failed(a *attempts, command command, err error) (wait time.Duration, again bool) {
	var failed failure
	known := errors.As(err, &failed)
	a.unclear = a.unclear || known && !failed.notExecuted()
	a.last = &RequestError{
		API: command.name, Host: c.config.Endpoint.Host, Attempts: a.count, Elapsed: time.Since(a.started),
		Unclear: a.unclear, Err: err,
	}
	if !known || a.count > c.config.MaxRetries {
		return 0, false
	}
	advice := failed.advice()
	if command.retry == retryIfNotExecuted && (!failed.notExecuted() || advice == retrySigned) {
		return 0, false
	}
	switch advice {
	case retryNever:
		return 0, false
	case retrySigned:
		if a.signed || !c.signer.renewable() {
			return 0, false
		}
		a.signed = true
		return 0, true // a new UserSig is valid at once
	case retryThrottled:
		wait = window // the service counts requests per second
	case retrySoon:
	}
	var response *HTTPError
	if errors.As(err, &response) {
		wait = max(wait, min(response.RetryAfter, longestRetryAfter))
	}
	return wait + randomWait(a.count), true
}

// randomWait returns the wait after that many attempts.
func randomWait(attempts int) time.Duration {
	mean := longestWait
	if doublings := attempts - 1; doublings < 10 { // far beyond longestWait
		mean = min(firstWait<<doublings, longestWait)
	}
	return mean/2 + rand.N(mean+1) //nolint:gosec // the wait is not secret
}

// sleep waits, or returns the cause if ctx ends first.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// endedError is the error of a request that a context ended.
type endedError struct {
	cause   error
	last    *RequestError // the last failure before the end; nil if there was none
	unclear bool          // the request may have been executed
}

func (e *endedError) Error() string { return e.cause.Error() }

func (e *endedError) Unwrap() error { return e.cause }
