package timpush

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// maxReply is the most that is read of one reply, in bytes after decompression.
// 100 accounts with 100 tags of 50 bytes each, the most there can be, stay far below
// it.
const maxReply = 16 << 20

// answer is what came back for one attempt, with status 200.
type answer struct {
	contentType string
	body        []byte
}

// newTransport returns a copy of the default transport with room for as many
// idle connections as requests may run at a time; the default of 2 reconnects
// all the time. RequestTimeout bounds connecting too, so nothing else does.
// A kept HTTP/2 connection that no longer answers is given up within half of it,
// or every repeat would go that way too; HTTP/1 dials anew by itself.
// A proxy is only what proxy says: the environment is the caller's business.
func newTransport(requests int, requestTimeout time.Duration, proxy func(*url.URL) (*url.URL, error)) http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport) //nolint:forbidigo // cloned below
	if !ok {
		base = &http.Transport{ForceAttemptHTTP2: true}
	}
	transport := base.Clone()
	transport.Proxy = nil
	if proxy != nil {
		transport.Proxy = func(request *http.Request) (*url.URL, error) { return proxy(request.URL) }
	}
	transport.MaxIdleConnsPerHost = requests
	transport.DialContext = (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext
	transport.TLSHandshakeTimeout = 0
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: requestTimeout / 4, PingTimeout: requestTimeout / 4}
	transport.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
		if response.StatusCode != http.StatusOK {
			return &proxyRefusal{response.StatusCode}
		}
		return nil
	}
	return transport
}

// proxyRefusal is a proxy's answer when it does not connect.
type proxyRefusal struct{ status int }

func (e *proxyRefusal) Error() string {
	return fmt.Sprintf("the proxy answered with HTTP status %d", e.status)
}

// send makes one attempt and reads the answer. The signed URL lives here and
// nowhere else: no error that leaves holds it. The transport is called without
// an http.Client, which would follow redirects and print the URL in its errors.
func (c *Client) send(ctx context.Context, api string, userSig Secret, body []byte) (*answer, error) {
	attempt, cancel := context.WithTimeout(ctx, c.config.RequestTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(attempt, http.MethodPost, c.requestURL(api, userSig), bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the request's URL cannot be made from the endpoint") // err prints the URL
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", c.config.UserAgent)

	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, c.transportError(ctx, attempt, err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxReply+1))
	contentType := c.redactor.clean(response.Header.Get("Content-Type"))
	switch {
	case response.StatusCode != http.StatusOK:
		return nil, &HTTPError{
			Status: response.StatusCode, ContentType: contentType, Size: len(content),
			RetryAfter: retryAfter(response.Header.Get("Retry-After")),
		}
	case isCorrupt(err):
		return nil, &ResponseError{Problem: "cannot be decompressed", ContentType: contentType, Size: len(content)}
	case err != nil:
		return nil, c.transportError(ctx, attempt, err)
	case len(content) > maxReply:
		return nil, &ResponseError{Problem: "is larger than " + strconv.Itoa(maxReply) + " bytes", ContentType: contentType, Size: len(content)}
	}
	return &answer{contentType: contentType, body: content}, nil
}

// isCorrupt reports whether reading failed since the answer is not the gzip that
// it is said to be.
func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt)
}

// retryAfter reads the Retry-After header: seconds, or a date (RFC 9110, 10.2.3).
func retryAfter(header string) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(date))
	}
	return 0
}

// requestURL returns the signed URL of an API command, its query in the order
// in which the page writes it (60564).
func (c *Client) requestURL(api string, userSig Secret) string {
	return c.config.Endpoint.JoinPath("v4", "timpush", api).String() +
		"?usersig=" + url.QueryEscape(userSig.reveal()) +
		"&identifier=" + url.QueryEscape(c.config.Identifier) +
		"&sdkappid=" + strconv.FormatUint(uint64(c.config.SDKAppID), 10) +
		"&random=" + strconv.FormatUint(uint64(rand.Uint32()), 10) + //nolint:gosec // the service asks for a random number, not for a secret one
		"&contenttype=json"
}

// Windows has numbers of its own for what its sockets meet. No other system has
// these, so that one list does for all.
const (
	wsaConnectionAborted = syscall.Errno(10053)
	wsaConnectionReset   = syscall.Errno(10054)
	wsaConnectionRefused = syscall.Errno(10061)
)

// isAny reports whether err is one of the system's errors.
func isAny(err error, numbers ...syscall.Errno) bool {
	return slices.ContainsFunc(numbers, func(number syscall.Errno) bool { return errors.Is(err, number) })
}

// transportError says in own words why an attempt got no whole answer, or
// returns the cause where the caller's ctx ended. Only texts of error types
// that are known to hold no URL are taken over.
func (c *Client) transportError(ctx, attempt context.Context, err error) error {
	var (
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		proxy       *proxyRefusal
		dial        *net.OpError
		errno       syscall.Errno
		problem     = &TransportError{}
	)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case attempt.Err() != nil:
		problem.Problem, problem.Cause = fmt.Sprintf("no whole answer came within %s", c.config.RequestTimeout), CauseSlow
	case errors.As(err, &lookup):
		problem.Problem = fmt.Sprintf("the name of the host %q could not be looked up", lookup.Name)
		problem.Permanent = lookup.IsNotFound
	case errors.As(err, &certificate):
		problem.Problem = fmt.Sprintf("the server's certificate is not trusted: %q", c.redactor.clean(certificate.Err.Error()))
		problem.Cause, problem.Permanent = CauseCertificate, true
	case errors.As(err, &record):
		problem.Problem, problem.Cause, problem.Permanent = "the server does not speak TLS", CausePlainHTTP, true
	case errors.As(err, &alert):
		problem.Problem, problem.Permanent = "the server ended the TLS handshake: "+alert.Error(), true
	case errors.As(err, &proxy):
		problem.Problem, problem.Permanent = proxy.Error(), proxy.status < http.StatusInternalServerError
	case isAny(err, syscall.ECONNREFUSED, wsaConnectionRefused):
		problem.Problem = "the connection was refused"
	case isAny(err, syscall.ECONNRESET, syscall.EPIPE, wsaConnectionReset, wsaConnectionAborted):
		problem.Problem = "the connection was reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		problem.Problem = "the connection was closed before the whole answer had come"
	case errors.As(err, &errno):
		problem.Problem = "the connection failed: " + errno.Error()
	default:
		problem.Problem = fmt.Sprintf("the connection failed (%T)", err)
	}
	if errors.As(err, &dial) && dial.Op == "proxyconnect" {
		problem.Problem = "the proxy could not be reached: " + problem.Problem
	}
	return problem
}
