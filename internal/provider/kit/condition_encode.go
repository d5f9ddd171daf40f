package kit

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ConditionValue returns a condition as a value of [OptionalConditionAttribute], or
// null for nil. It is the inverse of [DecodeCondition].
func ConditionValue(condition *timpush.Condition) types.Object {
	tags, values := types.ListType{ElemType: types.StringType}, types.MapType{ElemType: types.StringType}
	kinds := map[string]attr.Type{TagsOr: tags, TagsAnd: tags, TagsNot: tags, AttributesOr: values, AttributesAnd: values}
	if condition == nil {
		return types.ObjectNull(kinds)
	}
	return types.ObjectValueMust(kinds, map[string]attr.Value{
		TagsOr: StringList(condition.TagsOr), TagsAnd: StringList(condition.TagsAnd), TagsNot: StringList(condition.TagsNot),
		AttributesOr: stringMap(condition.AttributesOr), AttributesAnd: stringMap(condition.AttributesAnd),
	})
}

// StringList returns a list of strings, or null for nil.
func StringList(texts []string) types.List {
	if texts == nil {
		return types.ListNull(types.StringType)
	}
	elements := make([]attr.Value, len(texts))
	for i, text := range texts {
		elements[i] = types.StringValue(text)
	}
	return types.ListValueMust(types.StringType, elements)
}

// stringMap returns a map of strings, or null for nil.
func stringMap(texts map[string]string) types.Map {
	if texts == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(texts))
	for name, text := range texts {
		elements[name] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, elements)
}
