package emulator

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

const addTag = `{"UserTags":[{"To_Account":"xiaohua","Tags":["new"]}]}`

// writing returns the commands that write.
func writing() []string {
	return slices.DeleteFunc(Commands(), func(api string) bool {
		command, _ := app.FindCommand(api)
		return !command.Writes
	})
}

// execution is the sample of a command, and what the app does with it.
type execution struct {
	sample
	api, response string
	before, after string // what can be read of its accounts
}

func executionOf(t *testing.T, api string) execution {
	t.Helper()
	x := execution{sample: sampleOf(t, api), api: api}
	e := x.emulator(t)
	x.before = reads(t, e, x.accounts(t)...)
	x.response = postTo(t, e, api, string(x.request)).Body.String()
	x.after = reads(t, e, x.accounts(t)...)
	return x
}

// check checks the first entry in the journal, and whether the request took effect.
func (x execution) check(t *testing.T, e *Emulator, executed bool, code int) {
	t.Helper()
	if got := e.Journal()[0]; got.Executed != executed || got.Code != code {
		t.Errorf("journal: executed %v, code %d; want %v, %d", got.Executed, got.Code, executed, code)
	}
	want := x.before
	if executed {
		want = x.after
	}
	if got := reads(t, e, x.accounts(t)...); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestExecute checks, for each command that writes and each effect that replaces the response, that the request is executed
// only with Execute. Stall and Delay are tested below.
func TestExecute(t *testing.T) {
	t.Parallel()
	const own = "(the service's own)"
	effects := map[string]struct {
		effect Effect
		code   int    // in the journal
		status int    // of the response; 0 if there is none
		body   string // of the response
		cut    bool   // the body ends early
		always bool   // executed even without Execute, because the service's own response is sent
	}{
		"drop":           {effect: Effect{Drop: true}, code: -1},
		"status":         {effect: Effect{Status: 502}, code: -1, status: 502},
		"body":           {effect: Effect{Body: "<html>"}, code: -1, status: 200, body: "<html>"},
		"header":         {effect: Effect{Header: http.Header{"Retry-After": {"1"}}}, code: -1, status: 200},
		"code":           {effect: Effect{Code: 91000, Info: "x"}, code: 91000, status: 200, body: `{"ActionStatus":"FAIL","ErrorInfo":"x","ErrorCode":91000}`},
		"nothing":        {code: 0, status: 200, body: own, always: true},
		"truncate":       {effect: Effect{Truncate: true}, status: 200, body: own, cut: true, always: true},
		"truncated code": {effect: Effect{Truncate: true, Code: 91000}, code: 91000, status: 200, body: `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":91000}`, cut: true},
		"truncated 502":  {effect: Effect{Truncate: true, Status: 502, Body: "x"}, code: -1, status: 502, body: "x", cut: true},
		"delayed drop":   {effect: Effect{Delay: 1, Drop: true}, code: -1},
	}
	for _, api := range writing() {
		x := executionOf(t, api)
		for name, tc := range effects {
			for _, execute := range []bool{true, false} {
				t.Run(api+", "+name+map[bool]string{true: ", executed"}[execute], func(t *testing.T) {
					t.Parallel()
					e := x.emulator(t)
					effect := tc.effect
					effect.Execute = execute
					e.Script(Fault{Times: 1, Effect: effect})
					s := httptest.NewServer(e)
					defer s.Close()
					status, body, err := sendTo(t.Context(), t, s, api, string(x.request))
					want := strings.Replace(tc.body, own, x.response, 1)
					switch {
					case tc.status == 0:
						if !isReset(err) {
							t.Errorf("error %v, want a reset", err)
						}
					case status != tc.status || body != want || errors.Is(err, io.ErrUnexpectedEOF) != tc.cut:
						t.Errorf("status %d, body %q, error %v; want %d, %q, cut: %v", status, body, err, tc.status, want, tc.cut)
					}
					x.check(t, e, execute || tc.always, tc.code)
				})
			}
		}
	}
}

// sendTo sends a valid request over a real connection, and returns status and body.
func sendTo(ctx context.Context, t *testing.T, s *httptest.Server, api, body string) (status int, got string, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+pathPrefix+api+"?"+validQuery(t).Encode(), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Client().Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	return res.StatusCode, string(data), err
}

// TestExecuteThenStall reads what is sent of the response, and closes the connection.
func TestExecuteThenStall(t *testing.T) {
	t.Parallel()
	for _, api := range writing() {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			x := executionOf(t, api)
			e := x.emulator(t)
			e.Script(Fault{Times: 1, Effect: Effect{Execute: true, Stall: true, Status: 502, Body: "bad"}})
			s := httptest.NewServer(e)
			defer s.Close()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+pathPrefix+api+"?"+validQuery(t).Encode(), bytes.NewReader(x.request))
			if err != nil {
				t.Fatal(err)
			}
			res, err := s.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			begin := make([]byte, 3)
			if _, err := io.ReadFull(res.Body, begin); err != nil || string(begin) != "bad" || res.StatusCode != http.StatusBadGateway {
				t.Errorf("status %d, body %q (%v)", res.StatusCode, begin, err)
			}
			_ = res.Body.Close()
			x.check(t, e, true, -1)
		})
	}
}

// TestExecuteThenDelay: the request is executed immediately, the response is sent an hour later.
func TestExecuteThenDelay(t *testing.T) {
	t.Parallel()
	for _, api := range writing() {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				<-time.After(time.Until(scheduledStart)) // UserSigs are dated by the time here
				x := executionOf(t, api)
				e := x.emulator(t)
				e.Script(Fault{Times: 1, Effect: Effect{Execute: true, Delay: time.Hour, Status: 504}})
				start := time.Now()
				status := make(chan int)
				go func() { status <- postTo(t, e, api, string(x.request)).Code }()
				synctest.Wait()
				x.check(t, e, true, -1)
				if got := <-status; got != 504 || time.Since(start) != time.Hour {
					t.Errorf("status %d after %v", got, time.Since(start))
				}
			})
		})
	}
}

// TestExecuteRejected: a request that the service rejects is not executed, even with Execute.
func TestExecuteRejected(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.RequestsPerSecond = 1 })
	e.Script(Fault{Effect: Effect{Execute: true, Code: 91000}})
	unsigned := validQuery(t)
	unsigned.Set("usersig", sign(t, testApp, "another key", testAdmin))
	serve(t, e, http.MethodPost, pathPrefix+"add_tag?"+unsigned.Encode(), addTag)
	postTo(t, e, "add_tag", addTag)
	postTo(t, e, "add_tag", "no JSON")
	for i, entry := range e.Journal() {
		if entry.Executed || entry.Code != 91000 {
			t.Errorf("request %d: %+v", i, entry)
		}
	}
}

// TestExecutedInTheJournal tests Executed without faults.
func TestExecutedInTheJournal(t *testing.T) {
	t.Parallel()
	e := newTest(t, nil)
	postTo(t, e, "get_tag", `{"To_Account":["Mary"]}`) // all accounts fail, but the request is OK
	postTo(t, e, "get_tag", `{}`)
	if got := e.Journal(); !got[0].Executed || got[1].Executed {
		t.Errorf("journal %+v, want the first one executed", got)
	}
}
