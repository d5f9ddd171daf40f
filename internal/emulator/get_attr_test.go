package emulator

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestNumberOfAccounts(t *testing.T) {
	t.Parallel()
	seed := Seed{Accounts: map[string]Account{}}
	var names []string
	for i := range 101 {
		name := "user-" + strconv.Itoa(i)
		names = append(names, name)
		if i%2 == 0 {
			seed.Accounts[name] = Account{Attributes: map[string]string{"n": strconv.Itoa(i)}}
		}
	}
	e := newTest(t, func(o *Options) { o.Seed = seed })
	for n, wantCode := range map[int]int{0: 90001, 1: 0, 2: 0, 99: 0, 100: 0, 101: 90018} {
		// Reversed, so that the order differs from the alphabetical one.
		asked := slices.Clone(names[:n])
		slices.Reverse(asked)
		r := read(t, post(t, e, accountsBody(t, asked...)))
		if *r.ErrorCode != wantCode {
			t.Errorf("%d accounts: code %d, want %d", n, *r.ErrorCode, wantCode)
		}
		if wantCode != 0 {
			continue
		}
		var known, unknown []string
		for _, u := range r.UserAttrs {
			known = append(known, u.Account)
			if u.Attrs["n"] != strings.TrimPrefix(u.Account, "user-") {
				t.Errorf("%d accounts: %s has the attributes %v", n, u.Account, u.Attrs)
			}
		}
		for _, f := range r.ErrorList {
			unknown = append(unknown, fmt.Sprint(f["To_Account"]))
		}
		missing := func(name string) bool { _, ok := seed.Accounts[name]; return !ok }
		if want := slices.DeleteFunc(slices.Clone(asked), missing); !slices.Equal(known, want) {
			t.Errorf("%d accounts: known %q, want %q", n, known, want)
		}
		has := func(name string) bool { return !missing(name) }
		if want := slices.DeleteFunc(slices.Clone(asked), has); !slices.Equal(unknown, want) {
			t.Errorf("%d accounts: unknown %q, want %q", n, unknown, want)
		}
	}
}

func TestResponseText(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) {
		o.Seed = Seed{Accounts: map[string]Account{
			"plain":  {},
			`a "&<b`: {Attributes: map[string]string{"城市": "深圳 & <北京>"}},
		}}
	})
	for name, tc := range map[string]struct{ body, want string }{
		"no ErrorList if all accounts exist": {
			`{"To_Account":["plain"]}`,
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[{"To_Account":"plain","Attrs":{}}]}`,
		},
		"OK if no account exists": {
			`{"To_Account":["x",""]}`,
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[],"ErrorList":[` +
				`{"ErrorCode":70107,"To_Account":"x"},{"ErrorCode":70107,"To_Account":""}]}`,
		},
		"duplicate accounts once": {
			`{"To_Account":["x","plain","x","plain"]}`,
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[{"To_Account":"plain","Attrs":{}}],` +
				`"ErrorList":[{"ErrorCode":70107,"To_Account":"x"}]}`,
		},
		"any text; other fields ignored": {
			` { "More": [1], "To_Account" : [ "a \"\u0026<b" ] } `,
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[{"To_Account":"a \"&<b",` +
				`"Attrs":{"城市":"深圳 & <北京>"}}]}`,
		},
		"names are case-sensitive": {
			`{"To_Account":["Plain"]}`,
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[],` +
				`"ErrorList":[{"ErrorCode":70107,"To_Account":"Plain"}]}`,
		},
	} {
		w := post(t, e, tc.body)
		if got := w.Body.String(); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, tc.want)
		}
		if got := w.Header().Get("Content-Type"); got != "application/json" {
			t.Errorf("%s: content type %q", name, got)
		}
	}
}

// TestSeedIsCopied: changes of the seed after New do not change the app, and vice versa.
func TestSeedIsCopied(t *testing.T) {
	t.Parallel()
	seed := SampleSeed()
	drifted := &Account{Attributes: map[string]string{"sex": "x"}, Tags: []string{"x"}}
	seed.Drift = []Drift{{AfterWrites: 1, Change: Change{
		Accounts:       map[string]*Account{"xiaoming": drifted, "xiaohua": nil},
		AttributeNames: map[string]AttributeName{"5": {Name: "age"}},
	}}}
	e := newTest(t, func(o *Options) { o.Seed = seed })
	before := snapshot(t, e, "xiaoming", "xiaohua")
	seed.Accounts["xiaoming"].Attributes["sex"] = "changed"
	seed.Accounts["xiaoming"].Tags[0] = "changed"
	seed.AttributeNames["0"] = AttributeName{Name: "changed"}
	delete(seed.Accounts, "xiaohua")
	if after := snapshot(t, e, "xiaoming", "xiaohua"); after != before {
		t.Errorf("the seed was not copied:\n%s\nbefore\n%s", after, before)
	}
	drifted.Attributes["sex"], drifted.Tags[0] = "changed", "changed"
	delete(seed.Drift[0].Accounts, "xiaohua")
	seed.Drift[0].AttributeNames["5"] = AttributeName{Name: "changed"}
	expect(
		t, e,
		exchange{api: "clear_all_tags", body: `{"To_Account":["xiaoming"]}`},
		exchange{api: "get_attr", body: `{"To_Account":["xiaoming","xiaohua"]}`, rest: `,"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"sex":"x"}}]` + errorList("70107", "xiaohua")},
		exchange{api: "get_attr_name", body: "{}", rest: `,"AttrNames":{"0":"sex","1":"city","2":"country","5":"age"},"AttrTypes":{"0":0,"1":0,"2":1,"5":0}`},
		tagsOf("xiaoming", `["x"]`),
	)

	seed = SampleSeed()
	e = newTest(t, func(o *Options) { o.Seed = seed })
	expect(
		t, e,
		exchange{api: "set_attr", body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"sex":"x"}}]}`},
		exchange{api: "add_tag", body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["x"]}]}`},
		exchange{api: "set_attr_name", body: `{"AttrNames":{"0":"x"}}`},
	)
	if !reflect.DeepEqual(seed, SampleSeed()) {
		t.Errorf("writing changed the caller's seed: %v", seed)
	}
}
