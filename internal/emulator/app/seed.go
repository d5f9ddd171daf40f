package app

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Seed is the initial state of the app. cmd/timpush-emulator/seed.schema.json describes its JSON.
type Seed struct {
	Accounts map[string]Account `json:"accounts"` // by UserID or RegistrationID

	// AttributeNames are the app's attribute names by index, "0" to "9". Accounts can use only these. If there are none, the
	// app gets the names that accounts use, sorted, from index "0", each with the type of the accounts that use it.
	AttributeNames map[string]AttributeName `json:"attribute_names"`

	PushesPerDay int64 `json:"pushes_per_day"` // the quota of pushes to all or by condition; 0 means 100

	// ScheduledPushes are the scheduled pushes by TaskID.
	ScheduledPushes map[string]*ScheduledPush `json:"scheduled_pushes"`

	Statistics []Statistics `json:"statistics"` // of pushes from before the emulator's start

	Drift []Drift `json:"drift"` // changes after the emulator's start, in order
}

// Account is an account of the app.
type Account struct {
	Attributes map[string]string `json:"attributes"` // name to value; may be empty
	Tags       []string          `json:"tags"`       // may be empty
	Type       string            `json:"type"`       // "user_id" (the default) or "registration_id"

	// What becomes of pushes to the account.
	Platform string `json:"platform"` // "online" (the default), or a vendor's channel, such as "apns"
	Loss     *Loss  `json:"loss"`     // nil: they are delivered
	Device   Device `json:"device"`
}

// AttributeName is an attribute name of the app.
type AttributeName struct {
	Name string `json:"name"`
	Type string `json:"type"` // of the accounts that can have it: "user_id" (the default) or "registration_id"
}

// SampleSeed is the app in the samples of the API pages. Its accounts are those of get_attr (60564): xiaoming has two
// attributes, and tags as in get_tag (60567); xiaohua has none; Mary does not exist. Its attribute names are those of
// get_attr_name (67815).
func SampleSeed() Seed {
	return Seed{
		Accounts: map[string]Account{
			"xiaoming": {
				Attributes: map[string]string{"sex": "male", "city": "ShenZhen"},
				Tags:       []string{"GoldMember", "WeekPassUser"},
			},
			"xiaohua": {},
		},
		AttributeNames: map[string]AttributeName{
			"0": {Name: "sex", Type: "user_id"},
			"1": {Name: "city", Type: "user_id"},
			"2": {Name: "country", Type: "registration_id"},
		},
	}
}

// kinds are the kinds of account by their type in seeds.
var kinds = map[string]kind{"": userID, "user_id": userID, "registration_id": registrationID}

const badType = `must be "user_id" or "registration_id"`

// New returns an app with the state of a seed, which it copies, and that starts now. It reads maps in sorted order, so that a
// seed always gives the same error.
func New(s Seed, now time.Time) (*App, error) {
	app := &App{
		accounts: map[string]*account{}, tags: map[string]tag{},
		executed: map[repeat]executed{}, perDay: pushesPerDay,
		start: now, scheduled: map[int64]*scheduled{}, lastID: firstID - 1,
	}
	if s.PushesPerDay < 0 || s.PushesPerDay > maxCount {
		return nil, seedErrorf("pushes_per_day", "must be from 0 to %d", int64(maxCount))
	}
	if s.PushesPerDay > 0 {
		app.perDay = int(s.PushesPerDay)
	}
	if err := app.setNames("attribute_names", s.AttributeNames); err != nil {
		return nil, err
	}
	if len(s.AttributeNames) == 0 {
		if err := app.addUsedNames(s.Accounts); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Accounts)) {
		if err := app.addAccount(entry("accounts", name), name, s.Accounts[name]); err != nil {
			return nil, err
		}
	}
	if err := app.setScheduled("scheduled_pushes", s.ScheduledPushes); err != nil {
		return nil, err
	}
	for i, statistics := range s.Statistics {
		if err := app.addStatistics(element("statistics", i), statistics, now); err != nil {
			return nil, err
		}
	}
	if err := app.addDrift(s.Drift); err != nil {
		return nil, err
	}
	return app, nil
}

// setNames sets attribute names, all or none. Indexes in use get other names, but keep their type, as in set_attr_name.
func (app *App) setNames(path string, names map[string]AttributeName) error {
	after := app.attributes // a copy
	for _, index := range slices.Sorted(maps.Keys(names)) {
		n, path := names[index], entry(path, index)
		i, isIndex := parseIndex(index)
		kind, isKind := kinds[n.Type]
		switch {
		case !isIndex:
			return seedErrorf(path, `the index must be "0" to "9"`)
		case !isKind:
			return seedErrorf(field(path, "type"), badType)
		case n.Name == "" || len(n.Name) > maxName:
			return seedErrorf(path, "the field name must have 1 to %d bytes", maxName)
		case after[i].name != "" && n.Type == "":
			kind = after[i].kind
		case after[i].name != "" && kind != after[i].kind:
			return seedErrorf(field(path, "type"), "the type of an attribute never changes")
		}
		after[i] = attribute{n.Name, kind}
	}
	if i, other, found := findDuplicate(after, names); found {
		path := field(entry(path, indexes[i]), "name")
		return seedErrorf(path, "index %q already has the name %q", indexes[other], after[i].name)
	}
	app.attributes = after
	return nil
}

// addUsedNames adds the attribute names that the accounts of a seed use.
func (app *App) addUsedNames(accounts map[string]Account) error {
	used := map[string]kind{}
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		for name := range accounts[account].Attributes {
			if _, known := used[name]; !known {
				used[name] = kinds[accounts[account].Type]
			}
		}
	}
	if len(used) > maxNames {
		return seedErrorf("accounts", "the accounts use %d attribute names; an app has at most %d", len(used), maxNames)
	}
	for i, name := range slices.Sorted(maps.Keys(used)) {
		app.attributes[i] = attribute{name, used[name]}
	}
	return nil
}

// addAccount adds an account that the app does not have.
func (app *App) addAccount(path, name string, s Account) error {
	kind, isKind := kinds[s.Type]
	switch {
	case name == "" || strings.TrimSpace(name) != name || strings.ContainsFunc(name, unicode.IsControl):
		return seedErrorf(path, "the account must not be empty, have surrounding whitespace, or contain a control character")
	case !isKind:
		return seedErrorf(field(path, "type"), badType)
	}
	a := &account{name: name, kind: kind, values: map[int]string{}, tags: []string{}, device: s.Device}
	app.accounts[name] = a
	if err := a.setDelivery(path, s); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		path := entry(field(path, "attributes"), name)
		index, found := app.index(name)
		switch {
		case name == "" || len(name) > maxName:
			return seedErrorf(path, "the name must have 1 to %d bytes", maxName)
		case !found:
			return seedErrorf(path, "the app does not have this attribute name; add it to attribute_names")
		case app.attributes[index].kind != kind:
			return seedErrorf(path, "%s", infos[codeOtherKind])
		case len(s.Attributes[name]) > maxValue:
			return seedErrorf(path, "the value must have at most %d bytes", maxValue)
		}
		a.values[index] = s.Attributes[name]
	}
	path = field(path, "tags")
	for i, tag := range s.Tags {
		code := checkTag(tag)
		if t, used := app.tags[tag]; used && t.kind != kind {
			code = codeOtherKind
		}
		if code != 0 {
			return seedErrorf(element(path, i), "%s", infos[code])
		}
		if slices.Contains(s.Tags[:i], tag) {
			return seedErrorf(element(path, i), "duplicate tag")
		}
	}
	if code := app.setTags(a, s.Tags); code != 0 {
		return seedErrorf(path, "%s", infos[code])
	}
	return nil
}
