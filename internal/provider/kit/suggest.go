package kit

import (
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
)

// Suggest returns the name that was probably meant by a value that is none of
// the names, or "" if no name, or more than one, is close to it. Close is a name
// that differs only in case and separators, or in one character of three, and
// never in more than two.
func Suggest(value string, names []string) string {
	plain := PlainName(value)
	closest, distance := "", min(len([]rune(plain))/3, 2)+1
	for _, name := range names {
		switch d := levenshtein.Distance(plain, PlainName(name), nil); {
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

// PlainName returns a name without what people write in different ways: case,
// and the characters between words.
func PlainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "_")
}

// NotValid says that a value is not a valid one of its kind, such as "region", and
// what was probably meant. It is the cause in errors.
func NotValid(value, kind string, suggestions ...string) string {
	cause := Quote(value) + " is not a valid " + kind
	if suggestion := DidYouMean(suggestions...); suggestion != "" {
		return cause + suggestion
	}
	return cause + "."
}

// DidYouMean returns the end of a sentence that suggests values, which are shown
// in quotes, or "" if there are none.
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
