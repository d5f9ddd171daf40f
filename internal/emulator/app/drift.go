package app

import (
	"fmt"
	"maps"
	"slices"
)

// Drift is a change that the app undergoes while it runs.
type Drift struct {
	// AfterWrites is how many executed requests that write come before the change: at least 1, and in the order of entries.
	AfterWrites int64 `json:"after_writes"`
	Change
}

// Change is a change of the app that no request makes, as if somebody else made it.
type Change struct {
	// Accounts are new states, which replace accounts or create them; nil deletes an account.
	Accounts map[string]*Account `json:"accounts"`

	// AttributeNames are new names of indexes, set before the accounts. As in set_attr_name, values keep their index, and an
	// index in use keeps its type.
	AttributeNames map[string]AttributeName `json:"attribute_names"`

	// ScheduledPushes are new states by TaskID, set after the accounts, which replace scheduled pushes or create them; nil
	// deletes one. A field that is not given keeps its value.
	ScheduledPushes map[string]*ScheduledPush `json:"scheduled_pushes"`
}

// Drift changes the app. If the change is invalid, it does nothing and returns an error.
func (app *App) Drift(c Change) error {
	app.mu.Lock()
	defer app.mu.Unlock()
	return app.change("", c)
}

// addDrift adds the entries of a seed, each of which must be valid after those before it.
func (app *App) addDrift(drift []Drift) error {
	later, least := app.copy(), int64(1)
	for i, d := range drift {
		path := element("drift", i)
		if d.AfterWrites < 1 {
			return seedErrorf(path, "the field after_writes must be at least 1")
		}
		if d.AfterWrites < least {
			return seedErrorf(field(path, "after_writes"), "must be at least %d, as in the entry before", least)
		}
		least = d.AfterWrites
		if err := later.change(path, d.Change); err != nil {
			return err
		}
		app.drift = append(app.drift, Drift{d.AfterWrites, d.clone()})
	}
	return nil
}

// countWrite counts an executed request that writes, and makes the changes that are due. Pick: a change that is no longer
// valid, because requests have changed the app too, is skipped.
func (app *App) countWrite() {
	app.writes++
	for ; app.drifted < len(app.drift) && app.drift[app.drifted].AfterWrites <= app.writes; app.drifted++ {
		err := app.change(element("drift", app.drifted), app.drift[app.drifted].Change)
		if err != nil && app.DriftSkipped != nil {
			app.DriftSkipped(fmt.Errorf("skipped an entry of drift, because requests have changed the app: %w", err))
		}
	}
}

// change makes a change. It changes copies, so that an invalid change does nothing.
func (app *App) change(root string, c Change) error {
	after := app.copy()
	if err := after.setNames(field(root, "attribute_names"), c.AttributeNames); err != nil {
		return err
	}
	path := field(root, "accounts")
	names := slices.Sorted(maps.Keys(c.Accounts))
	for _, name := range names { // first, so that the accounts that are left can have the tags
		a, exists := after.accounts[name]
		if !exists && c.Accounts[name] == nil {
			return seedErrorf(entry(path, name), "the app does not have this account, so it cannot be deleted")
		}
		if exists {
			after.releaseTags(a)
			delete(after.accounts, name)
		}
	}
	for _, name := range names {
		if c.Accounts[name] == nil {
			continue
		}
		if err := after.addAccount(entry(path, name), name, *c.Accounts[name]); err != nil {
			return err
		}
	}
	if err := after.setScheduled(field(root, "scheduled_pushes"), c.ScheduledPushes); err != nil {
		return err
	}
	app.attributes, app.accounts, app.tags = after.attributes, after.accounts, after.tags
	app.scheduled, app.lastID = after.scheduled, after.lastID
	return nil
}

// copy returns an app with a copy of what a change can change.
func (app *App) copy() *App {
	return &App{
		attributes: app.attributes, accounts: maps.Clone(app.accounts), tags: maps.Clone(app.tags),
		start: app.start, scheduled: maps.Clone(app.scheduled), lastID: app.lastID,
	}
}

// clone returns a copy that shares nothing with the change.
func (c Change) clone() Change {
	c.AttributeNames = maps.Clone(c.AttributeNames)
	c.Accounts = maps.Clone(c.Accounts)
	for name, state := range c.Accounts {
		if state == nil {
			continue
		}
		a := *state
		a.Attributes, a.Tags = maps.Clone(a.Attributes), slices.Clone(a.Tags)
		if a.Loss != nil {
			loss := *a.Loss
			a.Loss = &loss
		}
		c.Accounts[name] = &a
	}
	c.ScheduledPushes = maps.Clone(c.ScheduledPushes)
	for id, state := range c.ScheduledPushes {
		if state != nil {
			s := *state
			s.Content = slices.Clone(s.Content)
			c.ScheduledPushes[id] = &s
		}
	}
	return c
}
