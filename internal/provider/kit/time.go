package kit

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ParseTime returns the time of an argument in whole seconds, and whether it has
// one. An invalid time is reported.
func ParseTime(at path.Path, argument types.String, diags *diag.Diagnostics) (time.Time, bool) {
	if argument.IsNull() || argument.IsUnknown() {
		return time.Time{}, false
	}
	text := argument.ValueString()
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		problem := fmt.Sprintf("%s must be a time in RFC 3339 format, not %s", at, Quote(text))
		suggestion := DidYouMean(suggestTime(text))
		if suggestion == "" {
			suggestion = "."
		}
		diags.AddAttributeError(at, "Invalid Time", problem+suggestion+` Set it to a date and a time with an offset from UTC, such as "2026-01-02T15:04:05Z" or "2026-01-02T23:04:05+08:00".`)
		return time.Time{}, false
	}
	return WholeSecond(parsed), true
}

// TimeValidator accepts the times that [ParseTime] accepts.
type TimeValidator struct{}

var _ validator.String = TimeValidator{}

// Description implements validator.Describer.
func (TimeValidator) Description(context.Context) string { return "a time in RFC 3339 format" }

// MarkdownDescription implements validator.Describer.
func (v TimeValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (TimeValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	ParseTime(req.Path, req.ConfigValue, &resp.Diagnostics)
}

// timeLayouts are other formats of times that people use.
var timeLayouts = []string{
	time.DateOnly,
	"2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04", "2006-01-02 15:04Z07:00", time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700",
}

// suggestTime returns the time in RFC 3339 format that the user probably meant by
// an invalid text, in UTC if the text has no offset, or "".
func suggestTime(text string) string {
	for _, layout := range timeLayouts {
		if parsed, err := time.Parse(layout, text); err == nil {
			return parsed.Format(time.RFC3339)
		}
	}
	return ""
}

// WholeSecond returns a time as the service knows it: in UTC, without a fraction of a
// second.
func WholeSecond(at time.Time) time.Time { return at.UTC().Truncate(time.Second) }
