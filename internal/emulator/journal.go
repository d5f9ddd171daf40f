package emulator

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Entry is a request in the journal. The UserSig is never in it: where the UserSig or the key is in another field, the
// entry has "(secret)".
type Entry struct {
	At          time.Time // arrival, by the emulator's clock
	Method      string
	API         string // last element of the path, such as "get_attr"
	SDKAppID    string // as sent, like the next two: the first value, "" if there is none
	Identifier  string
	Random      string
	ContentType string // HTTP header
	UserAgent   string
	Accounts    []string // that the request names, as sent; nil if its body has no list of accounts
	Signed      bool     // the UserSig was valid for this app and the Identifier
	Executed    bool     // the command was executed, even if a fault then replaced the response
	Code        int      // ErrorCode of the response, 0 for OK; -1 if a fault's response has none
}

// Journal returns a copy of the requests so far, in order of arrival. A request is in it before its response is sent. With
// [Options.Journal] it is empty.
func (e *Emulator) Journal() []Entry {
	e.mu.Lock()
	defer e.mu.Unlock()
	entries := make([]Entry, 0, len(e.journal))
	for _, entry := range e.journal {
		if entry == nil {
			continue // its body is still being read
		}
		c := *entry
		c.Accounts = slices.Clone(c.Accounts)
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

// entry returns the entry of a request, without what became of it.
func (e *Emulator) entry(req *request) Entry {
	hide := e.hider(req)
	entry := Entry{
		Method:      hide(req.http.Method),
		API:         hide(req.api),
		SDKAppID:    hide(req.param("sdkappid")),
		Identifier:  hide(req.param("identifier")),
		Random:      hide(req.param("random")),
		ContentType: hide(req.http.Header.Get("Content-Type")),
		UserAgent:   hide(req.http.UserAgent()),
		Accounts:    slices.Clone(req.accounts),
	}
	for i, account := range entry.Accounts {
		entry.Accounts[i] = hide(account)
	}
	return entry
}

// shortSecret is the length in bytes below which a secret is not hidden, since innocent words could contain it.
const shortSecret = 16

// hider returns a function that hides the key and the request's UserSig in a text, as they are or URL-encoded: a client that
// sends them in a wrong place must not bring them into the journal.
func (e *Emulator) hider(req *request) func(string) string {
	var pairs []string
	for _, secret := range append([]string{e.key}, req.query["usersig"]...) {
		if len(secret) >= shortSecret {
			pairs = append(pairs, secret, "(secret)", url.QueryEscape(secret), "(secret)")
		}
	}
	return strings.NewReplacer(pairs...).Replace
}
