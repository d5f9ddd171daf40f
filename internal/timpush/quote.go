package timpush

import "strconv"

// longestQuoted is the maximum number of characters of a value in a message. The
// service's limits are lower, but it may send more.
const longestQuoted = 200

// Quote quotes a value for a message. It escapes control characters, which could
// control a terminal, and truncates long values.
func Quote(text string) string {
	characters := 0
	for i := range text {
		if characters++; characters > longestQuoted {
			return strconv.Quote(text[:i]) + "..."
		}
	}
	return strconv.Quote(text)
}
