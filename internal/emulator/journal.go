package emulator

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// ScheduledRun is the API of entries for scheduled pushes that ran. Only At, TaskID, Sent, Executed and Code of them are set.
const ScheduledRun = "scheduled_push"

// Entry is a request in the journal, or a scheduled push that ran. It never contains the UserSig or the key: if a field of the request does, "(secret)"
// replaces it.
type Entry struct {
	At          time.Time // arrival, by the emulator's clock; of a scheduled push, the time at which it was due
	Method      string
	API         string // last element of the path, such as "get_attr"
	SDKAppID    string // first value as sent, "" if there is none; also Identifier and Random
	Identifier  string
	Random      string
	ContentType string // HTTP header
	UserAgent   string
	Accounts    []string // accounts in the request, as sent; nil if its body has no list of accounts
	TaskID      string   // of the push; "" if no push was sent: the request is not a push, was rejected, or is a duplicate
	Sent        []string // accounts that the push was sent to, sorted; nil if no push was sent
	Signed      bool     // the UserSig was valid for this app and the Identifier
	Executed    bool     // the command was executed, even if a fault then replaced the response
	Code        int      // ErrorCode of the response, 0 for OK; -1 if a fault sent a response without one
}

// Journal returns a copy of the entries so far, in order of arrival. A request is added before its response is sent, and
// scheduled pushes before the first request that arrives when they are due. With
// [Options.Journal], the journal is empty.
func (e *Emulator) Journal() []Entry {
	e.mu.Lock()
	defer e.mu.Unlock()
	entries := make([]Entry, 0, len(e.journal))
	for _, entry := range e.journal {
		if entry == nil {
			continue // its body is still being read
		}
		c := *entry
		c.Accounts, c.Sent = slices.Clone(c.Accounts), slices.Clone(c.Sent)
		entries = append(entries, c)
	}
	return entries
}

// record adds an entry to the journal in the place that arrive reserved, or passes it to Options.Journal.
func (e *Emulator) record(place int, entry Entry) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.note != nil {
		e.note(entry)
		return
	}
	e.journal[place] = &entry
}

// entry returns the entry of a request that sent a push to these accounts, without the rest of its outcome.
func (e *Emulator) entry(req *request, sent []string) Entry {
	hide := e.hider(req.query["usersig"]...)
	entry := Entry{
		Method:      hide(req.http.Method),
		API:         hide(req.api),
		SDKAppID:    hide(req.param("sdkappid")),
		Identifier:  hide(req.param("identifier")),
		Random:      hide(req.param("random")),
		ContentType: hide(req.http.Header.Get("Content-Type")),
		UserAgent:   hide(req.http.UserAgent()),
		Accounts:    slices.Clone(req.accounts),
		Sent:        slices.Clone(sent),
	}
	for _, accounts := range [][]string{entry.Accounts, entry.Sent} {
		for i, account := range accounts {
			accounts[i] = hide(account)
		}
	}
	return entry
}

// runDue sends the scheduled pushes that are due, and adds them to the journal. The caller holds the lock.
func (e *Emulator) runDue(at time.Time) {
	for _, run := range e.app.RunDue(at) {
		hide := e.hider()
		for i, account := range run.Sent {
			run.Sent[i] = hide(account)
		}
		entry := Entry{At: run.At, API: ScheduledRun, TaskID: run.Task, Sent: run.Sent, Executed: run.Code == 0, Code: run.Code}
		if e.note != nil {
			e.note(entry)
			continue
		}
		e.journal = append(e.journal, &entry)
	}
}

// minSecret is the least length in bytes of a secret that is hidden: ordinary text could contain a shorter one.
const minSecret = 16

// hider returns a function that hides the key and a request's UserSigs in a text, plain or URL-encoded, so that they stay
// out of the journal even if a client sends them in the wrong place.
func (e *Emulator) hider(sigs ...string) func(string) string {
	var pairs []string
	for _, secret := range append([]string{e.key}, sigs...) {
		if len(secret) >= minSecret {
			pairs = append(pairs, secret, "(secret)", url.QueryEscape(secret), "(secret)")
		}
	}
	return strings.NewReplacer(pairs...).Replace
}
