package kit

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ChoiceValidator accepts the given values, of which there are at least two.
type ChoiceValidator struct {
	Summary string // of its errors
	Values  []string
}

var _ validator.String = ChoiceValidator{}

// Description implements validator.Describer.
func (v ChoiceValidator) Description(context.Context) string {
	return "one of: " + strings.Join(v.Values, ", ")
}

// MarkdownDescription implements validator.Describer.
func (v ChoiceValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateString implements validator.String.
func (v ChoiceValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || slices.Contains(v.Values, value) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, v.Summary, message{
		cause: NotValid(value, "value of "+req.Path.String(), Suggest(value, v.Values)),
		fix:   "Set it to " + alternatives(v.Values) + ".",
	}.String())
}

// alternatives lists values as in "a", "b", or "c".
func alternatives(values []string) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = Quote(value)
	}
	return Alternatives(quoted)
}

// Alternatives lists at least two texts as in a, b, or c.
func Alternatives(texts []string) string {
	last, separator := len(texts)-1, ", or "
	if last == 1 {
		separator = " or "
	}
	return strings.Join(texts[:last], ", ") + separator + texts[last]
}
