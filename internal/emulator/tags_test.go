package emulator

import (
	"fmt"
	"strings"
	"testing"
)

// tagsOf reads the tags of one account, and expects this JSON.
func tagsOf(account, want string) exchange {
	return exchange{
		"get_tag", `{"To_Account":["` + account + `"]}`, 0,
		`,"UserTags":[{"To_Account":"` + account + `","Tags":` + want + `}]`,
	}
}

func TestAddTag(t *testing.T) {
	t.Parallel()
	fifty := strings.Repeat("x", 47) + "深"
	testWrites(t, "add_tag", map[string]write{
		"page's sample": {
			body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember","WeekPassUser"]},` +
				`{"To_Account":"` + registrationID + `","Tags":["PlatinumMember","MonthPassUser"]}]}`,
			rest: errorList("90035", registrationID), // xiaohong, a UserID, has them
		},
		"appended": {
			body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["b","a"]},{"To_Account":"xiaohua","Tags":["a"]}]}`,
			then: []exchange{tagsOf("xiaoming", `["GoldMember","WeekPassUser","b","a"]`), tagsOf("xiaohua", `["a"]`)},
		},
		"replaced": {
			body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["x","WeekPassUser"]},{"To_Account":"xiaohua","Tags":["a"]}]}`,
			then: []exchange{tagsOf("xiaoming", `["x","WeekPassUser"]`), tagsOf("xiaohua", `["a"]`)},
		},
		"Replace 0":          {body: `{"Replace":0,"UserTags":[{"To_Account":"xiaohong","Tags":["a"]}]}`, then: []exchange{tagsOf("xiaohong", `["PlatinumMember","MonthPassUser","a"]`)}},
		"already has it":     {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember"]}]}`},
		"twice":              {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a","b","a"]}]}`, then: []exchange{tagsOf("xiaohua", `["a","b"]`)}},
		"account twice":      {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a"]},{"To_Account":"xiaohua","Tags":["b"]}]}`, then: []exchange{tagsOf("xiaohua", `["a","b"]`)}},
		"no tags":            {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":[]}]}`},
		"replaced with none": {body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":[]}]}`, then: []exchange{tagsOf("xiaoming", `[]`)}},
		"a RegistrationID's": {
			body: `{"UserTags":[{"To_Account":"` + registrationID + `","Tags":["a"]}]}`,
			then: []exchange{tagsOf(registrationID, `["phone","a"]`)},
		},
		"a UserID's of the other type": {
			body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["a","phone"]},{"To_Account":"xiaohua","Tags":["a"]}]}`,
			rest: errorList("90035", "xiaoming"),
			then: []exchange{tagsOf("xiaoming", `["GoldMember","WeekPassUser"]`), tagsOf("xiaohua", `["a"]`)},
		},
		"of the type of the first in the call": {
			body: `{"UserTags":[{"To_Account":"` + registrationID + `","Tags":["a"]},{"To_Account":"xiaohua","Tags":["a"]}]}`,
			rest: errorList("90035", "xiaohua"),
			then: []exchange{tagsOf(registrationID, `["phone","a"]`)},
		},
		"unknown account": {
			body: `{"UserTags":[{"To_Account":"Mary","Tags":["a"]},{"To_Account":"xiaohua","Tags":["b"]}]}`,
			rest: errorList("70107", "Mary"),
			then: []exchange{tagsOf("xiaohua", `["b"]`)},
		},
		"a tag that nobody has any more has no type": {
			body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["a"]},{"To_Account":"` + registrationID + `","Tags":["GoldMember"]}]}`,
			then: []exchange{tagsOf("xiaoming", `["a"]`), tagsOf(registrationID, `["GoldMember"]`)},
		},
		"10 tags":                    {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":[` + tags(0, 10) + `]}]}`, then: []exchange{tagsOf("xiaohua", "["+tags(0, 10)+"]")}},
		"11 tags":                    {body: `{"UserTags":[{"To_Account":"xiaohong","Tags":["a"]},{"To_Account":"xiaohua","Tags":[` + tags(0, 11) + `]}]}`, code: 90032},
		"11 tags, one twice":         {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["t9",` + tags(0, 10) + `]}]}`, code: 90032},
		"100 tags replace":           {body: `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":[` + tags(0, 100) + `]}]}`, then: []exchange{tagsOf("xiaoming", "["+tags(0, 100)+"]")}},
		"101 tags replace":           {body: `{"Replace":1,"UserTags":[{"To_Account":"xiaohong","Tags":["a"]},{"To_Account":"xiaohua","Tags":[` + tags(0, 101) + `]}]}`, code: 90032},
		"50 bytes":                   {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["` + fifty + `"]}]}`, then: []exchange{tagsOf("xiaohua", `["`+fifty+`"]`)}},
		"51 bytes":                   {body: `{"UserTags":[{"To_Account":"xiaohong","Tags":["a"]},{"To_Account":"xiaohua","Tags":["` + fifty + `x"]}]}`, code: 90020},
		"empty tag":                  {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a",""]}]}`, code: 90040},
		"Replace 2":                  {body: `{"Replace":2,"UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`, code: 90001},
		"Replace -1":                 {body: `{"Replace":-1,"UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`, code: 90001},
		"Replace true":               {body: `{"Replace":true,"UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`, code: 90001},
		"Replace a string":           {body: `{"Replace":"1","UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`, code: 90001},
		"Replace null":               {body: `{"Replace":null,"UserTags":[{"To_Account":"xiaohua","Tags":["a"]}]}`, code: 90001},
		"Replace in lower case is 0": {body: `{"replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["a"]}]}`, then: []exchange{tagsOf("xiaoming", `["GoldMember","WeekPassUser","a"]`)}},
		"tag a number":               {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["a",5]}]}`, code: 90001},
		"tag null":                   {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":[null]}]}`, code: 90001},
		"Tags a string":              {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":"a"}]}`, code: 90001},
		"Tags null":                  {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":null}]}`, code: 90001},
		"Tags missing":               {body: `{"UserTags":[{"To_Account":"xiaohua"}]}`, code: 90001},
		"Tags in lower case":         {body: `{"UserTags":[{"To_Account":"xiaohua","tags":["a"]}]}`, code: 90001},
	})
}

func TestRemoveTag(t *testing.T) {
	t.Parallel()
	testWrites(t, "remove_tag", map[string]write{
		"page's sample": {
			body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember","WeekPassUser"]}]}`,
			then: []exchange{tagsOf("xiaoming", `[]`)},
		},
		"one of two, and an unknown account": {
			body: `{"UserTags":[{"To_Account":"Mary","Tags":["GoldMember"]},{"To_Account":"xiaoming","Tags":["GoldMember"]}]}`,
			rest: errorList("70107", "Mary"),
			then: []exchange{tagsOf("xiaoming", `["WeekPassUser"]`)},
		},
		"twice":                 {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember","GoldMember"]}]}`, then: []exchange{tagsOf("xiaoming", `["WeekPassUser"]`)}},
		"more than 100":         {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember",` + tags(0, 100) + `]}]}`, then: []exchange{tagsOf("xiaoming", `["WeekPassUser"]`)}},
		"what it does not have": {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["GoldMember"]}]}`},
		"what it cannot have":   {body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["phone"]}]}`},
		"none":                  {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":[]}]}`},
		"51 bytes":              {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember","` + strings.Repeat("x", 51) + `"]}]}`, code: 90020},
		"50 bytes":              {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["` + strings.Repeat("x", 50) + `"]}]}`},
		"empty tag":             {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember",""]}]}`, code: 90040},
		"tag a number":          {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember",5]}]}`, code: 90001},
		"Tags an object":        {body: `{"UserTags":[{"To_Account":"xiaoming","Tags":{"0":"GoldMember"}}]}`, code: 90001},
	})
}

func TestClearAllTags(t *testing.T) {
	t.Parallel()
	testWrites(t, "clear_all_tags", map[string]write{
		"page's sample": {
			body: `{"To_Account":["xiaoming","xiaohong"]}`,
			then: []exchange{tagsOf("xiaoming", `[]`), tagsOf("xiaohong", `[]`), tagsOf(registrationID, `["phone"]`)},
		},
		"one unknown": {
			body: `{"To_Account":["Mary","xiaoming","Mary","xiaoming"]}`,
			rest: errorList("70107", "Mary"),
			then: []exchange{tagsOf("xiaoming", `[]`), tagsOf("xiaohong", `["PlatinumMember","MonthPassUser"]`)},
		},
		"no tags": {body: `{"To_Account":["xiaohua"]}`},
		"items":   {body: `{"UserTags":[{"To_Account":"xiaoming"}]}`, code: 90001},
	})
}

func TestGetTagResponse(t *testing.T) {
	t.Parallel()
	expect(
		t, newTest(t, nil),
		exchange{"get_tag", `{"To_Account":["xiaohua","x","xiaohua","x",""]}`, 0, `,"UserTags":[{"To_Account":"xiaohua","Tags":[]}],` +
			`"ErrorList":[{"ErrorCode":70107,"To_Account":"x"},{"ErrorCode":70107,"To_Account":""}]`},
		exchange{"get_tag", `{"To_Account":["x"]}`, 0, `,"UserTags":[],"ErrorList":[{"ErrorCode":70107,"To_Account":"x"}]`},
	)
}

// addTags adds n tags, numbered from from, to an account.
func addTags(account string, from, n, replace int, rest string) exchange {
	body := fmt.Sprintf(`{"Replace":%d,"UserTags":[{"To_Account":%q,"Tags":[%s]}]}`, replace, account, tags(from, n))
	return exchange{"add_tag", body, 0, rest}
}

// TestTagsPerAccount tests the limit of 100 tags per account.
func TestTagsPerAccount(t *testing.T) {
	t.Parallel()
	e := twoKinds(t)
	expect(
		t, e,
		addTags("xiaohua", 0, 95, 1, ""),
		addTags("xiaohua", 95, 6, 0, errorList("90032", "xiaohua")), // 101: none of them
		tagsOf("xiaohua", "["+tags(0, 95)+"]"),
		addTags("xiaohua", 95, 5, 0, ""),
		addTags("xiaohua", 90, 10, 0, ""), // the account already has them
		addTags("xiaohua", 100, 1, 0, errorList("90032", "xiaohua")),
		exchange{api: "remove_tag", body: `{"UserTags":[{"To_Account":"xiaohua","Tags":["t0"]}]}`},
		addTags("xiaohua", 100, 1, 0, ""),
		tagsOf("xiaohua", "["+tags(1, 100)+"]"),
	)
}

// TestTagsPerApp tests the limit of 1000 different tags per app.
func TestTagsPerApp(t *testing.T) {
	t.Parallel()
	seed := Seed{Accounts: map[string]Account{"a": {}, "b": {Tags: []string{"t0"}}}}
	for i := range 10 {
		var hundred []string
		for j := range 100 {
			hundred = append(hundred, fmt.Sprintf("t%d", 100*i+j))
		}
		seed.Accounts[fmt.Sprintf("u%d", i)] = Account{Tags: hundred}
	}
	e := newTest(t, func(o *Options) { o.Seed = seed })
	expect(
		t, e,
		addTags("a", 1000, 1, 0, errorList("90032", "a")),
		addTags("a", 999, 2, 1, errorList("90032", "a")),
		tagsOf("a", "[]"),
		addTags("a", 0, 10, 0, ""), // already in use
		exchange{api: "remove_tag", body: `{"UserTags":[{"To_Account":"u0","Tags":["t0"]}]}`}, // a and b have it
		addTags("b", 1000, 1, 0, errorList("90032", "b")),
		exchange{api: "remove_tag", body: `{"UserTags":[{"To_Account":"u0","Tags":["t99"]}]}`}, // nobody has it
		addTags("b", 1000, 2, 0, errorList("90032", "b")),
		addTags("b", 1000, 1, 0, ""),
		addTags("u9", 901, 99, 1, ""),   // frees t900
		addTags("u9", 1001, 100, 1, ""), // replaces 99 tags with 100
		addTags("a", 99, 1, 0, errorList("90032", "a")),
		exchange{api: "clear_all_tags", body: `{"To_Account":["u8"]}`},
		addTags("a", 99, 1, 0, ""),

		addTags("u8", 2000, 99, 1, ""),                    // full again
		addTags("b", 3000, 1, 0, errorList("90032", "b")), // only b has t1000, but keeps it
		addTags("b", 3000, 2, 1, errorList("90032", "b")), // would free t1000, but not t0, which a has too
		addTags("b", 3000, 1, 1, ""),
	)
}

// TestTagKind: a tag that no account has any more can be used by the other kind of account.
func TestTagKind(t *testing.T) {
	t.Parallel()
	expect(
		t, twoKinds(t),
		addTags("xiaoming", 0, 1, 1, ""),
		addTags("xiaohua", 0, 1, 1, ""),
		addTags(registrationID, 0, 1, 0, errorList("90035", registrationID)),
		exchange{api: "remove_tag", body: `{"UserTags":[{"To_Account":"xiaoming","Tags":["t0"]}]}`},
		addTags(registrationID, 0, 1, 0, errorList("90035", registrationID)),
		exchange{api: "clear_all_tags", body: `{"To_Account":["xiaohua"]}`},
		addTags(registrationID, 0, 1, 0, ""),
		addTags("xiaohua", 0, 1, 0, errorList("90035", "xiaohua")),
	)
}
