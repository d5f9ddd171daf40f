package timpush

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// redacted stands wherever a secret would have stood.
const redacted = "(redacted)"

// Secret is a text that must never be printed: an app's key or a UserSig. It
// formats as "(redacted)" under every verb, so that printing a struct that
// holds one shows nothing. Convert it to string only where it is used.
type Secret string

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
type redactor struct{ forms atomic.Pointer[[]string] }

// add makes the secret known, as it is and as a URL's query shows it: a UserSig
// holds "*", which a URL writes as "%2A".
func (r *redactor) add(secret Secret) {
	if len(secret) < shortestRedacted {
		return
	}
	escaped := url.QueryEscape(string(secret))
	lower := strings.ReplaceAll(escaped, "%2A", "%2a")
	for {
		old := r.forms.Load()
		var forms []string
		if old != nil {
			forms = slices.Clone(*old)
		}
		for _, form := range []string{string(secret), escaped, lower} {
			if !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
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
		if len(text) >= len(form) {
			text = strings.ReplaceAll(text, form, redacted)
		}
	}
	return text
}
