package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// parseDuration reads a Go duration, and reports whether it is one above zero.
func parseDuration(text string) (time.Duration, bool) {
	duration, err := time.ParseDuration(text)
	return duration, err == nil && duration > 0
}

// durationValidator takes the durations that parse takes.
type durationValidator struct {
	summary string // of its errors
	limits  string // "a duration above zero"
	example string // "30s or 5m"
	parse   func(string) (time.Duration, bool)
}

var _ validator.String = durationValidator{}

func (v durationValidator) Description(context.Context) string {
	return v.limits + ", such as " + v.example
}

func (v durationValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v durationValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	if _, ok := v.parse(text); !ok {
		// The text names the argument too: the CLI does not print paths.
		resp.Diagnostics.AddAttributeError(req.Path, v.summary,
			fmt.Sprintf("%s is %s, which is not %s. Set it to one, such as %s.", req.Path, quote(text), v.limits, v.example))
	}
}
