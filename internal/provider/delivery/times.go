package delivery

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// times are a block's arguments for the time window that a read covers.
type times struct{ last, start, end types.String }

// shortestLast is the minimum of last, since the service counts in seconds.
const shortestLast = time.Second

const day = 24 * time.Hour

var (
	lastPath  = path.Root("last")
	startPath = path.Root("start_time")
	endPath   = path.Root("end_time")
)

const (
	invalidWindow = "Invalid Time Window"
	missingEnd    = "Missing End Time"
	missingStart  = "Missing Start Time"
	missingWindow = "Missing Time Window"
)

// problems returns what is wrong with the arguments as far as they are known,
// whatever the time is. limit is the length of the longest window.
func (t times) problems(limit time.Duration) (diags diag.Diagnostics) {
	switch {
	case isSet(t.last) && (isSet(t.start) || isSet(t.end)):
		diags.AddAttributeError(lastPath, "Conflicting Time Windows", "last cannot be used together with start_time or end_time. Set only last, or only start_time and end_time.")
		return diags
	case isSet(t.last):
		text := t.last.ValueString()
		last, isDuration := kit.ParseDuration(text)
		_, ok := lastParser(limit)(text)
		switch {
		case ok:
		case isDuration && last > limit:
			diags.AddAttributeError(lastPath, invalidWindow, fmt.Sprintf("last is %s, but the service covers only the last %s. Set it to at most %q.",
				kit.Quote(text), days(limit), kit.FormatDuration(limit)))
		default:
			limits := fmt.Sprintf("a duration from %s to %s (%s)", kit.FormatDuration(shortestLast), kit.FormatDuration(limit), days(limit))
			diags.AddAttributeError(lastPath, invalidWindow, kit.DurationProblem("last", limits, text, usualParser(limit))+
				` Set it to a number with a unit, such as "24h", or "168h" for a week.`)
		}
		return diags
	case t.last.IsNull() && t.start.IsNull() && t.end.IsNull():
		diags.AddAttributeError(lastPath, missingWindow, `Neither last nor start_time and end_time are set. Set last to a duration, such as "24h", or set start_time and end_time.`)
	case t.last.IsNull() && isSet(t.start) && t.end.IsNull():
		diags.AddAttributeError(endPath, missingEnd, "start_time is set, but end_time is not. Set both, or set last instead.")
	case t.last.IsNull() && isSet(t.end) && t.start.IsNull():
		diags.AddAttributeError(startPath, missingStart, "end_time is set, but start_time is not. Set both, or set last instead.")
	}
	start, hasStart := kit.ParseTime(startPath, t.start, &diags)
	end, hasEnd := kit.ParseTime(endPath, t.end, &diags)
	if !hasStart || !hasEnd {
		return diags
	}
	switch length := end.Sub(start); {
	case length <= 0:
		diags.AddAttributeError(endPath, invalidWindow, fmt.Sprintf("end_time (%s) is not after start_time (%s), in whole seconds. Set end_time to a later time.",
			kit.Quote(t.end.ValueString()), kit.Quote(t.start.ValueString())))
	case length > limit:
		diags.AddAttributeError(endPath, invalidWindow, fmt.Sprintf("The time window from start_time (%s) to end_time (%s) is longer than %s, as far back as the service goes. Set both to times within the last %s.",
			kit.Quote(t.start.ValueString()), kit.Quote(t.end.ValueString()), days(limit), days(limit)))
	}
	return diags
}

// window returns the time window at the given time, or what is wrong. The service
// covers as much time before now as the longest window, limit.
func (t times) window(limit time.Duration, now time.Time) (window timpush.Window, diags diag.Diagnostics) {
	if diags = t.problems(limit); diags.HasError() {
		return window, diags
	}
	now = kit.WholeSecond(now)
	if last, ok := lastParser(limit)(t.last.ValueString()); ok {
		return timpush.Window{Start: kit.WholeSecond(now.Add(-last)), End: now}, diags
	}
	window.Start, _ = kit.ParseTime(startPath, t.start, &diags)
	window.End, _ = kit.ParseTime(endPath, t.end, &diags)
	switch oldest := now.Add(-limit); {
	case window.Start.Before(oldest):
		diags.AddAttributeError(startPath, invalidWindow, fmt.Sprintf("start_time (%s) is more than %s ago, and the service covers only the last %s. Set start_time to %s or later, or set last instead of start_time and end_time.",
			kit.Quote(t.start.ValueString()), days(limit), days(limit), oldest.Truncate(time.Hour).Add(2*time.Hour).Format(time.RFC3339))) // with time to edit it
	case !window.Start.Before(now):
		diags.AddAttributeError(startPath, invalidWindow, fmt.Sprintf("start_time (%s) is not in the past: the time is %s. Set it to an earlier time, or check this machine's clock.",
			kit.Quote(t.start.ValueString()), now.Format(time.RFC3339)))
	}
	return window, diags
}

// isSet reports whether an argument is known and not null.
func isSet(argument types.String) bool { return !argument.IsNull() && !argument.IsUnknown() }

// lastParser returns a function that parses last, and reports whether it is within
// the limits.
func lastParser(limit time.Duration) func(string) (time.Duration, bool) {
	return func(text string) (time.Duration, bool) {
		last, ok := kit.ParseDuration(text)
		return last, ok && last >= shortestLast && last <= limit
	}
}

// usualParser returns a function like lastParser, for suggestions: 24 probably means
// 24h.
func usualParser(limit time.Duration) func(string) (time.Duration, bool) {
	return func(text string) (time.Duration, bool) {
		last, ok := lastParser(limit)(text)
		return last, ok && last >= time.Hour
	}
}

// days formats a limit, as in "30 days".
func days(limit time.Duration) string { return strconv.Itoa(int(limit/day)) + " days" }
