package timpush

import (
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"
)

// Selector evaluates a condition. What does not depend on the account is prepared, since
// there can be many accounts.
type Selector struct {
	tagsOr, tagsAnd, tagsNot    []string // nil if the part is not set
	attributesOr, attributesAnd []wantedValue
}

// wantedValue is an attribute in a condition.
type wantedValue struct{ name, value string }

// Selector prepares the condition for the comparison with accounts.
func (c Condition) Selector() *Selector {
	return &Selector{
		tagsOr: tagsInNFC(c.TagsOr), tagsAnd: tagsInNFC(c.TagsAnd), tagsNot: tagsInNFC(c.TagsNot),
		attributesOr: wantedValues(c.AttributesOr), attributesAnd: wantedValues(c.AttributesAnd),
	}
}

// tagsInNFC returns the tags in NFC, each once, and nil only for nil: an account without
// any of no tags is not selected.
func tagsInNFC(tags []string) (all []string) {
	if tags != nil {
		all = make([]string, 0, len(tags))
	}
	for _, tag := range tags {
		if tag = norm.NFC.String(tag); !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}

// wantedValues returns the attributes in NFC, sorted by name, and nil only for nil.
func wantedValues(attributes map[string]string) (all []wantedValue) {
	if attributes != nil {
		all = make([]wantedValue, 0, len(attributes))
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		all = append(all, wantedValue{norm.NFC.String(name), norm.NFC.String(attributes[name])})
	}
	return all
}

// SelectsTags reports whether a push with the condition reaches an account with these
// tags.
func (s *Selector) SelectsTags(tags []string) bool {
	has := hasTag(tags)
	lacks := func(tag string) bool { return !has(tag) }
	return (s.tagsOr == nil || slices.ContainsFunc(s.tagsOr, has)) && !slices.ContainsFunc(s.tagsAnd, lacks) && !slices.ContainsFunc(s.tagsNot, has)
}

// hasTag returns whether an account with these tags has a tag, which is in NFC.
func hasTag(tags []string) func(tag string) bool {
	if slices.ContainsFunc(tags, func(tag string) bool { return !norm.NFC.IsNormalString(tag) }) { // rarely
		tags = tagsInNFC(tags)
	}
	return func(tag string) bool { return slices.Contains(tags, tag) }
}

// SelectsAttributes reports whether a push with the condition reaches an account with
// these attributes. Their names are in NFC, as reads return them.
func (s *Selector) SelectsAttributes(attributes map[string]string) bool {
	has := func(wanted wantedValue) bool {
		value, isSet := attributes[wanted.name]
		return isSet && norm.NFC.String(value) == wanted.value
	}
	lacks := func(wanted wantedValue) bool { return !has(wanted) }
	return (s.attributesOr == nil || slices.ContainsFunc(s.attributesOr, has)) && !slices.ContainsFunc(s.attributesAnd, lacks)
}
