package timpush

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The limits of tags, attributes, and conditions (37166; codes 90032, 90020 and, for
// values, 60564).
const (
	MaxConditionTags = 10   // tags in each list of a condition
	MaxTags          = 100  // different tags of an account (67821)
	MaxAppTags       = 1000 // different tags of an app (67821)
	MaxTagBytes      = 50   // bytes of a tag
	MaxNames         = 10   // attribute names of an app, and so attributes of an account (60563)
	MaxNameBytes     = 50   // bytes of an attribute's name (60563)
	MaxValueBytes    = 50   // bytes of an attribute's value
)

// Condition selects the accounts of a push by their tags or by their attributes
// (60561, 37166). An account is selected if all parts that are set hold. A nil part
// is not set, and an empty one is a mistake: see [Condition.Problems]. Texts are
// equal if their bytes are equal in Unicode NFC: case and spaces count.
//
// Where the service's documentation leaves the meaning open, the strictest reading
// counts, so that no account is taken as reached that a push may skip:
//   - With several tags in TagsNot, it is open whether accounts with any or with all
//     of them are excluded (60561). An account is selected if it has none of them.
//   - With AttributesOr and AttributesAnd, it is open whether both must hold (60561).
//     Both must.
type Condition struct {
	TagsOr        []string          // the account has at least one
	TagsAnd       []string          // the account has all
	TagsNot       []string          // the account has none
	AttributesOr  map[string]string // at least one attribute has the value
	AttributesAnd map[string]string // all attributes have the values
}

// UsesTags reports whether the condition selects by tags.
func (c Condition) UsesTags() bool {
	return c.TagsOr != nil || c.TagsAnd != nil || c.TagsNot != nil
}

// UsesAttributes reports whether the condition selects by attributes.
func (c Condition) UsesAttributes() bool {
	return c.AttributesOr != nil || c.AttributesAnd != nil
}

// Tags returns a filter for the tags that the condition needs.
func (c Condition) Tags() Filter {
	return KeepOnly(slices.Concat(c.TagsOr, c.TagsAnd, c.TagsNot))
}

// AttributeNames returns a filter for the attributes that the condition needs.
func (c Condition) AttributeNames() Filter {
	names := slices.Collect(maps.Keys(c.AttributesOr))
	return KeepOnly(slices.AppendSeq(names, maps.Keys(c.AttributesAnd)))
}

// MissedByTags returns why a push with the condition does not reach an account with
// these tags, or "" if it reaches the account.
func (c Condition) MissedByTags(tags []string) (reason string) {
	has := make(map[string]bool, len(tags))
	for _, tag := range tags {
		has[norm.NFC.String(tag)] = true
	}
	var reasons []string
	if _, missing := split(c.TagsAnd, has); len(missing) > 0 {
		reasons = append(reasons, "lacks the "+tagList(missing))
	}
	if found, missing := split(c.TagsOr, has); c.TagsOr != nil && len(found) == 0 {
		verb := "has none of the "
		if len(missing) == 1 {
			verb = "lacks the "
		}
		reasons = append(reasons, verb+tagList(missing))
	}
	if found, missing := split(c.TagsNot, has); len(found) > 0 {
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
func (c Condition) MissedByAttributes(attributes map[string]string) (reason string) {
	reasons := differences(c.AttributesAnd, attributes)
	all := len(reasons) == 0

	different := differences(c.AttributesOr, attributes)
	some := c.AttributesOr == nil || len(different) < len(c.AttributesOr)
	switch {
	case some:
	case len(different) == 1:
		reasons = append(reasons, different[0])
	default:
		reasons = append(reasons, "none of these matches: "+strings.Join(different, "; "))
	}

	reason = strings.Join(reasons, "; ")
	if c.AttributesAnd != nil && c.AttributesOr != nil && all != some {
		reason += " (the documentation does not say whether both lists of attributes must match)"
	}
	return reason
}

// split separates the tags that an account has from those that it lacks, in NFC and
// each once.
func split(tags []string, has map[string]bool) (found, missing []string) {
	for _, tag := range tags {
		tag = norm.NFC.String(tag)
		list := &missing
		if has[tag] {
			list = &found
		}
		if !slices.Contains(*list, tag) {
			*list = append(*list, tag)
		}
	}
	return found, missing
}

// differences says which attributes do not have the wanted values, sorted by name.
func differences(wanted, attributes map[string]string) (different []string) {
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		name, want := norm.NFC.String(key), norm.NFC.String(wanted[key])
		value, isSet := attributes[name]
		value = norm.NFC.String(value)
		switch {
		case !isSet:
			different = append(different, plainName(name)+" is not set")
		case value != want:
			different = append(different, plainName(name)+" is "+Quote(value)+", not "+Quote(want))
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
