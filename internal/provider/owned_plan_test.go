package provider

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The plan finds accounts that do not exist, names that the app lacks, and names
// for the other type of account. With "warn", these are warnings.
func TestOwnedPlanChecks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind  string
		owned map[string]any
		want  []string // after the severity
	}{
		"account": {ownedAttributes, mixed("alice", "alcie"), []string{
			` [AttributeName("attributes").ElementKeyString("alcie")] Some Accounts Could Not Be Read`, "The attributes of 1 of 2 accounts could not be read. ",
			`Error code 70107 (the account does not exist in the app): "alcie"`, "Fix: Import the account or let it log in once, or remove it from attributes.",
		}},
		"account with tags": {ownedTags, map[string]any{"alcie": []any{"a"}}, []string{` [AttributeName("tags").ElementKeyString("alcie")]`, "The tags of 1 of 1 accounts", "remove it from tags."}},
		"accounts":          {ownedAttributes, mixed("x", "y"), []string{` [AttributeName("attributes")]`, "of 2 of 2 accounts", `: "x", "y"`}},
		"name": {ownedAttributes, map[string]any{"alice": map[string]any{"livel": "gold", "city": "Rome"}}, []string{
			` [AttributeName("attributes").ElementKeyString("alice").ElementKeyString("livel")] Unknown Attribute Name`,
			`The app has no attribute "livel". Correct the name, or add it to the app before this plan, for example by applying timpush_attribute_names with -target.`, "\n\n" + `"livel" of "alice"; did you mean "level"?` + "\n",
		}},
		"names": {ownedAttributes, map[string]any{"alice": one("livel", "gold"), "bob": one("shoe", "42")}, []string{
			` [AttributeName("attributes")] Unknown Attribute Name`, `The app has no attributes "livel", "shoe". `,
			`"livel" of "alice"; did you mean "level"?` + "\n" + `"shoe" of "bob"` + "\n" + `Attribute names of the app: "city", "level", "model"` + "\n",
		}},
		"types in the plan": {ownedAttributes, map[string]any{"alice": map[string]any{"level": "gold", "model": "X"}}, []string{
			` [AttributeName("attributes").ElementKeyString("alice").ElementKeyString("model")] Attribute for the Other Account Type`,
			`"model" is for RegistrationIDs, and "level", which the account has too, is for UserIDs: "alice"` + "\n",
		}},
		"types at the service": {ownedAttributes, map[string]any{"bob": one("model", "X")}, []string{
			` [AttributeName("attributes").ElementKeyString("bob").ElementKeyString("model")]`, `"city", which the account has too, is for UserIDs: "bob"`,
		}},
	} {
		for _, mode := range []string{"error", "warn"} {
			o := newOwner(t, test.kind, crew(), nil)
			c, text := o.plan(o.of(test.owned, values{"on_account_error": mode}))
			severity := map[string]string{"error": "ERROR", "warn": "WARNING"}[mode]
			checkParts(t, name+", "+mode, severity+text[len(severity):], append([]string{severity}, test.want...)...)
			if text[:len(severity)] != severity || (c == nil) != (mode == "error") {
				t.Errorf("%s, %s: %s", name, mode, text)
			}
		}
	}
}

// A new name of an account in the state is checked against the names that the
// state has, without reading the account again.
func TestOwnedPlanChecksNewNames(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	checkText(t, "create", o.run(o.of(mixed("alice", "carol"))), "create\n")
	o.wire.taken()
	_, text := o.plan(o.of(map[string]any{"alice": map[string]any{"level": "gold", "model": "X"}, "carol": one("level", "gold")}))
	checkParts(t, "plan", text, "ERROR", `"model" is for RegistrationIDs, and "level", which the account has too, is for UserIDs: "alice"`)
	o.wire.check(t, "plan", `get_attr {"To_Account":["alice","carol"]}`, `get_attr_name {}`)
	_, text = o.plan(o.of(map[string]any{"alice": one("level", "gold"), "carol": one("model", "X")}))
	checkParts(t, "in place of the other", text, "ERROR", `"model" is for RegistrationIDs, and "level", which the account has too, is for UserIDs: "carol"`)
}

// A failed request is an error of the plan, in either mode.
func TestOwnedPlanRequestFails(t *testing.T) {
	t.Parallel()
	for _, api := range []string{"get_attr", "get_attr_name"} {
		o := newOwner(t, ownedAttributes, crew(), nil)
		o.app.Script(emulator.Fault{Match: emulator.Match{API: api}, Effect: emulator.Effect{Code: 90009}})
		_, text := o.plan(o.of(mixed("alice"), values{"on_account_error": "warn"}))
		checkParts(t, api, text, "ERROR Unable to Read User Attributes\n", "API: "+api+"\n")
	}
}

// Of many accounts, a change of three sends these three, and reads nothing beyond
// the refresh.
func TestOwnedChangeOfThree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // in virtual time, since requests are paced
		o, owned := bigOwner(t, 250)
		checkText(t, "create", o.run(o.of(owned)), "create\n")
		o.wire.taken()
		for _, account := range []string{"user00007", "user00150", "user00249"} {
			owned[account] = map[string]any{"level": "silver", "city": "Rome"}
		}
		checkText(t, "change", o.run(o.of(owned)), "update\n")
		requests := o.wire.taken()
		if len(requests) != 4 {
			t.Errorf("%d requests", len(requests))
		}
		checkText(t, "write", requests[len(requests)-1],
			`set_attr {"UserAttrs":[{"To_Account":"user00007","Attrs":{"level":"silver"}},{"To_Account":"user00150","Attrs":{"level":"silver"}},{"To_Account":"user00249","Attrs":{"level":"silver"}}]}`)
	})
}

// bigOwner returns an app with accounts, and two attributes for each.
func bigOwner(t *testing.T, count int) (*owner, map[string]any) {
	t.Helper()
	seed, owned := crew(), map[string]any{}
	seed.Accounts = map[string]emulator.Account{}
	for i := range count {
		account := fmt.Sprintf("user%05d", i)
		seed.Accounts[account], owned[account] = emulator.Account{}, map[string]any{"level": "gold", "city": "Rome"}
	}
	o := newOwner(t, ownedAttributes, seed, nil)
	return o, owned
}

// The order and repeats of tags mean nothing: a change of these plans nothing. With
// another change, only that one is sent.
func TestOwnedTagOrder(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{"b", "a", "b"}, "bob": []any{"a"}})), "create\n")
	o.wire.check(t, "create", `add_tag {"UserTags":[{"To_Account":"alice","Tags":["a","b"]},{"To_Account":"bob","Tags":["a"]}]}`, `get_tag {"To_Account":["alice","bob"]}`)
	checkText(t, "state", o.owns(), "{alice:[b a b] bob:[a]]")
	checkText(t, "refresh", o.refresh()+o.owns(), "{alice:[b a b] bob:[a]]")

	checkText(t, "other order", o.run(o.of(map[string]any{"alice": []any{"a", "b"}, "bob": []any{"a", "a"}})), "none\n")
	checkText(t, "state", o.owns(), "{alice:[b a b] bob:[a]]")
	o.wire.taken()
	checkText(t, "new tag", o.run(o.of(map[string]any{"alice": []any{"a", "b"}, "bob": []any{"c", "a"}})), "update\n")
	o.wire.check(t, "new tag", `add_tag {"UserTags":[{"To_Account":"bob","Tags":["c"]}]}`, `get_tag {"To_Account":["alice","bob"]}`)
	checkText(t, "service", o.has("bob"), "{bob:[a c staff]]")
	checkText(t, "other argument", o.run(o.of(map[string]any{"alice": []any{"b", "a"}, "bob": []any{"a", "c"}}, values{"on_account_error": "warn"})), "update\n")
	o.wire.taken()
	checkText(t, "destroy", o.run(nil), "delete\n")
	checkText(t, "service", o.has("alice", "bob"), "{alice:[] bob:[staff]]")
}

// Names and tags are compared in NFC, and the state keeps how they are written.
func TestOwnedNFC(t *testing.T) {
	t.Parallel()
	const composed, decomposed = "\u00e9", "e\u0301"
	o := newOwner(t, ownedTags, crew(), nil)
	checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{decomposed}})), "create\n")
	o.wire.taken()
	checkText(t, "state", o.refresh()+o.owns(), "{alice:["+decomposed+"]]")
	checkText(t, "other form", o.run(o.of(map[string]any{"alice": []any{composed, decomposed}})), "none\n")
	o.wire.taken()
	checkText(t, "destroy", o.run(nil), "delete\n")
	o.wire.check(t, "destroy", `get_tag {"To_Account":["alice"]}`, `remove_tag {"UserTags":[{"To_Account":"alice","Tags":["`+composed+`"]}]}`)

	a := newOwner(t, ownedAttributes, crew(), nil)
	checkText(t, "create", a.run(a.of(map[string]any{"alice": one("level", decomposed)})), "create\n")
	checkText(t, "other form", a.run(a.of(map[string]any{"alice": one("level", composed)})), "none\n")
}

// An account with more than ten tags takes several requests.
func TestOwnedManyTags(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	var many []any
	for i := range 25 {
		many = append(many, fmt.Sprintf("tag%02d", i))
	}
	checkText(t, "create", o.run(o.of(map[string]any{"alice": many, "carol": []any{"a"}})), "create\n")
	if sent := len(o.wire.taken()); sent != 4 { // a read for the plan, and three writes
		t.Errorf("%d requests", sent)
	}
	checkText(t, "second run", o.run(o.of(map[string]any{"alice": many, "carol": []any{"a"}})), "none\n")

	// If a later request fails, some tags may have been added: nothing is forgotten.
	for name, test := range map[string]struct {
		effect emulator.Effect
		want   string
	}{
		"account":   {emulator.Effect{Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"ErrorCode":90035,"To_Account":"alice"}]}`}, "1 of 1 accounts could not be set"},
		"request":   {emulator.Effect{Code: 90009}, "unclear for 1"},
		"no answer": {emulator.Effect{Drop: true}, "unclear for 1"},
	} {
		o := newOwner(t, ownedTags, crew(), nil)
		o.app.Script(emulator.Fault{Match: emulator.Match{API: "add_tag"}, Skip: 1, Times: 1, Effect: test.effect})
		checkParts(t, name, o.run(o.of(map[string]any{"alice": many})), "create\nWARNING", test.want)
		checkText(t, name+": second run", o.run(o.of(map[string]any{"alice": many})), "update\n")
		checkText(t, name+": destroy", o.run(nil), "delete\n")

		checkText(t, name+": create", o.run(o.of(map[string]any{"alice": []any{}})), "create\n")
		o.app.Script(emulator.Fault{Match: emulator.Match{API: "add_tag"}, Skip: 1, Times: 1, Effect: test.effect})
		checkParts(t, name, o.run(o.of(map[string]any{"alice": many})), "update\nERROR", test.want)
		checkText(t, name+": destroy", o.run(nil), "delete\n")
		checkText(t, name+": service", o.has("alice"), "{alice:[]]")
	}
}

// What is not known in plan is checked when the CLI plans again in apply, before
// anything is written.
func TestOwnedUnknownInPlan(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]values{
		"map":     {"attributes": tftypes.UnknownValue},
		"account": {"attributes": map[string]any{"alcie": tftypes.UnknownValue}},
		"value":   {"attributes": map[string]any{"alice": one("level", "gold"), "carol": map[string]any{"city": tftypes.UnknownValue}}},
	} {
		o := newOwner(t, ownedAttributes, crew(), nil)
		c, text := o.plan(arguments)
		if c == nil || text != "" {
			t.Fatalf("%s: %s", name, text)
		}
		if errors := c.attribute("errors"); errors != tftypes.UnknownValue {
			t.Errorf("%s: errors is planned as %v", name, errors)
		}
		o.wire.taken()
		_, text = o.plan(o.of(mixed("alice", "alcie")))
		checkParts(t, name, text, "ERROR", "Some Accounts Could Not Be Read")
		o.wire.check(t, name, `get_attr {"To_Account":["alcie","alice"]}`, `get_attr_name {}`)
	}
}

// If on_account_error is unknown, it may become "warn": the plan only warns. A CLI plans
// again in apply.
func TestOwnedUnknownMode(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	alcie, unknown := map[string]any{"alcie": []any{"a"}}, values{"on_account_error": tftypes.UnknownValue}
	c, text := o.plan(o.of(alcie, unknown))
	checkParts(t, "plan", text, "WARNING", "Some Accounts Could Not Be Read", `"alcie"`)
	if c == nil {
		t.Error("the plan fails")
	}
	c, text = o.plan(o.of(alcie))
	checkParts(t, "plan in apply", text, "ERROR", "Some Accounts Could Not Be Read", `"alcie"`)
	if c != nil {
		t.Error("the plan in apply does not fail")
	}
	checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{"a"}})), "create\n")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Effect: emulator.Effect{Body: listing("alice", `"ErrorCode":70398`)}})
	if c, text = o.plan(o.of(map[string]any{"alice": []any{"a"}}, unknown)); c == nil {
		t.Errorf("the plan of an account that cannot be read fails: %s", text)
	}
}

// With a provider configuration that is not known yet, the plan checks nothing. A
// missing one is an error.
func TestOwnedWithoutProviderConfiguration(t *testing.T) {
	t.Parallel()
	app := newApp(t, crew())
	p := newConfigured(t, app, values{"secret_key": tftypes.UnknownValue})
	i := p.newInstance(ownedAttributes)
	c, text := i.plan(values{"attributes": mixed("alcie")})
	if c == nil || text != "" || c.action != "create" {
		t.Fatal(text)
	}
	checkParts(t, "apply", i.apply(c), "ERROR Unable to Write User Attributes\n", "Known only after apply: secret_key")
	checkNoRequest(t, app)

	env := testEnvironment()
	delete(env, "TIMPUSH_SECRET_KEY")
	missing := newConfiguredIn(t, env, app, nil).newInstance(ownedAttributes)
	_, text = missing.plan(values{"attributes": mixed("alice")})
	checkParts(t, "missing key", text, "ERROR", "secret_key")
	// What owns nothing needs no configuration.
	checkText(t, "nothing", missing.run(values{"attributes": map[string]any{"alice": map[string]any{}}}), "create\n")
	checkText(t, "nothing", missing.run(values{"attributes": map[string]any{}}), "update\n")
	checkText(t, "nothing", missing.run(nil), "delete\n")
	checkNoRequest(t, app)
}

// A refresh cannot wait for apply.
func TestOwnedRefreshWithUnknownConfiguration(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	checkText(t, "create", o.run(o.of(mixed("alice"))), "create\n")
	i := newConfigured(t, o.app, values{"secret_key": tftypes.UnknownValue}).newInstance(ownedAttributes)
	i.state = o.state
	checkParts(t, "refresh", i.refresh(), "ERROR Unable to Read User Attributes\n", "apply the resources that they come from first, with -target", "Known only after apply: secret_key")
}
