package delivery

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func ofLast(last string) times { return times{last: types.StringValue(last)} }

func ofTimes(start, end string) times {
	return times{start: types.StringValue(start), end: types.StringValue(end)}
}

// text returns the paths and the first sentences of diagnostics.
func text(diags diag.Diagnostics) string {
	var lines []string
	for _, d := range diags {
		at, _ := d.(diag.DiagnosticWithPath)
		sentence, _, _ := strings.Cut(d.Detail(), ". ")
		lines = append(lines, at.Path().String()+": "+sentence)
	}
	return strings.Join(lines, "\n")
}

// The window has whole seconds, and its edges are allowed: exactly the longest
// window, a start exactly that long ago, and a start a second ago.
func TestWindow(t *testing.T) {
	t.Parallel()
	const start30, start7 = "2026-01-01T12:00:00Z", "2026-01-24T12:00:00Z"
	now := time.Date(2026, 1, 31, 20, 0, 0, 999_999_999, time.FixedZone("", 8*60*60)) // 12:00:00.9 UTC
	for _, test := range []struct {
		times      times
		start, end string
		problem    string
	}{
		{times: ofLast("24h"), start: "2026-01-30T12:00:00Z", end: "2026-01-31T12:00:00Z"},
		{times: ofLast("1s"), start: "2026-01-31T11:59:59Z", end: "2026-01-31T12:00:00Z"},
		{times: ofLast("1.5s"), start: "2026-01-31T11:59:58Z", end: "2026-01-31T12:00:00Z"},
		{times: ofLast("720h"), start: start30, end: "2026-01-31T12:00:00Z"},
		{times: ofLast("719h59m59.1s"), start: start30, end: "2026-01-31T12:00:00Z"},
		{times: ofLast("999ms"), problem: `last: last must be a duration from 1s to 720h (30 days), not "999ms"`},
		{times: ofLast("720h0m0.1s"), problem: `last: last is "720h0m0.1s", but the service covers only the last 30 days`},
		{times: ofLast("-1h"), problem: `last: last must be a duration from 1s to 720h (30 days), not "-1h"`},
		{times: ofLast(""), problem: `last: last must be a duration from 1s to 720h (30 days), not ""`},

		{times: ofTimes("2026-01-31T11:59:59.999Z", "2026-01-31T12:00:00Z"), start: "2026-01-31T11:59:59Z", end: "2026-01-31T12:00:00Z"},
		{times: ofTimes("2026-01-30T20:00:00+08:00", "2026-01-30T08:00:01-04:30"), start: "2026-01-30T12:00:00Z", end: "2026-01-30T12:30:01Z"},
		{times: ofTimes(start30, "2026-01-31T12:00:00Z"), start: start30, end: "2026-01-31T12:00:00Z"},
		{times: ofTimes(start30, "2026-01-31T12:00:00.9Z"), start: start30, end: "2026-01-31T12:00:00Z"},
		{times: ofTimes(start30, "2026-01-31T12:00:01Z"), problem: `end_time: The time window from start_time ("2026-01-01T12:00:00Z") to end_time ("2026-01-31T12:00:01Z") is longer than 30 days, as far back as the service goes`},
		{times: ofTimes(start30, "9999-12-31T23:59:59Z"), problem: `end_time: The time window from start_time ("2026-01-01T12:00:00Z") to end_time ("9999-12-31T23:59:59Z") is longer than 30 days, as far back as the service goes`},
		{times: ofTimes("2026-01-01T11:59:59.999Z", "2026-01-02T00:00:00Z"), problem: `start_time: start_time ("2026-01-01T11:59:59.999Z") is more than 30 days ago, and the service covers only the last 30 days`},
		{times: ofTimes("2026-01-30T12:00:00Z", "2026-03-01T12:00:00Z"), start: "2026-01-30T12:00:00Z", end: "2026-03-01T12:00:00Z"}, // the client sends the present
		{times: ofTimes("2026-01-31T12:00:00Z", "2026-01-31T12:00:01Z"), problem: `start_time: start_time ("2026-01-31T12:00:00Z") is not in the past: the time is 2026-01-31T12:00:00Z`},
		{times: ofTimes("2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z"), problem: `start_time: start_time ("2026-02-01T00:00:00Z") is not in the past: the time is 2026-01-31T12:00:00Z`},
		{times: ofTimes("2026-01-30T12:00:00.1Z", "2026-01-30T12:00:00.9Z"), problem: `end_time: end_time ("2026-01-30T12:00:00.9Z") is not after start_time ("2026-01-30T12:00:00.1Z"), in whole seconds`},
		{times: ofTimes("2026-01-30T12:00:00Z", "2026-01-30T12:00:00+08:00"), problem: `end_time: end_time ("2026-01-30T12:00:00+08:00") is not after start_time ("2026-01-30T12:00:00Z"), in whole seconds`},
	} {
		window, diags := test.times.window(timpush.MaxStatisticsWindow, now)
		if got := text(diags); got != test.problem {
			t.Errorf("%v: the problem is %q, want %q", test.times, got, test.problem)
		}
		if got, want := window.Start.Format(time.RFC3339Nano)+" "+window.End.Format(time.RFC3339Nano), test.start+" "+test.end; test.problem == "" && got != want {
			t.Errorf("%v: got %s, want %s", test.times, got, want)
		}
	}
	// Losses have another limit.
	if window, diags := ofLast("168h").window(timpush.MaxLossesWindow, now); diags.HasError() || window.Start.Format(time.RFC3339) != start7 {
		t.Errorf("got %v, %s", window, text(diags))
	}
	if _, diags := ofLast("168h0m1s").window(timpush.MaxLossesWindow, now); !strings.Contains(text(diags), "only the last 7 days") {
		t.Error(text(diags))
	}
	if _, diags := ofTimes("2026-01-24T11:59:59Z", "2026-01-25T00:00:00Z").window(timpush.MaxLossesWindow, now); !strings.Contains(text(diags), "more than 7 days ago") {
		t.Error(text(diags))
	}
}

// Without a clock, only what never becomes valid is a problem, as far as it is
// known.
func TestTimesProblems(t *testing.T) {
	t.Parallel()
	const (
		conflict = "last: last cannot be used together with start_time or end_time"
		missing  = "last: Neither last nor start_time and end_time are set"
		a, b     = "2000-01-01T00:00:00Z", "2000-01-02T00:00:00Z"
	)
	value, null, unknown := types.StringValue, types.StringNull(), types.StringUnknown()
	for _, test := range []struct {
		last, start, end types.String
		want             string
	}{
		{value("1h"), null, null, ""},
		{null, value(a), value(b), ""},
		{null, value("2999-01-01T00:00:00Z"), value("2999-01-31T00:00:00Z"), ""},
		{null, null, null, missing},
		{value("1h"), value(a), null, conflict},
		{value("1h"), null, value("x"), conflict},
		{value("x"), value(a), value(b), conflict},
		{null, value(a), null, "end_time: start_time is set, but end_time is not"},
		{null, null, value(b), "start_time: end_time is set, but start_time is not"},
		{null, value("x"), null, "end_time: start_time is set, but end_time is not\n" + `start_time: start_time must be a time in RFC 3339 format, not "x"`},
		{null, value("x"), value(""), `start_time: start_time must be a time in RFC 3339 format, not "x"` + "\n" + `end_time: end_time must be a time in RFC 3339 format, not ""`},
		{null, value(b), value(a), `end_time: end_time ("2000-01-01T00:00:00Z") is not after start_time ("2000-01-02T00:00:00Z"), in whole seconds`},

		{unknown, null, null, ""},
		{unknown, value(a), null, ""}, // last may be null, or the mistake is reported in apply
		{unknown, value(a), value(b), ""},
		{unknown, value("x"), null, `start_time: start_time must be a time in RFC 3339 format, not "x"`},
		{value("1h"), unknown, unknown, ""},
		{value("0s"), unknown, null, `last: last must be a duration from 1s to 720h (30 days), not "0s"`},
		{null, unknown, unknown, ""},
		{null, unknown, null, ""},
		{null, value(a), unknown, ""},
		{null, unknown, value("x"), `end_time: end_time must be a time in RFC 3339 format, not "x"`},
		{unknown, unknown, unknown, ""},
	} {
		if got := text((times{test.last, test.start, test.end}).problems(timpush.MaxStatisticsWindow)); got != test.want {
			t.Errorf("%s, %s, %s: got %q, want %q", test.last, test.start, test.end, got, test.want)
		}
	}
}
