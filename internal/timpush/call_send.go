package timpush

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

const (
	// maxBody is the maximum size of a response, in bytes after decompression.
	// The largest valid response, 100 accounts with 100 tags of 50 bytes each, is
	// far smaller.
	maxBody = 16 << 20

	// smallBody is the size in bytes above which a response counts as large.
	// Ordinary responses are smaller: 100 accounts with 100 tags of 50 bytes each
	// take 500 kB.
	smallBody = 1 << 20

	// largeBodies is how many large responses may be in memory at a time.
	largeBodies = 2
)

// Limits are the limits of responses.
type Limits struct {
	Bytes, Elements     int // maximum of one response; Bytes after decompression
	Large, LargeAtATime int // at most LargeAtATime responses of more than Large bytes are in memory
}

// ResponseLimits returns the limits of responses.
func ResponseLimits() Limits {
	return Limits{Bytes: maxBody, Elements: maxElements, Large: smallBody, LargeAtATime: largeBodies}
}

// exchange sends a signed request and decodes the response. Only this function
// has the signed URL, and none of its errors contains it. It does not use an
// http.Client, which would follow redirects and print the URL in errors.
func (c *Client) exchange(ctx context.Context, command command, userSig Secret, body []byte, timeout time.Duration, into response) (fate, error) {
	attempt, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var connected, responded atomic.Bool
	traced := httptrace.WithClientTrace(attempt, &httptrace.ClientTrace{
		GotConn:              func(httptrace.GotConnInfo) { connected.Store(true) },
		GotFirstResponseByte: func() { responded.Store(true) },
	})
	request, err := http.NewRequestWithContext(traced, http.MethodPost, c.requestURL(command, userSig), bytes.NewReader(body))
	if err != nil {
		return unsent, errors.New("the request's URL cannot be made from the endpoint") // err prints the URL
	}
	request.Header.Set("Accept-Encoding", "gzip") // set here, so that the transport does not decompress the body itself
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", c.config.UserAgent)

	transport := c.transport
	if command.retry == retryIfNotExecuted {
		transport = c.once
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return c.transportFailure(ctx, attempt, timeout, milestones{connected.Load(), responded.Load()}, err)
	}
	defer func() { _ = response.Body.Close() }()
	content, release, err := c.readBody(attempt, response)
	defer release()
	if err != nil && ctx.Err() != nil {
		return answered, &endedError{cause: context.Cause(ctx), unclear: true}
	}
	contentType := c.redactor.clean(response.Header.Get("Content-Type"))
	if response.StatusCode != http.StatusOK {
		return answered, &HTTPError{
			Status: response.StatusCode, ContentType: contentType, Size: len(content),
			RetryAfter: retryAfter(response.Header.Get("Retry-After")),
		}
	}
	unexpected := &ResponseError{ContentType: contentType, Size: len(content)}
	switch {
	case errors.Is(err, errNotGzip):
		unexpected.Problem = "cannot be decompressed"
	case err != nil:
		// The response is valid HTTP, but its body is not complete.
		_, err := c.transportFailure(ctx, attempt, timeout, milestones{connected: true}, err)
		return answered, err
	case len(content) > maxBody:
		unexpected.Problem = "is larger than " + strconv.Itoa(maxBody>>20) + " MiB"
	case !validUTF8(content):
		unexpected.Problem = "is not UTF-8"
	default:
		return answered, c.decode(command, content, contentType, into)
	}
	return answered, unexpected
}

// milestones are how far an attempt got before it failed.
type milestones struct {
	connected bool // a connection was made
	responded bool // the server sent something
}

// readBody reads and decompresses a body, up to one byte more than maxBody. To
// limit how many large bodies are in memory, the caller calls release when it no
// longer needs the body.
func (c *Client) readBody(ctx context.Context, response *http.Response) (content []byte, release func(), err error) {
	release = func() {}
	body := io.Reader(response.Body)
	if strings.EqualFold(response.Header.Get("Content-Encoding"), "gzip") {
		body = &gunzip{packed: bufio.NewReader(response.Body)}
	}
	content, err = io.ReadAll(io.LimitReader(body, smallBody))
	if err != nil || len(content) < smallBody {
		return content, release, err
	}
	select {
	case c.large <- struct{}{}:
		release = func() { <-c.large }
	case <-ctx.Done():
		return content, release, context.Cause(ctx)
	}
	rest := bytes.NewBuffer(content)
	_, err = rest.ReadFrom(io.LimitReader(body, maxBody+1-smallBody))
	return rest.Bytes(), release, err
}

// errNotGzip is the error of a body that is not, or not entirely, gzip data
// although its header says so.
var errNotGzip = errors.New("not gzip")

// gunzip decompresses a body. Unlike a plain [gzip.Reader], it distinguishes a
// connection that ended early from invalid data.
type gunzip struct {
	packed *bufio.Reader
	member *gzip.Reader // nil before the first one
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.member == nil {
		member, err := gzip.NewReader(g.packed)
		if err != nil {
			return 0, notGzip(err)
		}
		member.Multistream(false)
		g.member = member
	}
	n, err := g.member.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, notGzip(err)
	}
	if n > 0 {
		return n, nil // the next read reports the end
	}
	// After a member, the data ends or another member begins (RFC 1952, 2.2).
	magic, err := g.packed.Peek(2)
	switch {
	case len(magic) == 0:
		return 0, err
	case string(magic) != "\x1f\x8b" && (err == nil || errors.Is(err, io.EOF)):
		return 0, errNotGzip
	case err != nil:
		return 0, err
	}
	if err := g.member.Reset(g.packed); err != nil {
		return 0, notGzip(err)
	}
	g.member.Multistream(false)
	return g.Read(p)
}

// notGzip returns errNotGzip for errors about the data, and other errors
// unchanged.
func notGzip(err error) error {
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) {
		return errNotGzip
	}
	return err
}

// validUTF8 reports whether text is valid UTF-8, apart from a truncated last
// character.
func validUTF8(text []byte) bool {
	for cut := range min(utf8.UTFMax, len(text)+1) {
		whole := text[:len(text)-cut]
		if utf8.Valid(whole) {
			return cut == 0 || !utf8.FullRune(text[len(whole):])
		}
	}
	return false
}

// retryAfter reads the Retry-After header: seconds, or a date (RFC 9110, 10.2.3).
func retryAfter(header string) time.Duration {
	seconds, err := strconv.ParseUint(header, 10, 31)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, math.MaxInt32)) * time.Second
	}
	if date, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(date))
	}
	return 0
}

// requestURL returns the signed URL of a command, with the query in the order of
// the API page (60564).
func (c *Client) requestURL(command command, userSig Secret) string {
	return c.config.Endpoint.JoinPath("v4", "timpush", command.name).String() +
		"?usersig=" + url.QueryEscape(userSig.reveal()) +
		"&identifier=" + url.QueryEscape(c.config.Identifier) +
		"&sdkappid=" + strconv.FormatUint(uint64(c.config.SDKAppID), 10) +
		"&random=" + strconv.FormatUint(uint64(rand.Uint32()), 10) + //nolint:gosec // the number need not be secret
		"&contenttype=json"
}
