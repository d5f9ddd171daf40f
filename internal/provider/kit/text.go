package kit

import (
	"strconv"
	"unicode"
)

// longestQuoted is the maximum number of characters of a value in a message.
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

// byteOrderMark is what some Windows programs write at the beginning of a file.
// It is invisible, and trimspace() does not remove it.
const byteOrderMark = "\uFEFF"

// IsInvisible reports whether a character is a format character (Unicode Cf),
// such as a byte order mark or a zero-width space.
func IsInvisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// IsQuoted reports whether a text is in a pair of quotes, as values in env files
// often are.
func IsQuoted(text string) bool {
	if len(text) < 2 {
		return false
	}
	first, last := text[0], text[len(text)-1]
	return first == last && (first == '"' || first == '\'')
}
