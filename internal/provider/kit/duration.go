package kit

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ParseDuration parses a Go duration, and reports whether it is greater than
// zero.
func ParseDuration(text string) (time.Duration, bool) {
	duration, err := time.ParseDuration(text)
	return duration, err == nil && duration > 0
}

// FormatDuration formats a duration as people write it: 5m, not 5m0s.
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

var (
	numberAndUnit = regexp.MustCompile(`^\s*(\d{1,9})\s*([a-z]*)\s*$`)

	// durationUnits are the units of Go durations, by common names.
	durationUnits = map[string]string{
		"s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
		"m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
		"h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
	}
)

// SuggestDurations returns the durations that the user probably meant by an
// invalid text: "5s" and "5m" for 5, "30s" for 30 seconds, "48h" for 2d. It
// returns only values that parse accepts.
func SuggestDurations(text string, parse func(string) (time.Duration, bool)) (suggestions []string) {
	parts := numberAndUnit.FindStringSubmatch(strings.ToLower(text))
	if parts == nil {
		return nil
	}
	number, unit := parts[1], parts[2]
	var candidates []string
	switch unit {
	case "":
		candidates = []string{number + "s", number + "m", number + "h"}
	case "d", "day", "days":
		days, err := strconv.Atoi(number)
		if err != nil {
			return nil // not reached: there are at most nine digits
		}
		candidates = []string{strconv.Itoa(24*days) + "h"}
	default:
		candidates = []string{number + durationUnits[unit]}
	}
	for _, candidate := range candidates {
		if _, ok := parse(candidate); ok && len(suggestions) < 2 {
			suggestions = append(suggestions, candidate)
		}
	}
	return suggestions
}

// DurationProblem returns the cause of an error about an invalid duration, with
// suggestions. limits describes valid durations.
func DurationProblem(argument, limits, text string, parse func(string) (time.Duration, bool)) string {
	cause := fmt.Sprintf("%s must be %s, not %s", argument, limits, Quote(text))
	if suggestion := DidYouMean(SuggestDurations(text, parse)...); suggestion != "" {
		return cause + suggestion
	}
	return cause + "."
}

// The texts of durations that have no upper limit.
const (
	DurationLimits   = "a duration greater than zero"
	DurationExamples = `"30s" or "5m"`
)

// DurationValidator accepts the durations that Parse accepts.
type DurationValidator struct {
	Summary  string // of its errors
	Limits   string // such as DurationLimits
	Examples string // such as DurationExamples
	Parse    func(string) (time.Duration, bool)
}

var _ validator.String = DurationValidator{}

// Description implements validator.Describer.
func (v DurationValidator) Description(context.Context) string {
	return v.Limits + ", such as " + v.Examples
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
		// The text names the argument too, since the CLI does not print paths.
		resp.Diagnostics.AddAttributeError(req.Path, v.Summary, message{
			cause: DurationProblem(req.Path.String(), v.Limits, text, v.Parse),
			fix:   "Set it to a number with a unit, such as " + v.Examples + ".",
		}.String())
	}
}
