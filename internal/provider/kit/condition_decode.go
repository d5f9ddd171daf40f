package kit

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// partArguments are the arguments for the parts of a condition.
var partArguments = map[timpush.ConditionPart]string{
	timpush.PartTagsOr:        TagsOr,
	timpush.PartTagsAnd:       TagsAnd,
	timpush.PartTagsNot:       TagsNot,
	timpush.PartAttributesOr:  AttributesOr,
	timpush.PartAttributesAnd: AttributesAnd,
}

// partialCondition is a condition as far as it is known.
type partialCondition struct {
	timpush.Condition

	isUnknown bool           // a part, a tag, or a value is unknown
	nulls     []place        // the tags and values that are null
	textless  map[place]bool // the tags and values that are null or unknown
}

// place is the place of a tag or a value in a condition.
type place struct {
	part timpush.ConditionPart
	tag  int    // the index of the tag, or -1
	name string // the name of the attribute, or ""
}

// noText is in place of tags and values that are null or unknown, so that the
// others keep their indexes.
const noText = "\x00"

// textIsNull is the text of the problem of a tag or a value that is null.
const textIsNull = "is null"

func decodeCondition(object types.Object) partialCondition {
	c := partialCondition{isUnknown: object.IsUnknown(), textless: map[place]bool{}}
	c.TagsOr = c.tags(object, timpush.PartTagsOr)
	c.TagsAnd = c.tags(object, timpush.PartTagsAnd)
	c.TagsNot = c.tags(object, timpush.PartTagsNot)
	c.AttributesOr = c.attributes(object, timpush.PartAttributesOr)
	c.AttributesAnd = c.attributes(object, timpush.PartAttributesAnd)
	return c
}

// tags returns a list of tags, or nil if it is null or unknown.
func (c *partialCondition) tags(object types.Object, part timpush.ConditionPart) []string {
	list, _ := object.Attributes()[partArguments[part]].(types.List)
	c.isUnknown = c.isUnknown || list.IsUnknown()
	if list.IsNull() || list.IsUnknown() {
		return nil
	}
	tags := make([]string, len(list.Elements()))
	for i, element := range list.Elements() {
		tags[i] = c.text(element, place{part: part, tag: i})
	}
	return tags
}

// attributes returns a map of attributes, or nil if it is null or unknown.
func (c *partialCondition) attributes(object types.Object, part timpush.ConditionPart) map[string]string {
	values, _ := object.Attributes()[partArguments[part]].(types.Map)
	c.isUnknown = c.isUnknown || values.IsUnknown()
	if values.IsNull() || values.IsUnknown() {
		return nil
	}
	elements := values.Elements()
	attributes := make(map[string]string, len(elements))
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		attributes[name] = c.text(elements[name], place{part: part, tag: -1, name: name})
	}
	return attributes
}

// text returns a tag or a value.
func (c *partialCondition) text(value attr.Value, at place) string {
	text, _ := value.(types.String)
	if !text.IsNull() && !text.IsUnknown() {
		return text.ValueString()
	}
	if text.IsNull() {
		c.nulls = append(c.nulls, at)
	}
	c.isUnknown = c.isUnknown || text.IsUnknown()
	c.textless[at] = true
	return noText
}

// problems returns what is wrong with the condition, as far as it is known. Of a
// list with too many tags, it checks only as many as are allowed.
func (c *partialCondition) problems() (problems []timpush.ConditionProblem) {
	for _, at := range c.nulls {
		problems = append(problems, timpush.ConditionProblem{Part: at.part, Tag: at.tag, Name: at.name, Text: textIsNull})
	}
	for _, problem := range c.Problems() {
		switch {
		case c.textless[place{problem.Part, problem.Tag, problem.Name}]:
		case c.isUnknown && !c.UsesTags() && !c.UsesAttributes(): // it can still get a part
		default:
			problems = append(problems, problem)
		}
	}
	return slices.DeleteFunc(problems, func(problem timpush.ConditionProblem) bool { return problem.Tag >= timpush.MaxConditionTags })
}
