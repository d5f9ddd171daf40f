package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// readOnly matches commands that change nothing.
var readOnly = regexp.MustCompile("^(get|list)_|_(statistics|loss|trace)$")

// TestEveryCommand tests what all commands have in common: rejections, which change nothing, faults and the journal.
func TestEveryCommand(t *testing.T) {
	t.Parallel()
	for _, api := range Commands() {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			s := sampleOf(t, api)
			e, body := s.emulator(t), strings.TrimSpace(string(s.request))
			accounts := s.accounts(t)
			before := snapshot(t, e, accounts...)
			query := validQuery(t).Encode()
			unsigned, other := validQuery(t), validQuery(t)
			unsigned.Set("usersig", sign(t, testApp, "another key", testAdmin))
			other.Set("identifier", "xiaoming")
			other.Set("usersig", sign(t, testApp, testKey, "xiaoming"))
			for name, rejected := range map[string]struct {
				method, query, body string
				code                int
			}{
				"method":   {http.MethodPut, query, body, 60002},
				"URL":      {http.MethodPost, query + "&debug=1", body, 60002},
				"UserSig":  {http.MethodPost, unsigned.Encode(), body, 70009},
				"admin":    {http.MethodPost, other.Encode(), body, 60010},
				"too long": {http.MethodPost, query, body + strings.Repeat(" ", maxBody), 60003},
				"not JSON": {http.MethodPost, query, body + "}", 90001},
				"UTF-8":    {http.MethodPost, query, strings.TrimSuffix(body, "}") + ",\"x\":\"\xff\"}", 90001},
				"null":     {http.MethodPost, query, "null", 90001},
			} {
				if r := read(t, serve(t, e, rejected.method, pathPrefix+api+"?"+rejected.query, rejected.body)); *r.ErrorCode != rejected.code {
					t.Errorf("%s: code %d, want %d", name, *r.ErrorCode, rejected.code)
				}
			}
			e.Script(
				Fault{Match: Match{API: api, Account: "nobody"}, Effect: Effect{Code: 1}},
				Fault{Match: Match{API: api}, Times: 1, Effect: Effect{Code: 91000, Info: "busy"}},
			)
			if r := read(t, postTo(t, e, api, body)); *r.ErrorCode != 91000 {
				t.Errorf("code %d, want that of the fault", *r.ErrorCode)
			}
			for _, account := range accounts {
				e.Script(Fault{Match: Match{Account: account}, Times: 1, Effect: Effect{Code: 99999, Info: "its own"}})
				if r := read(t, postTo(t, e, api, body)); *r.ErrorCode != 99999 {
					t.Errorf("code %d, want that of the fault of %s", *r.ErrorCode, account)
				}
			}
			if after := snapshot(t, e, accounts...); after != before {
				t.Errorf("a rejected request changed the app: before\n%s\nafter\n%s", before, after)
			}

			if r := read(t, postTo(t, e, api, body)); *r.ErrorCode != 0 {
				t.Errorf("code %d (%s), want 0", *r.ErrorCode, *r.ErrorInfo)
			}
			entries := e.Journal()
			entry := entries[len(entries)-1]
			if entry.API != api || !entry.Signed || entry.Code != 0 || !slices.Equal(entry.Accounts, accounts) {
				t.Errorf("journal entry %+v, want one of %s for %q", entry, api, accounts)
			}
			if after := snapshot(t, e, accounts...); (after == before) != readOnly.MatchString(api) {
				t.Errorf("before\n%s\nafter\n%s", before, after)
			}
		})
	}
}

// TestRateOfAllCommands: commands share one count.
func TestRateOfAllCommands(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.RequestsPerSecond = 2 })
	expect(
		t, e,
		exchange{api: "add_tag", body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`},
		tagsOf("xiaohua", `["a"]`),
		exchange{api: "clear_all_tags", body: `{"To_Account":["xiaohua"]}`, code: 60007},
	)
}

// TestNumberOfItems sends up to the most accounts plus one, and invalid ones, to each command with a list of accounts.
func TestNumberOfItems(t *testing.T) {
	t.Parallel()
	for _, api := range Commands() {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			s := sampleOf(t, api)
			list, _ := s.list(t)
			if list == "" {
				return // the command has no accounts
			}
			good := s.good(t)
			account := accountOf(t, json.RawMessage(good))
			element := func(other string) string { return strings.Replace(good, `"`+account+`"`, other, 1) }
			body := func(elements ...string) string { return s.body(t, list, "["+strings.Join(elements, ",")+"]") }
			most := 100
			if api == "batch" {
				most = 500
			}
			all := slices.Repeat([]string{good}, most) // duplicates count
			all[7] = element(`"nobody"`)
			for name, step := range map[string]struct {
				body string
				code int
			}{
				"too many":                   {body(append(slices.Clone(all), good)...), 90018},
				"too many, one not a string": {body(append(slices.Clone(all), element("5"))...), 60015},
				"none":                       {body(), 90001},
				"account a number":           {body(good, element("5")), 60015},
				"account null":               {body(good, element("null")), 60015},
				"account a list":             {body(good, element(`["xiaoming"]`)), 60015},
				"no list":                    {s.body(t, list, good), 90001},
				"null":                       {s.body(t, list, "null"), 90001},
				"list of another name":       {`{"` + strings.ToLower(list) + `":[` + good + `]}`, 90001},
				"an empty object":            {`{}`, 90001},
				"one less":                   {body(all[:most-1]...), 0},
				"the most":                   {body(all...), 0},
			} {
				e := s.emulator(t)
				before := snapshot(t, e, account)
				r := read(t, postTo(t, e, api, step.body))
				if *r.ErrorCode != step.code {
					t.Errorf("%s: code %d, want %d", name, *r.ErrorCode, step.code)
				}
				if step.code == 0 && (len(r.ErrorList) != 1 || fmt.Sprint(r.ErrorList[0]) != "map[ErrorCode:70107 To_Account:nobody]") {
					t.Errorf("%s: failed %v, want nobody", name, r.ErrorList)
				}
				if after := snapshot(t, e, account); (after == before) != (step.code != 0 || readOnly.MatchString(api)) {
					t.Errorf("%s: before\n%s\nafter\n%s", name, before, after)
				}
			}
		})
	}
}

// TestItems tests the form of items.
func TestItems(t *testing.T) {
	t.Parallel()
	for item, code := range map[string]int{
		`{"To_Account":"xiaohua","Tags":["a"],"More":[{}]}`: 0,
		`{"Tags":["a"]}`:                        90001,
		`{"to_account":"xiaohua","Tags":["a"]}`: 90001,
		`"xiaohua"`:                             90001,
		`null`:                                  90001,
		`["xiaohua"]`:                           90001,
	} {
		r := read(t, postTo(t, newTest(t, nil), "add_tag", `{"UserTags":[{"To_Account":"xiaoming","Tags":["b"]},`+item+`]}`))
		if *r.ErrorCode != code {
			t.Errorf("%s: code %d, want %d", item, *r.ErrorCode, code)
		}
	}
}

// TestJournalAccounts tests the accounts that the journal lists and that faults match.
func TestJournalAccounts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		api, body string
		want      []string
	}{
		{"get_attr", `{"To_Account":["a",5,null]}`, []string{"a", "5", "null"}},
		{"get_attr", `{"To_Account":[]}`, []string{}},
		{"get_attr", `{"To_Account":null}`, nil},
		{"get_attr", `{"UserAttrs":[{"To_Account":"a"}]}`, nil},
		{"get_attr", `{}`, nil},
		{"get_attr", `no JSON`, nil},
		{"set_attr", `{"UserAttrs":[{"To_Account":"a"},{"To_Account":["b"]},{},5]}`, []string{"a", `["b"]`}},
		{"remove_tag", `{"UserTags":[{"To_Account":"a"},{"to_account":"b"}]}`, []string{"a"}},
		{"remove_tag", `{"UserTags":[]}`, []string{}},
		{"remove_tag", `{"UserTags":{"To_Account":"a"}}`, nil},
		{"remove_tag", `{"To_Account":["a"]}`, nil},
		{"get_attr_name", `{"To_Account":["a"],"":["a"]}`, nil},
		{"all_member_push_trace", `{"TaskID":"t","UserID":"a"}`, []string{"a"}},
		{"all_member_push_trace", `{"TaskID":"t","UserID":["a"]}`, []string{`["a"]`}},
		{"all_member_push_trace", `{"TaskID":"t","To_Account":["a"]}`, nil},
		{"all_member_push_statistics", `{"TaskID":["t"],"UserID":"a"}`, nil},
		{"unknown", `{"To_Account":["a"],"":["a"]}`, nil},
	} {
		e := newTest(t, nil)
		postTo(t, e, tc.api, tc.body)
		if got := e.Journal()[0].Accounts; !slices.Equal(got, tc.want) || (got == nil) != (tc.want == nil) {
			t.Errorf("%s %s: accounts %q, want %q", tc.api, tc.body, got, tc.want)
		}
	}
}

// TestCallsAreAtomic writes and reads concurrently: no reader sees a write that is half done.
func TestCallsAreAtomic(t *testing.T) {
	t.Parallel()
	e := twoKinds(t)
	expect(
		t, e,
		exchange{api: "set_attr", body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":"0","city":"0"}}]}`},
		exchange{api: "add_tag", body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a0","b0"]}]}`},
	)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 10 {
				for api, body := range map[string]string{
					"set_attr":      `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":"%[1]d","city":"%[1]d"}}]}`,
					"add_tag":       `{"Replace":1,"UserTags":[{"To_Account":"xiaohua","Tags":["a%[1]d","b%[1]d"]}]}`,
					"set_attr_name": `{"AttrNames":{"8":"a%[1]d","9":"b%[1]d"}}`,
				} {
					if r := read(t, postTo(t, e, api, fmt.Sprintf(body, i))); *r.ErrorCode != 0 {
						t.Errorf("%s: code %d", api, *r.ErrorCode)
					}
				}
				attrs := read(t, post(t, e, `{"To_Account":["xiaohua"]}`)).UserAttrs[0].Attrs
				if attrs["sex"] != attrs["city"] {
					t.Errorf("attributes of two calls: %v", attrs)
				}
				tags := read(t, postTo(t, e, "get_tag", `{"To_Account":["xiaohua"]}`)).UserTags[0].Tags
				if len(tags) != 2 || tags[0][1:] != tags[1][1:] {
					t.Errorf("tags of two calls: %q", tags)
				}
				names := read(t, postTo(t, e, "get_attr_name", "{}")).AttrNames
				if a, b := fmt.Sprint(names["8"]), fmt.Sprint(names["9"]); a[1:] != b[1:] {
					t.Errorf("names of two calls: %v", names)
				}
			}
		})
	}
	all.Wait()
}
