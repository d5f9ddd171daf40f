package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// batched is the command that stands for all that read accounts, in several requests.
const batched = "get_attr"

// Every fault of its matrix, at the first, a middle and the last of several
// requests, once and for good: the outcome is the one that the matrix states.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, fault := range faults.Of(batched, Codes()) {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			howOften := []int{1, 0} // 0 is every time
			if fault.Outcome == faults.Final || fault.Outcome == faults.Harmless {
				howOften = []int{0} // it is met once in any case
			}
			for position := range 3 {
				for _, times := range howOften {
					synctest.Test(t, func(t *testing.T) {
						rig := newFaultRig(t, batched, numbered(3*MaxAccounts-50), fault, position, times)
						result, err := rig.client.GetUserAttributes(t.Context(), rig.asked, 0)
						rig.check(textsOf(result), err)
						if err == nil {
							rig.checkWhole(result)
						} else if result != nil {
							t.Errorf("%s: an error with a result", rig)
						}
					})
				}
			}
		})
	}
}

// The other commands go the same way through the client, and meet the matrix, with
// the faults of their own responses, in one request.
func TestFaultsOfOtherCommands(t *testing.T) {
	t.Parallel()
	for command, call := range tried {
		if command == batched {
			continue
		}
		for _, fault := range faults.Of(command, Codes()) {
			t.Run(command+" "+fault.Name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					rig := newFaultRig(t, command, []string{"user0", "user1"}, fault, 0, 0)
					shown, err := call(t, rig.client, rig.asked)
					rig.check([]string{shown}, err)
				})
			})
		}
	}
}

// faultRig is a client and a service with one fault between or within them.
type faultRig struct {
	t        *testing.T
	api      string
	fault    faults.Fault
	position int // of the request that is hit
	times    int // how often, 0 for always
	client   *Client
	book     *logBook
	asked    []string

	hits atomic.Int64 // attempts that the fault met

	mu       sync.Mutex
	userSigs map[string]bool
}

func newFaultRig(t *testing.T, api string, asked []string, fault faults.Fault, position, times int) *faultRig {
	t.Helper()
	rig := &faultRig{
		t: t, api: api, asked: asked, fault: fault, position: position, times: times,
		book: &logBook{}, userSigs: map[string]bool{},
	}
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	for _, account := range rig.asked {
		seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"name": account}}
	}
	service := newEmulator(t, seed)
	if fault.Network == nil {
		service.Script(emulator.Fault{Match: rig.match(), Times: times, Effect: fault.Effect})
	}
	transport := pipedTransport(t, service)
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		if rig.fails(request) {
			return nil, fault.Network
		}
		return transport.RoundTrip(request)
	}))
	config.MaxRetries = 3
	config.Logger = rig.book
	rig.client = newTestClient(t, config)
	return rig
}

// String says where the fault is, in errors of the test.
func (r *faultRig) String() string {
	return fmt.Sprintf("%s, request %d, %d times", r.api, r.position+1, r.times)
}

// match selects the request that is hit, by its first account where it has any.
func (r *faultRig) match() emulator.Match {
	return faults.Match(r.api, r.asked[r.position*MaxAccounts])
}

// fails notes a request, and reports whether the network fails it.
func (r *faultRig) fails(request *http.Request) bool {
	body, err := request.GetBody()
	if err != nil {
		r.t.Error(err)
		return false
	}
	var asked accountsRequest
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		r.t.Error(err)
	}
	r.mu.Lock()
	r.userSigs[request.URL.Query().Get("usersig")] = true
	r.mu.Unlock()
	if hit := r.match().Account; hit != "" && !slices.Contains(asked.ToAccount, hit) {
		return false
	}
	met := r.hits.Add(1)
	return r.fault.Network != nil && (r.times == 0 || met <= int64(r.times))
}

// check checks the attempts, the error, and that texts, with those of the error
// and the log, hold no secret.
func (r *faultRig) check(texts []string, err error) {
	r.t.Helper()
	r.checkSecrets(append(texts, fmt.Sprintf("%v %+v %#v", err, err, err)))
	attempts := map[faults.Outcome]int{faults.Final: 1, faults.Transient: 4, faults.SignedAgain: 2, faults.Harmless: 1}[r.fault.Outcome]
	over := r.times > 0 && r.times < attempts
	if met := r.hits.Load(); over && met != int64(r.times)+1 || !over && met != int64(attempts) {
		r.t.Errorf("%s: tried %d times", r, met)
	}
	var failed *RequestError
	switch {
	case over || r.fault.Outcome == faults.Harmless:
		if err != nil {
			r.t.Errorf("%s: %v", r, err)
		}
	case !errors.As(err, &failed) || failed.Attempts != attempts || failed.API != r.api:
		r.t.Errorf("%s: got %v; want an error after %d attempts", r, err, attempts)
	case !strings.Contains(err.Error(), r.fault.Says):
		r.t.Errorf("%s: the error does not say %q: %v", r, r.fault.Says, err)
	}
}

// checkWhole checks that every account is answered, and only those of a request
// with a harmless fault otherwise than the service would.
func (r *faultRig) checkWhole(result *UserAttributes) {
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

// textsOf returns all that a result shows.
func textsOf(result *UserAttributes) (texts []string) {
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

func (r *faultRig) checkSecrets(texts []string) {
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
				r.t.Errorf("%s: a text holds a secret: %s", r, strconv.Quote(text))
			}
		}
	}
}

// pipedTransport returns the client's own transport with a server at the other
// end of pipes in memory: all of HTTP, and yet virtual time under synctest.
func pipedTransport(t *testing.T, handler http.Handler) *http.Transport {
	t.Helper()
	transport := newTransport(100, 10*time.Second, nil)
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

// pipeListener is a network of pipes.
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
