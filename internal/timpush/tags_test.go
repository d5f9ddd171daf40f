package timpush

import (
	"reflect"
	"strings"
	"testing"
)

var _ = registerRead("get_tag", (*Client).GetUserTags)

func TestGetUserTagsSample(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses(string(golden(t, "get_tag_response.json")))))
	got, err := client.GetUserTags(t.Context(), []string{"xiaoming", "xiaohong", "Mary"}, nil, 0)
	want := &UserTags{
		Read:   map[string][]string{"xiaoming": {"GoldMember", "WeekPassUser"}, "xiaohong": {"MonthPassUser", "PlatinumMember"}},
		Errors: map[string]AccountError{"Mary": accountError(70107, "")},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

// Tags are sorted without duplicates. No tags are valid in any form: missing,
// null or empty. Anything else is the account's error.
func TestGetUserTags(t *testing.T) {
	t.Parallel()
	for tags, want := range map[string][]string{
		`,"Tags":["b","a","b"]`:                      {"a", "b"},
		`,"Tags":[7,true,"` + testKey + `"]`:         {redacted, "7", "true"},
		`,"Tags":[]`:                                 {},
		`,"Tags":[null,"","a"]`:                      {"a"},
		`,"Tags":["z","caf\u00e9","b","cafe\u0301"]`: {"b", "caf\u00e9", "z"},
		`,"Tags":null`:                               {},
		``:                                           {},
		`,"Tags":"a"`:                                nil,
		`,"Tags":{"a":1}`:                            nil,
	} {
		client := newTestClient(t, testConfig(responses(`{"ActionStatus":"OK","ErrorCode":0,"UserTags":[{"To_Account":"a"`+tags+`}]}`)))
		got, err := client.GetUserTags(t.Context(), []string{"a"}, nil, 0)
		if want == nil {
			if err != nil || len(got.Read) > 0 || !strings.Contains(got.Errors["a"].Message(), "contains a field Tags of the wrong JSON type") {
				t.Errorf("%s: got %+v, %v", tags, got, err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got.Read, map[string][]string{"a": want}) {
			t.Errorf("%s: got %v, %v; want %v", tags, got, err, want)
		}
	}
}

// A filter keeps the tags that are equal in NFC, and drops the others.
func TestGetUserTagsKeepsOnly(t *testing.T) {
	t.Parallel()
	const response = `{"ActionStatus":"OK","ErrorCode":0,"UserTags":[
		{"To_Account":"a","Tags":["gold","cafe\u0301","canary","Gold","gold"]},{"To_Account":"b","Tags":["canary"]},{"To_Account":"c","Tags":"canary"}]}`
	failed := map[string]AccountError{"c": {Problem: "contains a field Tags of the wrong JSON type, string"}}
	for name, test := range map[string]struct {
		keep Filter
		want []string // of a; b has none
	}{
		"nothing":            {KeepOnly(nil), []string{}},
		"one tag":            {KeepOnly([]string{"gold", "lost"}), []string{"gold"}},
		"tags twice, in NFC": {KeepOnly([]string{"gold", "caf\u00e9", "gold"}), []string{"caf\u00e9", "gold"}},
		"tags in NFD":        {KeepOnly([]string{"cafe\u0301"}), []string{"caf\u00e9"}},
		"another tag":        {KeepOnly([]string{"GOLD", ""}), []string{}},
	} {
		got, err := newTestClient(t, testConfig(responses(response))).GetUserTags(t.Context(), []string{"a", "b", "c"}, test.keep, 0)
		if want := (&UserTags{Read: map[string][]string{"a": test.want, "b": {}}, Errors: failed}); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, want)
		}
	}
}
