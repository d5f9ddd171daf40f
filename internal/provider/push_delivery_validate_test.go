package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const (
	pushStatistics = "timpush_push_statistics"
	pushLosses     = "timpush_push_losses"
	pushTrace      = "timpush_push_trace"
)

const missingTime = `ERROR [AttributeName("last")] Missing Time Window
Neither last nor start_time and end_time are set. Set last to a duration, such as "24h", or set start_time and end_time.
`

// Invalid arguments are errors on their paths, without a request and without a
// configuration of the provider. Reads check combinations and times again; single
// texts and lists are validated by the CLI before each read.
func TestInvalidDeliveryArguments(t *testing.T) {
	t.Parallel()
	const reading = "read again"
	unknown := tftypes.UnknownValue
	for _, test := range []struct {
		kind      string
		arguments values
		again     string // reading, if the read reports it too
		want      string
	}{
		{kind: pushStatistics, arguments: values{"last": "720h"}},
		{kind: pushStatistics, arguments: values{"source": "message", "last": "1s"}},
		{kind: pushStatistics, arguments: values{"source": "push", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-31T08:00:00+08:00", "task_ids": []any{"a", "b", "a"}}},
		{kind: pushLosses, arguments: values{"last": "168h", "task_ids": []any{"a"}}},
		{kind: pushTrace, arguments: values{"task_id": "a", "account": "xiaoming"}},
		{kind: pushTrace, arguments: values{"source": "message", "message_id": "m"}},

		{pushStatistics, values{}, reading, missingTime},
		{pushLosses, values{"task_ids": []any{"a"}}, reading, missingTime},
		{pushStatistics, values{"last": "7d", "start_time": "2026-01-01T00:00:00Z"}, reading, `ERROR [AttributeName("last")] Conflicting Time Windows
last cannot be used together with start_time or end_time. Set only last, or only start_time and end_time.
`},
		{pushStatistics, values{"start_time": "2026-01-01T00:00:00Z"}, reading, `ERROR [AttributeName("end_time")] Missing End Time
start_time is set, but end_time is not. Set both, or set last instead.
`},
		{pushLosses, values{"end_time": "2026-01-01T00:00:00Z"}, reading, `ERROR [AttributeName("start_time")] Missing Start Time
end_time is set, but start_time is not. Set both, or set last instead.
`},
		{pushStatistics, values{"last": "7d"}, reading, `ERROR [AttributeName("last")] Invalid Time Window
last must be a duration from 1s to 720h (30 days), not "7d"; did you mean "168h"? Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
		{pushStatistics, values{"last": "31 days"}, reading, `ERROR [AttributeName("last")] Invalid Time Window
last must be a duration from 1s to 720h (30 days), not "31 days". Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
		{pushLosses, values{"last": "8d"}, reading, `ERROR [AttributeName("last")] Invalid Time Window
last must be a duration from 1s to 168h (7 days), not "8d". Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
		{pushLosses, values{"last": "168h0m1s"}, reading, `ERROR [AttributeName("last")] Invalid Time Window
last is "168h0m1s", but the service covers only the last 7 days. Set it to at most "168h".
`},
		{pushStatistics, values{"start_time": "2026-01-01", "end_time": "2026-01-02T15:04:05"}, reading, `ERROR [AttributeName("start_time")] Invalid Time
start_time must be a time in RFC 3339 format, not "2026-01-01"; did you mean "2026-01-01T00:00:00Z"? Set it to a date and a time with an offset from UTC, such as "2026-01-02T15:04:05Z" or "2026-01-02T23:04:05+08:00".
ERROR [AttributeName("end_time")] Invalid Time
end_time must be a time in RFC 3339 format, not "2026-01-02T15:04:05"; did you mean "2026-01-02T15:04:05Z"? Set it to a date and a time with an offset from UTC, such as "2026-01-02T15:04:05Z" or "2026-01-02T23:04:05+08:00".
`},
		{pushLosses, values{"start_time": "yesterday", "end_time": "2026-01-02T15:04:05Z"}, reading, `ERROR [AttributeName("start_time")] Invalid Time
start_time must be a time in RFC 3339 format, not "yesterday". Set it to a date and a time with an offset from UTC, such as "2026-01-02T15:04:05Z" or "2026-01-02T23:04:05+08:00".
`},
		{pushStatistics, values{"start_time": "2026-01-02T08:00:00+08:00", "end_time": "2026-01-02T00:00:00.9Z"}, reading, `ERROR [AttributeName("end_time")] Invalid Time Window
end_time ("2026-01-02T00:00:00.9Z") is not after start_time ("2026-01-02T08:00:00+08:00"), in whole seconds. Set end_time to a later time.
`},
		{pushLosses, values{"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-08T00:00:01Z"}, reading, `ERROR [AttributeName("end_time")] Invalid Time Window
The time window from start_time ("2026-01-01T00:00:00Z") to end_time ("2026-01-08T00:00:01Z") is longer than 7 days, as far back as the service goes. Set both to times within the last 7 days.
`},
		{pushStatistics, values{"source": "Message", "last": "24h"}, "", `ERROR [AttributeName("source")] Invalid Source
"Message" is not a valid value of source; did you mean "message"? Set it to "push" or "message".
`},
		{pushTrace, values{"source": "chat", "task_id": "a", "account": "b"}, "", `ERROR [AttributeName("source")] Invalid Source
"chat" is not a valid value of source. Set it to "push" or "message".
`},
		{pushStatistics, values{"source": "message", "last": "24h", "task_ids": []any{"a"}}, reading, `ERROR [AttributeName("task_ids")] Conflicting Arguments
task_ids is set, but source is "message", and chat messages have no tasks. Remove task_ids, or set source to "push".
`},
		{pushLosses, values{"last": "24h", "task_ids": []any{}}, "", `ERROR [AttributeName("task_ids")] Invalid Task IDs
task_ids is empty. Add a task ID, or omit task_ids (set it to null) to cover all pushes of the app.
`},
		{pushStatistics, values{"last": "24h", "task_ids": []any{"a", nil, "", "b\n", "\u200bc", "d\te", "", "", ""}}, "", `ERROR [AttributeName("task_ids")] Invalid Task IDs
task_ids[1] is null. Remove null elements, for example with compact().
ERROR [AttributeName("task_ids")] Invalid Task IDs
4 elements are empty, for example task_ids[2], task_ids[6], task_ids[7]. Remove empty elements, for example with compact().
ERROR [AttributeName("task_ids")] Invalid Task IDs
task_ids[3] ("b\n") begins or ends with whitespace. Remove the whitespace, for example with trimspace().
ERROR [AttributeName("task_ids")] Invalid Task IDs
task_ids[4] ("\u200bc") contains an invisible character. Remove the character.
ERROR [AttributeName("task_ids")] Invalid Task IDs
task_ids[5] ("d\te") contains a control character. Remove the character.
`},

		{pushTrace, values{}, reading, `ERROR [AttributeName("task_id")] Missing Task ID
task_id is not set, and source is "push". Set task_id and account, or, for a chat message, set source to "message" and message_id.
ERROR [AttributeName("account")] Missing Account
account is not set, and source is "push". Set task_id and account, or, for a chat message, set source to "message" and message_id.
`},
		{pushTrace, values{"task_id": "a"}, reading, `ERROR [AttributeName("account")] Missing Account
account is not set, and source is "push". Set task_id and account, or, for a chat message, set source to "message" and message_id.
`},
		{pushTrace, values{"message_id": "m"}, reading, `ERROR [AttributeName("message_id")] Conflicting Arguments
message_id is set, but source is "push". Remove message_id, or set source to "message".
`},
		{pushTrace, values{"source": "message"}, reading, `ERROR [AttributeName("message_id")] Missing Message ID
message_id is not set, and source is "message". Set message_id, or, for another push, set source to "push", task_id, and account.
`},
		{pushTrace, values{"source": "message", "message_id": "m", "account": "xiaoming"}, reading, `ERROR [AttributeName("account")] Conflicting Arguments
account is set, but source is "message". Remove account, or set source to "push".
`},
		{pushTrace, values{"task_id": "", "account": "xiaoming"}, "", `ERROR [AttributeName("task_id")] Invalid Task ID
task_id is empty. Set it to an ID, or remove it.
`},
		{pushTrace, values{"task_id": "a", "account": " xiaoming"}, "", `ERROR [AttributeName("account")] Invalid Account
account (" xiaoming") begins or ends with whitespace. Remove the whitespace, for example with trimspace().
`},
		{pushTrace, values{"source": "message", "message_id": "m\r"}, "", `ERROR [AttributeName("message_id")] Invalid Message ID
message_id ("m\r") begins or ends with whitespace. Remove the whitespace, for example with trimspace().
`},

		{kind: pushStatistics, arguments: values{"source": unknown, "task_ids": unknown, "last": unknown, "start_time": unknown, "end_time": unknown}},
		{kind: pushStatistics, arguments: values{"source": "message", "task_ids": unknown, "last": "24h"}},
		{kind: pushStatistics, arguments: values{"source": unknown, "task_ids": []any{"a", unknown}, "last": "24h"}},
		{kind: pushLosses, arguments: values{"start_time": unknown, "end_time": "2026-01-02T15:04:05Z"}},
		{kind: pushTrace, arguments: values{"source": unknown, "message_id": "m", "task_id": "a"}},
		{kind: pushTrace, arguments: values{"task_id": unknown, "account": unknown, "message_id": unknown}},
	} {
		service := newEmulator(t)
		p := newProtocol(t, nil, service)
		if got := p.validate(test.kind, test.arguments); got != test.want {
			t.Errorf("%s %v: got:\n%s\nwant:\n%s", test.kind, test.arguments, got, test.want)
		}
		if test.again == reading {
			p = newConfigured(t, service, nil)
			response := p.read(t.Context(), test.kind, test.arguments, false)
			if got := render(response.Diagnostics); got != test.want {
				t.Errorf("%s %v: the read reports:\n%s\nwant:\n%s", test.kind, test.arguments, got, test.want)
			}
		}
		checkNoRequest(t, service)
	}
}

// A CLI reads no block with unknown arguments. If it does, that is an error: an
// unknown list of tasks must not mean all pushes.
func TestReadUnknownDeliveryArguments(t *testing.T) {
	t.Parallel()
	const want = "ERROR Unknown Arguments\nThe block has a value that is not known. Report this as a bug in the provider.\n"
	for _, test := range []struct {
		kind      string
		arguments values
	}{
		{pushStatistics, values{"last": "24h", "task_ids": tftypes.UnknownValue}},
		{pushStatistics, values{"last": "24h", "source": tftypes.UnknownValue}},
		{pushLosses, values{"last": tftypes.UnknownValue}},
		{pushLosses, values{"last": "24h", "task_ids": []any{tftypes.UnknownValue}}},
		{pushTrace, values{"task_id": tftypes.UnknownValue, "account": "xiaoming"}},
		{pushTrace, values{"source": tftypes.UnknownValue}},
	} {
		service := newEmulator(t)
		p := newConfigured(t, service, nil)
		if got := render(p.read(t.Context(), test.kind, test.arguments, true).Diagnostics); got != want {
			t.Errorf("%s %v: got:\n%s\nwant:\n%s", test.kind, test.arguments, got, want)
		}
		checkNoRequest(t, service)
	}
}
