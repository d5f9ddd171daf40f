// Package emulator is Tencent Cloud Chat's Push Service (TIMPush) in memory, as an [http.Handler]: for tests, demos
// and users' own CI. It shares no code with the client but the vendor's UserSig library, so that one mistake cannot
// pass on both sides.
//
// It is strict about everything that the service is documented to be strict about. Numbers in comments, such as 60564,
// are pages of tencentcloud.com/document/product/1047 (60564 is the page of get_attr, 34348 the table of error
// codes). Where those pages leave something open, the comment says "pick", and what was picked.
//
// Nothing that the emulator keeps or answers holds a UserSig or the key, but for faults that ask for it
// ([Effect.EchoSignature]) and for a client that sends one as data: the name of an account or attribute, a value or a
// tag, which come back in replies.
package emulator

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	defaultAdmin = "administrator" // the administrator of the vendor's samples (60564, 34385)
	defaultRate  = 100             // requests a second (60564, "Call frequency limit")
)

// Options say which app the emulator plays. SDKAppID and Key are required.
type Options struct {
	SDKAppID          uint32 // the app's number, not 0
	Key               string // the app's secret key, as the console shows it (34385)
	Admin             string // the app's only administrator; "" means "administrator"
	Seed              Seed   // what the app holds at first; copied
	RequestsPerSecond int    // refused above that many in any one second; 0 means 100 (60564)

	// Now is the clock for arrivals and signatures; nil means time.Now. It is called under the emulator's lock, so it must
	// not call the emulator.
	Now func() time.Time

	// Journal, where it is not nil, is given each request as soon as its answer is known, before that is sent. The emulator
	// then keeps none itself, so that it can run without end, and [Emulator.Journal] has none. Like Now, it is called under
	// the lock: one call at a time, and it must not call the emulator.
	Journal func(Entry)
}

// Emulator is one app of the service. Make it with [New]. Everything about it is safe under concurrent use.
type Emulator struct {
	app   uint32
	key   string
	admin string
	now   func() time.Time
	note  func(Entry) // nil: requests go into the journal

	// mu makes arrival one step: clock, rate and place in the journal tell the same order. It makes each command one step
	// too.
	mu      sync.Mutex
	state   *state
	rate    rate
	journal journal
	faults  script
}

// handler does one command, given the request body. It checks the whole request before it changes anything. The answer
// is bytes already, so that nothing of the state is read outside the lock.
type handler func(s *state, body object) answer

// handlers are the commands by path; any other path is 60009.
var handlers = map[string]handler{
	"/v4/timpush/get_attr_name":  (*state).getAttrName,
	"/v4/timpush/set_attr_name":  (*state).setAttrName,
	"/v4/timpush/get_attr":       (*state).getAttr,
	"/v4/timpush/set_attr":       (*state).setAttr,
	"/v4/timpush/remove_attr":    (*state).removeAttr,
	"/v4/timpush/get_tag":        (*state).getTag,
	"/v4/timpush/add_tag":        (*state).addTag,
	"/v4/timpush/remove_tag":     (*state).removeTag,
	"/v4/timpush/clear_all_tags": (*state).clearAllTags,
}

// New gives an emulator, or an error that says which option is missing or wrong.
func New(o Options) (*Emulator, error) {
	if o.SDKAppID == 0 {
		return nil, errors.New("emulator: SDKAppID is 0; give the app a number from 1 to 4294967295")
	}
	if o.Key == "" {
		return nil, errors.New("emulator: Key is empty; UserSigs cannot be checked without the app's secret key")
	}
	if o.RequestsPerSecond < 0 {
		return nil, fmt.Errorf("emulator: RequestsPerSecond is %d; give 1 or more, or 0 for the service's %d",
			o.RequestsPerSecond, defaultRate)
	}
	s, err := o.Seed.state()
	if err != nil {
		return nil, fmt.Errorf("emulator: Seed: %w", err)
	}
	e := &Emulator{
		app:   o.SDKAppID,
		key:   o.Key,
		admin: o.Admin,
		now:   o.Now,
		note:  o.Journal,
		state: s,
		rate:  rate{limit: o.RequestsPerSecond},
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

// ServeHTTP answers one request. Errors of the API come with HTTP status 200 (60564); only faults change the status.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at, place, tooFast := e.arrive()
	c := readCall(r)
	sig := e.checkUserSig(c.param("usersig"), c.param("identifier"), at)

	effect := e.fault(c)
	a, replaced := effect.answer(c)
	if !replaced {
		// A request that a fault answers is not carried out.
		a = e.carryOut(c, sig, tooFast)
	}
	e.record(place, e.entry(c, at, sig == 0, a.code))

	wait(r.Context(), effect.Delay)
	a.send(r.Context(), w, effect)
}

// arrive counts a request that has just come: when, its place in the journal if there is one, and whether it is one too
// many.
func (e *Emulator) arrive() (at time.Time, place int, tooFast bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at = e.now()
	if e.note == nil {
		place = e.journal.reserve()
	}
	return at, place, e.rate.arrive(at)
}

// carryOut checks a request from the outside in, as a gateway with services behind it would, and runs its command.
// The order is a pick: no page says which code wins where several would fit.
func (e *Emulator) carryOut(c call, sig int, tooFast bool) answer {
	handle, found := handlers[c.path]
	if !found {
		return fail(codeWrongResource)
	}
	if code := e.checkURL(c); code != 0 {
		return fail(code)
	}
	if tooFast {
		return fail(codeTooFast)
	}
	if sig != 0 {
		return fail(sig)
	}
	if c.param("identifier") != e.admin {
		return fail(codeNotAdmin)
	}
	if c.bodyCode != 0 {
		return fail(c.bodyCode)
	}
	if c.body == nil {
		return fail(codeBadJSON)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return handle(e.state, c.body)
}
