package conformance

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// numbers are texts that may be an SDKAppID, a task ID, or a part of one.
var numbers = regexp.MustCompile(`[0-9A-Za-z_]*\d{6,}[0-9A-Za-z_]*`)

// mask replaces what a report must not contain in a text of the service: accounts, task IDs, the app's names, and the SDKAppID.
func (s *session) mask(text string) string {
	type replacement struct{ text, by string }
	var list []replacement
	for i, account := range s.setup.Accounts {
		list = append(list, replacement{account, "account " + strconv.Itoa(i+1)})
	}
	if s.setup.RegistrationID != "" {
		list = append(list, replacement{s.setup.RegistrationID, "the RegistrationID"})
	}
	for _, task := range append(slices.Clone(s.pushed), s.tasks...) {
		list = append(list, replacement{task, "(task)"})
	}
	for _, name := range s.names {
		if !name.own() {
			list = append(list, replacement{name.name, "(name)"})
		}
	}
	// The longest first, since a text may contain another one.
	slices.SortStableFunc(list, func(a, b replacement) int { return len(b.text) - len(a.text) })
	var pairs []string
	for _, r := range list {
		if r.text != "" {
			pairs = append(pairs, r.text, r.by)
		}
	}
	return numbers.ReplaceAllString(strings.NewReplacer(pairs...).Replace(text), "(number)")
}
