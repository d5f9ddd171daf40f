package emulator

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Entry is one request as the emulator saw it. The UserSig is never kept; where it or the key turns up in another
// field, "(secret)" stands in its place.
type Entry struct {
	At          time.Time // arrival, by the emulator's clock
	Method      string
	API         string // last path element, e.g. "get_attr"
	SDKAppID    string // as sent, like the next two: the first value, "" where there was none
	Identifier  string
	Random      string
	ContentType string // HTTP header
	UserAgent   string
	Accounts    []string // To_Account as received, alone or in items; nil where the body had none
	Signed      bool     // the UserSig was valid for this app and the Identifier
	Code        int      // ErrorCode answered, 0 for OK; -1 where a fault gave no envelope
}

// journal holds a place for each request from its arrival on, so that it is in order even where bodies come slowly.
// The Emulator's mutex guards it.
type journal []*Entry

// reserve gives the next place.
func (j *journal) reserve() int {
	*j = append(*j, nil)
	return len(*j) - 1
}

// Journal is a copy of what came so far, in order of arrival. A request is in it before its answer is written. With
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

// record fills a place of the journal, or hands the entry on.
func (e *Emulator) record(place int, entry Entry) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.note != nil {
		e.note(entry)
		return
	}
	e.journal[place] = &entry
}

// entry describes a request for the journal.
func (e *Emulator) entry(c call, at time.Time, signed bool, code int) Entry {
	hide := e.hider(c)
	entry := Entry{
		At:          at,
		Method:      hide(c.http.Method),
		API:         hide(c.api()),
		SDKAppID:    hide(c.param("sdkappid")),
		Identifier:  hide(c.param("identifier")),
		Random:      hide(c.param("random")),
		ContentType: hide(c.http.Header.Get("Content-Type")),
		UserAgent:   hide(c.http.UserAgent()),
		Accounts:    slices.Clone(c.accounts),
		Signed:      signed,
		Code:        code,
	}
	for i, account := range entry.Accounts {
		entry.Accounts[i] = hide(account)
	}
	return entry
}

// shortSecret is the length in bytes below which a text is not hidden: it would be found in innocent words.
const shortSecret = 16

// hider gives a function that takes the key and the request's UserSig, plain or as in a URL, out of a text: a client
// that sends them in a wrong place must not bring them into the journal.
func (e *Emulator) hider(c call) func(string) string {
	secrets := append([]string{e.key}, c.query["usersig"]...)
	var pairs []string
	for _, secret := range secrets {
		if len(secret) >= shortSecret {
			pairs = append(pairs, secret, "(secret)", url.QueryEscape(secret), "(secret)")
		}
	}
	return strings.NewReplacer(pairs...).Replace
}
