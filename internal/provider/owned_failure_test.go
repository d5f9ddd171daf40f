package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// accounts with an attribute, which the plan cannot find to be for the other type
// of account, since the installation has no attribute yet.
func mixed(accounts ...string) map[string]any {
	owned := map[string]any{}
	for _, account := range accounts {
		owned[account] = one("level", "gold")
	}
	return owned
}

// An account that fails in create is in errors. The next refresh drops its
// attribute, and the next plan and apply retry just this account.
func TestOwnedPartialFailure(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	both := o.of(mixed("alice", "install"))
	text := o.run(both)
	checkParts(t, "create", text, "create\nWARNING [AttributeName(\"attributes\").ElementKeyString(\"install\")]", "Some Accounts Could Not Be Written",
		"The attributes of 1 of 2 accounts could not be set. The accounts are listed in `errors`, and the next plan includes them again.",
		"Error code 90035", `"install"`, "\nFix: Use accounts of the type")
	checkText(t, "state", o.owns(), "{alice:{level:gold] install:{level:gold]]")
	checkParts(t, "errors", show(o.attribute("errors")), "{install:{code:90035")
	o.wire.taken()

	c, text := o.plan(both)
	checkText(t, "second plan", c.action+text, "update")
	checkText(t, "refreshed", o.owns()+show(o.attribute("errors")), "{alice:{level:gold] install:{]]{]")
	o.wire.check(t, "second plan", `get_attr {"To_Account":["alice","install"]}`, `get_attr {"To_Account":["install"]}`, `get_attr_name {}`)
	text = o.apply(c)
	checkParts(t, "second apply", text, "ERROR", "Some Accounts Could Not Be Written", "The attributes of 1 of 1 accounts could not be set.", `Set on_account_error to "warn"`)
	o.wire.check(t, "second apply", `set_attr {"UserAttrs":[{"To_Account":"install","Attrs":{"level":"gold"}}]}`)
	checkText(t, "state", o.owns(), "{alice:{level:gold] install:{]]")
	checkParts(t, "errors", show(o.attribute("errors")), "{install:{code:90035")
	if o.tainted {
		t.Error("the resource is tainted")
	}
	checkText(t, "without the account", o.run(o.of(mixed("alice"))), "update\n")
}

// If every account fails in create, nothing was written: an error, without a state.
// With "warn", it is a warning.
func TestOwnedCreateOfNothing(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	checkParts(t, "create", o.run(o.of(mixed("install"))), "create\nERROR", "Some Accounts Could Not Be Written", "of 1 of 1 accounts could not be set. Nothing was written.")
	if !o.state.IsNull() {
		t.Errorf("the state is %s", o.state)
	}
	checkParts(t, "warn", o.run(o.of(mixed("install"), values{"on_account_error": "warn"})), "create\nWARNING", "1 of 1 accounts")
	checkText(t, "state", o.owns(), "{install:{level:gold]]")
	checkParts(t, "second plan", o.run(o.of(mixed("install"), values{"on_account_error": "warn"})), "update\nWARNING", "1 of 1 accounts")
	checkText(t, "state", o.owns(), "{install:{level:gold]]")
	checkParts(t, "errors", show(o.attribute("errors")), "{install:{code:90035")
}

// A request that was certainly rejected in create is an error without a state. One
// with an unclear outcome is a warning with the planned state.
func TestOwnedCreateRequestFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect emulator.Effect
		done   bool // at the service
		want   []string
	}{
		"rejected": {emulator.Effect{Code: 90009}, false, []string{"create\nERROR Unable to Write User Attributes"}},
		"unclear": {emulator.Effect{Drop: true}, false, []string{
			"create\nWARNING Unable to Write User Attributes", "\nAccounts: set for 0 of 1, unclear for 1 (\"alice\")\n\nThe state has everything that was planned.",
		}},
		"executed": {emulator.Effect{Drop: true, Execute: true}, true, []string{"create\nWARNING Unable to Write User Attributes"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOwner(t, ownedAttributes, crew(), nil)
			o.app.Script(emulator.Fault{Match: emulator.Match{API: "set_attr"}, Times: 1, Effect: test.effect})
			checkParts(t, "create", o.run(o.of(mixed("alice"))), test.want...)
			if test.effect.Code != 0 {
				if !o.state.IsNull() {
					t.Errorf("the state is %s", o.state)
				}
				return
			}
			checkText(t, "state", o.owns()+show(o.attribute("errors")), "{alice:{level:gold]]{]")
			o.wire.taken()
			want := "none\n"
			if !test.done {
				want = "update\n"
			}
			checkText(t, "second run", o.run(o.of(mixed("alice"))), want)
			checkText(t, "service", o.has("alice"), "{alice:{level:gold]]")
		})
	}
}

// manyAccounts is an app with accounts, and a level for each.
func manyAccounts(count int) (emulator.Seed, map[string]any) {
	seed, owned := crew(), map[string]any{}
	seed.Accounts = map[string]emulator.Account{}
	for i := range count {
		account := fmt.Sprintf("user%03d", i)
		seed.Accounts[account], owned[account] = emulator.Account{}, one("level", "gold")
	}
	return seed, owned
}

// A create that is interrupted in the middle loses nothing: it warns, and the next
// run finishes it.
func TestOwnedCreateInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed, owned := manyAccounts(1000)
		o := newOwner(t, ownedAttributes, seed, values{"requests_per_second": 2})
		c, text := o.plan(o.of(owned))
		if c == nil {
			t.Fatal(text)
		}
		o.app.Script(emulator.Fault{Match: emulator.Match{API: "set_attr", Account: "user450"}, Times: 1, Effect: emulator.Effect{Delay: time.Hour}})
		ctx, interrupt := context.WithCancel(t.Context()) // as Ctrl-C does
		time.AfterFunc(3500*time.Millisecond, interrupt)
		o.wire.taken()
		text = o.applyIn(ctx, c)
		checkParts(t, "create", text, "WARNING", "Unable to Write User Attributes", "The write was canceled with ", " of 1000 accounts done. Run the command again.")
		checkParts(t, "create", text, "\nAccounts: set for ", " of 1000, unclear for 100 (\"user400\", ", ", and 90 more), not sent for ", "The next plan finds out what is missing")
		sent := len(o.wire.taken())
		if sent < 4 || sent > 8 || o.tainted {
			t.Errorf("%d requests were sent, tainted: %t", sent, o.tainted)
		}
		checkText(t, "state", fmt.Sprint(strings.Count(o.owns(), "gold")), "1000")

		checkText(t, "next run", o.run(o.of(owned)), "update\n")
		sets := 0
		for _, request := range o.wire.taken() {
			if strings.HasPrefix(request, "set_attr ") {
				sets++
			}
		}
		if sets != 10-sent && sets != 10-sent+1 { // the request with the unclear outcome was not executed
			t.Errorf("%d requests, and then %d", sent, sets)
		}
		checkText(t, "third run", o.run(o.of(owned)), "none\n")
	})
}

// An update that fails midway returns an error, and the state of what is done:
// rejected and unsent accounts as they were, and both where the outcome is unclear.
func TestOwnedUpdateFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed, owned := manyAccounts(500)
		o := newOwner(t, ownedAttributes, seed, values{"requests_per_second": 1, "max_retries": 0})
		checkText(t, "create", o.run(o.of(owned)), "create\n")
		for account := range owned {
			owned[account] = map[string]any{"level": "silver", "city": "Oslo"}
		}
		o.app.Script(emulator.Fault{Match: emulator.Match{API: "set_attr", Account: "user250"}, Times: 1, Effect: emulator.Effect{Drop: true, Execute: true}})
		text := o.run(o.of(owned))
		checkParts(t, "update", text, "update\nERROR Unable to Write User Attributes", "API: set_attr",
			"\nAccounts: set for 200 of 500, unclear for 100 (\"user200\", ", "), not sent for 200\n\nThe state has what is done. The next plan includes the rest.")
		got := o.owns()
		for part, count := range map[string]int{
			":{city:Oslo level:silver]": 200, // done
			":{city:Oslo level:gold]":   100, // unclear: the value of the state, and the new name
			":{level:gold]":             200,
		} {
			if n := strings.Count(got, part); n != count {
				t.Errorf("%d accounts have %s, want %d", n, part, count)
			}
		}
		o.wire.taken()
		checkText(t, "next run", o.run(o.of(owned)), "update\n")
		sets := slices.DeleteFunc(o.wire.taken(), func(request string) bool { return !strings.HasPrefix(request, "set_attr ") })
		if len(sets) != 2 { // the refresh has found that the unclear request was executed
			t.Errorf("%d requests", len(sets))
		}
		checkText(t, "third run", o.run(o.of(owned)), "none\n")
	})
}

// Accounts that fail in an update keep what they had.
func TestOwnedUpdateWithFailedAccounts(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]struct{ severity, fix, owns string }{
		"error": {"ERROR", "The other accounts are done, and the next plan includes these again. Set on_account_error", "{alice:{level:silver]]"},
		"warn":  {"WARNING", "The accounts are listed in `errors`, and the next plan includes them again.", "{alice:{level:silver] install:{level:gold]]"},
	} {
		o := newOwner(t, ownedAttributes, crew(), nil)
		checkText(t, "create", o.run(o.of(mixed("alice"))), "create\n")
		owned := map[string]any{"alice": one("level", "silver"), "install": one("level", "gold")}
		text := o.run(o.of(owned, values{"on_account_error": mode}))
		checkParts(t, mode, text, "update\n"+want.severity, "Some Accounts Could Not Be Written", "The attributes of 1 of 2 accounts could not be set. "+want.fix, "Error code 90035", `"install"`)
		checkText(t, mode+": state", o.owns(), want.owns)
		checkParts(t, mode+": errors", show(o.attribute("errors")), "{install:{code:90035")
	}
}

// What could not be removed stays in the state, also with "warn", so that the
// resource does not forget it.
func TestOwnedRemovalFails(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedTags, crew(), nil)
	warn := values{"on_account_error": "warn"}
	checkText(t, "create", o.run(o.of(map[string]any{"alice": []any{"a", "b"}, "carol": []any{"a"}}, warn)), "create\n")
	failure := `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"ErrorCode":70398,"To_Account":"alice"},{"ErrorCode":70398,"To_Account":"carol"}]}`
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "remove_tag"}, Times: 3, Effect: emulator.Effect{Body: failure}})
	text := o.run(o.of(map[string]any{"alice": []any{"c", "b"}}, warn))
	checkParts(t, "update", text, "update\nERROR", "Some Accounts Could Not Be Removed", "The tags of 2 of 2 accounts could not be removed. They persist in the state", "Error code 70398")
	checkText(t, "state", o.owns(), "{alice:[c b a] carol:[a]]")
	checkText(t, "errors", strings.ReplaceAll(show(o.attribute("errors")), "message:", ""), "{alice:{code:70398 the number of accounts is over the edition's limit] carol:{code:70398 the number of accounts is over the edition's limit]]")

	text = o.run(nil)
	checkParts(t, "destroy", text, "delete\nERROR", "The tags of 2 of 2 accounts could not be removed. They persist in the state.")
	checkText(t, "state", o.owns(), "{alice:[c b a] carol:[a]]")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "remove_tag"}, Times: 1, Effect: emulator.Effect{Drop: true}})
	checkParts(t, "destroy", o.run(nil), "delete\nERROR", "of 2 of 2 accounts could not be removed")
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "remove_tag"}, Times: 1, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"ErrorCode":70398,"To_Account":"alice"}]}`}})
	text = o.run(nil)
	checkParts(t, "destroy", text, "delete\nERROR Unable to Remove User Tags", "\nAccounts: removed for 0 of 2, unclear for 2 (\"alice\", \"carol\")\n\nThe state has what is left.")
	checkParts(t, "destroy", o.run(nil), "delete\nERROR", "of 1 of 2 accounts could not be removed")
	checkText(t, "state", o.owns(), "{alice:[c b a]]")
	checkText(t, "destroy", o.run(nil), "delete\n")
	checkText(t, "service", o.has("alice"), "{alice:[]]")
}

// A create that is interrupted before it sends anything has no state.
func TestOwnedCreateInterruptedAtOnce(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	c, text := o.plan(o.of(mixed("alice")))
	if c == nil {
		t.Fatal(text)
	}
	o.wire.taken()
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	checkText(t, "create", o.applyIn(ctx, c), "ERROR Unable to Write User Attributes\nThe write was canceled with 0 of 1 accounts done. Run the command again.\n")
	o.wire.check(t, "create")
	if !o.state.IsNull() {
		t.Errorf("the state is %s", o.state)
	}
}

// An account that failed may have a part of its attributes, so a create keeps all of
// them: an error would forget them.
func TestOwnedCreateMayBePartial(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	body := `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"ErrorCode":90033,"To_Account":"alice"}]}`
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "set_attr"}, Times: 1, Effect: emulator.Effect{Body: body}})
	c, text := o.plan(o.of(map[string]any{"alice": map[string]any{"level": "gold", "city": "Oslo"}}))
	if c == nil {
		t.Fatal(text)
	}
	checkParts(t, "create", o.apply(c), "WARNING", "The attributes of 1 of 1 accounts could not be set.")
	checkText(t, "state", o.owns(), "{alice:{city:Oslo level:gold]]")
	o.become(t, map[string]emulator.Account{"alice": {Attributes: map[string]string{"level": "gold"}}}) // the part that was written
	checkText(t, "destroy", o.run(nil), "delete\n")
	checkText(t, "service", o.has("alice"), "{alice:{]]")
}

// An account may have been written if its code does not prove the opposite, even with
// one tag: nothing that the resource may own is forgotten.
func TestOwnedFailedAccountMayBeWritten(t *testing.T) {
	t.Parallel()
	for _, failure := range []string{`"ErrorCode":91000`, `"ErrorInfo":"no code"`} {
		o := newOwner(t, ownedTags, crew(), nil)
		executed := emulator.Fault{Match: emulator.Match{API: "add_tag"}, Times: 1, Effect: emulator.Effect{Body: listing("alice", failure), Execute: true}}
		none, owned := o.of(map[string]any{}), o.of(map[string]any{"alice": []any{"a"}})

		o.app.Script(executed)
		checkParts(t, "create", o.run(owned), "create\nWARNING", "The tags of 1 of 1 accounts could not be set. The accounts are listed in `errors`")
		checkText(t, "state", o.owns(), "{alice:[a]]")
		checkText(t, "destroy", o.run(nil), "delete\n")
		checkText(t, "service", o.has("alice"), "{alice:[]]")

		checkText(t, "create", o.run(none), "create\n")
		o.app.Script(executed)
		checkParts(t, "update", o.run(owned), "update\nERROR", "The tags of 1 of 1 accounts could not be set.")
		checkText(t, "state", o.owns(), "{alice:[a]]")
		checkText(t, "remove", o.run(none), "update\n")
		checkText(t, "service", o.has("alice"), "{alice:[]]")
	}
}

// An account that does not exist was not written, however many tags it was to get.
func TestOwnedCreateOfMissingAccount(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"70107", "70399"} {
		for _, tags := range [][]any{{"a"}, {"a", "b"}} {
			o := newOwner(t, ownedTags, crew(), nil)
			o.app.Script(emulator.Fault{Match: emulator.Match{API: "add_tag"}, Effect: emulator.Effect{Body: listing("alice", `"ErrorCode":`+code)}})
			checkParts(t, code, o.run(o.of(map[string]any{"alice": tags})), "create\nERROR", "The tags of 1 of 1 accounts could not be set. Nothing was written.", "Error code "+code)
			if !o.state.IsNull() {
				t.Errorf("%s, %v: the state is %s", code, tags, o.state)
			}
		}
	}
}

// Accounts that have nothing left are done, also when a later request fails.
func TestOwnedDestroyFailsMidway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed, owned := manyAccounts(300)
		o := newOwner(t, ownedAttributes, seed, values{"requests_per_second": 1})
		for account := range owned {
			owned[account] = map[string]any{"level": "gold", "city": "Rome"}
		}
		checkText(t, "create", o.run(o.of(owned)), "create\n")
		o.app.Script(
			emulator.Fault{Match: emulator.Match{API: "remove_attr", Account: "user000"}, Effect: emulator.Effect{Execute: true, Body: listing("user000", `"ErrorCode":70399`)}},
			emulator.Fault{Match: emulator.Match{API: "remove_attr"}, Effect: emulator.Effect{Code: 90009}},
		)
		checkParts(t, "destroy", o.run(nil), "delete\nERROR Unable to Remove User Attributes", "\nAccounts: removed for 100 of 300, not sent for 200\n")
	})
}

// With "warn", an apply does not send attributes whose names the app lacks: a request
// with them would be rejected for all of its accounts.
func TestOwnedWarnLeavesMissingNamesOut(t *testing.T) {
	t.Parallel()
	seed, owned := manyAccounts(100)
	o := newOwner(t, ownedAttributes, seed, nil)
	warn := values{"on_account_error": "warn"}
	checkText(t, "create", o.run(o.of(owned, warn)), "create\n")
	for i := range 90 {
		owned[fmt.Sprintf("user%03d", i)] = map[string]any{"level": "silver", "livel": "gold"}
	}
	owned["user099"] = one("level", "lead")
	c, text := o.plan(o.of(owned, warn))
	checkParts(t, "plan", text, "WARNING", "Unknown Attribute Name", `"livel"`)
	o.wire.taken()
	checkParts(t, "apply", o.apply(c), "WARNING", "The attributes of 90 of 91 accounts could not be set. The accounts are listed in `errors`",
		"\n\nError code 90033 (the app has no attribute \"livel\"): \"user000\", \"user001\"", "\nFix: Check the names and values, and add missing names to the app", "Not shown: 80 more")
	o.wire.check(t, "apply", `get_attr_name {}`, `set_attr {"UserAttrs":[{"To_Account":"user099","Attrs":{"level":"lead"}}]}`)
	if failures, _ := o.attribute("errors").(map[string]any); len(failures) != 90 {
		t.Errorf("errors has %d accounts", len(failures))
	}
	checkText(t, "service", o.has("user000", "user099"), "{user000:{level:gold] user099:{level:lead]]")

	// A changed value needs no check.
	owned["user099"] = one("level", "gold")
	for i := range 90 {
		delete(owned, fmt.Sprintf("user%03d", i))
	}
	checkText(t, "change", o.run(o.of(owned, warn)), "update\n")
	requests := o.wire.taken()
	checkText(t, "last request", requests[len(requests)-1], `set_attr {"UserAttrs":[{"To_Account":"user099","Attrs":{"level":"gold"}}]}`)
	if slices.Contains(requests, `get_attr_name {}`) {
		t.Errorf("the names were read again: %v", requests)
	}

	// If the names cannot be read, nothing is sent.
	o.app.Script(emulator.Fault{Match: emulator.Match{API: "get_attr_name"}, Skip: 1, Effect: emulator.Effect{Code: 90009}})
	owned["user099"] = map[string]any{"level": "gold", "city": "Rome"}
	checkParts(t, "without names", o.run(o.of(owned, warn)), "update\nERROR Unable to Write User Attributes", "API: get_attr_name\n")
	checkParts(t, "state", o.owns(), "user099:{level:gold]")
}
