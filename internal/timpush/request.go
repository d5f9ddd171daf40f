package timpush

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
)

// maxReply is the most that is read of one reply, in bytes after decompression.
// 100 accounts with 10 attributes of 50 bytes each stay far below it.
const maxReply = 16 << 20

// answer is what came back for one attempt, with status 200.
type answer struct {
	contentType string
	body        []byte
}

// newTransport returns the default transport's copy with room for as many idle
// connections as requests run at a time; the default of 2 reconnects all the
// time.
func newTransport() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport) //nolint:forbidigo // cloned below
	if !ok {
		base = &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	}
	transport := base.Clone()
	transport.MaxIdleConnsPerHost = maxInFlight
	return transport
}

// CloseIdleConnections ends the connections that are kept for later requests.
func (c *Client) CloseIdleConnections() {
	if transport, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		transport.CloseIdleConnections()
	}
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
		return nil, &HTTPError{Status: response.StatusCode, ContentType: contentType, Size: len(content)}
	case err != nil:
		return nil, c.transportError(ctx, attempt, err)
	case len(content) > maxReply:
		return nil, &ReplyError{Problem: "is larger than " + strconv.Itoa(maxReply) + " bytes", ContentType: contentType, Size: len(content)}
	}
	return &answer{contentType: contentType, body: content}, nil
}

// requestURL returns the signed URL of an API command, its query in the order
// in which the page writes it (60564).
func (c *Client) requestURL(api string, userSig Secret) string {
	return c.config.Endpoint.JoinPath("v4", "timpush", api).String() +
		"?usersig=" + url.QueryEscape(string(userSig)) +
		"&identifier=" + url.QueryEscape(c.config.Identifier) +
		"&sdkappid=" + strconv.FormatUint(uint64(c.config.SDKAppID), 10) +
		"&random=" + strconv.FormatUint(uint64(rand.Uint32()), 10) + //nolint:gosec // the service asks for a random number, not for a secret one
		"&contenttype=json"
}

// What a user can do about requests that got no whole answer.
const (
	remedyAddress     = "Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), the network, and any proxy on the way."
	remedySlow        = "Try again; where answers are slow, raise request_timeout (TIMPUSH_REQUEST_TIMEOUT)."
	remedyCertificate = "Check that endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION) and any proxy lead to the service, and that this machine's certificate authorities and clock are up to date."
	remedyPlainHTTP   = "Check endpoint (TIMPUSH_ENDPOINT); a server on this machine may be reached by http:// on a loopback address."
)

// transportError says in own words why an attempt got no whole answer, or
// returns the cause where the caller's ctx ended. Only texts of error types
// that are known to hold no URL are taken over.
func (c *Client) transportError(ctx, attempt context.Context, err error) error {
	var (
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		timeout     net.Error
	)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case attempt.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return &TransportError{
			Problem: fmt.Sprintf("no whole answer came within %s", c.config.RequestTimeout),
			Remedy:  remedySlow,
		}
	case errors.As(err, &lookup):
		return &TransportError{
			Problem:   fmt.Sprintf("the name of the host %q could not be looked up", lookup.Name),
			Remedy:    remedyAddress,
			Permanent: lookup.IsNotFound,
		}
	case errors.As(err, &certificate):
		return &TransportError{
			Problem:   "the server's certificate is not trusted: " + c.redactor.clean(certificate.Err.Error()),
			Remedy:    remedyCertificate,
			Permanent: true,
		}
	case errors.As(err, &record):
		return &TransportError{Problem: "the server does not speak TLS", Remedy: remedyPlainHTTP, Permanent: true}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &TransportError{Problem: "the connection was refused", Remedy: remedyAddress}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &TransportError{Problem: "the connection was reset", Remedy: remedyAddress}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &TransportError{Problem: "the connection was closed before the whole answer had come", Remedy: remedyAddress}
	default:
		return &TransportError{Problem: fmt.Sprintf("the connection failed (%T)", err), Remedy: remedyAddress}
	}
}
