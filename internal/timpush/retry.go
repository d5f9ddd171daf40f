package timpush

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// The waits between attempts grow from firstWait to longestWait, each drawn
// between nothing and twice its mean, so that requests that failed together do
// not come back together.
const (
	firstWait   = 250 * time.Millisecond
	longestWait = 5 * time.Second

	// longestRetryAfter is the most that a Retry-After header is obeyed.
	longestRetryAfter = time.Minute
)

// retry runs attempt, and again where its failure is a passing one, at most
// MaxRetries times. Failures come back as a [*RequestError]; the end of ctx as
// an [*endedError].
func (c *Client) retry(ctx context.Context, api string, attempt func(number int) error) error {
	started := time.Now()
	waits := newWaits()
	attempts, resigned := 0, false
	var last *RequestError
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		attempts++
		err := attempt(attempts)
		if err == nil || ctx.Err() != nil {
			return struct{}{}, err
		}
		last = &RequestError{API: api, Host: c.config.Endpoint.Host, Attempts: attempts, Elapsed: time.Since(started), Err: err}
		waits.last, waits.atLeast = advice(err), 0
		var answer *HTTPError
		if errors.As(err, &answer) {
			waits.atLeast = min(answer.RetryAfter, longestRetryAfter)
		}
		switch {
		case waits.last == retryNever,
			waits.last == retrySigned && (resigned || !c.signer.renewable()):
			return struct{}{}, backoff.Permanent(last)
		case waits.last == retrySigned:
			resigned = true
		}
		return struct{}{}, last
	},
		backoff.WithBackOff(waits),
		backoff.WithMaxTries(uint(c.config.MaxRetries)+1),
		backoff.WithMaxElapsedTime(0), // the caller's ctx bounds the time
	)
	if cause := context.Cause(ctx); cause != nil && err != nil {
		return &endedError{cause: cause, last: last}
	}
	// The last try comes back as it is, even one marked as permanent.
	var permanent *backoff.PermanentError
	if errors.As(err, &permanent) {
		return permanent.Err
	}
	return err
}

// endedError is a request that ctx ended.
type endedError struct {
	cause error
	last  *RequestError // the last failure before the end; nil where there was none
}

func (e *endedError) Error() string { return e.cause.Error() }

func (e *endedError) Unwrap() error { return e.cause }

// waits is the schedule between attempts, with what the last failure asks for.
type waits struct {
	backoff.ExponentialBackOff
	last    retryAdvice
	atLeast time.Duration // what the last answer asked for
}

func newWaits() *waits {
	return &waits{ExponentialBackOff: backoff.ExponentialBackOff{
		InitialInterval:     firstWait,
		RandomizationFactor: 1,
		Multiplier:          2,
		MaxInterval:         longestWait,
	}}
}

// NextBackOff returns the wait before the next attempt.
func (w *waits) NextBackOff() time.Duration {
	wait := w.ExponentialBackOff.NextBackOff()
	switch w.last {
	case retryThrottled:
		return max(w.atLeast, window) + wait // the service counts in windows of a second
	case retrySigned:
		return 0 // a new UserSig is good at once
	default:
		return w.atLeast + wait
	}
}

// advice says whether repeating a request can help after err. What is no
// [failure], such as the end of ctx, is not repeated.
func advice(err error) retryAdvice {
	var failed failure
	if !errors.As(err, &failed) {
		return retryNever
	}
	return failed.advice()
}

func soonIf(passing bool) retryAdvice {
	if passing {
		return retrySoon
	}
	return retryNever
}

// retryAdvice says what retrying a request can do after a failure.
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
