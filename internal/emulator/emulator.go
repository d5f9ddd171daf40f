// Package emulator implements Tencent Cloud Chat's Push Service (TIMPush) in memory, as an [http.Handler] for tests, demos
// and users' own CI. Except for the vendor's UserSig library, it shares no code with the client, so that the same mistake
// cannot hide on both sides.
//
// This package is the gate: it checks signatures and rate limits, injects faults and keeps the journal. Package app, behind
// the gate, holds the state of the app and the commands.
//
// Both are as strict as the service's documentation. Numbers in comments, such as 60564, are pages of
// tencentcloud.com/document/product/1047 (60564 is the page of get_attr, 34348 the table of error codes). If those pages
// leave something open, the comment says "pick" and describes the choice.
//
// The emulator never stores or sends a UserSig or the key, with two exceptions: faults with [Effect.EchoSignature], and
// clients that send a secret as data (an account, attribute name, value or tag), which responses repeat.
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
	// Statistics are numbers of pushes in a seed, from before the emulator's start.
	Statistics = app.Statistics
	// Counts are numbers of pushes in a seed.
	Counts = app.Counts
	// LossCount is a number of lost pushes in a seed.
	LossCount = app.LossCount
	// Loss is why pushes to an account of a seed are lost.
	Loss = app.Loss
	// Device is the device of an account of a seed.
	Device = app.Device
	// Drift is a change of a seed's app while it runs.
	Drift = app.Drift
	// ScheduledPush is a scheduled push of a seed.
	ScheduledPush = app.ScheduledPush
	// Change is a change of the app that no request makes.
	Change = app.Change
	// Readings decide what the service does where the pages of the documentation contradict each other, or say nothing.
	Readings = app.Readings
)

// SampleSeed returns the app in the samples of the API pages.
func SampleSeed() Seed { return app.SampleSeed() }

// ReadSeed reads a seed from JSON. Errors report the line and the field.
func ReadSeed(from io.Reader) (Seed, error) { return app.ReadSeed(from) }

// Commands returns the names of all commands, such as "get_attr", sorted.
func Commands() []string { return app.Commands() }

// Options configure an emulator. SDKAppID and Key are required.
type Options struct {
	SDKAppID          uint32   // the app's number, not 0
	Key               string   // the app's secret key, as the console shows it (34385)
	Admin             string   // the app's only administrator; "" means "administrator"
	Seed              Seed     // the initial state of the app; copied
	RequestsPerSecond int      // the app's limit; 0 means 100 (60564)
	Readings          Readings // of the documentation

	// Now is the clock for arrivals, signatures and scheduled pushes; nil means time.Now. It must not call the emulator, whose lock is held.
	Now func() time.Time

	// DriftSkipped, if not nil, is called for each entry of the seed's drift that cannot be made, because requests have changed
	// the app too. Like Now, it must not call the emulator.
	DriftSkipped func(error)

	// Journal, if not nil, is called with each entry: that of a request before its response is sent, by one goroutine at a
	// time. The emulator then keeps no journal itself, so that its memory does not grow. Like Now, it must not call the
	// emulator.
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

	mu      sync.Mutex // guards the fields below; held during arrive, so that clock, rates and journal agree on the order
	rate    rate
	own     map[string]*rate // rates of commands with a limit of their own, by name or by what they have together
	journal []*Entry         // in order of arrival; nil while the request's body is read
	faults  []*scripted
	stalls  int           // number of stalls that were not resumed
	resumed chan struct{} // closed at the end of a stall
}

// New returns an emulator, or an error that says which option is missing or invalid.
func New(o Options) (*Emulator, error) {
	if o.SDKAppID == 0 {
		return nil, errors.New("emulator: SDKAppID is 0; it must be from 1 to 4294967295")
	}
	if o.Key == "" {
		return nil, errors.New("emulator: Key is empty; UserSigs cannot be checked without the app's key")
	}
	if o.RequestsPerSecond < 0 {
		return nil, fmt.Errorf("emulator: RequestsPerSecond is %d; it must be at least 1, or 0 for the service's %d",
			o.RequestsPerSecond, defaultRate)
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	state, err := app.New(o.Seed, now())
	if err != nil {
		return nil, fmt.Errorf("emulator: Seed: %w", err)
	}
	state.SDKAppID, state.Readings, state.DriftSkipped = o.SDKAppID, o.Readings, o.DriftSkipped
	e := &Emulator{
		id:    o.SDKAppID,
		key:   o.Key,
		admin: o.Admin,
		now:   now,
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
	return e, nil
}

// Drift changes the app at once, as if somebody else did it. If the change is invalid, it does nothing and returns an error.
func (e *Emulator) Drift(c Change) error {
	if err := e.app.Drift(c); err != nil {
		return fmt.Errorf("emulator: Drift: %w", err)
	}
	return nil
}

// ServeHTTP responds to a request. The HTTP status is 200, also for errors of the API (60564), unless a fault changes it.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.waitWhileStalled()
	req := newRequest(r)
	at, place, tooFast := e.arrive(req)
	req.readBody()
	sigCode := e.checkUserSig(req.param("usersig"), req.param("identifier"), at)

	effect := e.fault(req)
	res, replaced := effect.response(req)
	executed, task, sent := false, "", []string(nil)
	if !replaced || effect.Execute {
		own := e.process(req, sigCode, tooFast, at)
		executed, task, sent = own.Code == 0, own.Task, own.Sent
		if !replaced {
			res = response{code: own.Code, status: http.StatusOK, body: own.Body}
		}
	}
	entry := e.entry(req, sent)
	entry.TaskID = task
	entry.At, entry.Signed, entry.Executed, entry.Code = at, sigCode == 0, executed, res.code
	e.record(place, entry)

	wait(r.Context(), effect.Delay)
	res.send(r.Context(), w, effect)
}

// arrive sends the scheduled pushes that are due, and counts a new request. It returns the time of arrival, the place in the journal (if the emulator keeps one), and
// whether the request exceeds its rate limit.
func (e *Emulator) arrive(req *request) (at time.Time, place int, tooFast bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at = e.now()
	e.runDue(at)
	if e.note == nil {
		place = len(e.journal)
		e.journal = append(e.journal, nil)
	}
	return at, place, e.rateOf(req).arrive(at)
}

// process checks a request as a gateway in front of services would, and executes it. Pick: the order of the checks. No
// page says which code a request gets if several apply.
func (e *Emulator) process(req *request, sigCode int, tooFast bool, at time.Time) app.Response {
	if !req.known {
		return reject(codeWrongResource)
	}
	if code := e.checkURL(req); code != 0 {
		return reject(code)
	}
	if tooFast {
		return reject(codeTooFast)
	}
	if sigCode != 0 {
		return reject(sigCode)
	}
	if req.param("identifier") != e.admin {
		return reject(codeNotAdmin)
	}
	if req.bodyCode != 0 {
		return reject(req.bodyCode)
	}
	return e.app.Execute(req.command, app.Request{At: at, Size: req.size, Body: req.body})
}
