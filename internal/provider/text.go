package provider

import "strconv"

// longestQuoted is how many characters of a value a message shows.
const longestQuoted = 200

// quote shows a value in a message: in quotes, with line ends and other control
// characters escaped, since they could write anything to a terminal, and cut
// where it is long.
func quote(text string) string {
	characters := 0
	for i := range text {
		if characters++; characters > longestQuoted {
			return strconv.Quote(text[:i]) + "..."
		}
	}
	return strconv.Quote(text)
}
