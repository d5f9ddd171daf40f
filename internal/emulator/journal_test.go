package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

func TestJournal(t *testing.T) {
	t.Parallel()
	c := newClock()
	e := newTest(t, func(o *Options) { o.Now = c.now })
	start := c.now()

	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, getAttr+"?"+validQuery(t).Encode(), strings.NewReader(`{"To_Account":["Mary","x"]}`))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "test/1")
	e.ServeHTTP(httptest.NewRecorder(), r)
	c.forward(3 * time.Second)
	serve(t, e, http.MethodGet, "/v4/timpush/get_tag?sdkappid=7&identifier=i&random=r&random=s", `{"To_Account":["a",5,null]}`)
	serve(t, e, http.MethodPost, "/", "no JSON")

	want := []Entry{{
		At: start, Method: "POST", API: "get_attr", SDKAppID: "1400000000", Identifier: "administrator",
		Random: "99999999", ContentType: "application/json; charset=utf-8", UserAgent: "test/1",
		Accounts: []string{"Mary", "x"}, Signed: true, Executed: true,
	}, {
		At: start.Add(3 * time.Second), Method: "GET", API: "get_tag", SDKAppID: "7", Identifier: "i", Random: "r",
		Accounts: []string{"a", "5", "null"}, Code: 60002,
	}, {
		At: start.Add(3 * time.Second), Method: "POST", Code: 60009,
	}}
	got := e.Journal()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	got[0].Accounts[0], got[1].Code = "changed", 1
	if again := e.Journal(); !reflect.DeepEqual(again, want) {
		t.Error("changing the copy changed the journal")
	}
}

// TestJournalCallback: Options.Journal gets each entry before the response is sent, one at a time; none are kept.
func TestJournalCallback(t *testing.T) {
	t.Parallel()
	var got []Entry
	e := newTest(t, func(o *Options) { o.Journal = func(entry Entry) { got = append(got, entry) } })
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, getAttr+"?"+validQuery(t).Encode(), strings.NewReader(`{"To_Account":["Mary"]}`))
	e.ServeHTTP(hookedRecorder{httptest.NewRecorder(), func() {
		if len(got) != 1 || got[0].API != "get_attr" || !got[0].Signed || got[0].Accounts[0] != "Mary" {
			t.Errorf("entries before the response: %+v", got)
		}
	}}, r)
	var several sync.WaitGroup
	for range 20 {
		several.Go(func() { post(t, e, "{}") })
	}
	several.Wait()
	if len(got) != 21 || len(e.Journal()) != 0 || len(e.journal) != 0 {
		t.Errorf("%d entries, want 21; %d kept, want none", len(got), len(e.journal))
	}
}

// hookedRecorder is a recorder that calls a function before the response is written.
type hookedRecorder struct {
	*httptest.ResponseRecorder
	call func()
}

func (b hookedRecorder) WriteHeader(status int) {
	b.call()
	b.ResponseRecorder.WriteHeader(status)
}

// slowBody is a body that arrives when it is released.
type slowBody struct {
	started, release chan struct{}
	text             *strings.Reader
}

func (b *slowBody) Read(p []byte) (int, error) {
	if b.started != nil {
		close(b.started)
		b.started = nil
		<-b.release
	}
	return b.text.Read(p)
}

// TestJournalOrder: the body of the first request arrives after the second request has ended.
func TestJournalOrder(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	body := &slowBody{make(chan struct{}), make(chan struct{}), strings.NewReader(`{"To_Account":["first"]}`)}
	started, done := body.started, make(chan struct{})
	target := getAttr + "?" + validQuery(t).Encode()
	go func() {
		defer close(done)
		e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, target, body))
	}()
	<-started
	post(t, e, `{"To_Account":["second"]}`)
	if got := e.Journal(); len(got) != 1 || got[0].Accounts[0] != "second" {
		t.Errorf("journal %+v, want the second request only", got)
	}
	close(body.release)
	<-done
	if got := e.Journal(); len(got) != 2 || got[0].Accounts[0] != "first" || got[1].Accounts[0] != "second" {
		t.Errorf("journal %+v, want order of arrival", got)
	}
}

// userSigWithStar returns a UserSig with a '*', which differs when URL-encoded. Not every UserSig has one.
func userSigWithStar(t *testing.T) string {
	t.Helper()
	for validity := 3600; validity < 4600; validity++ {
		sig, err := tencentyun.GenUserSig(testApp, testKey, testAdmin, validity)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(sig, "*") {
			return sig
		}
	}
	t.Fatal("none of 1000 UserSigs has a '*'")
	return ""
}

// TestJournalHidesSecrets sends the UserSig and the key wherever a faulty client could put them.
func TestJournalHidesSecrets(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	q := validQuery(t)
	sig := userSigWithStar(t)
	q.Set("usersig", sig)
	escaped := url.QueryEscape(sig)
	e.Script(Fault{Skip: 1, Times: 1, Effect: Effect{Code: 70009, EchoSignature: true}})

	for range 2 {
		serve(t, e, http.MethodPost, getAttr+"?"+q.Encode(), "{}")
	}
	everywhere := url.Values{
		"usersig": {"x", sig}, "identifier": {sig}, "sdkappid": {testKey}, "random": {escaped}, "contenttype": {sig},
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, getAttr+"?"+everywhere.Encode(),
		strings.NewReader(accountsBody(t, sig, "x"+escaped, testKey)))
	r.Header.Set("Content-Type", sig)
	r.Header.Set("User-Agent", "test "+escaped+" "+testKey)
	e.ServeHTTP(httptest.NewRecorder(), r)
	serve(t, e, http.MethodPost, getAttr+"&usersig="+escaped, "{}")     // no question mark
	serve(t, e, http.MethodPost, "/v4/timpush/"+escaped, "{}")          // no command
	serve(t, e, http.MethodPost, getAttr+"?usersig="+escaped+"%", "{}") // a broken query
	serve(t, e, testKey, getAttr+"?"+q.Encode(), "{}")                  // arguments in the wrong order

	if n := len(e.Journal()); n != 7 {
		t.Fatalf("%d entries, want 7", n)
	}
	if got := e.Journal()[2].UserAgent; got != "test (secret) (secret)" {
		t.Errorf("user agent %q", got)
	}
	dump, err := json.Marshal(e.Journal())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(dump), fmt.Sprintf("%#v", e.Journal())} {
		for _, secret := range []string{sig, escaped, testKey, sig[20:60]} {
			if strings.Contains(text, secret) {
				t.Errorf("the journal contains %q: %s", secret, text)
			}
		}
	}
}

// TestJournalShortKey uses a key that is part of ordinary words.
func TestJournalShortKey(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.Key = "get" })
	post(t, e, "{}")
	if got := e.Journal()[0].API; got != "get_attr" {
		t.Errorf("API %q, want get_attr", got)
	}
}
