package timpush

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// redacted stands wherever a secret would have stood.
const redacted = "(redacted)"

// Secret is a text that must never be printed: an app's key or a UserSig. It
// formats as "(redacted)" under every verb. Where formatting cannot call its
// methods, within unexported fields, what is printed is the pointer's address.
// The zero value is no secret.
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

// shortestRedacted is the length in bytes from which a secret is searched for
// in the service's texts. Shorter ones cannot be told from ordinary words, and
// neither a key (64 hexadecimal digits) nor a UserSig (200 and more) is short.
const shortestRedacted = 8

// redactor takes known secrets out of texts that the service or the network
// wrote. The client's own texts never hold one. Safe for concurrent use.
type redactor struct{ forms atomic.Pointer[[]string] } // the shortest first

// add makes the secret known, as it is, as a URL's query shows it (a UserSig
// holds "*", which a URL writes as "%2A"), and as JSON does.
func (r *redactor) add(secret Secret) {
	text := secret.reveal()
	if len(text) < shortestRedacted {
		return
	}
	escaped, quoted := url.QueryEscape(text), quoteJSON(text)
	for {
		old := r.forms.Load()
		var forms []string
		if old != nil {
			forms = slices.Clone(*old)
		}
		for _, form := range []string{text, escaped, strings.ReplaceAll(escaped, "%2A", "%2a"), quoted[1 : len(quoted)-1]} {
			if !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
		slices.SortFunc(forms, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		if r.forms.CompareAndSwap(old, &forms) {
			return
		}
	}
}

// clean returns text without any known secret. It costs next to nothing for
// texts shorter than the secrets, as attribute values are.
func (r *redactor) clean(text string) string {
	forms := r.forms.Load()
	if forms == nil {
		return text
	}
	for _, form := range *forms {
		if len(text) < len(form) {
			break // nor can a longer one stand in it
		}
		text = strings.ReplaceAll(text, form, redacted)
	}
	return text
}
