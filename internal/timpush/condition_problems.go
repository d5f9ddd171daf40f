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

// Problems returns what is wrong with a condition: what the service rejects, and
// surrounding whitespace, which it accepts.
func (c Condition) Problems() (problems []ConditionProblem) {
	whole := func(part ConditionPart, format string, args ...any) {
		problems = append(problems, ConditionProblem{Part: part, Tag: -1, Text: fmt.Sprintf(format, args...)})
	}
	switch {
	case !c.UsesTags() && !c.UsesAttributes():
		whole(WholeCondition, "has no part")
	case c.UsesTags() && c.UsesAttributes():
		whole(WholeCondition, "selects by tags and by attributes, which the service does not accept together (error code 90039)")
	}
	or := map[string]bool{}
	for _, tag := range c.TagsOr {
		or[norm.NFC.String(tag)] = true
	}
	for _, list := range []struct {
		part ConditionPart
		tags []string
	}{{PartTagsOr, c.TagsOr}, {PartTagsAnd, c.TagsAnd}, {PartTagsNot, c.TagsNot}} {
		switch {
		case list.tags != nil && len(list.tags) == 0:
			whole(list.part, "is empty")
		case len(list.tags) > MaxConditionTags:
			whole(list.part, "has %d tags, and the limit is %d (error code 90032)", len(list.tags), MaxConditionTags)
		}
		for i, tag := range list.tags {
			text, warning := textProblem(tag, MaxTagBytes, "90020")
			if text == "" && list.part == PartTagsAnd && or[norm.NFC.String(tag)] {
				text = "is also in the list of which one tag is enough (error code 90022)"
			}
			if text != "" {
				problems = append(problems, ConditionProblem{Part: list.part, Tag: i, Warning: warning, Text: text})
			}
		}
	}
	for _, pairs := range []struct {
		part       ConditionPart
		attributes map[string]string
	}{{PartAttributesOr, c.AttributesOr}, {PartAttributesAnd, c.AttributesAnd}} {
		if pairs.attributes != nil && len(pairs.attributes) == 0 {
			whole(pairs.part, "is empty")
		}
		for _, name := range slices.Sorted(maps.Keys(pairs.attributes)) {
			if name == "" {
				whole(pairs.part, "has an empty name")
				continue
			}
			text, warning := textProblem(pairs.attributes[name], MaxValueBytes, "")
			if pairs.attributes[name] == "" {
				text = "" // equals an empty value, if the service stores one
			}
			if text != "" {
				problems = append(problems, ConditionProblem{Part: pairs.part, Tag: -1, Name: name, Warning: warning, Text: text})
			}
		}
	}
	return problems
}

// textProblem returns what is wrong with a tag or a value, if anything.
func textProblem(text string, limit int, code string) (problem string, warning bool) {
	size := len(norm.NFC.String(text))
	switch {
	case text == "":
		return "is empty (error code 90040)", false
	case size > limit:
		problem = fmt.Sprintf("has %d bytes, and the limit is %d", size, limit)
		if code != "" {
			problem += " (error code " + code + ")"
		}
		return problem, false
	case strings.TrimSpace(text) != text:
		return "begins or ends with whitespace, which counts in the comparison", true
	}
	return "", false
}
