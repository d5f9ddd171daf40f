package kit

import (
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
