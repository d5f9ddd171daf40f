package kit

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// conditionValidator reports what is wrong with a condition.
type conditionValidator struct{}

var _ validator.Object = conditionValidator{}

func (conditionValidator) Description(context.Context) string {
	return "a condition that the service accepts: by tags or by attributes, within its limits"
}

func (v conditionValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (conditionValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	_, _, diags := DecodeCondition(req.Path, req.ConfigValue)
	resp.Diagnostics.Append(diags...)
}

const (
	invalidCondition      = "Invalid Condition"
	whitespaceInCondition = "Whitespace in Condition"

	allParts = TagsOr + ", " + TagsAnd + ", " + TagsNot + ", " + AttributesOr + ", or " + AttributesAnd
)

// DecodeCondition returns the condition at a path, whether it is completely known,
// and what is wrong with it as far as it is known. Problems that differ only in the
// tag or the attribute are one diagnostic.
func DecodeCondition(at path.Path, object types.Object) (condition timpush.Condition, known bool, diags diag.Diagnostics) {
	if object.IsNull() {
		diags.AddAttributeError(at, "Missing Condition", message{
			cause: fmt.Sprintf("%s is null.", at),
			fix:   "Set at least one of its arguments: " + allParts + ".",
		}.String())
		return timpush.Condition{}, true, diags
	}
	partial := decodeCondition(object)
	type cause struct {
		part timpush.ConditionPart
		text string
	}
	var causes []cause
	problems := map[cause][]timpush.ConditionProblem{}
	for _, problem := range partial.problems() {
		c := cause{problem.Part, problem.Text}
		if problems[c] == nil {
			causes = append(causes, c)
		}
		problems[c] = append(problems[c], problem)
	}
	for _, c := range causes {
		diags.Append(conditionDiagnostic(at, partial.Condition, problems[c]))
	}
	return partial.Condition, !partial.isUnknown, diags
}

// conditionDiagnostic reports problems with the same cause, on the path of the first.
func conditionDiagnostic(at path.Path, condition timpush.Condition, problems []timpush.ConditionProblem) diag.Diagnostic {
	first := problems[0]
	to := problemPath(at, first)
	m := message{cause: to.String() + " " + first.Text + ".", fix: ConditionFix(condition, first)}
	if others := problems[1:]; len(others) > 0 {
		var same []string
		for _, other := range others[:min(len(others), MostListed)] {
			same = append(same, problemPath(at, other).String())
		}
		m.facts = append(m.facts, "Also: "+strings.Join(same, ", "))
		if more := len(others) - len(same); more > 0 {
			m.facts = append(m.facts, fmt.Sprintf("Not shown: %d more", more))
		}
	}
	if first.Part == timpush.WholeCondition && !condition.UsesTags() && !condition.UsesAttributes() {
		m.fix += " " + HintMisspelled
	}
	if first.Warning {
		return diag.NewAttributeWarningDiagnostic(to, whitespaceInCondition, m.String())
	}
	return diag.NewAttributeErrorDiagnostic(to, invalidCondition, m.String())
}

// problemPath returns the path of what is to blame for a problem.
func problemPath(at path.Path, problem timpush.ConditionProblem) path.Path {
	argument, ofPart := partArguments[problem.Part]
	switch {
	case !ofPart:
		return at
	case problem.Tag >= 0:
		return at.AtName(argument).AtListIndex(problem.Tag)
	case problem.Name != "":
		return at.AtName(argument).AtMapKey(problem.Name)
	default:
		return at.AtName(argument)
	}
}

// ConditionFix returns the fix for a problem, as a sentence.
func ConditionFix(condition timpush.Condition, problem timpush.ConditionProblem) string {
	ofTag, isNull := problem.Tag >= 0, problem.Text == textIsNull
	switch {
	case problem.Warning:
		return "Remove the whitespace, unless the accounts have it too."
	case ofTag && isNull:
		return "Remove null tags, for example with compact()."
	case ofTag:
		return tagFix(tagsOf(condition, problem.Part)[problem.Tag])
	case problem.Name != "" && isNull:
		return "Set a value, or remove the attribute."
	case len(norm.NFC.String(problem.Name)) > timpush.MaxNameBytes:
		return "Correct the name."
	case problem.Name != "":
		return "Shorten the value."
	default:
		return partFix(condition, problem.Part)
	}
}

// tagFix returns the fix for a tag that is not null.
func tagFix(tag string) string {
	switch {
	case tag == "":
		return "Remove empty tags, for example with compact()."
	case len(norm.NFC.String(tag)) > timpush.MaxTagBytes:
		return "Shorten the tag."
	default:
		return "Remove it from " + TagsOr + " or from " + TagsAnd + "."
	}
}

// partFix returns the fix for a part, or for the complete condition.
func partFix(condition timpush.Condition, part timpush.ConditionPart) string {
	tags := tagsOf(condition, part)
	switch {
	case part == timpush.WholeCondition && condition.UsesTags():
		return "Set only " + TagsOr + ", " + TagsAnd + ", and " + TagsNot + ", or only " + AttributesOr + " and " + AttributesAnd + "."
	case part == timpush.WholeCondition:
		return "Set at least one of its arguments: " + allParts + "."
	case len(tags) > 0:
		return "Remove some of the tags."
	case tags != nil:
		return "Remove it, set it to null, or add a tag."
	case len(attributesOf(condition, part)) > 0:
		return "Remove the empty name."
	default:
		return "Remove it, set it to null, or add an attribute."
	}
}

// tagsOf returns the tags of a part, or nil if it has attributes.
func tagsOf(condition timpush.Condition, part timpush.ConditionPart) []string {
	return map[timpush.ConditionPart][]string{
		timpush.PartTagsOr: condition.TagsOr, timpush.PartTagsAnd: condition.TagsAnd, timpush.PartTagsNot: condition.TagsNot,
	}[part]
}

// attributesOf returns the attributes of a part, or nil if it has tags.
func attributesOf(condition timpush.Condition, part timpush.ConditionPart) map[string]string {
	return map[timpush.ConditionPart]map[string]string{
		timpush.PartAttributesOr: condition.AttributesOr, timpush.PartAttributesAnd: condition.AttributesAnd,
	}[part]
}
