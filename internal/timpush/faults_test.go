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
	"github.com/timpush/terraform-provider-timpush/internal/faults"
)

// Every fault of the matrix, at the first, a middle and the last of several
// requests, once and for good: the outcome is the one that the matrix states.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, fault := range faults.All() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			howOften := []int{1, 0} // 0 is every time
			if fault.Outcome == faults.Final || fault.Outcome == faults.Harmless {
				howOften = []int{0} // it is met once in any case
			}
			for _, position := range []int{0, 2, 4} {
				for _, times := range howOften {
					synctest.Test(t, func(t *testing.T) {
						rig := newFaultRig(t, fault, position, times)
						result, err := rig.client.GetUserAttributes(t.Context(), rig.asked)
						rig.check(result, err)
					})
				}
			}
		})
	}
}

// faultRig is a client and a service with one fault between or within them.
type faultRig struct {
	t        *testing.T
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

const faultyBatches = 5

func newFaultRig(t *testing.T, fault faults.Fault, position, times int) *faultRig {
	t.Helper()
	rig := &faultRig{
		t: t, fault: fault, position: position, times: times,
		asked: numbered(faultyBatches*batchSize - 50), book: &logBook{}, userSigs: map[string]bool{},
	}
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	for _, account := range rig.asked {
		seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"name": account}}
	}
	service := newEmulator(t, seed)
	if fault.Network == nil {
		service.Script(emulator.Fault{Match: emulator.Match{Account: rig.hit()}, Times: times, Effect: fault.Effect})
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

// hit is the first account of the request that is hit.
func (r *faultRig) hit() string { return r.asked[r.position*batchSize] }

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
	if !slices.Contains(asked.ToAccount, r.hit()) {
		return false
	}
	met := r.hits.Add(1)
	return r.fault.Network != nil && (r.times == 0 || met <= int64(r.times))
}

func (r *faultRig) check(result *UserAttributes, err error) {
	r.t.Helper()
	where := fmt.Sprintf("request %d, %d times", r.position+1, r.times)
	r.checkSecrets(where, result, err)
	attempts := map[faults.Outcome]int{faults.Final: 1, faults.Passing: 4, faults.Renewed: 2, faults.Harmless: 1}[r.fault.Outcome]
	over := r.times > 0 && r.times < attempts
	if met := r.hits.Load(); over && met != int64(r.times)+1 || !over && met != int64(attempts) {
		r.t.Errorf("%s: tried %d times", where, met)
	}
	if over || r.fault.Outcome == faults.Harmless {
		r.checkWhole(where, result, err)
		return
	}
	var failed *RequestError
	if result != nil || !errors.As(err, &failed) || failed.Attempts != attempts || failed.API != "get_attr" {
		r.t.Errorf("%s: got %v, %v; want no result, and an error after %d attempts", where, result, err, attempts)
		return
	}
	if !strings.Contains(err.Error(), r.fault.Says) {
		r.t.Errorf("%s: the error does not say %q: %v", where, r.fault.Says, err)
	}
}

// checkWhole checks that every account is answered, and only those of a request
// with a harmless fault otherwise than the service would.
func (r *faultRig) checkWhole(where string, result *UserAttributes, err error) {
	r.t.Helper()
	if err != nil {
		r.t.Errorf("%s: %v", where, err)
		return
	}
	if len(result.Read)+len(result.Errors) != len(r.asked) {
		r.t.Errorf("%s: %d accounts read, %d failed, of %d", where, len(result.Read), len(result.Errors), len(r.asked))
	}
	for i, account := range r.asked {
		attributes, read := result.Read[account]
		_, failed := result.Errors[account]
		odd := r.fault.Outcome == faults.Harmless && i/batchSize == r.position
		if read == failed || !odd && attributes["name"] != account {
			r.t.Errorf("%s: %s has attributes %v, read %t, failed %t", where, account, attributes, read, failed)
			return
		}
	}
}

func (r *faultRig) checkSecrets(where string, result *UserAttributes, err error) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	hidden := []string{testKey}
	for userSig := range r.userSigs {
		hidden = append(hidden, userSig, url.QueryEscape(userSig))
	}
	texts := append(slices.Clone(r.book.lines), fmt.Sprintf("%v %+v %#v", err, err, err))
	if result != nil {
		for account, failure := range result.Errors {
			texts = append(texts, account, failure.Message())
		}
		for account, attributes := range result.Read {
			texts = append(texts, account)
			for name, value := range attributes {
				texts = append(texts, name, value)
			}
		}
	}
	for _, text := range texts {
		for _, secret := range hidden {
			if strings.Contains(text, secret) {
				r.t.Errorf("%s: a text holds a secret: %s", where, strconv.Quote(text))
			}
		}
	}
}

// The matrix holds every code of the table.
func TestFaultsHoldEveryCode(t *testing.T) {
	t.Parallel()
	inMatrix := map[int]bool{}
	for _, fault := range faults.All() {
		inMatrix[fault.Effect.Code] = true
	}
	for code := range codes {
		if !inMatrix[int(code)] {
			t.Errorf("%d is missing", code)
		}
	}
}

// pipedTransport returns the client's own transport with a server at the other
// end of pipes in memory: all of HTTP, and yet virtual time under synctest.
func pipedTransport(t *testing.T, handler http.Handler) http.RoundTripper {
	t.Helper()
	transport, ok := newTransport(100, 10*time.Second).(*http.Transport)
	if !ok {
		t.Fatal("the client's own transport is of another type")
	}
	pipes := newPipeListener()
	transport.Proxy = nil
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
