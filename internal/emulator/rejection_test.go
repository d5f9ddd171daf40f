package emulator

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

// fakeUserSig encodes any text as a UserSig is encoded.
func fakeUserSig(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return sigEncoding.EncodeToString(b.Bytes())
}

func TestRejections(t *testing.T) {
	t.Parallel()
	const sample = `{"To_Account":["Mary","xiaoming","xiaohua"]}`
	withBuf, err := tencentyun.GenUserSigWithBuf(testApp, testKey, testAdmin, 3600, []byte("buffer"))
	if err != nil {
		t.Fatal(err)
	}
	expired, err := tencentyun.GenUserSig(testApp, testKey, testAdmin, -10)
	if err != nil {
		t.Fatal(err)
	}
	set := func(name string, values ...string) func(url.Values) {
		return func(q url.Values) {
			if values == nil {
				q.Del(name)
				return
			}
			q[name] = values
		}
	}
	for name, tc := range map[string]struct {
		method string           // "" means POST
		path   string           // "" means get_attr
		query  func(url.Values) // changes the valid query
		extra  string           // appended to the query as is
		body   string           // "" means the sample
		noBody bool
		want   int
	}{
		"good":                        {want: 0},
		"command unknown":             {path: "/v4/timpush/get_attrs", want: 60009},
		"command in upper case":       {path: "/v4/timpush/GET_ATTR", want: 60009},
		"path ends in a slash":        {path: "/v4/timpush/get_attr/", want: 60009},
		"path of another service":     {path: "/v4/all_member_push/get_attr", want: 60009},
		"no path":                     {path: "/", want: 60009},
		"path with two slashes":       {path: "//v4/timpush/get_attr", want: 60009},
		"method GET":                  {method: http.MethodGet, want: 60002},
		"method PUT":                  {method: http.MethodPut, want: 60002},
		"query: broken escape":        {extra: "&x=%zz", want: 60002},
		"query: semicolon":            {extra: ";a=b", want: 60002},
		"query: unknown parameter":    {query: set("debug", "1"), want: 60002},
		"query: name in upper case":   {query: set("UserSig", "x"), want: 60002},
		"sdkappid missing":            {query: set("sdkappid"), want: 60012},
		"sdkappid empty":              {query: set("sdkappid", ""), want: 60012},
		"sdkappid twice":              {query: set("sdkappid", "1400000000", "1400000000"), want: 60002},
		"sdkappid not a number":       {query: set("sdkappid", "abc"), want: 70020},
		"sdkappid of another app":     {query: set("sdkappid", "1400000001"), want: 70020},
		"sdkappid with a zero":        {query: set("sdkappid", "01400000000"), want: 70020},
		"identifier missing":          {query: set("identifier"), want: 60025},
		"identifier empty":            {query: set("identifier", ""), want: 60025},
		"identifier twice":            {query: set("identifier", testAdmin, testAdmin), want: 60002},
		"usersig missing":             {query: set("usersig"), want: 60025},
		"usersig empty":               {query: set("usersig", ""), want: 60025},
		"usersig twice":               {query: set("usersig", "a", "b"), want: 60002},
		"contenttype missing":         {query: set("contenttype"), want: 60025},
		"contenttype in upper case":   {query: set("contenttype", "JSON"), want: 60025},
		"contenttype of HTTP":         {query: set("contenttype", "application/json"), want: 60025},
		"contenttype twice":           {query: set("contenttype", "json", "json"), want: 60002},
		"random missing":              {query: set("random"), want: 60002},
		"random empty":                {query: set("random", ""), want: 60002},
		"random twice":                {query: set("random", "1", "2"), want: 60002},
		"random lowest":               {query: set("random", "0"), want: 0},
		"random highest":              {query: set("random", "4294967295"), want: 0},
		"random too high":             {query: set("random", "4294967296"), want: 60002},
		"random negative":             {query: set("random", "-1"), want: 60002},
		"random with sign":            {query: set("random", "+1"), want: 60002},
		"random hexadecimal":          {query: set("random", "0x10"), want: 60002},
		"random broken":               {query: set("random", "1.5"), want: 60002},
		"usersig: not base64":         {query: set("usersig", "!!!"), want: 70003},
		"usersig: not zlib":           {query: set("usersig", "YWJj"), want: 70003},
		"usersig: not JSON":           {query: set("usersig", fakeUserSig(t, "not JSON")), want: 70003},
		"usersig: JSON of wrong type": {query: set("usersig", fakeUserSig(t, `{"TLS.ver":"2.0","TLS.expire":"x"}`)), want: 70003},
		"usersig: no version":         {query: set("usersig", fakeUserSig(t, `{"TLS.sdkappid":1400000000,"TLS.sig":"YQ=="}`)), want: 70003},
		"usersig: inflates to 1 MiB":  {query: set("usersig", fakeUserSig(t, `{"TLS.ver":"2.0","TLS.sdkappid":1400000000,"TLS.sig":"YQ=="}`+strings.Repeat(" ", 1<<20))), want: 70003},
		"usersig: cut off":            {query: func(q url.Values) { q.Set("usersig", q.Get("usersig")[:100]) }, want: 70003},
		"usersig: with a line break":  {query: func(q url.Values) { q.Set("usersig", q.Get("usersig")+"\n") }, want: 70003},
		"usersig: standard base64": {query: func(q url.Values) {
			q.Set("usersig", strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(q.Get("usersig")))
		}, want: 70003},
		"usersig: expired":           {query: set("usersig", expired), want: 70001},
		"usersig: other identifier":  {query: set("usersig", sign(t, testApp, testKey, "xiaoming")), want: 70013},
		"usersig: other app":         {query: set("usersig", sign(t, testApp+1, testKey, testAdmin)), want: 70014},
		"usersig: other key":         {query: set("usersig", sign(t, testApp, "another key", testAdmin)), want: 70009},
		"usersig: with a buffer":     {query: set("usersig", withBuf), want: 70009},
		"identifier in another case": {query: set("identifier", "Administrator"), want: 70013},
		"body: empty":                {noBody: true, want: 90001},
		"body: not JSON":             {body: "To_Account=Mary", want: 90001},
		"body: cut off":              {body: sample[:20], want: 90001},
		"body: trailing data":        {body: sample + "{}", want: 90001},
		"body: null":                 {body: "null", want: 90001},
		"body: an array":             {body: `["Mary"]`, want: 90001},
		"body: an empty object":      {body: "{}", want: 90001},
		"body: not UTF-8":            {body: "{\"To_Account\":[\"M\xff\"]}", want: 90001},
		"To_Account null":            {body: `{"To_Account":null}`, want: 90001},
		"To_Account empty":           {body: `{"To_Account":[]}`, want: 90001},
		"To_Account a string":        {body: `{"To_Account":"Mary"}`, want: 90001},
		"To_Account an object":       {body: `{"To_Account":{"0":"Mary"}}`, want: 90001},
		"To_Account in lower case":   {body: `{"to_account":["Mary"]}`, want: 90001},
		"account a number":           {body: `{"To_Account":["Mary", 5]}`, want: 60015},
		"account null":               {body: `{"To_Account":[ null ]}`, want: 60015},
		"account an array":           {body: `{"To_Account":[["Mary"]]}`, want: 60015},
		"accounts too many":          {body: accountsBody(t, make([]string, 101)...), want: 90018},
		"body: maximum length":       {body: sample + strings.Repeat(" ", maxBody-len(sample)), want: 0},
		"body: one byte too long":    {body: sample + strings.Repeat(" ", maxBody-len(sample)+1), want: 60003},
		"resource checked first":     {path: "/x", method: http.MethodGet, query: set("usersig", "x"), body: "x", want: 60009},
		"URL before UserSig":         {query: func(q url.Values) { q.Set("usersig", "x"); q.Del("sdkappid") }, want: 60012},
		"UserSig before body": {
			query: set("usersig", sign(t, testApp, "another key", testAdmin)), body: "x", want: 70009,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newTest(t, nil)
			q := validQuery(t)
			if tc.query != nil {
				tc.query(q)
			}
			if tc.method == "" {
				tc.method = http.MethodPost
			}
			if tc.path == "" {
				tc.path = getAttr
			}
			if tc.body == "" && !tc.noBody {
				tc.body = sample
			}
			r := httptest.NewRequestWithContext(t.Context(), tc.method, "http://service/", strings.NewReader(tc.body))
			r.URL.Path, r.URL.RawQuery = tc.path, q.Encode()+tc.extra
			w := httptest.NewRecorder()
			e.ServeHTTP(w, r)
			got := read(t, w)
			if *got.ErrorCode != tc.want {
				t.Errorf("code %d (%s), want %d", *got.ErrorCode, *got.ErrorInfo, tc.want)
			}
			if tc.want != 0 && (got.UserAttrs != nil || got.ErrorList != nil) {
				t.Errorf("the rejection has results: %s", w.Body)
			}
			if entries := e.Journal(); len(entries) != 1 || entries[0].Code != tc.want {
				t.Errorf("journal %+v, want one entry with code %d", entries, tc.want)
			}
			for _, sig := range q["usersig"] {
				if len(sig) > 10 && strings.Contains(w.Body.String(), sig) {
					t.Error("the response repeats the UserSig")
				}
			}
		})
	}
}

// TestNotAdmin sends a valid UserSig of an account that is the administrator only in the last case.
func TestNotAdmin(t *testing.T) {
	t.Parallel()
	for admin, want := range map[string]int{"": 60010, "administrator": 60010, "xiaoming": 0} {
		e := newTest(t, func(o *Options) { o.Admin = admin })
		q := validQuery(t)
		q.Set("identifier", "xiaoming")
		q.Set("usersig", sign(t, testApp, testKey, "xiaoming"))
		r := read(t, serve(t, e, http.MethodPost, getAttr+"?"+q.Encode(), `{"To_Account":["a"]}`))
		if *r.ErrorCode != want {
			t.Errorf("admin %q: code %d, want %d", admin, *r.ErrorCode, want)
		}
	}
}

// TestExpiry tests the last second of a UserSig, and the one after. synctest also controls the clock of the library.
func TestExpiry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newTest(t, func(o *Options) { o.Now = nil })
		target := getAttr + "?" + validQuery(t).Encode() // valid for 3600 s
		for _, step := range []struct {
			forward time.Duration
			want    int
		}{{0, 0}, {3600 * time.Second, 0}, {time.Second, 70001}} {
			time.Sleep(step.forward) //nolint:forbidigo // synctest: virtual time
			if r := read(t, serve(t, e, http.MethodPost, target, `{"To_Account":["a"]}`)); *r.ErrorCode != step.want {
				t.Errorf("after another %v: code %d, want %d", step.forward, *r.ErrorCode, step.want)
			}
		}
	})
}

// brokenBody fails to be read, as if the client had closed the connection.
type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("gone") }

func TestInterruptedBody(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, getAttr+"?"+validQuery(t).Encode(), brokenBody{}))
	if r := read(t, w); *r.ErrorCode != 60008 {
		t.Errorf("code %d, want 60008", *r.ErrorCode)
	}
}

// TestFormBody sends a parameter in a form body, where it must be ignored.
func TestFormBody(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	q := validQuery(t)
	random := "random=" + q.Get("random")
	q.Del("random")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, getAttr+"?"+q.Encode(), strings.NewReader(random))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	if r := read(t, w); *r.ErrorCode != 60002 {
		t.Errorf("code %d, want 60002", *r.ErrorCode)
	}
}
