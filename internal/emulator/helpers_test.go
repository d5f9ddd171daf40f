package emulator

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

const (
	testApp   = 1400000000
	testKey   = "canary-key-5f1e8c2d9b7a4e6f"
	testAdmin = "administrator"
	getAttr   = "/v4/timpush/get_attr"
)

// clock is a clock that stands still unless told to move. It starts at the real time, because the vendor's library
// dates every UserSig by that.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Now()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// newTest gives an emulator of the sample accounts, with the options changed by change where that is not nil.
func newTest(t *testing.T, change func(*Options)) *Emulator {
	t.Helper()
	o := Options{SDKAppID: testApp, Key: testKey, Seed: SampleSeed(), Now: newClock().now}
	if change != nil {
		change(&o)
	}
	e, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func sign(t *testing.T, app int, key, identifier string) string {
	t.Helper()
	sig, err := tencentyun.GenUserSig(app, key, identifier, 3600)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// goodQuery is a query that the emulator has nothing against.
func goodQuery(t *testing.T) url.Values {
	t.Helper()
	return url.Values{
		"usersig":     {sign(t, testApp, testKey, testAdmin)},
		"identifier":  {testAdmin},
		"sdkappid":    {"1400000000"},
		"random":      {"99999999"},
		"contenttype": {"json"},
	}
}

// post sends a good request with that body.
func post(t *testing.T, e *Emulator, body string) *httptest.ResponseRecorder {
	t.Helper()
	return serve(t, e, http.MethodPost, getAttr+"?"+goodQuery(t).Encode(), body)
}

func serve(t *testing.T, e *Emulator, method, target, body string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body)))
	return w
}

// wire is a reply as a client sees it; it is not the shipped struct.
type wire struct {
	ActionStatus *string
	ErrorInfo    *string
	ErrorCode    *int
	UserAttrs    []struct {
		Account string            `json:"To_Account"`
		Attrs   map[string]string `json:"Attrs"`
	}
	ErrorList []map[string]any
}

// read decodes a reply and checks what holds for all of them.
func read(t *testing.T, w *httptest.ResponseRecorder) wire {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Errorf("HTTP status %d, want 200", w.Code)
	}
	var r wire
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatalf("reply %q: %v", w.Body, err)
	}
	if r.ActionStatus == nil || r.ErrorInfo == nil || r.ErrorCode == nil {
		t.Fatalf("reply lacks a field of the envelope: %s", w.Body)
	}
	if (*r.ActionStatus == "OK") != (*r.ErrorCode == 0) || (*r.ErrorInfo == "") != (*r.ErrorCode == 0) {
		t.Errorf("envelope contradicts itself: %s", w.Body)
	}
	return r
}

// accountsBody is a request body that asks for these accounts.
func accountsBody(t *testing.T, accounts ...string) string {
	t.Helper()
	b, err := json.Marshal(map[string]any{"To_Account": accounts})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
