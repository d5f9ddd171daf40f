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
	got, err := client.GetUserTags(t.Context(), []string{"xiaoming", "xiaohong", "Mary"}, 0)
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
		got, err := client.GetUserTags(t.Context(), []string{"a"}, 0)
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
