package timpush

import (
	"slices"
	"strings"
	"testing"
)

// The codes after which a request is retried, and how.
var retriedCodes = map[int64]retryAdvice{
	60004: retrySoon, 60005: retrySoon, 60008: retrySoon, 60014: retrySoon,
	70169: retrySoon, 70202: retrySoon, 70500: retrySoon, 90105: retrySoon, 91000: retrySoon,
	60007: retryThrottled, 60011: retryThrottled, 60018: retryThrottled, 60019: retryThrottled,
	90024: retryThrottled, 90051: retryThrottled,
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
		if strings.ContainsAny(facts.meaning, "|`\n") {
			t.Errorf("%d: the text does not fit into the table of the docs", code)
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

func TestCodeRetries(t *testing.T) {
	t.Parallel()
	if got := Codes(); len(got) != len(codes) || !slices.IsSorted(got) {
		t.Errorf("the codes are %v", got)
	}
	for code, want := range map[int64]string{
		60007: "after at least a second", 70001: "once, with a new UserSig", 70009: "never", 91000: "soon", 12345: "never",
	} {
		if got := Retried(code); got != want {
			t.Errorf("%d is retried %s, want %s", code, got, want)
		}
	}
}
