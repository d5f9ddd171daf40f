package kit

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The parts of a condition.
const (
	TagsOr        = "tags_or"
	TagsAnd       = "tags_and"
	TagsNot       = "tags_not"
	AttributesOr  = "attributes_or"
	AttributesAnd = "attributes_and"
)

// ConditionPath is the path of the attribute condition.
var ConditionPath = path.Root("condition")

// ConditionAttribute returns the required attribute condition.
func ConditionAttribute() schema.Attribute {
	attribute := OptionalConditionAttribute()
	attribute.CustomType = newConditionType(attribute.Attributes)
	attribute.Optional, attribute.Required = false, true
	attribute.Validators = []validator.Object{conditionValidator{}}
	return attribute
}

// OptionalConditionAttribute returns a condition that may be null. It has no
// validator: the object that contains it calls [DecodeCondition] where it is set.
func OptionalConditionAttribute() schema.SingleNestedAttribute {
	tags := "At most " + strconv.Itoa(timpush.MaxConditionTags) + " tags of 1 to " + strconv.Itoa(timpush.MaxTagBytes) + " bytes."
	values := "Values have up to " + strconv.Itoa(timpush.MaxValueBytes) + " bytes."
	attributes := map[string]schema.Attribute{
		TagsOr: schema.ListAttribute{
			MarkdownDescription: "The account has at least one of these tags. " + tags,
			ElementType:         types.StringType,
			Optional:            true,
		},
		TagsAnd: schema.ListAttribute{
			MarkdownDescription: "The account has all of these tags. " + tags + " A tag cannot be in both `" + TagsOr + "` and `" + TagsAnd + "`.",
			ElementType:         types.StringType,
			Optional:            true,
		},
		TagsNot: schema.ListAttribute{
			MarkdownDescription: "The account has none of these tags. " + tags + " Use one tag: the API documentation disagrees on whether several tags exclude accounts that have any of them or only those that have all, so a push may or may not reach an account that has some of them, and `timpush_push_audience` does not count it.",
			ElementType:         types.StringType,
			Optional:            true,
		},
		AttributesOr: schema.MapAttribute{
			MarkdownDescription: "At least one of these attributes of the account has the given value: a map from attribute name to value. " + values,
			ElementType:         types.StringType,
			Optional:            true,
		},
		AttributesAnd: schema.MapAttribute{
			MarkdownDescription: "All of these attributes of the account have the given values: a map from attribute name to value. " + values + " The API documentation does not say whether `" + AttributesOr + "` and `" + AttributesAnd + "` must both match, so a push may or may not reach an account for which only one of them matches, and `timpush_push_audience` does not count it.",
			ElementType:         types.StringType,
			Optional:            true,
		},
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The accounts that a push selects: the " + ServiceLink("`Condition`", 60561) + " of a push. It selects an account if all parts that are set match. " +
			"Set tags or attributes, not both. Tags and values are equal only if case and spaces are equal. Terraform silently ignores other keys, such as a misspelled `tag_not`: the function `provider::timpush::audience` reports them.",
		Optional:   true,
		Attributes: attributes,
	}
}

// ReadCondition returns the condition of a block in an operation, or errors if it is
// invalid. Warnings are those of the validator, which the CLI has already shown.
func ReadCondition(ctx context.Context, config tfsdk.Config) (timpush.Condition, diag.Diagnostics) {
	var value conditionValue
	if diags := config.GetAttribute(ctx, ConditionPath, &value); diags.HasError() {
		return timpush.Condition{}, diags
	}
	condition, known, diags := DecodeCondition(ConditionPath, value.ObjectValue)
	if !known && !diags.HasError() { // the CLI reads only blocks that are known
		diags.AddAttributeError(ConditionPath, invalidCondition, message{cause: "condition has a value that is not known.", fix: fixBug}.String())
	}
	return condition, diags.Errors()
}
