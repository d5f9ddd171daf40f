package emulator

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// sendGetAttr sends a get_attr request over a real connection.
func sendGetAttr(ctx context.Context, t *testing.T, s *httptest.Server, q url.Values) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+getAttr+"?"+q.Encode(),
		strings.NewReader(`{"To_Account":["Mary","xiaoming"]}`))
	if err != nil {
		t.Fatal(err)
	}
	return s.Client().Do(r)
}

const ordinary = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[{"To_Account":"xiaoming",` +
	`"Attrs":{"city":"ShenZhen","sex":"male"}}],"ErrorList":[{"ErrorCode":70107,"To_Account":"Mary"}]}`

func TestEffects(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		effect Effect
		reset  bool // the connection is reset
		status int  // 0 means 200
		header http.Header
		body   string
		cut    bool // reading the body ends in io.ErrUnexpectedEOF
		code   int  // in the journal
	}{
		"none":  {body: ordinary},
		"drop":  {effect: Effect{Drop: true, Code: 91000, Body: "x"}, reset: true, code: -1},
		"delay": {effect: Effect{Delay: 1}, body: ordinary},
		"code": {
			effect: Effect{Code: 90009, Info: "need <admin> & more", Body: "not this"},
			body:   `{"ActionStatus":"FAIL","ErrorInfo":"need <admin> & more","ErrorCode":90009}`,
			code:   90009,
		},
		"code without info": {
			effect: Effect{Code: 99999},
			body:   `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":99999}`,
			code:   99999,
		},
		"status": {effect: Effect{Status: 502}, status: 502, code: -1},
		"status, header and body": {
			effect: Effect{
				Status: 429, Body: "<html>", Header: http.Header{"content-type": {"text/html"}, "Retry-After": {"7"}},
			},
			status: 429,
			header: http.Header{"Content-Type": {"text/html"}, "Retry-After": {"7"}},
			body:   "<html>",
			code:   -1,
		},
		"body":           {effect: Effect{Body: "{}"}, body: "{}", code: -1},
		"header":         {effect: Effect{Header: http.Header{"Location": {"/x"}}}, header: http.Header{"Location": {"/x"}}, code: -1},
		"invalid status": {effect: Effect{Status: 99}, status: 500, code: -1},
		"truncated":      {effect: Effect{Truncate: true}, body: ordinary, cut: true},
		"truncated code": {
			effect: Effect{Truncate: true, Code: 91000},
			body:   `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":91000}`,
			cut:    true,
			code:   91000,
		},
		"truncated nothing": {effect: Effect{Truncate: true, Status: 200}, cut: true, code: -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newTest(t, nil)
			e.Script(Fault{Effect: tc.effect})
			s := httptest.NewServer(e)
			defer s.Close()
			res, err := sendGetAttr(t.Context(), t, s, validQuery(t))
			if got := e.Journal(); len(got) != 1 || got[0].Code != tc.code || !got[0].Signed {
				t.Errorf("journal %+v, want one signed entry with code %d", got, tc.code)
			}
			if tc.reset {
				if !isReset(err) {
					t.Errorf("error %v, want a reset", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			if tc.status == 0 {
				tc.status = 200
			}
			if res.StatusCode != tc.status {
				t.Errorf("status %d, want %d", res.StatusCode, tc.status)
			}
			for h := range tc.header {
				if got, want := res.Header.Get(h), tc.header.Get(h); got != want {
					t.Errorf("%s: %q, want %q", h, got, want)
				}
			}
			body, err := io.ReadAll(res.Body)
			if errors.Is(err, io.ErrUnexpectedEOF) != tc.cut || err != nil && !tc.cut {
				t.Errorf("reading the body: %v; want it cut: %v", err, tc.cut)
			}
			if string(body) != tc.body {
				t.Errorf("body\n%s, want\n%s", body, tc.body)
			}
			if tc.cut && res.ContentLength != int64(max(2*len(tc.body), 1)) {
				t.Errorf("Content-Length %d, sent %d bytes", res.ContentLength, len(body))
			}
		})
	}
}

// TestStall reads what is sent, and closes the connection.
func TestStall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	e := newTest(t, nil)
	e.Script(Fault{Effect: Effect{Stall: true}})
	s := httptest.NewServer(e)
	defer s.Close()
	res, err := sendGetAttr(ctx, t, s, validQuery(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.ReadFull(res.Body, make([]byte, len(ordinary))); err != nil || res.ContentLength != int64(2*len(ordinary)) {
		t.Errorf("%v; Content-Length %d, want twice %d", err, res.ContentLength, len(ordinary))
	}
	cancel()
	if _, err := res.Body.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the body: %v, want a stalled read", err)
	}
}

// TestEndless reads three bodies, and closes the connection.
func TestEndless(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	e.Script(Fault{Effect: Effect{Body: "{}", Endless: true}})
	s := httptest.NewServer(e)
	defer s.Close()
	res, err := sendGetAttr(t.Context(), t, s, validQuery(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	three := make([]byte, 6)
	if _, err := io.ReadFull(res.Body, three); err != nil || string(three) != "{}{}{}" {
		t.Errorf("read %q, %v", three, err)
	}
}

// isReset also recognizes the error number on Windows.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.Errno(10054))
}

// TestDropOverTLS tests that the reset happens below the TLS layer.
func TestDropOverTLS(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	e.Script(Fault{Times: 1, Effect: Effect{Drop: true}})
	s := httptest.NewTLSServer(e)
	defer s.Close()
	if res, err := sendGetAttr(t.Context(), t, s, validQuery(t)); !isReset(err) {
		if err == nil {
			_ = res.Body.Close()
		}
		t.Errorf("error %v, want a reset", err)
	}
	res, err := sendGetAttr(t.Context(), t, s, validQuery(t))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
}

// TestDropWithoutHijack uses a writer that is not a connection.
func TestDropWithoutHijack(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	e.Script(Fault{Effect: Effect{Drop: true}})
	if w := post(t, e, "{}"); w.Code != 502 || w.Body.Len() != 0 {
		t.Errorf("status %d, body %q; want 502 and none", w.Code, w.Body)
	}
}

func TestEchoSignature(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		effect Effect
		begins string
		code   int
	}{
		"with a code":    {Effect{EchoSignature: true, Code: 70009, Info: "bad:"}, `{"ActionStatus":"FAIL","ErrorInfo":"bad: http`, 70009},
		"alone":          {Effect{EchoSignature: true}, `{"ActionStatus":"FAIL","ErrorInfo":" http`, 91000},
		"with a body":    {Effect{EchoSignature: true, Body: "oops"}, "oops http", -1},
		"with a status":  {Effect{EchoSignature: true, Status: 500}, " http", -1},
		"with truncated": {Effect{EchoSignature: true, Code: 91000, Truncate: true}, `{"ActionStatus":"FAIL"`, 91000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newTest(t, nil)
			e.Script(Fault{Effect: tc.effect})
			s := httptest.NewServer(e)
			defer s.Close()
			q := validQuery(t)
			res, err := sendGetAttr(t.Context(), t, s, q)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			body, _ := io.ReadAll(res.Body)
			for _, want := range []string{q.Get("usersig"), getAttr + "?" + q.Encode()} {
				if !strings.Contains(string(body), want) {
					t.Errorf("no %q in %q", want, body)
				}
			}
			if !strings.HasPrefix(string(body), tc.begins) {
				t.Errorf("body %q, want it to begin with %q", body, tc.begins)
			}
			if got := e.Journal()[0].Code; got != tc.code {
				t.Errorf("code %d in the journal, want %d", got, tc.code)
			}
		})
	}
}

// TestDelay waits in virtual time.
func TestDelay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newTest(t, func(o *Options) { o.Now = nil })
		e.Script(Fault{Effect: Effect{Delay: time.Hour, Code: 91000, Info: "busy"}})
		start := time.Now()
		codes := make(chan int)
		go func() { codes <- *read(t, post(t, e, "{}")).ErrorCode }()
		synctest.Wait()
		if got := e.Journal(); len(got) != 1 || got[0].Code != 91000 || !got[0].At.Equal(start) {
			t.Errorf("journal %+v before the response, want arrival at %v", got, start)
		}
		if code := <-codes; code != 91000 || time.Since(start) != time.Hour {
			t.Errorf("code %d after %v, want 91000 after an hour", code, time.Since(start))
		}

		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start = time.Now()
		e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodPost, getAttr, nil))
		if got := time.Since(start); got != time.Minute {
			t.Errorf("waited %v, though the request ended after a minute", got)
		}
	})
}

// TestDelayEndsWithClient cancels a request that the server delays by an hour. Closing the server waits for its handlers.
func TestDelayEndsWithClient(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	now := newClock()
	e := newTest(t, func(o *Options) {
		o.Now = func() time.Time {
			cancel() // on arrival
			return now.now()
		}
	})
	e.Script(Fault{Effect: Effect{Delay: time.Hour}})
	s := httptest.NewServer(e)
	defer s.Close()
	if res, err := sendGetAttr(ctx, t, s, validQuery(t)); !errors.Is(err, context.Canceled) {
		if err == nil {
			_ = res.Body.Close()
		}
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestScript(t *testing.T) {
	t.Parallel()
	ask := func(accounts ...string) string { return accountsBody(t, accounts...) }
	for name, tc := range map[string]struct {
		faults []Fault
		bodies []string // nil means ask("xiaoming") each time
		want   []int
	}{
		"always": {faults: []Fault{{Effect: Effect{Code: 1}}}, want: []int{1, 1, 1}},
		"times":  {faults: []Fault{{Times: 2, Effect: Effect{Code: 1}}}, want: []int{1, 1, 0, 0}},
		"skip":   {faults: []Fault{{Skip: 2, Times: 1, Effect: Effect{Code: 1}}}, want: []int{0, 0, 1, 0}},
		"skip, then always": {
			faults: []Fault{{Skip: 1, Effect: Effect{Code: 1}}}, want: []int{0, 1, 1},
		},
		"one after another": {
			faults: []Fault{{Times: 1, Effect: Effect{Code: 1}}, {Times: 2, Effect: Effect{Code: 2}}, {Effect: Effect{Code: 3}}},
			want:   []int{1, 2, 2, 3, 3},
		},
		"later faults do not count the request": {
			faults: []Fault{{Times: 1, Effect: Effect{Code: 1}}, {Skip: 1, Times: 1, Effect: Effect{Code: 2}}},
			want:   []int{1, 0, 2, 0},
		},
		"another while one skips": {
			faults: []Fault{{Skip: 2, Times: 1, Effect: Effect{Code: 1}}, {Times: 1, Effect: Effect{Code: 2}}},
			want:   []int{2, 0, 1, 0},
		},
		"no effect": {
			faults: []Fault{{Times: 1}, {Effect: Effect{Code: 2}}}, want: []int{0, 2},
		},
		"by API": {
			faults: []Fault{{Match: Match{API: "get_tag"}, Effect: Effect{Code: 1}}, {Match: Match{API: "get_attr"}, Effect: Effect{Code: 2}}},
			want:   []int{2},
		},
		"by account": {
			faults: []Fault{{Match: Match{Account: "b"}, Skip: 1, Times: 1, Effect: Effect{Code: 1}}},
			bodies: []string{ask("a"), ask("a", "b"), ask("a"), ask("b", "c"), ask("b"), "no JSON"},
			want:   []int{0, 0, 0, 1, 0, 90001},
		},
		"by both": {
			faults: []Fault{{Match: Match{API: "get_tag", Account: "b"}, Effect: Effect{Code: 1}}},
			bodies: []string{ask("b")},
			want:   []int{0},
		},
		"invalid request": {
			faults: []Fault{{Effect: Effect{Code: 1}}}, bodies: []string{"no JSON"}, want: []int{1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newTest(t, nil)
			for _, f := range tc.faults {
				e.Script(f)
			}
			for i, want := range tc.want {
				body := ask("xiaoming")
				if tc.bodies != nil {
					body = tc.bodies[i]
				}
				var code int
				if w := post(t, e, body); w.Code == 200 {
					code = e.Journal()[i].Code
				}
				if code != want {
					t.Errorf("request %d: code %d, want %d", i, code, want)
				}
			}
		})
	}
}

// TestScriptIsCopied changes the caller's header after Script.
func TestScriptIsCopied(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	h := http.Header{"Retry-After": {"1"}}
	e.Script(Fault{Effect: Effect{Header: h}})
	h.Set("Retry-After", "2")
	if got := post(t, e, "{}").Header().Get("Retry-After"); got != "1" {
		t.Errorf("Retry-After %q, want 1", got)
	}
}
