package provider

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// A refresh finds what others changed: a changed value is read, a missing attribute
// is dropped. The next apply repairs both.
func TestOwnedDrift(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	owned := o.of(map[string]any{"alice": map[string]any{"level": "gold", "city": "Oslo"}, "bob": one("level", "gold")})
	checkText(t, "create", o.run(owned), "create\n")
	o.become(t, map[string]emulator.Account{
		"alice": {Attributes: map[string]string{"level": "lead"}},
		"bob":   {Attributes: map[string]string{"level": "gold", "city": "Rome"}},
	})
	checkText(t, "refresh", o.refresh()+o.owns(), "{alice:{level:lead] bob:{level:gold]]")
	o.wire.taken()
	checkText(t, "repair", o.run(owned), "update\n")
	o.wire.check(t, "repair", `get_attr {"To_Account":["alice","bob"]}`, `get_attr_name {}`,
		`set_attr {"UserAttrs":[{"To_Account":"alice","Attrs":{"city":"Oslo","level":"gold"}}]}`)

	tags := o.other(ownedTags)
	checkText(t, "create", tags.run(tags.of(map[string]any{"alice": []any{"c", "a", "b"}})), "create\n")
	tags.become(t, map[string]emulator.Account{"alice": {Tags: []string{"b", "c", "other"}}})
	checkText(t, "refresh", tags.refresh()+tags.owns(), "{alice:[c b]]")
}

// Resources of the same accounts own different names, and do not see or touch those
// of others.
func TestOwnedByTwo(t *testing.T) {
	t.Parallel()
	level := newOwner(t, ownedAttributes, crew(), nil)
	city := level.other(ownedAttributes)
	levels := level.of(mixed("alice", "bob"))
	cities := city.of(map[string]any{"alice": one("city", "Oslo"), "bob": map[string]any{}})
	checkText(t, "create", level.run(levels)+city.run(cities), "create\ncreate\n")
	for range 2 {
		checkText(t, "second run", level.run(levels)+city.run(cities), "none\nnone\n")
	}
	checkText(t, "states", level.owns()+city.owns(), "{alice:{level:gold] bob:{level:gold]]{alice:{city:Oslo] bob:{]]")
	checkText(t, "destroy", city.run(nil), "delete\n")
	checkText(t, "service", level.has("alice", "bob"), "{alice:{level:gold] bob:{city:Rome level:gold]]")
	checkText(t, "the other one", level.run(levels), "none\n")
	if private := string(level.private); strings.Contains(level.state.String()+private, "Rome") {
		t.Errorf("the state has a value of others: %s %s", level.state, private)
	}
}

// An account that is gone is dropped, and remembered: the plan warns of it, apply
// fails, and so on until it is there again or removed. Destroy does not mind.
func TestOwnedAccountIsGone(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	owned := o.of(mixed("alice", "carol"))
	checkText(t, "create", o.run(owned), "create\n")
	o.become(t, map[string]emulator.Account{"carol": {Attributes: map[string]string{"level": "gold"}}})
	checkText(t, "refresh", o.refresh()+o.owns()+show(o.attribute("errors")), "{carol:{level:gold]]{]")
	for range 2 {
		c, text := o.plan(owned)
		if c == nil {
			t.Fatal(text)
		}
		checkText(t, "plan", c.action+"\n"+text, "update\n"+`WARNING [AttributeName("attributes").ElementKeyString("alice")] Accounts Do Not Exist`+"\n"+
			"1 of 1 accounts do not exist. The resource wrote to them before, or tried to, and apply tries again.\n\n"+
			`Error code 70107 (the account does not exist in the app): "alice"`+"\nFix: Import the account or let it log in once, or remove it from attributes.\n")
		checkParts(t, "apply", o.apply(c), "ERROR", "Some Accounts Could Not Be Written", "Error code 70107")
		checkText(t, "state", o.owns(), "{carol:{level:gold]]")
	}
	o.become(t, map[string]emulator.Account{"alice": {}, "carol": {Attributes: map[string]string{"level": "gold"}}})
	checkText(t, "it is back", o.run(owned), "update\n")
	if strings.Contains(string(o.private), "gone") {
		t.Errorf("the private state is %s", o.private)
	}

	o.become(t, map[string]emulator.Account{})
	checkText(t, "all are gone", o.refresh()+o.owns(), "{]")
	_, text := o.plan(owned)
	checkParts(t, "plan", text, "WARNING", "Accounts Do Not Exist", `"alice", "carol"`)
	_, text = o.plan(o.of(mixed("alice", "dave")))
	checkParts(t, "plan with a new one", text, "ERROR", `"dave"`, "WARNING", `"alice"`)
	checkParts(t, "with another", o.run(o.of(mixed("bob"), values{"on_account_error": "warn"})), "update\nWARNING", `"bob"`)
	if strings.Contains(string(o.private), "gone") {
		t.Errorf("the private state is %s", o.private)
	}
	checkText(t, "without them", o.run(o.of(map[string]any{})), "update\n")
	checkText(t, "destroy", o.run(nil), "delete\n")
}

// Destroy and removals of an account that is gone are done.
func TestOwnedRemovalOfGoneAccount(t *testing.T) {
	t.Parallel()
	for _, end := range []map[string]any{nil, {"carol": []any{"a"}}} {
		o := newOwner(t, ownedTags, crew(), nil)
		checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{"a"}, "carol": []any{"a"}})), "create\n")
		arguments := values(nil)
		if end != nil {
			arguments = o.of(end)
		}
		c, text := o.plan(arguments)
		if c == nil {
			t.Fatal(text)
		}
		o.become(t, map[string]emulator.Account{"carol": {Tags: []string{"a"}}})
		checkText(t, "apply", o.apply(c), "")
		if end != nil {
			checkText(t, "state", o.owns(), "{carol:[a]]")
		}
	}
}

// An account that cannot be read keeps what the state has. The refresh warns; the plan
// fails unless the configuration says otherwise, so that a change of on_account_error
// helps, and destroy always works.
func TestOwnedRefreshOfFailingAccount(t *testing.T) {
	t.Parallel()
	const (
		body    = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserTags":[{"To_Account":"alice","Tags":["a"]}],"ErrorList":[{"ErrorCode":70398,"To_Account":"carol"}]}`
		warning = `WARNING [AttributeName("tags").ElementKeyString("carol")] Some Accounts Could Not Be Read`
		failure = `ERROR [AttributeName("tags").ElementKeyString("carol")] Some Accounts Could Not Be Read`
	)
	o := newOwner(t, ownedTags, crew(), nil)
	owned := map[string]any{"alice": []any{"a"}, "carol": []any{"a"}}
	checkText(t, "create", o.run(o.of(owned)), "create\n")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Times: 4, Effect: emulator.Effect{Body: body}})
	c, text := o.plan(o.of(owned))
	checkParts(t, "plan", text, warning, "The tags of 1 of 2 accounts could not be read. ", "Error code 70398", failure, `Set on_account_error to "warn"`)
	checkText(t, "state", o.owns(), "{alice:[a] carol:[a]]")
	checkParts(t, "errors", show(o.attribute("errors")), "{carol:{code:70398")
	if c != nil {
		t.Error("the plan does not fail")
	}
	if c, text = o.plan(o.of(map[string]any{"alice": []any{"a"}})); c == nil {
		t.Errorf("without the account: %s", text)
	}
	c, text = o.plan(o.of(owned, values{"on_account_error": "warn"}))
	if c == nil || strings.Contains(text, "ERROR") {
		t.Fatalf("plan with warn: %s", text)
	}
	checkText(t, "apply", o.apply(c), "")
	checkParts(t, "errors", show(o.attribute("errors")), "{carol:{code:70398")
	checkParts(t, "destroy", o.run(nil), "delete\n"+warning)
	checkText(t, "service", o.has("alice", "carol"), "{alice:[] carol:[]]")
}

// A refresh that reads all accounts again has no errors.
func TestOwnedRefreshAgain(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	owned := o.of(map[string]any{"carol": []any{"a"}})
	checkText(t, "create", o.run(owned), "create\n")
	body := `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserTags":[],"ErrorList":[{"ErrorCode":70398,"To_Account":"carol"}]}`
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Times: 1, Effect: emulator.Effect{Body: body}})
	checkParts(t, "refresh", o.refresh(), "WARNING")
	checkText(t, "run", o.run(owned)+show(o.attribute("errors")), "none\n{]")
}

// An account that was deleted counts as gone, and importing it does not help.
func TestOwnedAccountIsDeleted(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	owned := o.of(map[string]any{"alice": []any{"a"}, "carol": []any{"a"}})
	checkText(t, "create", o.run(owned), "create\n")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "remove_tag"}, Effect: emulator.Effect{Body: listing("alice", `"ErrorCode":70399`)}})
	checkText(t, "destroy", o.run(nil), "delete\n")

	checkText(t, "create", o.run(owned), "create\n")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Effect: emulator.Effect{Body: listing("alice", `"ErrorCode":70399`, `"UserTags":[{"To_Account":"carol","Tags":["a"]}]`)}})
	c, text := o.plan(owned)
	if c == nil {
		t.Fatal(text)
	}
	checkText(t, "state", o.owns(), "{carol:[a]]")
	checkText(t, "plan", text, `WARNING [AttributeName("tags").ElementKeyString("alice")] Accounts Do Not Exist`+"\n"+
		"1 of 1 accounts do not exist. The resource wrote to them before, or tried to, and apply tries again.\n\n"+
		`Error code 70399 (the account was deleted less than three months ago): "alice"`+"\nFix: Remove the account from tags.\n")
}

// An update that does not write to an account keeps why the refresh could not read it.
func TestOwnedUpdateKeepsErrors(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	tags := func(alice, carol string) values {
		return o.of(map[string]any{"alice": []any{alice}, "carol": []any{carol}, "bob": []any{}}, values{"on_account_error": "warn"})
	}
	checkText(t, "create", o.run(tags("a", "a")), "create\n")
	for alice, effect := range map[string]emulator.Effect{
		"b": {Body: listing("bob", `"ErrorCode":0`)}, // success
		"c": {Code: 90009},
		"d": {Body: listing("alice", `"ErrorCode":70398`)},
	} {
		o.app.Script(
			emulator.Fault{Match: emulator.Match{API: "get_tag"}, Times: 1, Effect: emulator.Effect{Body: listing("carol", `"ErrorCode":70398`, `"UserTags":[{"To_Account":"alice","Tags":["a"]}]`)}},
			emulator.Fault{Match: emulator.Match{API: "add_tag"}, Times: 1, Effect: effect},
		)
		checkParts(t, alice, o.run(tags(alice, "a")), "update\nWARNING", `ElementKeyString("carol")] Some Accounts Could Not Be Read`)
		checkParts(t, alice+": errors", show(o.attribute("errors")), "carol:{code:70398")
	}
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Times: 1, Effect: emulator.Effect{Body: listing("carol", `"ErrorCode":70398`, `"UserTags":[{"To_Account":"alice","Tags":["a"]}]`)}})
	checkParts(t, "written", o.run(tags("a", "b")), "update\nWARNING", `ElementKeyString("carol")] Some Accounts Could Not Be Read`)
	checkText(t, "errors", show(o.attribute("errors")), "{]")

	// Since carol was written, a plan without a refresh does not fail because of her.
	config := o.decode(o.p.block(o.schema(), o.of(map[string]any{"alice": []any{"a"}, "carol": []any{"b"}, "bob": []any{}})))
	if c, response := o.planFrom(config, false); c == nil {
		t.Errorf("plan: %s", render(response.Diagnostics))
	}
	without := o.of(map[string]any{"alice": []any{"b"}})
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_tag"}, Times: 1, Effect: emulator.Effect{Body: listing("carol", `"ErrorCode":70398`, `"UserTags":[{"To_Account":"alice","Tags":["a"]}]`)}})
	checkParts(t, "without carol", o.run(without), "update\nWARNING", `ElementKeyString("carol")] Some Accounts Could Not Be Read`)
	checkText(t, "errors", show(o.attribute("errors")), "{]")
}

// A new error of an account replaces an earlier one, and a removed account has none.
func TestOwnedUpdateReplacesErrors(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{}, "carol": []any{}})), "create\n")
	for _, code := range []string{"70398", "90035"} {
		o.app.Script(emulator.Fault{Match: emulator.Match{API: "add_tag"}, Times: 1, Effect: emulator.Effect{Body: listing("carol", `"ErrorCode":`+code)}})
		c, _ := o.planNow(map[string]any{"alice": []any{code}, "carol": []any{"a"}})
		checkParts(t, code, o.apply(c), "ERROR", "of 1 of 2 accounts could not be set.")
		checkParts(t, code, show(o.attribute("errors")), "{carol:{code:"+code)
	}
	c, _ := o.planNow(map[string]any{"alice": []any{"a"}})
	checkText(t, "without carol", o.apply(c)+show(o.attribute("errors")), "{]")
}

// A name that the app no longer has is removed with it.
func TestOwnedNameIsGone(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	owned := map[string]any{"alice": map[string]any{"level": "gold", "city": "Oslo"}, "bob": one("level", "gold"), "carol": one("city", "Rome")}
	checkText(t, "create", o.run(o.of(owned)), "create\n")
	c, _ := o.plan(nil)
	if err := o.app.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"1": {Name: "town"}}}); err != nil {
		t.Fatal(err)
	}
	checkText(t, "destroy", o.apply(c), "")
	checkText(t, "service", o.has("alice", "bob", "carol"), "{alice:{town:Oslo] bob:{town:Rome] carol:{town:Rome]]")
}

// If the names that the app still has cannot be removed, nothing is forgotten.
func TestOwnedNameIsGoneAndRemovalFails(t *testing.T) {
	t.Parallel()
	owned := map[string]any{"alice": map[string]any{"level": "gold", "city": "Oslo"}, "bob": map[string]any{"level": "gold", "city": "Oslo"}, "carol": one("city", "Oslo")}
	for _, test := range []struct {
		effect       emulator.Effect
		want, remain string
	}{
		{emulator.Effect{Code: 90009}, "\nAccounts: removed for 1 of 3, not sent for 2\n", "{alice:{city:Oslo level:gold] bob:{city:Oslo level:gold]]"},
		{emulator.Effect{Code: 91000}, "\nAccounts: removed for 1 of 3, unclear for 2 (\"alice\", \"bob\")\n", "{alice:{city:Oslo level:gold] bob:{city:Oslo level:gold]]"},
		{emulator.Effect{Body: listing("alice", `"ErrorCode":70398`)}, "of 1 of 3 accounts could not be removed. They persist in the state.", "{alice:{city:Oslo level:gold]]"},
	} {
		o := newOwner(t, ownedAttributes, crew(), nil)
		checkText(t, "create", o.run(o.of(owned)), "create\n")
		c, _ := o.plan(nil)
		if err := o.app.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"1": {Name: "town"}}}); err != nil {
			t.Fatal(err)
		}
		failures := `[{"To_Account":"alice","ErrorCode":90033},{"To_Account":"bob","ErrorCode":90033},{"To_Account":"carol","ErrorCode":90033}]`
		o.app.Script(
			emulator.Fault{Match: emulator.Match{API: "remove_attr"}, Times: 1, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":` + failures + `}`}},
			emulator.Fault{Match: emulator.Match{API: "remove_attr"}, Times: 1, Effect: test.effect},
		)
		checkParts(t, test.want, o.apply(c), "ERROR", test.want)
		checkText(t, test.want+": state", o.owns(), test.remain)
	}
}

// An import that lists what no account has warns of it.
func TestOwnedImportFindsNothing(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	checkText(t, "import", o.importState(`{"accounts":["bob"],"names":["lvl","city"]}`),
		"WARNING Import Found Nothing\nNone of the accounts has \"lvl\", which the import ID lists in \"names\". Check the spelling, or remove what the accounts do not have.\n")
	checkText(t, "state", o.owns(), "{bob:{city:Rome]]")
}

// Import owns everything that accounts have, or the names that the ID lists.
func TestOwnedImport(t *testing.T) {
	t.Parallel()
	seed := crew()
	seed.Accounts["alice"] = emulator.Account{Attributes: map[string]string{"level": "gold", "city": "Oslo"}, Tags: []string{"b", "a"}}
	for id, want := range map[string]string{
		`{"accounts":["alice","bob"]}`:                           "{alice:{city:Oslo level:gold] bob:{city:Rome]]",
		`{"accounts":["alice","bob","alice"],"names":["level"]}`: "{alice:{level:gold] bob:{]]",
	} {
		o := newOwner(t, ownedAttributes, seed, nil)
		checkText(t, id, o.importState(id), "")
		checkText(t, id, o.owns()+show(o.attribute("errors")), want+"{]")
		checkText(t, id, o.run(o.of(map[string]any{"alice": one("level", "gold"), "bob": map[string]any{}})), map[bool]string{true: "none\n", false: "update\n"}[strings.Contains(id, "names")])
	}
	o := newOwner(t, ownedTags, seed, nil)
	checkText(t, "tags", o.importState(`{"accounts":["bob","alice"],"tags":["a","staff"]}`)+o.owns(), "{alice:[a] bob:[staff]]")
	checkText(t, "tags", o.run(o.of(map[string]any{"alice": []any{"a"}, "bob": []any{"staff"}})), "none\n")
}

func TestOwnedImportFails(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	for id, want := range map[string]string{
		``:                                     `it is not a JSON object`,
		`alice`:                                `it is not a JSON object`,
		`null`:                                 `it is not a JSON object`,
		`["alice"]`:                            `it is not a JSON object`,
		`{"accounts":["alice"]} x`:             `there is more after the JSON object`,
		`{}`:                                   `it has no "accounts"`,
		`{"names":["level"]}`:                  `it has no "accounts"`,
		`{"accounts":[]}`:                      `"accounts" must be a list of strings that is not empty`,
		`{"accounts":"alice"}`:                 `"accounts" must be a list of strings that is not empty`,
		`{"accounts":[1]}`:                     `"accounts" must be a list of strings that is not empty`,
		`{"accounts":null}`:                    `"accounts" must be a list of strings that is not empty`,
		`{"accounts":["alice",null]}`:          `"accounts" must not have null or empty elements`,
		`{"accounts":[""]}`:                    `"accounts" must not have null or empty elements`,
		`{"accounts":["alice"],"names":[]}`:    `"names" must be a list of strings that is not empty`,
		`{"accounts":["alice"],"tags":["a"]}`:  `"tags" is not a field`,
		`{"accounts":["alice"],"Names":["a"]}`: `"Names" is not a field`,
	} {
		checkText(t, id, o.importState(id), "ERROR Invalid Import ID\nThe import ID is not valid: "+want+
			`. Use JSON such as {"accounts":["alice"],"names":["level"]}; without "names", everything that the accounts have is imported.`+"\n")
	}
	checkNoRequest(t, o.app)
	checkParts(t, "no such account", o.importState(`{"accounts":["alice","alcie"]}`), "ERROR Unable to Import User Attributes\n1 of 2 accounts could not be read, so nothing was imported.", `Error code 70107 (the account does not exist in the app): "alcie"`)
	o.app.Script(emulator.Fault{Effect: emulator.Effect{Code: 90009}})
	checkParts(t, "request", o.importState(`{"accounts":["alice"]}`), "ERROR Unable to Import User Attributes\n", "Error code: 90009")
}
