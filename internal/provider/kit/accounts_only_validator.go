package kit

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// namesValidator rejects null and empty attribute names or tags. It only warns of
// whitespace around them, since the service may accept it.
type namesValidator struct {
	title string // in summaries: "Attribute Names"
}

var _ validator.List = namesValidator{}

func (namesValidator) Description(context.Context) string {
	return "no element may be null or empty"
}

func (v namesValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// nameCauses are checked in order; the first match wins. The last one is only a
// warning.
var nameCauses = []elementCause{
	nullElement,
	emptyElement,
	{
		Cause{"begins or ends with whitespace", "begin or end with whitespace", "Remove the whitespace, for example with trimspace(), unless it is intended."},
		whose(func(text string) bool { return strings.TrimSpace(text) != text }),
	},
}

func (v namesValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	counts, examples := find(req.Path, req.ConfigValue.Elements(), nameCauses)
	for i, cause := range nameCauses {
		if counts[i] == 0 {
			continue
		}
		text := cause.Text("elements", counts[i], examples[i])
		if i == len(nameCauses)-1 {
			resp.Diagnostics.AddAttributeWarning(req.Path, "Whitespace Around "+v.title, text)
		} else {
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+v.title, text)
		}
	}
}
