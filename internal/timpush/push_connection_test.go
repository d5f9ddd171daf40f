package timpush

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Each push has a connection of its own, over HTTP/1.1, also if the server offers
// HTTP/2. Nothing permits anyone on the way to repeat it.
func TestPushesHaveTheirOwnConnections(t *testing.T) {
	t.Parallel()
	service := newEmulator(t, emulator.SampleSeed())
	var seen []string
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name := range r.Header {
			if strings.Contains(name, "Idempotency") {
				t.Errorf("the request has the header %s", name)
			}
		}
		seen = append(seen, r.Proto)
		service.ServeHTTP(w, r)
	}))
	server.EnableHTTP2 = true
	connections := countConnections(server)
	server.StartTLS()
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL)
	trust(t, client, server.Certificate())
	for range 2 {
		if err := readOne(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := client.PushToAll(t.Context(), samplePush, 1); err != nil {
		t.Fatal(err)
	}
	if err := client.PushToAccounts(t.Context(), samplePush, []string{"xiaoming"}, 1, randoms(), func(Pushed) {}); err != nil {
		t.Fatal(err)
	}
	if err := readOne(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	if want := []string{"HTTP/2.0", "HTTP/2.0", "HTTP/1.1", "HTTP/1.1", "HTTP/2.0"}; !slices.Equal(seen, want) || connections.Load() != 3 {
		t.Errorf("the requests came by %v, on %d connections", seen, connections.Load())
	}
}

// The frames of HTTP/2 (RFC 9113, 6).
const (
	frameData     = 0
	frameHeaders  = 1
	frameReset    = 3
	frameSettings = 4
	frameGoAway   = 7
)

// net/http repeats a request itself if an HTTP/2 server resets its stream with some
// codes, or closes the connection with GOAWAY. A push that has arrived is not repeated
// even then, and neither on a connection that has been idle.
func TestPushIsNotRepeatedByTransport(t *testing.T) {
	t.Parallel()
	code := func(code uint32) []byte { return binary.BigEndian.AppendUint32(nil, code) }
	for name, test := range map[string]struct {
		protocols []string
		frame     byte // that loses the response
		payload   []byte
	}{
		"PROTOCOL_ERROR": {[]string{"h2", "http/1.1"}, frameReset, code(1)},
		"REFUSED_STREAM": {[]string{"h2", "http/1.1"}, frameReset, code(7)},
		"GOAWAY":         {[]string{"h2", "http/1.1"}, frameGoAway, append(code(1), code(0)...)}, // only the first stream was processed
		"HTTP/1.1":       {[]string{"http/1.1"}, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newLosingServer(t, test.protocols, test.frame, test.payload)
			config := testConfig(nil)
			config.RequestTimeout = 3 * time.Second
			var err error
			if config.Endpoint, err = ParseEndpoint("https://" + server.listener.Addr().String()); err != nil {
				t.Fatal(err)
			}
			client := newTestClient(t, config)
			trust(t, client, server.template.Certificate())
			if err := readOne(t.Context(), client); err != nil { // leaves an idle connection
				t.Fatal(err)
			}
			pushed, err := client.PushToAll(t.Context(), samplePush, 1)
			if reported(err) != reportUnclear || !pushed.Unclear {
				t.Errorf("the error is %v", err)
			}
			if arrived := server.requests(); len(arrived) != 2 || arrived[0] == arrived[1] {
				t.Errorf("the read and the push arrived on these connections: %v", arrived)
			}
		})
	}
}

// losingServer responds to the first request, and loses the response to all others.
type losingServer struct {
	template *httptest.Server // has the certificate
	listener net.Listener
	frame    byte
	payload  []byte

	mu      sync.Mutex
	opened  int   // connections
	arrived []int // the connection of each request
}

func newLosingServer(t *testing.T, protocols []string, frame byte, payload []byte) *losingServer {
	t.Helper()
	template := httptest.NewTLSServer(nil)
	t.Cleanup(template.Close)
	plain, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &losingServer{template: template, frame: frame, payload: payload}
	server.listener = tls.NewListener(plain, &tls.Config{Certificates: template.TLS.Certificates, NextProtos: protocols, MinVersion: tls.VersionTLS12})
	var connections sync.WaitGroup
	connections.Go(func() {
		for {
			conn, err := server.listener.Accept()
			if err != nil {
				return
			}
			connections.Go(func() {
				defer func() { _ = conn.Close() }()
				if conn, ok := conn.(*tls.Conn); ok {
					server.serve(t.Context(), conn)
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = server.listener.Close()
		connections.Wait()
	})
	return server
}

// serve serves a connection until it ends.
func (s *losingServer) serve(ctx context.Context, conn *tls.Conn) {
	if err := conn.HandshakeContext(ctx); err != nil {
		return
	}
	s.mu.Lock()
	s.opened++
	number := s.opened
	s.mu.Unlock()
	if conn.ConnectionState().NegotiatedProtocol == "h2" {
		_ = s.serveHTTP2(conn, number)
		return
	}
	reader := bufio.NewReader(conn)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, request.Body); err != nil || !s.arrive(number) {
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\n"+`{"ActionStatus":"OK","ErrorCode":0}`)
	}
}

func (s *losingServer) serveHTTP2(conn *tls.Conn, number int) error {
	if _, err := io.CopyN(io.Discard, conn, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
		return err
	}
	if err := writeFrame(conn, frameSettings, 0, 0, nil); err != nil {
		return err
	}
	for {
		header := make([]byte, 9)
		if _, err := io.ReadFull(conn, header); err != nil {
			return err
		}
		length, kind, flags, stream := int64(binary.BigEndian.Uint32(header)>>8), header[3], header[4], binary.BigEndian.Uint32(header[5:])
		if _, err := io.CopyN(io.Discard, conn, length); err != nil {
			return err
		}
		var err error
		switch {
		case kind == frameSettings && flags == 0:
			err = writeFrame(conn, frameSettings, 1, 0, nil)
		case kind != frameData || flags&1 == 0: // not the end of a request
		case s.arrive(number):
			err = errors.Join(
				writeFrame(conn, frameHeaders, 4, stream, []byte{0x88}), // :status 200
				writeFrame(conn, frameData, 1, stream, []byte(`{"ActionStatus":"OK","ErrorCode":0}`)),
			)
		case s.frame == frameGoAway:
			return writeFrame(conn, s.frame, 0, 0, s.payload)
		default:
			err = writeFrame(conn, s.frame, 0, stream, s.payload)
		}
		if err != nil {
			return err
		}
	}
}

func writeFrame(conn io.Writer, kind, flags byte, stream uint32, payload []byte) error {
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(payload))<<8|uint32(kind))
	frame = append(frame, flags)
	frame = binary.BigEndian.AppendUint32(frame, stream)
	_, err := conn.Write(append(frame, payload...))
	return err
}

// arrive counts a request, and reports whether it is the first one.
func (s *losingServer) arrive(connection int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.arrived = append(s.arrived, connection)
	return len(s.arrived) == 1
}

// requests returns the connection of each request.
func (s *losingServer) requests() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.arrived)
}
