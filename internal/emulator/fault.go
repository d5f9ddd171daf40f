package emulator

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

// Fault injects an effect into matching requests: the first Skip requests have no effect, the next Times do.
type Fault struct {
	Match  Match
	Skip   int // number of matching requests before the first with the effect
	Times  int // number of requests with the effect; 0 means no limit
	Effect Effect
}

// Match selects requests. Its zero value matches all.
type Match struct {
	API     string // the command, such as "get_attr"; "" matches all
	Account string // an account that the request names; "" matches all
}

// Effect is what goes wrong. After Delay, the response is the first that is set of Drop, Code and the raw response (Status,
// Header, Body), or else the service's own. Truncate, Stall or Endless apply to any response that is sent.
type Effect struct {
	// Execute executes the request even if Drop, Code or the raw response replaces the service's own response, so that the
	// client cannot know that its request succeeded. Without it, a request whose response is replaced is not executed.
	Execute bool

	Delay time.Duration // before the response; ends early when the request's context ends
	Drop  bool          // reset the connection without a response; HTTP status 502 if the server cannot reset it

	Code int    // respond FAIL with this ErrorCode
	Info string // and this ErrorInfo

	// EchoSignature appends secrets to ErrorInfo or the raw body: the complete URL of the request, and the UserSig without
	// URL encoding. If neither Code nor a raw response is set, Code is 91000.
	EchoSignature bool

	Status int         // raw response: HTTP status, 200 to 999; 0 means 200, others 500
	Header http.Header // raw response: replaces the usual headers of the same names
	Body   string      // raw response: sent as is

	// Truncate sends a Content-Length of twice the body's length, and closes the connection after the body.
	Truncate bool
	// Stall is like Truncate, but keeps the connection open until the client closes it.
	Stall bool
	// Endless sends the body again and again until the client closes the connection.
	Endless bool
}

// scripted is a fault in the script, with its counters.
type scripted struct {
	Fault
	passed int // matching requests that were skipped
	done   int // matching requests that had the effect
}

// Script appends faults to the script. Each request gets the effect of the first fault that matches, has skipped Skip
// requests, and has been used fewer than Times times. Later faults do not count that request.
func (e *Emulator) Script(faults ...Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range faults {
		f.Effect.Header = f.Effect.Header.Clone()
		e.faults = append(e.faults, &scripted{Fault: f})
	}
}

// fault returns the effect for a request, or the zero Effect, which changes nothing.
func (e *Emulator) fault(req *request) Effect {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.faults {
		if !f.Match.matches(req) || f.Times > 0 && f.done >= f.Times {
			continue
		}
		if f.passed < f.Skip {
			f.passed++
			continue
		}
		f.done++
		return f.Effect
	}
	return Effect{}
}

func (m Match) matches(req *request) bool {
	return (m.API == "" || m.API == req.api) && (m.Account == "" || slices.Contains(req.accounts, m.Account))
}

// response returns the response that replaces the service's own; replaced is false if there is none.
func (f Effect) response(req *request) (r response, replaced bool) {
	raw := f.Status != 0 || f.Header != nil || f.Body != ""
	echo := ""
	if f.EchoSignature {
		echo = " https://" + req.http.Host + req.http.URL.RequestURI() + " " + req.param("usersig")
	}
	switch {
	case f.Drop:
		return response{code: -1, drop: true}, true
	case f.Code != 0, f.EchoSignature && !raw:
		code := cmp.Or(f.Code, codeInternal)
		return response{code: code, status: http.StatusOK, body: app.Reject(code, f.Info+echo).Body}, true
	case raw:
		status := cmp.Or(f.Status, http.StatusOK)
		if status < 200 || status > 999 {
			status = http.StatusInternalServerError // net/http would panic, or send an interim response
		}
		return response{code: -1, status: status, header: f.Header, body: []byte(f.Body + echo)}, true
	default:
		return response{}, false
	}
}

// wait waits for d, or until the client closes the connection.
func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// reset closes the connection so that the client sees a reset. It returns false if it cannot: with HTTP/2, or with a
// ResponseWriter that is not a server's.
func reset(w http.ResponseWriter) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	under := conn
	if t, isTLS := conn.(interface{ NetConn() net.Conn }); isTLS {
		under = t.NetConn()
	}
	if t, isTCP := under.(*net.TCPConn); isTCP {
		// With 0, closing discards unsent data and sends RST. If SetLinger fails, the connection still closes.
		_ = t.SetLinger(0)
	}
	_ = under.Close()
	return true
}
