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

// Fault is something that goes wrong: for the requests that match, after Skip of them, Times times.
type Fault struct {
	Match  Match
	Skip   int // number of matching requests without the effect first
	Times  int // number of requests with the effect; 0 means all
	Effect Effect
}

// Match selects requests. Its zero value matches all.
type Match struct {
	API     string // the command, such as "get_attr"; "" matches all
	Account string // an account that the request names; "" matches all
}

// Effect is what goes wrong: first Delay, then the first of Drop, Code and the raw response (Status, Header, Body) that
// is set; if none is, the service's own response. Truncate, Stall or Endless apply to any response that is sent.
type Effect struct {
	// Execute executes the request before Drop, Code or the raw response replaces the service's own response: the client
	// cannot know that its request succeeded. Without it, a request whose response is replaced is not executed.
	Execute bool

	Delay time.Duration // before the response; ends early when the request's context ends
	Drop  bool          // reset the connection without a response; HTTP status 502 if the server cannot reset it

	Code int    // respond FAIL with this ErrorCode
	Info string // and this ErrorInfo

	// EchoSignature repeats secrets: the request's complete URL, and the UserSig as it is before URL encoding, are at the end
	// of ErrorInfo, or of the raw body. With neither, the Code is 91000.
	EchoSignature bool

	Status int         // raw response: HTTP status, 200 to 999; 0 means 200, others 500
	Header http.Header // raw response: replaces the usual headers of the same names
	Body   string      // raw response: sent as is

	// Truncate announces in Content-Length twice what is sent, and then closes the connection.
	Truncate bool
	// Stall is like Truncate, but keeps the connection open until the client closes it.
	Stall bool
	// Endless sends the body again and again until the client closes the connection.
	Endless bool
}

// scripted is a fault of the script, with its counts.
type scripted struct {
	Fault
	passed int // matching requests that were skipped
	done   int // matching requests that had the effect
}

// Script appends to the script of faults. Each request has the effect of the first fault that matches, has skipped enough
// requests and is not used up. Later faults do not count that request.
func (e *Emulator) Script(faults ...Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range faults {
		f.Effect.Header = f.Effect.Header.Clone()
		e.faults = append(e.faults, &scripted{Fault: f})
	}
}

// fault returns the effect for a request; the zero Effect changes nothing.
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

// response returns the response of the effect; replaced is false if the service's own response is sent.
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
		return response{code: code, status: http.StatusOK, body: app.Refuse(code, f.Info+echo).Body}, true
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

// wait waits, at most until the client closes the connection.
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
		// With 0, closing discards unsent data and sends RST. If it fails, an ordinary close is a fault too.
		_ = t.SetLinger(0)
	}
	_ = under.Close()
	return true
}
