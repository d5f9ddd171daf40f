package timpush

import (
	"maps"
	"slices"
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

// Tags returns the tags in the condition, in NFC, sorted, each once.
func (c Condition) Tags() []string {
	return slices.Sorted(maps.Keys(KeepOnly(slices.Concat(c.TagsOr, c.TagsAnd, c.TagsNot))))
}

// AttributeNames returns the names of the attributes in the condition, in NFC, sorted,
// each once.
func (c Condition) AttributeNames() []string {
	names := slices.Collect(maps.Keys(c.AttributesOr))
	return slices.Sorted(maps.Keys(KeepOnly(slices.AppendSeq(names, maps.Keys(c.AttributesAnd)))))
}
