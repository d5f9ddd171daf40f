package timpush

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// MissedByTags returns why a push with the condition does not reach an account with
// these tags, or "" if it reaches the account.
func (s *Selector) MissedByTags(tags []string) (reason string) {
	if s.SelectsTags(tags) {
		return ""
	}
	has := hasTag(tags)
	var reasons []string
	if _, missing := split(s.tagsAnd, has); len(missing) > 0 {
		reasons = append(reasons, "lacks the "+tagList(missing))
	}
	if found, missing := split(s.tagsOr, has); s.tagsOr != nil && len(found) == 0 {
		verb := "has none of the "
		if len(missing) == 1 {
			verb = "lacks the "
		}
		reasons = append(reasons, verb+tagList(missing))
	}
	if found, missing := split(s.tagsNot, has); len(found) > 0 {
		reason := "has the excluded " + tagList(found)
		if len(missing) > 0 {
			reason += " but not the " + tagList(missing) + " (the documentation disagrees on whether accounts with any or only those with all of these tags are excluded)"
		}
		reasons = append(reasons, reason)
	}
	return strings.Join(reasons, "; ")
}

// MissedByAttributes returns why a push with the condition does not reach an account
// with these attributes, or "" if it reaches the account. Their names are in NFC, as
// reads return them.
func (s *Selector) MissedByAttributes(attributes map[string]string) (reason string) {
	if s.SelectsAttributes(attributes) {
		return ""
	}
	reasons := differences(s.attributesAnd, attributes)
	all := len(reasons) == 0

	different := differences(s.attributesOr, attributes)
	some := s.attributesOr == nil || len(different) < len(s.attributesOr)
	switch {
	case some:
	case len(different) == 1:
		reasons = append(reasons, different[0])
	default:
		reasons = append(reasons, "none of these matches: "+strings.Join(different, "; "))
	}

	reason = strings.Join(reasons, "; ")
	if s.attributesAnd != nil && s.attributesOr != nil && all != some {
		reason += " (the documentation does not say whether both lists of attributes must match)"
	}
	return reason
}

// split separates the tags that an account has from those that it lacks.
func split(tags []string, has func(tag string) bool) (found, missing []string) {
	for _, tag := range tags {
		if has(tag) {
			found = append(found, tag)
		} else {
			missing = append(missing, tag)
		}
	}
	return found, missing
}

// differences says which attributes do not have the wanted values.
func differences(attributes []wantedValue, of map[string]string) (different []string) {
	for _, wanted := range attributes {
		value, isSet := of[wanted.name]
		value = norm.NFC.String(value)
		switch {
		case !isSet:
			different = append(different, plainName(wanted.name)+" is not set")
		case value != wanted.value:
			different = append(different, plainName(wanted.name)+" is "+Quote(value)+", not "+Quote(wanted.value))
		}
	}
	return different
}

// tagList writes tags for a person: tag "A", or tags "A", "B".
func tagList(tags []string) string {
	if len(tags) == 1 {
		return "tag " + Quote(tags[0])
	}
	return "tags " + quoteAll(tags)
}

// quoteAll writes texts in quotes, sorted.
func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range slices.Sorted(slices.Values(texts)) {
		quoted[i] = Quote(text)
	}
	return strings.Join(quoted, ", ")
}

// plainName writes a name without quotes if it is clear where it ends.
func plainName(name string) string {
	if quoted := Quote(name); name == "" || quoted != `"`+name+`"` || strings.ContainsAny(name, " :;,()") {
		return quoted
	}
	return name
}
