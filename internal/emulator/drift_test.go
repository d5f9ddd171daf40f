package emulator

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

// driftSeed reads a seed with two accounts and this drift.
func driftSeed(t *testing.T, drift string) Seed {
	t.Helper()
	seed, err := ReadSeed(strings.NewReader(`{
		"accounts": {
			"alice": { "attributes": { "city": "ShenZhen", "level": "silver" }, "tags": ["x", "y"] },
			"bob": { "attributes": { "city": "BeiJing" } }
		},
		"attribute_names": { "1": { "name": "city" }, "2": { "name": "level" } },
		"drift": ` + drift + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// TestSeedDrift: changes are made in order, after executed requests that write, and not after others.
func TestSeedDrift(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) {
		o.DriftSkipped = func(err error) { t.Error(err) }
		o.Seed = driftSeed(t, `[
			{ "after_writes": 3, "accounts": { "bob": null, "carol": { "type": "registration_id", "tags": ["z"] } } },
			{ "after_writes": 3, "accounts": { "alice": { "attributes": { "town": "WuHan" } } }, "attribute_names": { "1": { "name": "town" }, "5": { "name": "age" } } },
			{ "after_writes": 4, "accounts": { "bob": { "tags": ["x"] } } }
		]`)
	})
	const tagBob = `{"UserTags":[{"To_Account":"bob","Tags":["b"]}]}`
	const all = `{"To_Account":["alice","bob","carol"]}`
	const namesBefore = `,"AttrNames":{"1":"city","2":"level"},"AttrTypes":{"1":0,"2":0}`
	e.Script(
		Fault{Match: Match{Account: "bob"}, Times: 1, Effect: Effect{Code: 91000, Info: "busy"}},
		Fault{Match: Match{Account: "bob"}, Times: 1, Effect: Effect{Code: 91000, Info: "busy", Execute: true}},
	)
	expect(
		t, e,
		exchange{api: "add_tag", body: tagBob, code: 91000}, // not executed
		exchange{api: "add_tag", body: tagBob, code: 91000}, // the first write
		exchange{api: "get_attr_name", body: "{}", rest: namesBefore},
		exchange{api: "set_attr", body: `{"UserAttrs":[{"To_Account":"bob","Attrs":{"ctiy":"x"}}]}`, code: 90033}, // rejected
		exchange{api: "set_attr", body: `{"UserAttrs":[{"To_Account":"Mary","Attrs":{"city":"x"}}]}`, rest: errorList("70107", "Mary")},
		tagsOf("bob", `["b"]`),
		exchange{api: "get_attr_name", body: "{}", rest: namesBefore},
		exchange{api: "remove_attr", body: `{"UserAttrs":[{"To_Account":"bob","Attrs":["city"]}]}`}, // the third
		exchange{api: "get_attr", body: all, rest: `,"UserAttrs":[{"To_Account":"alice","Attrs":{"town":"WuHan"}},{"To_Account":"carol","Attrs":{}}]` + errorList("70107", "bob")},
		exchange{api: "get_tag", body: all, rest: `,"UserTags":[{"To_Account":"alice","Tags":[]},{"To_Account":"carol","Tags":["z"]}]` + errorList("70107", "bob")},
		exchange{api: "get_attr_name", body: "{}", rest: `,"AttrNames":{"1":"town","2":"level","5":"age"},"AttrTypes":{"1":0,"2":0,"5":0}`},
		exchange{api: "add_tag", body: tagBob, rest: errorList("70107", "bob")},
		tagsOf("bob", `["x"]`),
	)
}

// TestWritesCount: drift counts the requests of each command that changes accounts or names, and of no other.
func TestWritesCount(t *testing.T) {
	t.Parallel()
	for _, api := range Commands() {
		s := sampleOf(t, api)
		s.seed.Drift = []Drift{{AfterWrites: 1, Change: Change{Accounts: map[string]*Account{"new": {}}}}}
		e := s.emulator(t)
		before := reads(t, e, s.accounts(t)...)
		postTo(t, e, api, string(s.request))
		changed := reads(t, e, s.accounts(t)...) != before
		drifted := !strings.Contains(reads(t, e, "new"), "ErrorList")
		if command, _ := app.FindCommand(api); changed != command.Writes || drifted != command.Writes {
			t.Errorf("%s: Writes is %t, but it changes something: %t, and counts: %t", api, command.Writes, changed, drifted)
		}
	}
}

// TestDriftSkipped: an entry that requests have made impossible is skipped completely, and the others are not.
func TestDriftSkipped(t *testing.T) {
	t.Parallel()
	var skipped []string
	o := func(o *Options) {
		o.DriftSkipped = func(err error) { skipped = append(skipped, err.Error()) }
		o.Seed = driftSeed(t, `[
			{ "after_writes": 1, "accounts": { "bob": null }, "attribute_names": { "1": { "name": "town" } } },
			{ "after_writes": 1, "accounts": { "bob": {}, "alice": null } }
		]`)
	}
	expect(
		t, newTest(t, o),
		exchange{api: "set_attr_name", body: `{"AttrNames":{"3":"town"}}`},
		exchange{api: "get_attr_name", body: "{}", rest: `,"AttrNames":{"1":"city","2":"level","3":"town"},"AttrTypes":{"1":0,"2":0,"3":0}`},
		exchange{api: "get_attr", body: `{"To_Account":["alice","bob"]}`, rest: `,"UserAttrs":[{"To_Account":"bob","Attrs":{}}]` + errorList("70107", "alice")},
	)
	const want = `skipped an entry of drift, because requests have changed the app: drift[0].attribute_names["1"].name: index "3" already has the name "town"`
	if got := strings.Join(skipped, "\n"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestDrift tests changes without a request.
func TestDrift(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.Seed = driftSeed(t, `[]`) })
	drift := func(c Change) {
		t.Helper()
		if err := e.Drift(c); err != nil {
			t.Error(err)
		}
	}
	drift(Change{})
	drift(Change{AttributeNames: map[string]AttributeName{"1": {Name: "level"}, "2": {Name: "city"}}})
	expect(t, e, exchange{
		api: "get_attr", body: `{"To_Account":["alice","bob"]}`,
		rest: `,"UserAttrs":[{"To_Account":"alice","Attrs":{"city":"silver","level":"ShenZhen"}},{"To_Account":"bob","Attrs":{"level":"BeiJing"}}]`,
	})
	gold := &Account{Attributes: map[string]string{"level": "gold"}, Tags: []string{"y"}}
	drift(Change{Accounts: map[string]*Account{"alice": gold, "bob": nil, "carol": {Type: "registration_id", Tags: []string{"x"}}}})
	gold.Attributes["level"], gold.Tags[0] = "changed", "changed"
	expect(
		t, e,
		exchange{api: "get_attr", body: `{"To_Account":["alice","bob"]}`, rest: `,"UserAttrs":[{"To_Account":"alice","Attrs":{"level":"gold"}}]` + errorList("70107", "bob")},
		exchange{api: "add_tag", body: `{"UserTags":[{"To_Account":"carol","Tags":["y"]}]}`, rest: errorList("90035", "carol")},
		tagsOf("alice", `["y"]`),
		tagsOf("carol", `["x"]`),
	)
	drift(Change{Accounts: map[string]*Account{"alice": {}}})
	expect(t, e, exchange{api: "add_tag", body: `{"UserTags":[{"To_Account":"carol","Tags":["y"]}]}`}) // nobody has it any more

	before := reads(t, e, "alice", "bob", "carol", "dave")
	const want = `emulator: Drift: accounts["dave"].attributes["town"]: the app does not have this attribute name; add it to attribute_names`
	err := e.Drift(Change{
		AttributeNames: map[string]AttributeName{"1": {Name: "changed"}},
		Accounts:       map[string]*Account{"bob": {}, "carol": nil, "dave": {Attributes: map[string]string{"town": ""}}},
	})
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if after := reads(t, e, "alice", "bob", "carol", "dave"); after != before {
		t.Errorf("an invalid change changed the app: before\n%s\nafter\n%s", before, after)
	}
	expect(t, e, exchange{api: "add_tag", body: `{"UserTags":[{"To_Account":"alice","Tags":["x"]}]}`, rest: errorList("90035", "alice")}) // carol still has it
}
