package kit

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// IDValidator rejects IDs that can only be mistakes: empty ones, and those with
// surrounding whitespace or unprintable characters.
type IDValidator struct {
	Title    string // in summaries: "Task ID"
	Required bool   // so that removing the ID is no way out
}

var _ validator.String = IDValidator{}

// causes returns why IDs are rejected.
func (v IDValidator) causes() []elementCause {
	empty := Cause{One: "is empty", Fix: "Set it to an ID, or remove it."}
	if v.Required {
		empty.Fix = "Set it to an ID."
	}
	return []elementCause{{empty, isEmpty}, surroundingWhitespace, invisibleCharacter, controlCharacter}
}

// Description implements validator.Describer.
func (IDValidator) Description(context.Context) string {
	return "not empty, without whitespace around it, and without control or invisible characters"
}

// MarkdownDescription implements validator.Describer.
func (v IDValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v IDValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	resp.Diagnostics.Append(v.Check(req.Path, req.ConfigValue)...)
}

// Check reports what is wrong with the ID at a path, as far as it is known. The
// framework validates only what is known when the block is validated.
func (v IDValidator) Check(at path.Path, id types.String) (diags diag.Diagnostics) {
	if id.IsUnknown() {
		return nil
	}
	causes := v.causes()
	cause := slices.IndexFunc(causes, func(c elementCause) bool { return c.holds(id) })
	if cause >= 0 {
		diags.AddAttributeError(at, "Invalid "+v.Title, causes[cause].Text("", 1, []string{named(at, id)}))
	}
	return diags
}

// IDsValidator rejects lists of such IDs, and empty lists.
type IDsValidator struct {
	Title string // in summaries: "Task IDs"
	Empty string // what is wrong with an empty list, and the fix: two sentences
}

var _ validator.List = IDsValidator{}

var listedIDCauses = []elementCause{nullElement, emptyElement, surroundingWhitespace, invisibleCharacter, controlCharacter}

// Description implements validator.Describer.
func (IDsValidator) Description(context.Context) string {
	return "not empty; no element may be null, empty, have whitespace around it, or contain a control character or an invisible character"
}

// MarkdownDescription implements validator.Describer.
func (v IDsValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateList implements validator.List.
func (v IDsValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	summary := "Invalid " + v.Title
	if len(req.ConfigValue.Elements()) == 0 {
		resp.Diagnostics.AddAttributeError(req.Path, summary, v.Empty)
	}
	counts, examples := find(req.Path, req.ConfigValue.Elements(), listedIDCauses)
	for i, cause := range listedIDCauses {
		if counts[i] > 0 {
			resp.Diagnostics.AddAttributeError(req.Path, summary, cause.Text("elements", counts[i], examples[i]))
		}
	}
}
