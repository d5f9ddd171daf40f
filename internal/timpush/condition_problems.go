package timpush

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ConditionPart is a part of a condition.
type ConditionPart int

// The parts of a condition.
const (
	WholeCondition ConditionPart = iota
	PartTagsOr
	PartTagsAnd
	PartTagsNot
	PartAttributesOr
	PartAttributesAnd
)

// ConditionProblem is what is wrong with a condition, or unusual about it.
type ConditionProblem struct {
	Part    ConditionPart
	Tag     int    // the index of the tag that is to blame, or -1
	Name    string // the name of the attribute that is to blame, or ""
	Warning bool   // the service accepts it
	Text    string // follows the name of what is to blame: "is empty"
}

// Problems returns what is wrong with a condition: what the service rejects, what
// matches no account because it is over a limit, and surrounding whitespace, which
// the service accepts. They are in the order of the parts, and of tags and names.
func (c Condition) Problems() (problems []ConditionProblem) {
	add := func(problem ConditionProblem, format string, args ...any) {
		problem.Text = fmt.Sprintf(format, args...)
		problems = append(problems, problem)
	}
	switch {
	case !c.UsesTags() && !c.UsesAttributes():
		add(ConditionProblem{Tag: -1}, "has neither tags nor attributes")
	case c.UsesTags() && c.UsesAttributes():
		add(ConditionProblem{Tag: -1}, "has both tags and attributes, which the service does not accept together (error code 90039)")
	}
	or := map[string]bool{}
	for _, tag := range c.TagsOr {
		or[norm.NFC.String(tag)] = true
	}
	for _, list := range []struct {
		part ConditionPart
		tags []string
	}{{PartTagsOr, c.TagsOr}, {PartTagsAnd, c.TagsAnd}, {PartTagsNot, c.TagsNot}} {
		part := ConditionProblem{Part: list.part, Tag: -1}
		switch {
		case list.tags != nil && len(list.tags) == 0:
			add(part, "is empty")
		case len(list.tags) > MaxConditionTags:
			add(part, "has %d tags, and the limit is %d (error code 90032)", len(list.tags), MaxConditionTags)
		}
		for i, tag := range list.tags {
			part.Tag = i
			switch size := len(norm.NFC.String(tag)); {
			case tag == "":
				add(part, "is empty (error code 90040)")
			case size > MaxTagBytes:
				add(part, "has %d bytes, and the limit is %d (error code 90020)", size, MaxTagBytes)
			case list.part == PartTagsAnd && or[norm.NFC.String(tag)]:
				add(part, "is in both lists of tags to have (error code 90022)")
			default:
				addWhitespace(&problems, part, tag)
			}
		}
	}
	for _, pairs := range []struct {
		part       ConditionPart
		attributes map[string]string
	}{{PartAttributesOr, c.AttributesOr}, {PartAttributesAnd, c.AttributesAnd}} {
		part := ConditionProblem{Part: pairs.part, Tag: -1}
		if pairs.attributes != nil && len(pairs.attributes) == 0 {
			add(part, "is empty")
		}
		for _, name := range slices.Sorted(maps.Keys(pairs.attributes)) {
			part.Name = name
			value := pairs.attributes[name] // may be empty: it equals an empty value
			nameSize, size := len(norm.NFC.String(name)), len(norm.NFC.String(value))
			switch {
			case name == "":
				add(part, "has an empty name")
			case nameSize > MaxNameBytes:
				add(part, "has a name of %d bytes, and the limit is %d", nameSize, MaxNameBytes)
			case size > MaxValueBytes:
				add(part, "has %d bytes, and the limit is %d", size, MaxValueBytes)
			default:
				addWhitespace(&problems, part, value)
			}
		}
	}
	return problems
}

// invalid returns the first problem that is no warning, as an error.
func (c Condition) invalid() error {
	for _, problem := range c.Problems() {
		if !problem.Warning {
			return fmt.Errorf("the condition is invalid: a part of it, or all of it, %s", problem.Text)
		}
	}
	return nil
}

// addWhitespace adds a warning if a tag or value begins or ends with whitespace.
func addWhitespace(problems *[]ConditionProblem, problem ConditionProblem, text string) {
	if strings.TrimSpace(text) != text {
		problem.Warning, problem.Text = true, "begins or ends with whitespace, which counts in the comparison"
		*problems = append(*problems, problem)
	}
}
