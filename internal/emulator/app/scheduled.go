package app

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
)

// firstID is the TaskID of the first scheduled push. Pick: no page limits it, so it is one that a float64 cannot hold.
const firstID = 1<<53 + 1

// maxScheduled is how many scheduled pushes the app remembers, so that its memory does not grow without end. It forgets only
// those that ran.
const maxScheduled = 10_000

// audience is whom a scheduled push goes to: the Type of the requests (78839).
type audience string

const (
	toAll      audience = "All"
	toSelected audience = "Tag" // by condition
	toAccounts audience = "User"
)

// The Status of a scheduled push. Only "pending" is in a sample (78842); the others are picks, from the page's text. Pick: a
// push is sent at its time, and is being dispatched for a second.
const (
	statusPending     = "pending"
	statusDispatching = "dispatching"
	statusDispatched  = "dispatched"
)

// scheduled is a scheduled push.
type scheduled struct {
	id      int64
	created time.Time
	to      audience
	at      time.Time
	content Body // as sent

	ran  bool
	code int    // why the push was not sent, or 0
	task string // the TaskId of the push, "" if it was not sent
}

// status returns the Status at a time.
func (s *scheduled) status(now time.Time) string {
	switch {
	case !s.ran:
		return statusPending
	case now.Sub(s.at) < time.Second:
		return statusDispatching
	default:
		return statusDispatched
	}
}

// Run is a scheduled push that was due.
type Run struct {
	At   time.Time // when it was due
	Code int       // why it was not sent, or 0
	Task string    // the TaskId of the push, "" if it was not sent
	Sent []string  // the accounts that it was sent to, sorted; nil if it was not sent
}

// RunDue sends the scheduled pushes that are due.
func (app *App) RunDue(now time.Time) (runs []Run) {
	app.mu.Lock()
	defer app.mu.Unlock()
	due := slices.DeleteFunc(app.sortScheduled((*scheduled).when), func(s *scheduled) bool { return s.ran || s.at.After(now) })
	for _, s := range due {
		runs = append(runs, app.run(s))
	}
	return runs
}

// run sends a scheduled push. It goes to the accounts that its condition selects now (pick). Picks: one that cannot be sent,
// because the app has changed or the quota is used up, is dispatched too, and has an error.
func (app *App) run(s *scheduled) Run {
	s.ran = true
	to, code := app.receivers(s.to, s.content)
	if code == 0 && s.to != toAccounts {
		code = app.countQuota(s.at)
	}
	s.code = code
	if code != 0 {
		return Run{At: s.at, Code: code}
	}
	prefix := ""
	if s.to == toAccounts {
		prefix = batchPrefix
	}
	task, sent := app.deliver(s.at, prefix, to)
	s.task = task
	return Run{At: s.at, Task: task, Sent: sent}
}

// receivers returns the accounts that a scheduled push goes to. Picks: accounts that do not exist are skipped, as in batch.
func (app *App) receivers(audience audience, content Body) (to []*account, code int) {
	if audience == toAccounts {
		items, code := readAccounts(content, maxBatch)
		_ = each(app, items, func(a *account, _ nothing) int {
			to = append(to, a)
			return 0
		})
		return to, code
	}
	selects, code := app.readCondition(content)
	if code != 0 {
		return nil, code
	}
	return app.selected(selects), 0
}

// when and createdAt are the times that scheduled pushes are sorted by.
func (s *scheduled) when() time.Time      { return s.at }
func (s *scheduled) createdAt() time.Time { return s.created }

// sortScheduled returns the scheduled pushes in the order of these times, those with the same time by TaskID.
func (app *App) sortScheduled(by func(*scheduled) time.Time) []*scheduled {
	return slices.SortedFunc(maps.Values(app.scheduled), func(a, b *scheduled) int {
		return cmp.Or(by(a).Compare(by(b)), cmp.Compare(a.id, b.id))
	})
}

// forgetScheduled forgets the oldest scheduled pushes that ran, if there are too many.
func (app *App) forgetScheduled() {
	for _, s := range app.sortScheduled((*scheduled).when) {
		if len(app.scheduled) <= maxScheduled {
			return
		}
		if s.ran {
			delete(app.scheduled, s.id)
		}
	}
}

// returned is the Content as the service returns it. As in the sample (78842), it has a MsgRandom, and From_Account can be a
// number. Picks: the MsgRandom, and that an account of digits is a number.
func (s *scheduled) returned() Body {
	content := maps.Clone(s.content)
	from, _ := readJSON[string](content["From_Account"])
	if n, err := strconv.ParseInt(from, 10, 64); err == nil && n >= 0 && strconv.FormatInt(n, 10) == from {
		content["From_Account"] = json.RawMessage(from)
	}
	if _, given := content["MsgRandom"]; !given {
		content["MsgRandom"] = json.RawMessage(strconv.FormatInt(s.id%1_000_000, 10))
	}
	return content
}
