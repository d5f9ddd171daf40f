package app

import (
	"maps"
	"slices"
	"time"
)

// source is what was pushed: commands all_member_push_* are about pushes, and normal_push_* about chat messages.
type source int

const (
	sourcePush source = iota
	sourceMessage
)

// platform is the way to a device: a vendor's channel by the number of PushPlatform (67551), or the app that is online.
type platform int

// online is the platform of pushes with EventType 2. Their PushPlatform is always 0 (67551).
const online platform = 0

// Numbers of EventType (67551).
const (
	eventOffline = 1
	eventOnline  = 2
)

// eventType returns the EventType of pushes over the platform.
func (p platform) eventType() int {
	if p == online {
		return eventOnline
	}
	return eventOffline
}

// allPlatforms is the platform of losses that the service counts for no platform.
const allPlatforms platform = -1

// stage is where a push was lost.
type stage string

const (
	beforeSend stage = "before_send" // counted in TotalCount only
	afterSend  stage = "after_send"  // counted in SentCount too, but not in DeliveredCount
)

// counts are numbers of pushes, with the page's names and in its order (71894, 71897).
type counts struct{ TotalCount, SentCount, DeliveredCount, ClickCount int64 }

func (c counts) plus(other counts) counts {
	return counts{
		c.TotalCount + other.TotalCount, c.SentCount + other.SentCount,
		c.DeliveredCount + other.DeliveredCount, c.ClickCount + other.ClickCount,
	}
}

// reason is why pushes were lost.
type reason struct {
	stage         stage
	platform      platform
	code, message string
}

// tally is what became of pushes.
type tally struct {
	counts
	platforms map[platform]counts
	losses    map[reason]int64
}

func newTally() tally { return tally{platforms: map[platform]counts{}, losses: map[reason]int64{}} }

// add adds another tally.
func (t *tally) add(other tally) {
	t.counts = t.plus(other.counts)
	for p, c := range other.platforms {
		t.platforms[p] = t.platforms[p].plus(c)
	}
	for r, n := range other.losses {
		t.losses[r] += n
	}
}

// push counts a push to an account. Pick: the seed decides what becomes of it, and nobody clicks it.
func (t *tally) push(a *account) {
	c := counts{TotalCount: 1, SentCount: 1, DeliveredCount: 1}
	if a.loss != nil {
		c.DeliveredCount = 0
		if a.loss.stage == beforeSend {
			c.SentCount = 0
		}
		t.losses[*a.loss]++
	}
	t.counts = t.plus(c)
	t.platforms[a.platform] = t.platforms[a.platform].plus(c)
}

// delivery is what became of one push, of one chat message, or of an entry of the seed.
type delivery struct {
	source source
	id     string // the task or the message, "" if the seed does not say
	at     time.Time
	tally  tally

	// accounts are those for which it can be traced. What became of the push to an account follows from the account, or from
	// the entry of the seed: lost is why it was lost there, or nil.
	accounts []*account
	lost     *reason

	revoked bool
}

// What the app remembers of pushes, so that its memory does not grow without end: the last pushes with their numbers, and
// those of the last few accounts for traces.
const (
	maxPushes = 10_000
	maxTraced = 1_000_000
)

// record records a push, and forgets the oldest ones. The accounts of the last push are always kept.
func (app *App) record(task string, at time.Time, to []*account) {
	push := &delivery{source: sourcePush, id: task, at: at, tally: newTally(), accounts: to}
	for _, a := range to {
		push.tally.push(a)
	}
	app.pushes = append(app.pushes, push)
	app.traced += len(to)
	old := 0
	for len(app.pushes)-old > maxPushes || at.Sub(app.pushes[old].at) > statisticsAge {
		app.traced -= len(app.pushes[old].accounts)
		old++
	}
	app.pushes = slices.Delete(app.pushes, 0, old)
	for i := 0; app.traced > maxTraced && app.pushes[i] != push; i++ {
		app.traced -= len(app.pushes[i].accounts)
		app.pushes[i].accounts = nil
	}
}

// deliveries returns the deliveries of a source that the filter accepts, oldest first within seed and pushes.
func (app *App) deliveries(from source, accept func(*delivery) bool) (found []*delivery) {
	for _, d := range slices.Concat(app.seeded, app.pushes) {
		if d.source == from && accept(d) {
			found = append(found, d)
		}
	}
	return found
}

// total adds up deliveries.
func total(deliveries []*delivery) tally {
	t := newTally()
	for _, d := range deliveries {
		t.add(d.tally)
	}
	return t
}

// sortedPlatforms returns the platforms by number, online first (pick).
func (t *tally) sortedPlatforms() []platform { return slices.Sorted(maps.Keys(t.platforms)) }
