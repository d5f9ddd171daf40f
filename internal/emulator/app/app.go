// Package app holds the state of one app of the push service, and the commands that read and change it. Package emulator
// handles HTTP, signatures and rate limits.
//
// Numbers in comments, such as 60564, are pages of the vendor's documentation. "Pick" marks a choice where those pages
// leave something open: see package emulator.
package app

import (
	"slices"
	"sync"
	"time"
)

// Limits of the service; lengths are in bytes.
const (
	maxNames   = 10       // attribute names per app, indexes "0" to "9" (60563)
	maxName    = 50       // (60563)
	maxValue   = 50       // (60564, 60565)
	maxTag     = 50       // (67821)
	maxTags    = 100      // tags per account, and so in one request that replaces them (67821)
	maxAdded   = 10       // tags per account in one request that adds to them (67821)
	maxAppTags = 1000     // different tags per app (67821)
	maxListed  = 10       // tags per list of a condition (74196)
	maxDataID  = 64       // (67553)
	maxPush    = 10 << 10 // of the body of a push (74196)

	maxRevoked    = 24 * time.Hour     // from the start of a push until it can no longer be revoked (60571)
	maxListedTime = 7 * 24 * time.Hour // between the times of list_sched_task; 78843 has a limit, but no number (pick)
)

// App is an app of the service. It is safe for concurrent use.
type App struct {
	// Set before use.
	SDKAppID     uint32
	Readings     Readings
	DriftSkipped func(error) // called for entries of the seed's drift that cannot be made, with the app locked; can be nil

	mu         sync.Mutex          // held while a command runs, so that each is one step
	attributes [maxNames]attribute // by index
	accounts   map[string]*account
	tags       map[string]tag // the tags that at least one account has
	tasks      int            // number of pushes

	executed   map[repeat]executed // pushes of the last second
	perDay     int                 // the most pushes to all or by condition in 24 hours
	lastDay    []time.Time         // when these were sent
	lastPush   time.Time           // when push was executed last
	lastRevoke time.Time

	start     time.Time            // of the app
	scheduled map[int64]*scheduled // scheduled pushes by TaskID
	lastID    int64                // the largest TaskID

	seeded []*delivery // from before the start
	pushes []*delivery // the last pushes, oldest first
	traced int         // number of accounts in pushes

	writes  int64   // number of executed requests that write
	drift   []Drift // of the seed
	drifted int     // number of entries that were due
}

// attribute is an attribute name of the app.
type attribute struct {
	name string // "" if the index is free
	kind kind
}

// account is an account of the app. Pick: the seed sets its kind, because no command creates accounts. The kind cannot be
// derived from the name, because an app may choose RegistrationIDs of any form (60557).
type account struct {
	name   string
	kind   kind
	values map[int]string // by the attribute's index, so that they survive a rename
	tags   []string       // in the order in which they were added (pick), without duplicates

	// What becomes of pushes to the account.
	platform platform
	loss     *reason // nil if they are delivered
	device   Device
}

// tag is a tag in use. Pick: its kind is that of the accounts that have it, until the last one loses it. The pages say
// that a tag is for one kind of account (67821), but no command sets the kind.
type tag struct {
	kind    kind
	holders int // number of accounts that have it, at least 1
}

// kind is a kind of account. An attribute or a tag is for one kind only (60565, 67821). The numbers are those of
// AttrTypes (60563).
type kind int

const (
	userID kind = iota
	registrationID
)

// indexes are the indexes of attribute names, as requests and seeds write them (60563).
var indexes = [maxNames]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// parseIndex returns the number of an index.
func parseIndex(index string) (i int, ok bool) {
	i = slices.Index(indexes[:], index)
	return i, i >= 0
}

// index finds an attribute by its name.
func (app *App) index(name string) (i int, found bool) {
	if name == "" {
		return 0, false // free indexes have this name
	}
	i = slices.IndexFunc(app.attributes[:], func(a attribute) bool { return a.name == name })
	return i, i >= 0
}
