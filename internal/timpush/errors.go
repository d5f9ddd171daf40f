package timpush

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// RequestError is a request that failed for good. It says how often and how
// long it was tried; Err is the last failure: a [*ServiceError], [*HTTPError],
// [*ReplyError] or [*TransportError].
type RequestError struct {
	API      string        // the command, such as "get_attr"
	Host     string        // where requests went: host, and port if there is one
	Attempts int           // 1 and more
	Elapsed  time.Duration // from the first attempt to the last failure, waiting included
	Err      error
}

func (e *RequestError) Error() string {
	return fmt.Sprintf("%s failed after %d attempt(s) in %s: %v", e.API, e.Attempts, e.Elapsed.Round(time.Millisecond), e.Err)
}

// Unwrap returns the last failure.
func (e *RequestError) Unwrap() error { return e.Err }

// failure is why one attempt of a request failed.
type failure interface {
	error
	// advice says whether repeating the request can help.
	advice() retryAdvice
	// logTo adds what a log line tells of it.
	logTo(fields map[string]any)
}

// ServiceError is a reply in which the service refuses the whole request.
type ServiceError struct {
	Code int64  // ErrorCode; 0 where the service says FAIL without one
	Info string // ErrorInfo, often empty
}

func (e *ServiceError) Error() string {
	text := fmt.Sprintf("the service answered with error code %d", e.Code)
	if meaning := Meaning(e.Code); meaning != "" {
		text += " (" + meaning + ")"
	}
	if e.Info != "" {
		text += fmt.Sprintf(": %q", e.Info)
	}
	return text
}

func (e *ServiceError) advice() retryAdvice { return codes[e.Code].retry }

func (e *ServiceError) logTo(fields map[string]any) {
	fields["http_status"], fields["error_code"] = http.StatusOK, e.Code
}

// HTTPError is an answer with another HTTP status than 200, which the service
// gives to every API-level error too (60564): it comes from a gateway or proxy.
type HTTPError struct {
	Status      int
	ContentType string
	Size        int           // bytes of the body that were read
	RetryAfter  time.Duration // what the answer asks to wait; 0 where it does not ask
}

func (e *HTTPError) Error() string {
	return fmt.Sprintf("the answer has HTTP status %d (content type %q, %d bytes)", e.Status, e.ContentType, e.Size)
}

func (e *HTTPError) advice() retryAdvice {
	if e.Status == http.StatusTooManyRequests {
		return retryThrottled
	}
	return soonIf(e.Status == http.StatusRequestTimeout || e.Status >= http.StatusInternalServerError)
}

func (e *HTTPError) logTo(fields map[string]any) { fields["http_status"] = e.Status }

// ReplyError is an answer with status 200 that is not what the API's page
// describes.
type ReplyError struct {
	Problem     string // a clause that says what is wrong; holds nothing of the body's values
	ContentType string
	Size        int  // bytes of the body that were read
	CutShort    bool // the JSON ends too early: a passing fault
}

func (e *ReplyError) Error() string {
	return fmt.Sprintf("the answer %s (HTTP status 200, content type %q, %d bytes)", e.Problem, e.ContentType, e.Size)
}

func (e *ReplyError) advice() retryAdvice { return soonIf(e.CutShort) }

func (e *ReplyError) logTo(fields map[string]any) {
	fields["http_status"], fields["problem"] = http.StatusOK, "the answer "+e.Problem
}

// TransportError is a request that got no whole answer. It is rebuilt from the
// network's error and does not wrap it, since such errors can print the URL.
type TransportError struct {
	Problem   string // a clause that says what happened
	Remedy    string // a sentence that says what the user can do
	Permanent bool   // repeating it is of no use
}

func (e *TransportError) Error() string { return e.Problem }

func (e *TransportError) advice() retryAdvice { return soonIf(!e.Permanent) }

func (e *TransportError) logTo(fields map[string]any) { fields["problem"] = e.Problem }

// InterruptedError is a read that was ended from outside, by its time-out or by
// cancellation, with some of its accounts unread.
type InterruptedError struct {
	Read  int   // accounts whose answer had come
	Total int   // accounts asked for, duplicates counted once; 0 where the read is not of accounts
	Err   error // the cause: [context.DeadlineExceeded] or [context.Canceled]
	Last  error // the last failed attempt, a [*RequestError]; nil where none failed
}

func (e *InterruptedError) Error() string {
	return fmt.Sprintf("the read ended after %d of %d accounts: %v", e.Read, e.Total, e.Err)
}

// Unwrap returns the cause.
func (e *InterruptedError) Unwrap() error { return e.Err }

// interruption returns the error of a read: where ctx ended it, as an
// [*InterruptedError].
func interruption(ctx context.Context, err error, read, total int) error {
	var failed *RequestError
	if err == nil || errors.As(err, &failed) || ctx.Err() == nil {
		return err
	}
	interrupted := &InterruptedError{Read: read, Total: total, Err: ctx.Err()}
	var ended *endedError
	if errors.As(err, &ended) && ended.last != nil {
		interrupted.Last = ended.last
	}
	return interrupted
}
