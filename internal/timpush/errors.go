package timpush

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// RequestError is a request that failed for good. Err is the last failure: a
// [*ServiceError], [*HTTPError], [*ResponseError] or [*TransportError].
type RequestError struct {
	API      string        // the command, such as "get_attr"
	Host     string        // where requests went: host, and port if there is one
	Attempts int           // 1 and more
	Elapsed  time.Duration // from the first attempt to the last failure, waiting included
	Unclear  bool          // an attempt may have been carried out, although no response confirms it
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
	// advice says whether retrying a request that is safe to retry can help.
	advice() retryAdvice
	// refused reports whether the request was certainly not carried out.
	refused() bool
	// logTo adds the fields of a log line.
	logTo(fields map[string]any)
}

// ServiceError is a response in which the service rejects the request.
type ServiceError struct {
	Code    int64  // ErrorCode; 0 if the service says FAIL without one
	Meaning string // the code's documented meaning for this command, a clause; "" if there is none
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

func (e *ServiceError) refused() bool { return e.facts.refused() }

func (e *ServiceError) logTo(fields map[string]any) {
	fields["http_status"], fields["error_code"] = http.StatusOK, e.Code
}

// HTTPError is a response with an HTTP status other than 200. The service uses 200
// even for errors of the API (60564), so that it comes from a gateway or proxy.
type HTTPError struct {
	Status      int
	ContentType string
	Size        int           // bytes of the body that were read
	RetryAfter  time.Duration // how long the response asks to wait; 0 if it does not
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

// refused is false: a gateway that gives up may have passed the request on.
func (e *HTTPError) refused() bool { return false }

func (e *HTTPError) logTo(fields map[string]any) { fields["http_status"] = e.Status }

// ResponseError is a response with status 200 that is not as the API's page
// describes it.
type ResponseError struct {
	Problem     string // a clause that says what is wrong, without any value of the body
	ContentType string
	Size        int  // bytes of the body that were read
	CutShort    bool // the JSON ends too early: a transient error
}

func (e *ResponseError) Error() string {
	return fmt.Sprintf("the response %s (HTTP status 200, content type %q, %d bytes)", e.Problem, e.ContentType, e.Size)
}

func (e *ResponseError) advice() retryAdvice { return soonIf(e.CutShort) }

func (e *ResponseError) refused() bool { return false }

func (e *ResponseError) logTo(fields map[string]any) {
	fields["http_status"], fields["problem"] = http.StatusOK, "the response "+e.Problem
}

// TransportCause is the kind of reason why a request got no complete response.
type TransportCause int

// The causes that call for different fixes.
const (
	CauseConnection  TransportCause = iota // the server cannot be reached, or ended the connection
	CauseRefused                           // no server listens there
	CauseSlow                              // no complete response in time
	CauseCertificate                       // the server's certificate is not trusted
	CausePlainHTTP                         // the server does not speak TLS
	CauseProxy                             // the proxy cannot be reached, or rejected the request
	CauseOpenFiles                         // this machine ran out of open files
	CauseStalled                           // too many requests got no response to send more
)

// TransportError is a request that got no complete response. It is rebuilt from
// the network's error and does not wrap it, since such errors can print the URL.
type TransportError struct {
	Problem   string // a clause that says what happened
	Cause     TransportCause
	Permanent bool // a retry cannot help
	Unsent    bool // no connection was made, so that nothing of the request was sent
}

func (e *TransportError) Error() string { return e.Problem }

func (e *TransportError) advice() retryAdvice { return soonIf(!e.Permanent) }

func (e *TransportError) refused() bool { return e.Unsent }

func (e *TransportError) logTo(fields map[string]any) { fields["problem"] = e.Problem }

// InterruptedError is an operation that ended by its time-out or a cancellation
// before all of its accounts were done.
type InterruptedError struct {
	Done  int   // accounts whose response arrived
	Total int   // accounts asked for, duplicates counted once; 0 if the operation takes no accounts
	Err   error // the cause: [context.DeadlineExceeded] or [context.Canceled]
	Last  error // the last failed attempt, a [*RequestError]; nil if none failed

	Unclear bool // a request may have been carried out, although no response confirms it
}

func (e *InterruptedError) Error() string {
	return fmt.Sprintf("interrupted after %d of %d accounts: %v", e.Done, e.Total, e.Err)
}

// Unwrap returns the cause.
func (e *InterruptedError) Unwrap() error { return e.Err }

// TooLargeError is a read whose result is larger than the caller can use.
type TooLargeError struct {
	Size  int // bytes of the result so far
	Limit int // bytes
	Read  int // accounts that make up Size
	Total int // accounts asked for, duplicates counted once
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the results of %d of %d accounts have %d bytes, more than %d", e.Read, e.Total, e.Size, e.Limit)
}

// interruption returns the error of an operation: if ctx ended it, as an
// [*InterruptedError].
func interruption(ctx context.Context, err error, done, total int) error {
	var ended *endedError
	switch {
	case err == nil || ctx.Err() == nil:
		return err
	case errors.As(err, &ended):
		interrupted := &InterruptedError{Done: done, Total: total, Err: ctx.Err(), Unclear: ended.unclear}
		if ended.last != nil {
			interrupted.Last = ended.last
		}
		return interrupted
	case errors.Is(err, context.Cause(ctx)): // before a request was sent
		return &InterruptedError{Done: done, Total: total, Err: ctx.Err()}
	default:
		return err
	}
}
