package kit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Quote quotes a value for a message, as the client does.
func Quote(text string) string { return timpush.Quote(text) }

// QuoteFirst quotes the first texts, and returns how many more there are.
func QuoteFirst(texts []string) string {
	if len(texts) == 0 {
		return "none"
	}
	var quoted []string
	for _, text := range texts[:min(len(texts), MostListed)] {
		quoted = append(quoted, Quote(text))
	}
	list := strings.Join(quoted, ", ")
	if more := len(texts) - len(quoted); more > 0 {
		list += fmt.Sprintf(", and %d more", more)
	}
	return list
}

// Count formats a number that is not negative, with thousands separators: 10,000.
func Count(number int) string {
	if number < 1000 {
		return strconv.Itoa(number)
	}
	return Count(number/1000) + fmt.Sprintf(",%03d", number%1000)
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
