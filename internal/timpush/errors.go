package timpush

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// RequestError is a request that failed, after any retries. Err is the last
// failure: a [*ServiceError], [*HTTPError], [*ResponseError] or
// [*TransportError].
type RequestError struct {
	API      string        // the command, such as "get_attr"
	Host     string        // host of the endpoint, with the port if it has one
	Attempts int           // at least 1
	Elapsed  time.Duration // from the first attempt to the last failure, waiting included
	Unclear  bool          // an attempt may have been executed, although no response confirms it
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
	// advice says whether a retry can help, if the request is safe to retry.
	advice() retryAdvice
	// notExecuted reports whether the request was certainly not executed.
	notExecuted() bool
	// logTo adds the fields of a log line.
	logTo(fields map[string]any)
}

// ServiceError is a response in which the service rejects the request.
type ServiceError struct {
	Code    int64  // ErrorCode; 0 if the response says FAIL without one
	Meaning string // the code's documented meaning for this command, a clause; "" if unknown
	Info    string // ErrorInfo, often empty

	facts codeFacts
}

func (e *ServiceError) Error() string {
	text := fmt.Sprintf("the service responded with error code %d", e.Code)
	if e.Meaning != "" {
		text += " (" + e.Meaning + ")"
	}
	if e.Info != "" {
		text += fmt.Sprintf(": %q", e.Info)
	}
	return text
}

func (e *ServiceError) advice() retryAdvice { return e.facts.retry }

func (e *ServiceError) notExecuted() bool { return e.facts.notExecuted() }

func (e *ServiceError) logTo(fields map[string]any) {
	fields["http_status"], fields["error_code"] = http.StatusOK, e.Code
}

// HTTPError is a response with an HTTP status other than 200. Since the service
// uses 200 even for errors (60564), the response is from a gateway or proxy.
type HTTPError struct {
	Status      int
	ContentType string
	Size        int           // bytes of the body that were read
	RetryAfter  time.Duration // from the Retry-After header; 0 if there is none
}

func (e *HTTPError) Error() string {
	return fmt.Sprintf("the response has HTTP status %d (content type %q, %d bytes)", e.Status, e.ContentType, e.Size)
}

func (e *HTTPError) advice() retryAdvice {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return retryThrottled
	case e.Status == http.StatusRequestTimeout, e.Status >= 500 && e.Status <= 599:
		return retrySoon
	}
	return retryNever
}

// notExecuted is false, since a gateway may have forwarded the request before it
// failed.
func (e *HTTPError) notExecuted() bool { return false }

func (e *HTTPError) logTo(fields map[string]any) { fields["http_status"] = e.Status }

// ResponseError is a response with status 200 that differs from the API page.
type ResponseError struct {
	Problem     string // a clause that says what is wrong, without any value from the body
	ContentType string
	Size        int  // bytes of the body that were read
	CutShort    bool // the JSON is truncated, which is a transient error
}

func (e *ResponseError) Error() string {
	return fmt.Sprintf("the response %s (HTTP status 200, content type %q, %d bytes)", e.Problem, e.ContentType, e.Size)
}

func (e *ResponseError) advice() retryAdvice { return soonIf(e.CutShort) }

func (e *ResponseError) notExecuted() bool { return false }

func (e *ResponseError) logTo(fields map[string]any) {
	fields["http_status"], fields["problem"] = http.StatusOK, "the response "+e.Problem
}

// TransportCause is why a request got no complete response.
type TransportCause int

// The causes. Each needs a different fix.
const (
	CauseConnection  TransportCause = iota // the server cannot be reached, or closed the connection
	CauseRefused                           // nothing listens at the address
	CauseSlow                              // no complete response in time
	CauseCertificate                       // the server's certificate is not trusted
	CausePlainHTTP                         // the server does not speak TLS
	CauseProxy                             // the proxy cannot be reached, or rejected the request
	CauseOpenFiles                         // too many files are open
	CauseStalled                           // not sent, since too many requests got no response
)

// TransportError is a request that got no complete response. It does not wrap the
// network's error, since such errors can print the URL.
type TransportError struct {
	Problem   string // a clause that says what happened
	Cause     TransportCause
	Permanent bool // a retry cannot help
	Unsent    bool // no connection was made, so nothing was sent
}

func (e *TransportError) Error() string { return e.Problem }

func (e *TransportError) advice() retryAdvice { return soonIf(!e.Permanent) }

func (e *TransportError) notExecuted() bool { return e.Unsent }

func (e *TransportError) logTo(fields map[string]any) { fields["problem"] = e.Problem }

// InterruptedError is an operation that ended by a timeout or cancellation before
// all its items were done.
type InterruptedError struct {
	Items string // what Done and Total count: "accounts" or "tasks"; "" if the operation has no items
	Done  int    // items whose response arrived
	Total int    // items requested, without duplicates; 0 if the operation has none
	Err   error  // the cause: [context.DeadlineExceeded] or [context.Canceled]
	Last  error  // the last failed attempt, a [*RequestError]; nil if none failed

	Unclear bool // a request may have been executed, although no response confirms it
}

func (e *InterruptedError) Error() string {
	if e.Total == 0 {
		return fmt.Sprintf("interrupted: %v", e.Err)
	}
	return fmt.Sprintf("interrupted after %d of %d %s: %v", e.Done, e.Total, e.Items, e.Err)
}

// Unwrap returns the cause.
func (e *InterruptedError) Unwrap() error { return e.Err }

// TooLargeError is a read whose result is larger than the caller's limit.
type TooLargeError struct {
	Size  int // bytes of the result so far
	Limit int // bytes
	Read  int // accounts included in Size
	Total int // accounts requested, without duplicates
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the results of %d of %d accounts have %d bytes, more than %d", e.Read, e.Total, e.Size, e.Limit)
}

// IsUnclear reports whether the error is that of a request that may have been executed,
// or of an operation that ended after such a request.
func IsUnclear(err error) bool {
	var (
		failed      *RequestError
		interrupted *InterruptedError
	)
	return errors.As(err, &failed) && failed.Unclear || errors.As(err, &interrupted) && interrupted.Unclear
}

// interruption returns the error of an operation, as an [*InterruptedError] if
// ctx ended it.
func interruption(ctx context.Context, err error, work work, done, total int) error {
	var ended *endedError
	switch {
	case err == nil || ctx.Err() == nil:
		return err
	case errors.As(err, &ended):
		interrupted := &InterruptedError{Items: work.items, Done: done, Total: total, Err: ctx.Err(), Unclear: ended.unclear}
		if ended.last != nil {
			interrupted.Last = ended.last
		}
		return interrupted
	case errors.Is(err, context.Cause(ctx)): // before a request was sent
		return &InterruptedError{Items: work.items, Done: done, Total: total, Err: ctx.Err()}
	default:
		return err
	}
}
