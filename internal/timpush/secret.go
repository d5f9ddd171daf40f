package timpush

import "fmt"

// redacted replaces a secret in a text.
const redacted = "(redacted)"

// Secret is a text that must never be printed: an app's key or a UserSig. Every
// verb formats it as "(redacted)". In unexported fields, where formatting cannot
// call methods, it prints as the address of a pointer. The zero value is not set.
type Secret struct{ text *string }

// NewSecret returns text as a secret; an empty one is the zero value.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// reveal returns the text, for the one place that uses it.
func (s Secret) reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

func (s Secret) isSet() bool { return s.text != nil }

// Format implements [fmt.Formatter] for all verbs.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText keeps secrets out of JSON and structured logs.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
