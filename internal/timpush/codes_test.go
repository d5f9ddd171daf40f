package timpush

import (
	"slices"
	"strings"
	"testing"
)

// The codes after which a request is repeated, and how.
var retriedCodes = map[int64]retryAdvice{
	60004: retrySoon, 60005: retrySoon, 60008: retrySoon, 60014: retrySoon,
	70169: retrySoon, 70202: retrySoon, 70500: retrySoon, 91000: retrySoon,
	60007: retryThrottled, 60011: retryThrottled, 60018: retryThrottled, 60019: retryThrottled,
	70001: retrySigned,
}

func TestCodeTable(t *testing.T) {
	t.Parallel()
	for code, facts := range codes {
		if facts.retry != retriedCodes[code] {
			t.Errorf("%d: retry advice is %d, want %d", code, facts.retry, retriedCodes[code])
		}
		if facts.meaning == "" || strings.HasSuffix(facts.meaning, ".") {
			t.Errorf("%d: the meaning %q is not a clause", code, facts.meaning)
		}
		if !strings.HasSuffix(facts.remedy, ".") {
			t.Errorf("%d: the remedy %q is not a sentence", code, facts.remedy)
		}
		if strings.ContainsAny(facts.meaning+facts.remedy, "|`\n") {
			t.Errorf("%d: the texts do not fit into the table of the docs", code)
		}
	}
	for code := range retriedCodes {
		if _, ok := codes[code]; !ok {
			t.Errorf("%d is missing", code)
		}
	}
	for _, code := range []int64{90001, 90018, 91000} { // the private codes of get_attr (60564)
		if Meaning(code) == "" {
			t.Errorf("%d is missing", code)
		}
	}
}

func TestCodesAndWhenTheyAreRepeated(t *testing.T) {
	t.Parallel()
	if got := Codes(); len(got) != len(codes) || !slices.IsSorted(got) {
		t.Errorf("the codes are %v", got)
	}
	for code, want := range map[int64]string{
		60007: "after at least a second", 70001: "once, with a new UserSig", 70009: "never", 91000: "soon", 12345: "never",
	} {
		if got := Repeated(code); got != want {
			t.Errorf("%d is repeated %s, want %s", code, got, want)
		}
	}
}

// Each of these tells which argument or console setting to look at.
func TestRemediesNameWhatToLookAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		codes []int64
		names []string
	}{
		{[]int64{60026, 70016, 70020}, []string{"region", "TIMPUSH_REGION", "sdk_app_id"}},
		{[]int64{70009}, []string{"secret_key", "TIMPUSH_SECRET_KEY", "console"}},
		{[]int64{60010, 90009, 70403}, []string{"identifier", "TIMPUSH_IDENTIFIER", "administrators"}},
		{[]int64{70013}, []string{"identifier", "user_sig"}},
		{[]int64{70014}, []string{"sdk_app_id", "user_sig"}},
		{[]int64{70001}, []string{"clock", "user_sig"}},
		{[]int64{70050}, []string{"wait a minute", "secret_key"}},
		{[]int64{60020}, []string{"console", "package", "bill"}},
		{[]int64{60021}, []string{"console", "address"}},
		{[]int64{60007, 60011, 60018, 60019}, []string{"requests_per_second"}},
		{[]int64{12345}, []string{"12345", "34348"}},
	} {
		for _, code := range test.codes {
			for _, name := range test.names {
				if !strings.Contains(Remedy(code), name) {
					t.Errorf("%d: the remedy does not name %q: %s", code, name, Remedy(code))
				}
			}
		}
	}
	if slices.ContainsFunc([]int64{0, 12345}, func(code int64) bool { return Meaning(code) != "" }) {
		t.Error("an unknown code has a meaning")
	}
}
