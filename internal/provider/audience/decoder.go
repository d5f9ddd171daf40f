package audience

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// part is a part of a condition.
type part struct {
	name       string
	is         timpush.ConditionPart
	tags       func(*timpush.Condition) *[]string          // nil if the part has attributes
	attributes func(*timpush.Condition) *map[string]string // nil if the part has tags
}

func (p part) String() string { return p.name }

var parts = []part{
	{name: kit.TagsOr, is: timpush.PartTagsOr, tags: func(c *timpush.Condition) *[]string { return &c.TagsOr }},
	{name: kit.TagsAnd, is: timpush.PartTagsAnd, tags: func(c *timpush.Condition) *[]string { return &c.TagsAnd }},
	{name: kit.TagsNot, is: timpush.PartTagsNot, tags: func(c *timpush.Condition) *[]string { return &c.TagsNot }},
	{name: kit.AttributesOr, is: timpush.PartAttributesOr, attributes: func(c *timpush.Condition) *map[string]string { return &c.AttributesOr }},
	{name: kit.AttributesAnd, is: timpush.PartAttributesAnd, attributes: func(c *timpush.Condition) *map[string]string { return &c.AttributesAnd }},
}

// partNames returns the names of the parts.
func partNames() []string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = part.name
	}
	return names
}

// decoder decodes the arguments. It goes on after a problem, and after a value that is
// not known.
type decoder struct {
	problems []string // without a period at the end, which the CLI adds
	unknown  bool
}

func (d *decoder) problem(format string, args ...any) {
	d.problems = append(d.problems, fmt.Sprintf(format, args...))
}

// condition decodes a condition, and validates it if it is known.
func (d *decoder) condition(value tftypes.Value) (condition timpush.Condition) {
	if !value.IsKnown() {
		d.unknown = true
		return condition
	}
	given, ok := elementsByName(value)
	if !ok {
		d.problem("must be an object, such as { attributes_and = { city = \"ShenZhen\" } }, not %s", nameOf(value))
		return condition
	}
	names := partNames()
	var others []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(names, name) {
			others = append(others, name)
		}
	}
	if len(others) == len(given) && len(given) > len(names) {
		d.problem("has %d elements and no part of a condition: pass the condition first, then the users", len(given))
		return condition
	}
	for _, name := range others {
		if suggestion := kit.Suggest(name, names); suggestion != "" {
			d.problem("%s is not part of a condition (did you mean %q?)", kit.Quote(name), suggestion)
		} else {
			d.problem("%s is not part of a condition: the parts are %s", kit.Quote(name), strings.Join(names, ", "))
		}
	}
	for _, part := range parts {
		switch value, isGiven := given[part.name]; {
		case !isGiven || value.IsNull():
		case part.tags != nil:
			*part.tags(&condition) = d.tags(part, value)
		default:
			*part.attributes(&condition) = d.attributes(part, value)
		}
	}
	if len(d.problems) > 0 || d.unknown {
		return condition
	}
	for _, problem := range condition.Problems() {
		if !problem.Warning {
			fix := kit.ConditionFix(condition, problem)
			d.problem("%s %s: %s", whereOf(problem), problem.Text, strings.ToLower(fix[:1])+strings.TrimSuffix(fix[1:], "."))
		}
	}
	return condition
}

// whereOf says what is to blame for a problem with a condition.
func whereOf(problem timpush.ConditionProblem) string {
	where := "it"
	for _, part := range parts {
		if part.is == problem.Part {
			where = part.name
		}
	}
	switch {
	case problem.Tag >= 0:
		where += fmt.Sprintf("[%d]", problem.Tag)
	case problem.Name != "":
		where += "[" + kit.Quote(problem.Name) + "]"
	}
	return where
}

// tags decodes a list of tags.
func (d *decoder) tags(where fmt.Stringer, value tftypes.Value) []string {
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	values, ok := elements(value)
	if !ok {
		d.problem("%s must be a list of strings, not %s", where, nameOf(value))
		return nil
	}
	return d.texts(where, values)
}

// texts decodes the elements of a list of tags.
func (d *decoder) texts(where fmt.Stringer, values []tftypes.Value) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		if !value.IsKnown() {
			d.unknown = true
			continue
		}
		var ok bool
		if texts[i], ok = text(value); !ok {
			d.problem("%s[%d] must be a string, not %s", where, i, nameOf(value))
		}
	}
	return texts
}

// attributes decodes a map of attributes.
func (d *decoder) attributes(where fmt.Stringer, value tftypes.Value) map[string]string {
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	values, ok := elementsByName(value)
	if !ok {
		d.problem("%s must be a map of strings, not %s", where, nameOf(value))
		return nil
	}
	attributes := make(map[string]string, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		d.attribute(where, name, values[name], attributes)
	}
	return attributes
}

// attribute decodes an attribute into a map.
func (d *decoder) attribute(where fmt.Stringer, name string, value tftypes.Value, into map[string]string) {
	if !value.IsKnown() {
		d.unknown = true
		return
	}
	var ok bool
	if into[name], ok = text(value); !ok {
		d.problem("%s[%s] must be a string, not %s", where, kit.Quote(name), nameOf(value))
	}
}
