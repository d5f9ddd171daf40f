package timpush

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Recognizable credentials, which tests search for.
const (
	testSDKAppID = 1400000000
	testKey      = faults.Key
	testAdmin    = "administrator"
)

// handlerTransport passes requests to a handler in memory, without a socket, so
// that synctest's virtual time works.
type handlerTransport struct{ http.Handler }

func (t handlerTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	connected(request)
	recorder := httptest.NewRecorder()
	t.ServeHTTP(recorder, request)
	if err := request.Context().Err(); err != nil {
		return nil, err
	}
	response := recorder.Result()
	response.Request = request
	return response, nil
}

// connected reports to the request's trace that there is a connection, as the
// transport does.
func connected(request *http.Request) {
	if trace := httptrace.ContextClientTrace(request.Context()); trace != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
}

// transportFunc is a function as a transport.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// responses returns a transport whose every response has status 200 and the body.
func responses(body string) http.RoundTripper {
	return handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	})}
}

// testConfig returns a complete configuration with the key.
func testConfig(transport http.RoundTripper) Config {
	return Config{
		SDKAppID:          testSDKAppID,
		Endpoint:          &url.URL{Scheme: "https", Host: "timpush.invalid"},
		Identifier:        testAdmin,
		SecretKey:         NewSecret(testKey),
		RequestsPerSecond: 100,
		MaxRetries:        4,
		RequestTimeout:    10 * time.Second,
		UserAgent:         "test",
		Transport:         transport,
	}
}

func newTestClient(tb testing.TB, config Config) *Client {
	tb.Helper()
	client, err := New(config)
	if err != nil {
		tb.Fatal(err)
	}
	if transport, ok := client.transport.(*http.Transport); ok {
		tb.Cleanup(transport.CloseIdleConnections)
	}
	return client
}

func newEmulator(t *testing.T, seed emulator.Seed) *emulator.Emulator {
	t.Helper()
	e, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// readOne reads one account and returns the error.
func readOne(ctx context.Context, client *Client) error {
	_, err := client.GetUserAttributes(ctx, []string{"xiaoming"}, nil, 0)
	return err
}
