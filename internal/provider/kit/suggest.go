package kit

import (
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
)

// Suggest returns the name that the user probably meant by an invalid value, or
// "" if not exactly one name is close. A name is close if it differs only in case
// and separators, in two neighboring characters that are swapped, or in at most one
// of three characters and two in total.
func Suggest(value string, names []string) string {
	plain := PlainName(value)
	closest, distance := "", min(len([]rune(plain))/3, 2)+1
	for _, name := range names {
		d := levenshtein.Distance(plain, PlainName(name), nil)
		if d == 2 && areSwapped(plain, PlainName(name)) {
			d = 1 // a single mistake, also in a short name
		}
		switch {
		case d == 0:
			return name
		case d < distance:
			closest, distance = name, d
		case d == distance:
			closest = "" // two names are equally close
		}
	}
	return closest
}

// areSwapped reports whether texts differ only in two neighboring characters that
// are swapped.
func areSwapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range len(x) - 1 {
		if x[i] != y[i] {
			x[i], x[i+1] = x[i+1], x[i]
			break
		}
	}
	return string(x) == b
}

// PlainName returns a name in lower case and without separators, for comparison.
func PlainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "_")
}

// NotValid returns the cause of an error about an invalid value, with
// suggestions. kind is, for example, "region".
func NotValid(value, kind string, suggestions ...string) string {
	cause := Quote(value) + " is not a valid " + kind
	if suggestion := DidYouMean(suggestions...); suggestion != "" {
		return cause + suggestion
	}
	return cause + "."
}

// DidYouMean returns the end of a sentence that suggests values, in quotes, or ""
// if there are none.
func DidYouMean(suggestions ...string) string {
	var quoted []string
	for _, suggestion := range suggestions {
		if suggestion != "" {
			quoted = append(quoted, Quote(suggestion))
		}
	}
	if len(quoted) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(quoted, " or ") + "?"
}
