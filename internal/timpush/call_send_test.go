package timpush

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

func TestRequestMatchesAPIPage(t *testing.T) {
	t.Parallel()
	config := testConfig(nil)
	config.Identifier = "admin & co"
	config.Endpoint = &url.URL{Scheme: "https", Host: "adminapisgp.im.qcloud.com"}
	client := newTestClient(t, config)
	got := client.requestURL(getAttr.command, NewSecret("eJ*a-b_"))
	const want = "https://adminapisgp.im.qcloud.com/v4/timpush/get_attr?usersig=eJ%2Aa-b_&identifier=admin+%26+co&sdkappid=1400000000&random="
	random, isPage := strings.CutSuffix(strings.TrimPrefix(got, want), "&contenttype=json")
	if _, err := strconv.ParseUint(random, 10, 32); !strings.HasPrefix(got, want) || !isPage || err != nil {
		t.Errorf("the URL is %s", got)
	}

	client.config.Endpoint = &url.URL{Scheme: "https", Host: "host:8443", Path: "/gateway/"}
	if got := client.requestURL(getAttr.command, Secret{}); !strings.HasPrefix(got, "https://host:8443/gateway/v4/timpush/get_attr?") {
		t.Errorf("the URL under an endpoint with a path is %s", got)
	}
}

// random uses all 32 bits: in 200 requests, each bit is both set and unset. (This
// fails by chance with a probability of 2^-194.)
func TestRandomCoversAll32Bits(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(nil))
	var set, unset uint32
	for range 200 {
		u, err := url.Parse(client.requestURL(getAttr.command, Secret{}))
		if err != nil {
			t.Fatal(err)
		}
		random, err := strconv.ParseUint(u.Query().Get("random"), 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		set |= uint32(random)
		unset |= ^uint32(random)
	}
	if set != ^uint32(0) || unset != ^uint32(0) {
		t.Errorf("bits seen set: %032b, unset: %032b", set, unset)
	}
}

// Each retry has its own random number. (That 11 are equal by chance has a
// probability of 2^-320.)
func TestRandomIsDrawnForEachAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(always(91000))
		config := testConfig(handlerTransport{service})
		config.MaxRetries = 10
		if err := readOne(t.Context(), newTestClient(t, config)); err == nil {
			t.Fatal("the read did not fail")
		}
		drawn := map[string]bool{}
		for _, entry := range service.Journal() {
			drawn[entry.Random] = true
		}
		if len(drawn) < 2 {
			t.Errorf("all repeats have the same random: %v", drawn)
		}
	})
}

func TestRequestHeaders(t *testing.T) {
	t.Parallel()
	service := newEmulator(t, emulator.SampleSeed())
	if err := readOne(t.Context(), newTestClient(t, testConfig(handlerTransport{service}))); err != nil {
		t.Fatal(err)
	}
	entry := service.Journal()[0]
	if entry.Method != http.MethodPost || entry.ContentType != "application/json" || entry.UserAgent != "test" || !entry.Signed {
		t.Errorf("the request was %+v", entry)
	}
}

// serve starts a server on a loopback port, and returns a client of it that does
// not retry.
func serve(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientOf(t, server.URL)
}

func clientOf(t *testing.T, endpoint string) *Client {
	t.Helper()
	return clientAt(t, endpoint, 100)
}

// clientAt is clientOf with another pace.
func clientAt(t *testing.T, endpoint string, requestsPerSecond int) *Client {
	t.Helper()
	config := testConfig(nil)
	config.MaxRetries = 0
	config.RequestsPerSecond = requestsPerSecond
	var err error
	if config.Endpoint, err = ParseEndpoint(endpoint); err != nil {
		t.Fatal(err)
	}
	return newTestClient(t, config)
}

func checkTransportError(t *testing.T, err error, problem string, permanent bool) {
	t.Helper()
	var transport *TransportError
	if !errors.As(err, &transport) || !strings.Contains(transport.Problem, problem) || transport.Permanent != permanent {
		t.Errorf("the error is %v, want a transport error with %q", err, problem)
		return
	}
	if cause := errors.Unwrap(transport); cause != nil {
		t.Errorf("the error wraps what can print the URL: %T", cause)
	}
	checkShowsNoURL(t, err)
}

func checkShowsNoURL(t *testing.T, err error) {
	t.Helper()
	for _, hidden := range []string{"usersig", "http://", "https://", "v4/timpush"} {
		if strings.Contains(err.Error(), hidden) {
			t.Errorf("the error shows the URL: %v", err)
		}
	}
}

// [ParseEndpoint] rejects such a host. A client that gets one anyway fails
// without printing the signed URL.
func TestInvalidURL(t *testing.T) {
	t.Parallel()
	config := testConfig(responses(""))
	config.Endpoint = &url.URL{Scheme: "https", Host: "no host"}
	err := readOne(t.Context(), newTestClient(t, config))
	if err == nil || !strings.Contains(err.Error(), "the request's URL cannot be made") {
		t.Fatalf("the error is %v", err)
	}
	checkShowsNoURL(t, err)
}

func TestConnectionRefused(t *testing.T) {
	t.Parallel()
	err := readOne(t.Context(), clientOf(t, "http://"+unusedAddress(t)))
	checkTransportError(t, err, "the connection was refused", false)
	var transport *TransportError
	if errors.As(err, &transport) && transport.Cause != CauseRefused {
		t.Errorf("the cause is %d", transport.Cause)
	}
}

// unusedAddress returns a loopback address where nothing listens.
func unusedAddress(t *testing.T) string {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func TestConnectionReset(t *testing.T) {
	t.Parallel()
	service := newEmulator(t, emulator.SampleSeed())
	service.Script(emulator.Fault{Effect: emulator.Effect{Drop: true}})
	checkTransportError(t, readOne(t.Context(), serve(t, service)), "the connection was ", false) // reset or closed, depending on the system
}

func TestTruncatedBody(t *testing.T) {
	t.Parallel()
	service := newEmulator(t, emulator.SampleSeed())
	service.Script(emulator.Fault{Effect: emulator.Effect{Truncate: true}})
	checkTransportError(t, readOne(t.Context(), serve(t, service)), "closed before the complete response arrived", false)
}

func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(newEmulator(t, emulator.SampleSeed()))
	t.Cleanup(server.Close)
	server.Config.ErrorLog = nil
	checkTransportError(t, readOne(t.Context(), clientOf(t, server.URL)), "the server's certificate is not trusted", true)
}

// The server chooses the names in its certificate, which could contain a secret.
func TestCertificateTextIsRedacted(t *testing.T) {
	t.Parallel()
	config := testConfig(transportFunc(func(*http.Request) (*http.Response, error) {
		return nil, &tls.CertificateVerificationError{Err: errors.New("for " + testKey + "\x1b[31m")}
	}))
	checkTransportError(t, readOne(t.Context(), newTestClient(t, config)), `is not trusted: "for (redacted)\x1b[31m"`, true)
}

func TestServerWithoutTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newEmulator(t, emulator.SampleSeed()))
	t.Cleanup(server.Close)
	checkTransportError(t, readOne(t.Context(), clientOf(t, strings.Replace(server.URL, "http:", "https:", 1))), "does not speak TLS", true)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var elsewhere int
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	t.Cleanup(target.Close)
	client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target.URL+"?"+r.URL.RawQuery, http.StatusTemporaryRedirect)
	}))
	var httpError *HTTPError
	if err := readOne(t.Context(), client); !errors.As(err, &httpError) || httpError.Status != http.StatusTemporaryRedirect || strings.Contains(err.Error(), target.URL) {
		t.Errorf("the error is %v", err)
	}
	if elsewhere != 0 {
		t.Error("the redirect was followed")
	}
}

func TestLookupErrors(t *testing.T) {
	t.Parallel()
	for _, notFound := range []bool{true, false} {
		config := testConfig(transportFunc(func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "failed", Name: "timpush.invalid", IsNotFound: notFound, IsTemporary: !notFound}}
		}))
		config.MaxRetries = 0
		checkTransportError(t, readOne(t.Context(), newTestClient(t, config)), `the host name "timpush.invalid" could not be resolved`, notFound)
	}
}

// Errors of unknown types could contain a proxy's password or the URL, so their
// text is not used.
func TestUnknownTransportErrors(t *testing.T) {
	t.Parallel()
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		return nil, &url.Error{Op: "Post", URL: request.URL.String(), Err: errors.New("at " + request.URL.String())}
	}))
	config.MaxRetries = 0
	checkTransportError(t, readOne(t.Context(), newTestClient(t, config)), "the connection failed (*url.Error: *errors.errorString)", false)
}

func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
		config := testConfig(handlerTransport{service})
		config.MaxRetries = 0
		started := time.Now()
		err := readOne(t.Context(), newTestClient(t, config))
		checkTransportError(t, err, "no complete response arrived within 10s", false)
		if waited := time.Since(started); waited != 10*time.Second {
			t.Errorf("the attempt took %s", waited)
		}
	})
}

// A connection that is not made in time is reported differently from a slow
// response, since users should check other things.
func TestNoConnectionInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			<-request.Context().Done()
			return nil, request.Context().Err()
		}))
		config.MaxRetries = 0
		err := readOne(t.Context(), newTestClient(t, config))
		checkTransportError(t, err, "no connection was made within 10s", false)
		var transport *TransportError
		if errors.As(err, &transport) && (transport.Cause != CauseConnection || !transport.Unsent) {
			t.Errorf("the error is %#v", transport)
		}
	})
}

// endless is an infinite body.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestResponseSizeIsCapped(t *testing.T) {
	t.Parallel()
	config := testConfig(transportFunc(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(endless{})}, nil
	}))
	var response *ResponseError
	if err := readOne(t.Context(), newTestClient(t, config)); !errors.As(err, &response) || response.Size != maxBody+1 || response.Problem != "is larger than 16 MiB" {
		t.Errorf("the error is %v", err)
	}
}

func TestNoErrorShowsTheUserSig(t *testing.T) {
	t.Parallel()
	for name, effect := range map[string]emulator.Effect{
		"in a rejection":    {Code: 70009, EchoSignature: true},
		"in the body":       {Body: "not JSON: ", EchoSignature: true},
		"in an HTTP error":  {Status: http.StatusForbidden, Body: "denied: ", EchoSignature: true},
		"in a content type": {Body: "x", Header: http.Header{"Content-Type": {testKey}}},
	} {
		for _, readyMade := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, ready-made %t", name, readyMade), func(t *testing.T) {
				t.Parallel()
				checkErrorShowsNoSecret(t, effect, readyMade)
			})
		}
	}
}

func checkErrorShowsNoSecret(t *testing.T, effect emulator.Effect, readyMade bool) {
	t.Helper()
	service := newEmulator(t, emulator.SampleSeed())
	service.Script(emulator.Fault{Effect: effect})
	var userSig string
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		userSig = request.URL.Query().Get("usersig")
		return handlerTransport{service}.RoundTrip(request)
	}))
	if readyMade {
		config.UserSig, config.SecretKey = sign(t, newTestSigner()), Secret{}
	}
	err := readOne(t.Context(), newTestClient(t, config))
	if err == nil || userSig == "" {
		t.Fatal("the read did not fail")
	}
	secrets := []string{userSig, url.QueryEscape(userSig)}
	if !readyMade {
		secrets = append(secrets, testKey)
	}
	for _, hidden := range secrets {
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(text, hidden) {
				t.Errorf("the error shows a secret: %s", text)
			}
		}
	}
}

// withProxy returns a client of https://timpush.invalid that uses a proxy at the
// address.
func withProxy(t *testing.T, address string) *Client {
	t.Helper()
	config := testConfig(nil)
	config.MaxRetries = 0
	config.Proxy = func(*url.URL) (*url.URL, error) {
		return &url.URL{Scheme: "http", Host: address, User: url.UserPassword("user", "canarypassword")}, nil
	}
	return newTestClient(t, config)
}

func TestProxyRejects(t *testing.T) {
	t.Parallel()
	for status, permanent := range map[int]bool{http.StatusProxyAuthRequired: true, http.StatusForbidden: true, http.StatusBadGateway: false} {
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		t.Cleanup(proxy.Close)
		err := readOne(t.Context(), withProxy(t, proxy.Listener.Addr().String()))
		checkTransportError(t, err, fmt.Sprintf("the proxy responded with HTTP status %d", status), permanent)
	}
}

func TestProxyUnreachable(t *testing.T) {
	t.Parallel()
	err := readOne(t.Context(), withProxy(t, unusedAddress(t)))
	checkTransportError(t, err, "the proxy could not be reached: the connection was refused", false)
	var transport *TransportError
	if errors.As(err, &transport) && transport.Cause != CauseProxy {
		t.Errorf("the cause is %d", transport.Cause)
	}
	if strings.Contains(err.Error(), "canarypassword") {
		t.Errorf("the error shows the proxy's password: %v", err)
	}
}

// A response that is not HTTP is not retried.
func TestNotHTTP(t *testing.T) {
	t.Parallel()
	for _, response := range []string{"SSH-2.0-server\r\n", "HTTP/1.1 200 OK\r\nX: \x01\r\n\r\n{}", "HTTP/1.1 two hundred\r\n\r\n", "\x15\x03\x01\x00\x02"} {
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(conn))
			_, _ = io.WriteString(conn, response)
			_ = conn.Close()
		}()
		checkTransportError(t, readOne(t.Context(), clientOf(t, "http://"+listener.Addr().String())), "the response is not valid HTTP", true)
		_ = listener.Close()
		<-done
	}
}
