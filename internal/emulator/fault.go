package emulator

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"slices"
	"time"
)

// Fault is one thing that goes wrong: for the requests that Match, after Skip of them, Times times.
type Fault struct {
	Match  Match
	Skip   int // let so many matching requests pass first
	Times  int // 0 means every time
	Effect Effect
}

// Match selects requests. Its zero value matches each.
type Match struct {
	API     string // the command, like "get_attr"; "" matches any
	Account string // only requests that name it in To_Account, alone or in items; "" matches any
}

// Effect is what goes wrong: first Delay, then the first of Drop, Code and the raw answer (Status, Header, Body) that
// is set; where none is, the ordinary answer. Truncate, Stall or Endless go with any answer that is sent.
type Effect struct {
	Delay time.Duration // before answering; ends early when the request's context ends
	Drop  bool          // reset the connection, no answer; HTTP status 502 where the server cannot do so

	Code int    // answer FAIL with this ErrorCode
	Info string // and this ErrorInfo

	// EchoSignature makes a service that repeats secrets: the request's whole URL, and the UserSig once more as it is
	// before URL encoding, stand at the end of ErrorInfo, or of the raw body. With neither, the Code is 91000.
	EchoSignature bool

	Status int         // raw answer: HTTP status, 200 to 999; 0 means 200, others 500
	Header http.Header // raw answer: set over the ordinary headers
	Body   string      // raw answer: sent as is

	// Truncate announces in Content-Length twice what is sent, and then closes the connection.
	Truncate bool
	// Stall is like Truncate, but keeps the connection open until the client leaves.
	Stall bool
	// Endless sends the body again and again until the client leaves.
	Endless bool
}

// script is the faults to come. The Emulator's mutex guards it.
type script []*scripted

// scripted is a fault with its counts.
type scripted struct {
	Fault
	passed int // matching requests let pass
	done   int // matching requests hit
}

// Script appends to the fault script. Each request gets the first fault that matches, has skipped enough and is not used
// up. A request that one fault takes is not seen, and so not counted, by those after it.
func (e *Emulator) Script(faults ...Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range faults {
		f.Effect.Header = f.Effect.Header.Clone()
		e.faults = append(e.faults, &scripted{Fault: f})
	}
}

// fault takes the effect for a request from the script; the zero Effect changes nothing.
func (e *Emulator) fault(c call) Effect {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.faults {
		if !f.Match.matches(c) || f.Times > 0 && f.done >= f.Times {
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

func (m Match) matches(c call) bool {
	return (m.API == "" || m.API == c.api()) && (m.Account == "" || slices.Contains(c.accounts, m.Account))
}

// answer is what the effect answers; replaced is false where it leaves the answer to the service.
func (f Effect) answer(c call) (a answer, replaced bool) {
	raw := f.Status != 0 || f.Header != nil || f.Body != ""
	echo := ""
	if f.EchoSignature {
		echo = " https://" + c.http.Host + c.http.URL.RequestURI() + " " + c.param("usersig")
	}
	switch {
	case f.Drop:
		return answer{code: -1, drop: true}, true
	case f.Code != 0, f.EchoSignature && !raw:
		code := cmp.Or(f.Code, codeInternal)
		return failWith(code, f.Info+echo), true
	case raw:
		status := cmp.Or(f.Status, http.StatusOK)
		if status < 200 || status > 999 {
			status = http.StatusInternalServerError // net/http would panic, or send an interim answer
		}
		return answer{code: -1, status: status, header: f.Header, body: []byte(f.Body + echo)}, true
	default:
		return answer{}, false
	}
}

// wait waits, but not longer than the client does.
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

// reset breaks the connection so that the client sees a reset and not an orderly end. It tells whether it could: not
// with HTTP/2, nor with a ResponseWriter that is not a server's.
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
		// With 0, closing discards what is unsent and sends RST. An error leaves an ordinary close, also a fault.
		_ = t.SetLinger(0)
	}
	_ = under.Close()
	return true
}
