package timpush

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The limits of a condition (37166; codes 90032, 90020 and, for values, 60564).
const (
	MaxConditionTags = 10 // tags in each list
	MaxTagBytes      = 50 // bytes of a tag
	MaxValueBytes    = 50 // bytes of an attribute's value
)

// Condition selects the accounts of a push by their tags or by their attributes
// (60561, 37166). An account is selected if all parts that are set hold. Texts are
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
func (c Condition) MissedByTags(tags []string) string {
	has := make(map[string]bool, len(tags))
	for _, tag := range tags {
		has[norm.NFC.String(tag)] = true
	}
	var reasons []string
	if c.TagsAnd != nil {
		if _, missing := split(c.TagsAnd, has); len(missing) > 0 {
			reasons = append(reasons, "lacks "+tagList(missing))
		}
	}
	if c.TagsOr != nil {
		if found, missing := split(c.TagsOr, has); len(found) == 0 {
			reasons = append(reasons, "has none of "+tagList(missing))
		}
	}
	if found, missing := split(c.TagsNot, has); len(found) > 0 {
		reason := "has the excluded " + strings.TrimPrefix(tagList(found), "the ")
		if len(missing) > 0 {
			reason += " but not " + quoteAll(missing) + ", and the documentation does not say whether a push excludes accounts with any or only with all of them"
		}
		reasons = append(reasons, reason)
	}
	return strings.Join(reasons, "; ")
}

// MissedByAttributes returns why a push with the condition does not reach an account
// with these attributes, or "" if it reaches the account.
func (c Condition) MissedByAttributes(attributes map[string]string) string {
	values := make(map[string]string, len(attributes))
	for name, value := range attributes {
		values[norm.NFC.String(name)] = norm.NFC.String(value)
	}
	var reasons []string
	all, some := true, true
	if c.AttributesAnd != nil {
		different := differences(c.AttributesAnd, values)
		if all = len(different) == 0; !all {
			reasons = append(reasons, strings.Join(different, "; "))
		}
	}
	if c.AttributesOr != nil {
		different := differences(c.AttributesOr, values)
		if some = len(different) < len(c.AttributesOr); !some {
			reasons = append(reasons, "none of these matches: "+strings.Join(different, "; "))
		}
	}
	if c.AttributesAnd != nil && c.AttributesOr != nil && all != some {
		reasons = append(reasons, "the documentation does not say whether both lists of attributes must match")
	}
	return strings.Join(reasons, "; ")
}

// split separates the tags that an account has from those that it lacks, in NFC and
// sorted.
func split(tags []string, has map[string]bool) (found, missing []string) {
	for _, tag := range tags {
		tag = norm.NFC.String(tag)
		if has[tag] {
			found = append(found, tag)
		} else {
			missing = append(missing, tag)
		}
	}
	slices.Sort(found)
	slices.Sort(missing)
	return slices.Compact(found), slices.Compact(missing)
}

// differences says which attributes do not have the wanted values, sorted by name.
func differences(wanted, values map[string]string) (different []string) {
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		want := norm.NFC.String(wanted[name])
		value, ok := values[norm.NFC.String(name)]
		switch {
		case !ok:
			different = append(different, plainName(name)+" is not set")
		case value != want:
			different = append(different, fmt.Sprintf("%s is %s, not %s", plainName(name), quoteValue(value), quoteValue(want)))
		}
	}
	return different
}

// tagList writes the tags for a person: the tag "A", or the tags "A", "B".
func tagList(tags []string) string {
	if len(tags) == 1 {
		return "the tag " + quoteAll(tags)
	}
	return "the tags " + quoteAll(tags)
}

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quoteValue(text)
	}
	return strings.Join(quoted, ", ")
}

// plainName writes a name as it is if it needs no quotes.
func plainName(name string) string {
	if quoted := quoteValue(name); quoted != `"`+name+`"` || strings.ContainsAny(name, " ;,") || name == "" {
		return quoted
	}
	return name
}

// longestValue is how many bytes of a value a reason shows. The service's limit is
// lower, but nothing keeps it from sending more.
const longestValue = 200

// quoteValue quotes a text, with control characters escaped, and cuts a long one.
func quoteValue(text string) string {
	if len(text) > longestValue {
		return strconv.Quote(strings.ToValidUTF8(text[:longestValue], "")) + "..."
	}
	return strconv.Quote(text)
}
