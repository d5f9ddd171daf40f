// Package emulator is Tencent Cloud Chat's Push Service (TIMPush) in memory, as an [http.Handler]: for tests, demos
// and users' own CI. It shares no code with the client but the vendor's UserSig library, so that one mistake cannot
// pass on both sides.
//
// This package is the gate: it checks signatures and frequency, plays faults and keeps the journal. Package app is what
// is behind it: the state of the app, and the commands.
//
// Both are as strict as the service's documentation. Numbers in comments, such as 60564, are pages of
// tencentcloud.com/document/product/1047 (60564 is the page of get_attr, 34348 the table of error codes). If those pages
// leave something open, the comment says "pick", and what was picked.
//
// Nothing that the emulator keeps or sends holds a UserSig or the key, with two exceptions: faults with
// [Effect.EchoSignature], and clients that send one as data (the name of an account or attribute, a value or a tag),
// which responses repeat.
package emulator

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

const (
	defaultAdmin = "administrator" // the administrator of the vendor's samples (60564, 34385)
	defaultRate  = 100             // requests per second (60564, "Call frequency limit")
)

type (
	// Seed is the initial state of the app.
	Seed = app.Seed
	// Account is an account of a seed.
	Account = app.Account
	// AttributeName is an attribute name of a seed.
	AttributeName = app.AttributeName
)

// SampleSeed returns the app of the API pages' samples.
func SampleSeed() Seed { return app.SampleSeed() }

// ReadSeed reads a seed from JSON. Errors report the line and the field.
func ReadSeed(from io.Reader) (Seed, error) { return app.ReadSeed(from) }

// Commands returns the names of all commands, such as "get_attr", sorted.
func Commands() []string { return app.Commands() }

// Options configure an emulator. SDKAppID and Key are required.
type Options struct {
	SDKAppID          uint32 // the app's number, not 0
	Key               string // the app's secret key, as the console shows it (34385)
	Admin             string // the app's only administrator; "" means "administrator"
	Seed              Seed   // the initial state of the app; copied
	RequestsPerSecond int    // the app's limit; 0 means 100 (60564)

	// Now is the clock for arrivals and signatures; nil means time.Now. It must not call the emulator, whose lock is held.
	Now func() time.Time

	// Journal, if not nil, is called with each request before its response is sent. The emulator then keeps no journal
	// itself, so that it can run forever. Calls are one at a time; like Now, it must not call the emulator.
	Journal func(Entry)
}

// Emulator is one app of the service. Create it with [New]. It is safe for concurrent use.
type Emulator struct {
	id    uint32 // SDKAppID
	key   string
	admin string
	now   func() time.Time
	note  func(Entry) // nil: requests go into the journal
	app   *app.App

	mu      sync.Mutex // guards the rest; arrival is one step, so that clock, rates and journal have the same order
	rate    rate
	own     map[string]*rate // of commands with a limit of their own, by name
	journal []*Entry         // in order of arrival; nil while the request's body is read
	faults  []*scripted
	stalls  int           // calls of Stall that were not resumed
	resumed chan struct{} // closed at the end of a stall
}

// New returns an emulator, or an error that says which option is missing or invalid.
func New(o Options) (*Emulator, error) {
	if o.SDKAppID == 0 {
		return nil, errors.New("emulator: SDKAppID is 0; it must be from 1 to 4294967295")
	}
	if o.Key == "" {
		return nil, errors.New("emulator: Key is empty; UserSigs cannot be checked without the app's secret key")
	}
	if o.RequestsPerSecond < 0 {
		return nil, fmt.Errorf("emulator: RequestsPerSecond is %d; it must be at least 1, or 0 for the service's %d",
			o.RequestsPerSecond, defaultRate)
	}
	state, err := app.New(o.Seed)
	if err != nil {
		return nil, fmt.Errorf("emulator: Seed: %w", err)
	}
	e := &Emulator{
		id:    o.SDKAppID,
		key:   o.Key,
		admin: o.Admin,
		now:   o.Now,
		note:  o.Journal,
		app:   state,
		rate:  rate{limit: o.RequestsPerSecond},
		own:   map[string]*rate{},
	}
	if e.admin == "" {
		e.admin = defaultAdmin
	}
	if e.rate.limit == 0 {
		e.rate.limit = defaultRate
	}
	if e.now == nil {
		e.now = time.Now
	}
	return e, nil
}

// ServeHTTP responds to a request. Errors of the API have HTTP status 200 (60564); only faults change it.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.waitWhileStalled()
	req := newRequest(r)
	at, place, tooFast := e.arrive(req)
	req.readBody()
	sigCode := e.checkUserSig(req.param("usersig"), req.param("identifier"), at)

	effect := e.fault(req)
	res, replaced := effect.response(req)
	executed := false
	if !replaced || effect.Execute {
		own := e.process(req, sigCode, tooFast)
		executed = own.Code == 0
		if !replaced {
			res = response{code: own.Code, status: http.StatusOK, body: own.Body}
		}
	}
	entry := e.entry(req)
	entry.At, entry.Signed, entry.Executed, entry.Code = at, sigCode == 0, executed, res.code
	e.record(place, entry)

	wait(r.Context(), effect.Delay)
	res.send(r.Context(), w, effect)
}

// arrive counts a new request. It returns when it arrived, its place in the journal if there is one, and whether it
// exceeds the limit on frequency.
func (e *Emulator) arrive(req *request) (at time.Time, place int, tooFast bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at = e.now()
	if e.note == nil {
		place = len(e.journal)
		e.journal = append(e.journal, nil)
	}
	return at, place, e.rateOf(req).arrive(at)
}

// process checks a request as a gateway with services behind it would, and executes it. The order of the checks is a
// pick: no page says which code a request gets if several fit.
func (e *Emulator) process(req *request, sigCode int, tooFast bool) app.Response {
	if !req.known {
		return refuse(codeWrongResource)
	}
	if code := e.checkURL(req); code != 0 {
		return refuse(code)
	}
	if tooFast {
		return refuse(codeTooFast)
	}
	if sigCode != 0 {
		return refuse(sigCode)
	}
	if req.param("identifier") != e.admin {
		return refuse(codeNotAdmin)
	}
	if req.bodyCode != 0 {
		return refuse(req.bodyCode)
	}
	return e.app.Execute(req.command, req.body)
}
