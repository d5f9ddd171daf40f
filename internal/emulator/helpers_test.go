package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
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
	getAttr   = pathPrefix + "get_attr"
)

// clock moves only by calls of forward. It starts at the real time, because the vendor's library dates UserSigs by it.
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

// newTest returns an emulator with the sample accounts. A non-nil change changes the options.
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

// signatures are the UserSigs of tests. Making one takes longer than everything else in a request, and is the same within a
// second.
var signatures struct {
	sync.Mutex

	made map[string]string
}

func sign(tb testing.TB, app int, key, identifier string) string {
	tb.Helper()
	signatures.Lock()
	defer signatures.Unlock()
	signer := fmt.Sprint(app, key, identifier, time.Now().Unix())
	if sig, made := signatures.made[signer]; made {
		return sig
	}
	sig, err := tencentyun.GenUserSig(app, key, identifier, 3600)
	if err != nil {
		tb.Fatal(err)
	}
	if signatures.made == nil {
		signatures.made = map[string]string{}
	}
	signatures.made[signer] = sig
	return sig
}

// validQuery returns the query of a valid request.
func validQuery(tb testing.TB) url.Values {
	tb.Helper()
	return url.Values{
		"usersig":     {sign(tb, testApp, testKey, testAdmin)},
		"identifier":  {testAdmin},
		"sdkappid":    {"1400000000"},
		"random":      {"99999999"},
		"contenttype": {"json"},
	}
}

// post sends a valid get_attr request with this body.
func post(t *testing.T, e *Emulator, body string) *httptest.ResponseRecorder {
	t.Helper()
	return postTo(t, e, "get_attr", body)
}

// postTo sends a valid request of any command with this body.
func postTo(t *testing.T, e *Emulator, api, body string) *httptest.ResponseRecorder {
	t.Helper()
	return serve(t, e, http.MethodPost, pathPrefix+api+"?"+validQuery(t).Encode(), body)
}

// exchange is a request and the expected response.
type exchange struct {
	api, body string
	code      int    // of the complete response
	rest      string // of the response: the text after the envelope, without the closing brace
}

// expect sends the requests in order, and compares the responses.
func expect(t *testing.T, e *Emulator, exchanges ...exchange) {
	t.Helper()
	for i, x := range exchanges {
		w := postTo(t, e, x.api, x.body)
		got := read(t, w)
		if *got.ErrorCode != x.code {
			t.Errorf("exchange %d, %s %s: code %d (%s), want %d", i, x.api, x.body, *got.ErrorCode, *got.ErrorInfo, x.code)
			continue
		}
		want := `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0` + x.rest + "}"
		if x.code != 0 {
			want = fmt.Sprintf(`{"ActionStatus":"FAIL","ErrorInfo":%q,"ErrorCode":%d%s}`, *got.ErrorInfo, x.code, x.rest)
		}
		if w.Body.String() != want {
			t.Errorf("exchange %d, %s %s:\ngot  %s\nwant %s", i, x.api, x.body, w.Body, want)
		}
	}
}

// createAt is the part of a scheduled push that depends on when its request arrives.
var createAt = regexp.MustCompile(`"CreateAt":"[^"]*",`)

// reads returns all that can be read of the app and these accounts.
func reads(t *testing.T, e *Emulator, accounts ...string) (text string) {
	t.Helper()
	for _, api := range Commands() {
		if !strings.HasPrefix(api, "get_") && !strings.HasPrefix(api, "list_") {
			continue
		}
		s := sampleOf(t, api)
		body := string(s.request)
		if list, _ := s.list(t); list != "" {
			body = accountsBody(t, accounts...)
		}
		text += postTo(t, e, api, body).Body.String() + "\n"
	}
	return createAt.ReplaceAllString(text, "")
}

// snapshot returns all that can be read of the app and these accounts, to whom pushes were sent, and which were revoked.
func snapshot(t *testing.T, e *Emulator, accounts ...string) string {
	t.Helper()
	text := reads(t, e, accounts...)
	for _, entry := range e.Journal() {
		if entry.Sent != nil || entry.API == "revoke" && entry.Code == 0 {
			text += fmt.Sprintf("%s sent to %q\n", entry.API, entry.Sent)
		}
	}
	return text
}

// registrationID is the RegistrationID in the samples of the API pages.
const registrationID = "379C2F0D-290D-47AE-94D1-919058C39C77"

// twoKindsSeed has accounts of both kinds, and the sample's attribute names.
func twoKindsSeed() Seed {
	seed := SampleSeed()
	seed.Accounts["xiaohong"] = Account{Tags: []string{"PlatinumMember", "MonthPassUser"}}
	seed.Accounts[registrationID] = Account{Type: "registration_id", Tags: []string{"phone"}}
	return seed
}

// twoKinds returns an emulator with accounts of both kinds and practically no rate limit.
func twoKinds(t *testing.T) *Emulator {
	t.Helper()
	return newTest(t, func(o *Options) { o.Seed, o.RequestsPerSecond = twoKindsSeed(), 1_000_000 })
}

func serve(t *testing.T, e *Emulator, method, target, body string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body)))
	return w
}

// wire is a response as a client sees it. It does not use the shipped structs.
type wire struct {
	ActionStatus *string
	ErrorInfo    *string
	ErrorCode    *int
	UserAttrs    []struct {
		Account string            `json:"To_Account"`
		Attrs   map[string]string `json:"Attrs"`
	}
	UserTags []struct {
		Account string   `json:"To_Account"`
		Tags    []string `json:"Tags"`
	}
	AttrNames map[string]any
	AttrTypes map[string]any
	ErrorList []map[string]any
}

// statisticsInfo is the ErrorInfo of a successful request for statistics.
const statisticsInfo = "sucess" //nolint:misspell // as the API pages spell it

// read decodes a response and checks its envelope.
func read(t *testing.T, w *httptest.ResponseRecorder) wire {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Errorf("HTTP status %d, want 200", w.Code)
	}
	var r wire
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatalf("response %q: %v", w.Body, err)
	}
	if r.ActionStatus == nil || r.ErrorInfo == nil || r.ErrorCode == nil {
		t.Fatalf("response lacks a field of the envelope: %s", w.Body)
	}
	if (*r.ActionStatus == "OK") != (*r.ErrorCode == 0) || (*r.ErrorInfo == "" || *r.ErrorInfo == statisticsInfo) != (*r.ErrorCode == 0) {
		t.Errorf("envelope contradicts itself: %s", w.Body)
	}
	return r
}

// accountsBody returns a request body that lists these accounts.
func accountsBody(t *testing.T, accounts ...string) string {
	t.Helper()
	b, err := json.Marshal(map[string]any{"To_Account": accounts})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// errorList returns an ErrorList with one account, as JSON.
func errorList(code, account string) string {
	return `,"ErrorList":[{"ErrorCode":` + code + `,"To_Account":"` + account + `"}]`
}

// write is a write request and its effect.
type write struct {
	body string
	code int
	rest string
	then []exchange // nil if nothing changes
}

// testWrites sends each request to a new app.
func testWrites(t *testing.T, api string, calls map[string]write) {
	t.Helper()
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := twoKinds(t)
			all := []string{"xiaoming", "xiaohua", "xiaohong", registrationID}
			before := snapshot(t, e, all...)
			expect(t, e, exchange{api, call.body, call.code, call.rest})
			expect(t, e, call.then...)
			if after := snapshot(t, e, all...); (after == before) != (call.then == nil) {
				t.Errorf("before\n%s\nafter\n%s", before, after)
			}
		})
	}
}
