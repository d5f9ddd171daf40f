package main

import (
	"bufio"
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is an in-memory listener, for virtual time.
type pipes struct {
	coming chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{coming: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.coming:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

// slow responds after a while, or ends if the client is gone.
func slow(after time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(after):
			_, _ = io.WriteString(w, "answer")
		case <-r.Context().Done():
		}
	}
}

// TestStopWaits checks that the command waits for open requests, but no longer than stopWithin.
func TestStopWaits(t *testing.T) {
	t.Parallel()
	const bound = 3 * time.Second
	for name, tc := range map[string]struct {
		request  time.Duration // duration of the request
		answered bool
	}{
		"soon": {time.Second, true}, "in time": {bound - time.Second, true},
		"too late": {bound + time.Second, false}, "never": {1000 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				l := newPipes()
				ended := make(chan error)
				go func() { ended <- serveUntil(ctx, newServer(slow(tc.request), log.New(io.Discard, "", 0)), l) }()
				ours, theirs := net.Pipe()
				defer func() { _ = ours.Close() }()
				l.coming <- theirs
				if _, err := io.WriteString(ours, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				synctest.Wait() // the request is in progress
				answered := make(chan bool)
				go func() {
					res, err := http.ReadResponse(bufio.NewReader(ours), nil)
					answered <- err == nil && res.StatusCode == http.StatusOK
					if err == nil {
						_ = res.Body.Close()
					}
				}()

				began := time.Now()
				cancel()
				if got := <-answered; got != tc.answered {
					t.Errorf("answered: %v, want %v", got, tc.answered)
				}
				if err := <-ended; err != nil {
					t.Errorf("error %v", err)
				}
				took := time.Since(began)
				if !tc.answered && took != bound {
					t.Errorf("cut off after %v, want %v", took, bound)
				}
				if took < min(tc.request, bound) || took > bound {
					t.Errorf("stopped after %v", took)
				}
			})
		})
	}
}
