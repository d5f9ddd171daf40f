package kit

import (
	"slices"
	"testing"
	"time"
)

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for duration, want := range map[time.Duration]string{
		5 * time.Minute: "5m", 90 * time.Second: "1m30s", 24 * time.Hour: "24h", 90 * time.Minute: "1h30m",
		time.Hour + time.Second: "1h0m1s", 10 * time.Second: "10s", 0: "0s",
	} {
		if got := FormatDuration(duration); got != want {
			t.Errorf("%d: got %s, want %s", duration, got, want)
		}
	}
}

func TestSuggestDurations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"5": {"5s", "5m"}, "10": {"10s", "10m"}, "5 m": {"5m"}, " 30s\n": {"30s"}, "5M": {"5m"},
		"30 seconds": {"30s"}, "5min": {"5m"}, "2 hours": {"2h"}, "1d": {"24h"}, "7 days": {"168h"},
		"": nil, "0": nil, "-5": nil, "-5m": nil, "soon": nil, "5 weeks": nil, "1.5": nil, "m": nil, "5m 3x": nil, "9999999999999999999": nil,
	} {
		if got := SuggestDurations(text, ParseDuration); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	// Only what is accepted is suggested.
	atLeastAMinute := func(text string) (time.Duration, bool) {
		duration, ok := ParseDuration(text)
		return duration, ok && duration >= time.Minute
	}
	if got := SuggestDurations("24", atLeastAMinute); !slices.Equal(got, []string{"24m", "24h"}) {
		t.Errorf("from a minute: got %q", got)
	}
	if got := SuggestDurations("5 sec", atLeastAMinute); got != nil {
		t.Errorf("less than a minute: got %q", got)
	}
}
