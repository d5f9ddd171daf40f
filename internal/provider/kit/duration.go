package kit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ParseDuration reads a Go duration, and reports whether it is one above zero.
func ParseDuration(text string) (time.Duration, bool) {
	duration, err := time.ParseDuration(text)
	return duration, err == nil && duration > 0
}

// FormatDuration writes a duration as people do: 5m, not 5m0s.
func FormatDuration(duration time.Duration) string {
	text := duration.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// DurationValidator accepts the durations that Parse accepts.
type DurationValidator struct {
	Summary string // of its errors
	Limits  string // "a duration above zero"
	Example string // "30s or 5m"
	Parse   func(string) (time.Duration, bool)
}

var _ validator.String = DurationValidator{}

// Description implements validator.Describer.
func (v DurationValidator) Description(context.Context) string {
	return v.Limits + ", such as " + v.Example
}

// MarkdownDescription implements validator.Describer.
func (v DurationValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateString implements validator.String.
func (v DurationValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	if _, ok := v.Parse(text); !ok {
		// The text names the argument too: the CLI does not print paths.
		resp.Diagnostics.AddAttributeError(req.Path, v.Summary,
			fmt.Sprintf("%s is %s, which is not %s. Set it to one, such as %s.", req.Path, Quote(text), v.Limits, v.Example))
	}
}
