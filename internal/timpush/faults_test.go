package timpush

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// batchedCommand represents all commands that read accounts, with several
// requests.
const batchedCommand = "get_attr"

// Each fault has the expected outcome in one of three requests, in turn the first,
// the middle and the last, whether it occurs once or always.
func TestFaults(t *testing.T) {
	t.Parallel()
	for n, fault := range faults.Of(batchedCommand, Codes()) {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			repetitions := []int{1, 0} // 0 means always
			if fault.Outcome == faults.Final || fault.Outcome == faults.Harmless {
				repetitions = []int{0} // there is only one attempt
			}
			for _, times := range repetitions {
				synctest.Test(t, func(t *testing.T) {
					setup := newFaultSetup(t, batchedCommand, numbered(3*MaxAccounts-50), fault, n%3, times, true)
					result, err := setup.client.GetUserAttributes(t.Context(), setup.asked, nil, 0)
					setup.check(resultTexts(result), err)
					if err == nil {
						setup.checkComplete(result)
					} else if result != nil {
						t.Errorf("%s: an error with a result", setup)
					}
				})
			}
		})
	}
}

// The other commands share the code for requests, so one request each is enough
// for their faults, and each gets another fifth of those of all commands, without
// a connection if that does not matter.
func TestFaultsOfOtherCommands(t *testing.T) {
	t.Parallel()
	for i, command := range slices.Sorted(maps.Keys(commandTests)) {
		if command == batchedCommand {
			continue
		}
		call := commandTests[command]
		for _, fault := range faults.Share(command, Codes(), i, 5, 1) {
			if fault.Large {
				continue // all commands read responses in the same way
			}
			t.Run(command+" "+fault.Name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					setup := newFaultSetup(t, command, []string{"user0", "user1"}, fault, 0, 0, fault.NeedsConnection())
					shown, err := call(t, setup.client, setup.asked)
					setup.check([]string{shown}, err)
				})
			})
		}
	}
}

// faultSetup is a client and a service with one fault in the network or the
// service.
type faultSetup struct {
	t        *testing.T
	api      string
	fault    faults.Fault
	position int // of the request with the fault, from 0
	times    int // how often the fault occurs; 0 means always
	client   *Client
	book     *logBook
	asked    []string

	hits atomic.Int64 // attempts of that request

	mu       sync.Mutex
	userSigs map[string]bool
}

// newFaultSetup connects the client to the service if connect is set, or else calls
// the service in place of a connection.
func newFaultSetup(t *testing.T, api string, asked []string, fault faults.Fault, position, times int, connect bool) *faultSetup {
	t.Helper()
	setup := &faultSetup{
		t: t, api: api, asked: asked, fault: fault, position: position, times: times,
		book: &logBook{}, userSigs: map[string]bool{},
	}
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	for _, account := range setup.asked {
		seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"name": account}}
	}
	service := newEmulator(t, seed)
	if fault.Network == nil {
		service.Script(emulator.Fault{Match: setup.match(), Times: times, Effect: fault.Effect})
	}
	transport := http.RoundTripper(handlerTransport{service})
	if connect {
		transport = pipedTransport(t, service)
	}
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		if setup.fails(request) {
			return nil, fault.Network
		}
		return transport.RoundTrip(request)
	}))
	config.MaxRetries = 3
	config.Logger = setup.book
	setup.client = newTestClient(t, config)
	return setup
}

// String describes the fault in test failures.
func (r *faultSetup) String() string {
	return fmt.Sprintf("%s, request %d, %d times", r.api, r.position+1, r.times)
}

// match selects the request with the fault, by its first account if it has any.
func (r *faultSetup) match() emulator.Match {
	return faults.Match(r.api, r.asked[r.position*MaxAccounts])
}

// fails records a request, and reports whether the network fails it.
func (r *faultSetup) fails(request *http.Request) bool {
	body, err := request.GetBody()
	if err != nil {
		r.t.Error(err)
		return false
	}
	asked := accountsIn(r.t, body)
	r.mu.Lock()
	r.userSigs[request.URL.Query().Get("usersig")] = true
	r.mu.Unlock()
	if hit := r.match().Account; hit != "" && !slices.Contains(asked, hit) {
		return false
	}
	met := r.hits.Add(1)
	return r.fault.Network != nil && (r.times == 0 || met <= int64(r.times))
}

// check checks the number of attempts, the error, and that the texts, the error
// and the log contain no secret.
func (r *faultSetup) check(texts []string, err error) {
	r.t.Helper()
	r.checkSecrets(append(texts, fmt.Sprintf("%v %+v %#v", err, err, err)))
	attempts := map[faults.Outcome]int{
		faults.Final: 1, faults.Transient: 4, faults.SignatureRenewed: 2, faults.Harmless: 1,
		faults.Halved: 2, // of both accounts, and of the one with the fault
	}[r.fault.Outcome]
	sent, errorText := attempts, r.fault.ErrorText
	if r.fault.Effect.Delay > 0 && r.fault.Outcome == faults.Transient && paceOf(r.api) == paceSingle { // the only place is lost, so there is one probe, which has the time of all retries
		sent, attempts, errorText = 2, 3, "left 2 requests without a response"
	}
	over := r.times > 0 && r.times < attempts
	if met := r.hits.Load(); over && met != int64(r.times)+1 || !over && met != int64(sent) {
		r.t.Errorf("%s: tried %d times", r, met)
	}
	var failed *RequestError
	switch {
	case over || r.fault.Outcome == faults.Harmless:
		if err != nil {
			r.t.Errorf("%s: %v", r, err)
		}
	case r.fault.Outcome == faults.Halved:
		if err != nil || !strings.Contains(texts[0], errorText) {
			r.t.Errorf("%s: got %v and %q, which does not contain %q", r, err, texts, errorText)
		}
	case !errors.As(err, &failed) || failed.Attempts != attempts || failed.API != r.api:
		r.t.Errorf("%s: got %v; want an error after %d attempts", r, err, attempts)
	case failed.Unclear == r.fault.Refused:
		r.t.Errorf("%s: unclear is %t after %v", r, failed.Unclear, err)
	case !strings.Contains(err.Error(), errorText):
		r.t.Errorf("%s: the error does not contain %q: %v", r, errorText, err)
	}
}

// paceOf returns the pace of a command.
func paceOf(api string) paceClass {
	return commands[slices.IndexFunc(commands, func(c command) bool { return c.name == api })].pace
}

// checkComplete checks that the result contains every account, and that only a
// request with a harmless fault has unusual values.
func (r *faultSetup) checkComplete(result *UserAttributes) {
	r.t.Helper()
	if len(result.Read)+len(result.Errors) != len(r.asked) {
		r.t.Errorf("%s: %d accounts read, %d failed, of %d", r, len(result.Read), len(result.Errors), len(r.asked))
	}
	for i, account := range r.asked {
		attributes, read := result.Read[account]
		_, failed := result.Errors[account]
		odd := r.fault.Outcome == faults.Harmless && i/MaxAccounts == r.position
		if read == failed || !odd && attributes["name"] != account {
			r.t.Errorf("%s: %s has attributes %v, read %t, failed %t", r, account, attributes, read, failed)
			return
		}
	}
}

// resultTexts returns all texts of a result.
func resultTexts(result *UserAttributes) (texts []string) {
	if result == nil {
		return nil
	}
	for account, failure := range result.Errors {
		texts = append(texts, account, failure.Message())
	}
	for account, attributes := range result.Read {
		texts = append(texts, account)
		for name, value := range attributes {
			texts = append(texts, name, value)
		}
	}
	return texts
}

func (r *faultSetup) checkSecrets(texts []string) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	hidden := []string{testKey}
	for userSig := range r.userSigs {
		hidden = append(hidden, userSig, url.QueryEscape(userSig))
	}
	for _, text := range slices.Concat(r.book.lines, texts) {
		for _, secret := range hidden {
			if strings.Contains(text, secret) {
				r.t.Errorf("%s: a text contains a secret: %s", r, strconv.Quote(text))
			}
		}
	}
}

// pipedTransport returns the client's own transport, connected to a server by
// pipes in memory: real HTTP, with virtual time under synctest.
func pipedTransport(t *testing.T, handler http.Handler) *http.Transport {
	t.Helper()
	return piped(t, newTransport(100, 10*time.Second, nil), handler)
}

// piped connects a transport to a server by pipes.
func piped(t *testing.T, transport *http.Transport, handler http.Handler) *http.Transport {
	t.Helper()
	pipes := newPipeListener()
	transport.DialContext = pipes.dial
	transport.DialTLSContext = pipes.dial
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(pipes) }()
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
	})
	return transport
}

// pipeListener is a network of in-memory pipes.
type pipeListener struct {
	dialled chan net.Conn
	closed  chan struct{}
	close   func()
}

func newPipeListener() pipeListener {
	closed := make(chan struct{})
	return pipeListener{make(chan net.Conn), closed, sync.OnceFunc(func() { close(closed) })}
}

func (l pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case l.dialled <- far:
		return near, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.dialled:
		return conn, nil
	case <-l.closed:
		return nil, io.EOF
	}
}

func (l pipeListener) Close() error {
	l.close()
	return nil
}

func (l pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }
