package kit

import "testing"

func TestCount(t *testing.T) {
	t.Parallel()
	for number, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 10_000: "10,000", 1_002_030: "1,002,030"} {
		if got := Count(number); got != want {
			t.Errorf("%d: %q, want %q", number, got, want)
		}
	}
}
