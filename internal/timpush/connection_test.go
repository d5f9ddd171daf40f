package timpush

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// barrier holds requests back until that many have arrived.
type barrier struct {
	http.Handler

	size     int64
	waiting  atomic.Int64
	complete chan struct{}
}

func newBarrier(size int64, handler http.Handler) *barrier {
	return &barrier{Handler: handler, size: size, complete: make(chan struct{})}
}

func (c *barrier) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.waiting.Add(1) == c.size {
		close(c.complete)
	}
	<-c.complete
	c.Handler.ServeHTTP(w, r)
}

// countConnections counts the connections that a server accepts.
func countConnections(server *httptest.Server) *atomic.Int64 {
	var connections atomic.Int64
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	return &connections
}

// All requests of a window run at the same time, each on a connection that is
// kept for the next window.
func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	const requests = 100
	service := newEmulator(t, emulator.SampleSeed())
	server := httptest.NewUnstartedServer(newBarrier(requests, service))
	connections := countConnections(server)
	server.Start()
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL)
	for range 2 {
		if _, err := client.GetUserAttributes(t.Context(), numbered(requests*MaxAccounts), nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	if opened := connections.Load(); opened != requests {
		t.Errorf("%d connections for twice %d requests", opened, requests)
	}
}

// If the server offers HTTP/2, all requests use it, on shared connections.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	const requests = 100
	service := newEmulator(t, emulator.SampleSeed())
	var others atomic.Int64
	server := httptest.NewUnstartedServer(newBarrier(requests, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			others.Add(1)
		}
		service.ServeHTTP(w, r)
	})))
	server.EnableHTTP2 = true
	connections := countConnections(server)
	server.StartTLS()
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL)
	trust(t, client, server.Certificate())
	if _, err := client.GetUserAttributes(t.Context(), numbered(requests*MaxAccounts), nil, 0); err != nil {
		t.Fatal(err)
	}
	if others.Load() > 0 || len(service.Journal()) != requests {
		t.Errorf("%d of %d requests did not come by HTTP/2", others.Load(), len(service.Journal()))
	}
	// The first requests may each have dialed before the server was known to
	// offer HTTP/2.
	if _, err := client.GetUserAttributes(t.Context(), numbered(requests*MaxAccounts), nil, 0); err != nil || connections.Load() > requests {
		t.Errorf("%d connections for twice %d requests, %v", connections.Load(), requests, err)
	}
}

// An idle HTTP/2 connection that drops everything, such as behind a router that
// has forgotten it, costs one attempt: the retry uses another. Since the fate of
// the first attempt is unknown, its place stays taken until the retry.
func TestDeadHTTP2Connection(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(newEmulator(t, emulator.SampleSeed()))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	config := testConfig(nil)
	config.RequestTimeout = 2 * time.Second
	config.MaxRetries = 2
	var err error
	if config.Endpoint, err = ParseEndpoint(server.URL); err != nil {
		t.Fatal(err)
	}
	client := newTestClient(t, config)
	trust(t, client, server.Certificate())
	var dead atomic.Bool
	var dials atomic.Int64
	transport, _ := client.transport.(*http.Transport)
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return &blackHole{Conn: conn, dead: &dead, first: dials.Add(1) == 1}, err
	}
	if err := readOne(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	dead.Store(true)
	client.config.MaxRetries = 0
	if err := readOne(t.Context(), client); err == nil || client.pacers.shared.stall.lost != 1 {
		t.Errorf("%d places are lost to a request that may still arrive, and the error is %v", client.pacers.shared.stall.lost, err)
	}
	client.config.MaxRetries = 2
	if err := readOne(t.Context(), client); err != nil {
		t.Errorf("after the connection died: %v", err)
	}
	if dials.Load() != 2 {
		t.Errorf("%d connections were opened", dials.Load())
	}
}

// blackHole is a connection that discards writes if it was the first one, once
// dead is set.
type blackHole struct {
	net.Conn

	dead  *atomic.Bool
	first bool
}

func (s *blackHole) Write(p []byte) (int, error) {
	if s.first && s.dead.Load() {
		return len(p), nil
	}
	return s.Conn.Write(p)
}

// trust lets a client accept a server's certificate.
func trust(t *testing.T, client *Client, certificate *x509.Certificate) {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	for _, own := range []http.RoundTripper{client.transport, client.once} {
		transport, ok := own.(*http.Transport)
		if !ok {
			t.Fatalf("the transport is a %T", own)
		}
		transport.TLSClientConfig.RootCAs = roots
	}
}

// Cancellation ends requests in flight and requests that wait. TestMain checks
// that no goroutine is left.
func TestCancellationEndsRequestsInFlight(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var arrived atomic.Int64
	client := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if arrived.Add(1) == 100 {
			cancel()
		}
		<-r.Context().Done()
	}))
	client.config.RequestTimeout = time.Hour // longer than the test
	_, err := client.GetUserAttributes(ctx, numbered(250*MaxAccounts), nil, 0)
	var interrupted *InterruptedError
	if !errors.As(err, &interrupted) || !errors.Is(err, context.Canceled) || interrupted.Total != 250*MaxAccounts || interrupted.Done != 0 {
		t.Errorf("the error is %v", err)
	}
	if arrived.Load() != 100 {
		t.Errorf("%d requests were made", arrived.Load())
	}
}

// A truncated body is a transient error, over HTTP/2 too, where the standard
// library's error has no exported type.
func TestTruncatedBodyIsRetried(t *testing.T) {
	t.Parallel()
	for _, http2 := range []bool{false, true} {
		var requests atomic.Int64
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if requests.Add(1) > 1 {
				_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0}`)
				return
			}
			_, _ = io.WriteString(w, `{"ActionStatus":"OK",`)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}))
		server.EnableHTTP2 = http2
		server.StartTLS()
		t.Cleanup(server.Close)
		transport := newTransport(1, time.Minute, nil)
		transport.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
		transport.TLSClientConfig.RootCAs.AddCert(server.Certificate())
		config := testConfig(transport)
		config.RequestTimeout = time.Minute
		var err error
		if config.Endpoint, err = ParseEndpoint(server.URL); err != nil {
			t.Fatal(err)
		}
		if err := readOne(t.Context(), newTestClient(t, config)); err != nil || requests.Load() != 2 {
			t.Errorf("HTTP/2 %t: %d requests, %v", http2, requests.Load(), err)
		}
	}
}
