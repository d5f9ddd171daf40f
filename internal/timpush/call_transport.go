package timpush

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// newTransport returns a copy of the default transport that keeps as many idle
// connections as there may be concurrent requests; the default of 2 would
// reconnect all the time. Connecting has no timeout of its own, since
// requestTimeout includes it. An HTTP/2 connection that no longer responds is
// closed within half of requestTimeout, or every retry would use it again; HTTP/1
// reconnects by itself.
func newTransport(requests int, requestTimeout time.Duration, proxy func(*url.URL) (*url.URL, error)) *http.Transport {
	base, ok := http.DefaultTransport.(*http.Transport) //nolint:forbidigo // cloned below
	if !ok {
		base = &http.Transport{ForceAttemptHTTP2: true}
	}
	transport := base.Clone()
	transport.MaxIdleConnsPerHost = requests
	transport.DialContext = (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext
	transport.TLSHandshakeTimeout = 0
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: requestTimeout / 4, PingTimeout: requestTimeout / 4}
	transport.Proxy = nil
	if proxy != nil {
		transport.Proxy = func(request *http.Request) (*url.URL, error) { return proxy(request.URL) }
	}
	transport.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
		if response.StatusCode != http.StatusOK {
			return &proxyRejection{response.StatusCode}
		}
		return nil
	}
	return transport
}

// newOnceTransport returns a transport for requests that must not arrive twice. Each
// has a connection of its own, over HTTP/1.1: net/http itself repeats a request after
// an HTTP/2 server rejected its stream, even with PROTOCOL_ERROR, which does not prove
// that the request was not executed. Nor is there an idle connection that has died
// unnoticed, on which the outcome of a request would be unclear.
func newOnceTransport(requestTimeout time.Duration, proxy func(*url.URL) (*url.URL, error)) *http.Transport {
	transport := newTransport(1, requestTimeout, proxy)
	transport.DisableKeepAlives = true
	transport.Protocols = &http.Protocols{}
	transport.Protocols.SetHTTP1(true)
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}} // the default's offers HTTP/2 too
	return transport
}

// proxyRejection is a proxy's response that rejects a CONNECT request.
type proxyRejection struct{ status int }

func (e *proxyRejection) Error() string {
	return fmt.Sprintf("the proxy responded with HTTP status %d", e.status)
}

// Windows has its own numbers for socket errors. No other system uses them, so
// they can be checked everywhere.
const (
	wsaTooManyFiles      = syscall.Errno(10024)
	wsaConnectionAborted = syscall.Errno(10053)
	wsaConnectionReset   = syscall.Errno(10054)
	wsaConnectionRefused = syscall.Errno(10061)
)

// isAny reports whether err is one of the system's errors.
func isAny(err error, numbers ...syscall.Errno) bool {
	return slices.ContainsFunc(numbers, func(number syscall.Errno) bool { return errors.Is(err, number) })
}

// transportFailure returns an error of our own for an attempt that got no
// complete response, and the fate of the request. It uses only the texts of error
// types that are known to contain no URL. If the caller's ctx ended, the error is
// an [*endedError].
func (c *Client) transportFailure(ctx, attempt context.Context, timeout time.Duration, reached milestones, err error) (fate, error) {
	fate := unsent
	if reached.connected {
		fate = unanswered
	}
	if ctx.Err() != nil {
		return fate, &endedError{cause: context.Cause(ctx), unclear: reached.connected}
	}
	problem := &TransportError{Unsent: !reached.connected}
	var (
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		rejection   *proxyRejection
		dial        *net.OpError
		malformed   textproto.ProtocolError
		errno       syscall.Errno
	)
	switch {
	case attempt.Err() != nil && !reached.connected:
		problem.Problem = fmt.Sprintf("no connection was made within %s", timeout)
	case attempt.Err() != nil:
		problem.Problem, problem.Cause = fmt.Sprintf("no complete response arrived within %s", timeout), CauseSlow
	case errors.As(err, &lookup):
		problem.Problem = fmt.Sprintf("the host name %q could not be resolved", lookup.Name)
		problem.Permanent = lookup.IsNotFound
	case errors.As(err, &certificate):
		problem.Problem = fmt.Sprintf("the server's certificate is not trusted: %q", c.redactor.clean(certificate.Err.Error()))
		problem.Cause, problem.Permanent = CauseCertificate, true
	case errors.As(err, &record):
		problem.Problem, problem.Cause, problem.Permanent = "the server does not speak TLS", CausePlainHTTP, true
	case errors.As(err, &alert) && !reached.connected:
		problem.Problem, problem.Permanent = "the server ended the TLS handshake: "+alert.Error(), true
	case errors.As(err, &rejection):
		problem.Problem, problem.Cause, problem.Permanent = rejection.Error(), CauseProxy, rejection.status < http.StatusInternalServerError
	case isAny(err, syscall.EMFILE, syscall.ENFILE, wsaTooManyFiles):
		problem.Problem, problem.Cause = "too many files are open on this machine", CauseOpenFiles
	case isAny(err, syscall.ECONNREFUSED, wsaConnectionRefused):
		problem.Problem, problem.Cause = "the connection was refused", CauseRefused
	case isAny(err, syscall.ECONNRESET, syscall.EPIPE, wsaConnectionReset, wsaConnectionAborted):
		problem.Problem = "the connection was reset"
		fate = arrived(fate)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		problem.Problem = "the connection was closed before the complete response arrived"
		fate = arrived(fate)
	case errors.As(err, &errno):
		problem.Problem = "the connection failed: " + errno.Error()
	case reached.responded, errors.As(err, &malformed):
		problem.Problem, problem.Permanent = "the response is not valid HTTP", true
		fate = arrived(fate)
	case reached.connected: // the standard library's errors for this have no exported type
		problem.Problem = "the connection was interrupted"
	default:
		problem.Problem = "the connection failed (" + typesOf(err) + ")"
	}
	if errors.As(err, &dial) && (dial.Op == "proxyconnect" || strings.HasPrefix(dial.Op, "socks")) {
		problem.Problem, problem.Cause = "the proxy could not be reached: "+problem.Problem, CauseProxy
	}
	return fate, problem
}

// arrived is the fate of a request whose connection the server ended.
func arrived(fate fate) fate {
	if fate == unanswered {
		return answered
	}
	return fate
}

// typesOf returns the types of an error and of the errors that it wraps. Unlike
// the text of an unknown error, they cannot contain a URL.
func typesOf(err error) string {
	var types []string
	for ; err != nil; err = errors.Unwrap(err) {
		types = append(types, fmt.Sprintf("%T", err))
	}
	return strings.Join(types, ": ")
}
