package kit

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var readAttributes = Operation{Name: OperationRead, Verb: "read", Object: "User Attributes"}

// Times are rounded to milliseconds.
func TestElapsedIsRounded(t *testing.T) {
	t.Parallel()
	failure := &timpush.RequestError{Attempts: 2, Elapsed: 1234567890, Err: &timpush.ServiceError{Code: 70009}}
	text := problem(readAttributes, failure, time.Minute, Notes{}).Detail()
	if !strings.HasSuffix(text, "\nAttempts: 2 in 1.235s") {
		t.Errorf("the detail is %q", text)
	}
}

// An error of an unknown type is reported too.
func TestUnexpectedError(t *testing.T) {
	t.Parallel()
	const want = "The request could not be sent: odd. Report this as a bug in the provider."
	if text := problem(readAttributes, errors.New("odd"), time.Minute, Notes{}).Detail(); text != want {
		t.Errorf("the detail is %q", text)
	}
}

// Results that do not match the schema are an error, not a panic, and none of
// them is used.
func TestResultsOfWrongType(t *testing.T) {
	t.Parallel()
	block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"tags": tftypes.String}}
	config := tfsdk.Config{Raw: tftypes.NewValue(block, map[string]tftypes.Value{"tags": tftypes.NewValue(tftypes.String, nil)})}
	raw, diags := WithResults(config, map[string]tftypes.Value{"tags": tftypes.NewValue(tftypes.Number, 1)})
	if !diags.HasError() || !raw.Equal(config.Raw) {
		t.Errorf("got %s, %v", raw, diags)
	}
}

// The summary contains the operation's verb.
func TestSummary(t *testing.T) {
	t.Parallel()
	if got := readAttributes.Summary(); got != "Unable to Read User Attributes" {
		t.Errorf("got %q", got)
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	opened := Operation{Name: OperationOpen, Verb: "read", Object: "User Tags"}
	notes := Notes{Proxy: "https_proxy", Endpoint: []string{"Ignored: one"}, Credentials: []string{"Ignored: two"}}
	request := func(err error) error {
		return &timpush.RequestError{API: "get_attr", Host: "host", Attempts: 1, Err: err}
	}
	for name, test := range map[string]struct {
		operation Operation
		err       error
		path      string
		want      string
	}{
		"proxy": {readAttributes, request(&timpush.TransportError{Problem: "the proxy could not be reached", Cause: timpush.CauseProxy}), "", `The request failed: the proxy could not be reached. Check the proxy that https_proxy sets, including its user name and password. To reach the host without the proxy, add it to NO_PROXY.

API: get_attr
Host: host
Attempts: 1 in 0s
Proxy: set by https_proxy
Ignored: one`},
		"emulator that is not running": {
			readAttributes, &timpush.RequestError{API: "get_attr", Host: "127.0.0.1:8080", Attempts: 1, Err: &timpush.TransportError{Problem: "the connection was refused", Cause: timpush.CauseRefused}}, "",
			"The request failed: the connection was refused. Nothing listens on 127.0.0.1:8080: start timpush-emulator there, or unset endpoint (TIMPUSH_ENDPOINT).\n\nAPI: get_attr\nHost: 127.0.0.1:8080\nAttempts: 1 in 0s\nProxy: set by https_proxy\nIgnored: one",
		},
		"emulator with another key": {
			readAttributes, &timpush.RequestError{API: "get_attr", Host: "127.0.0.1:8080", Attempts: 1, Err: &timpush.ServiceError{Code: timpush.CodeUserSigWrongKey, Meaning: "meaning"}}, "",
			"The service rejected the request: meaning. timpush-emulator has another key after each start: set secret_key (TIMPUSH_SECRET_KEY) to the key that it printed last.\n\nAPI: get_attr\nHost: 127.0.0.1:8080\nError code: 70009\nAttempts: 1 in 0s\nProxy: set by https_proxy\nIgnored: one\nIgnored: two",
		},
		"server that is not running": {
			readAttributes, request(&timpush.TransportError{Problem: "the connection was refused", Cause: timpush.CauseRefused}), "",
			"The request failed: the connection was refused. Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), the network, and any proxy.\n\nAPI: get_attr\nHost: host\nAttempts: 1 in 0s\nProxy: set by https_proxy\nIgnored: one",
		},
		"too large": {
			readAttributes, &timpush.TooLargeError{Size: 201 << 20, Limit: 200 << 20, Read: 300, Total: 1000}, "accounts",
			`The results are too large: with 300 of 1000 accounts read, the block takes 257.0 MiB, and the limit is 256 MiB. Split accounts across several data sources.`,
		},
		"too large to open": {
			opened, &timpush.TooLargeError{Size: 201 << 20, Limit: 200 << 20, Read: 300, Total: 1000}, "accounts",
			`The results are too large: with 300 of 1000 accounts read, the block takes 257.0 MiB, and the limit is 256 MiB. Split accounts across several ephemeral resources.`,
		},
		"timeout": {
			opened, &timpush.InterruptedError{Done: 1, Total: 2, Err: context.DeadlineExceeded}, "timeouts",
			"The read timed out after 1m with 1 of 2 accounts done. Set timeouts.open to more than 1m, or read fewer accounts.\n\nIgnored: one",
		},
		"timeout without accounts": {
			readAttributes, &timpush.InterruptedError{Err: context.DeadlineExceeded}, "timeouts",
			"The read timed out after 1m. Set timeouts.read to more than 1m.\n\nIgnored: one",
		},
		"timeout of a refresh": {
			Operation{Name: OperationRead, Verb: "read", Timeouts: TimeoutsOfState},
			&timpush.InterruptedError{Done: 1, Total: 2, Err: context.DeadlineExceeded}, "timeouts",
			"The read timed out after 1m with 1 of 2 accounts done. Set timeouts.read to more than 1m, and apply once with -refresh=false, because only an apply changes the timeouts in the state.\n\nIgnored: one",
		},
		"timeout of an import": {
			Operation{Name: OperationRead, Verb: "import", Timeouts: NoTimeouts},
			&timpush.InterruptedError{Done: 1, Total: 2, Err: context.DeadlineExceeded}, "timeouts",
			"The import timed out after 1m with 1 of 2 accounts done. Run the command again, or import fewer accounts at once.\n\nIgnored: one",
		},
		"timeout of an import without accounts": {
			Operation{Name: OperationRead, Verb: "import", Timeouts: NoTimeouts},
			&timpush.InterruptedError{Err: context.DeadlineExceeded}, "timeouts",
			"The import timed out after 1m. Run the command again.\n\nIgnored: one",
		},
		"timeout of a create that has begun": {
			Operation{Name: OperationCreate, Verb: "write"},
			&timpush.InterruptedError{Total: 2, Unclear: true, Err: context.DeadlineExceeded}, "timeouts",
			"The write timed out after 1m with 0 of 2 accounts done. Set timeouts.create and, for the next apply, timeouts.update to more than 1m, or write fewer accounts.\n\nIgnored: one",
		},
		"timeout of a create that has not begun": {
			Operation{Name: OperationCreate, Verb: "write"},
			&timpush.InterruptedError{Total: 2, Err: context.DeadlineExceeded}, "timeouts",
			"The write timed out after 1m with 0 of 2 accounts done. Set timeouts.create to more than 1m, or write fewer accounts.\n\nIgnored: one",
		},
		"canceled with tasks":       {Operation{Name: OperationRead, Verb: "read", Object: "Push Losses", Items: "tasks"}, &timpush.InterruptedError{Err: context.Canceled, Done: 5, Total: 7}, "", "The read was canceled with 5 of 7 tasks done. Run the command again."},
		"canceled without accounts": {readAttributes, &timpush.InterruptedError{Err: context.Canceled}, "", "The read was canceled. Run the command again."},
	} {
		got := problem(test.operation, test.err, time.Minute, notes)
		if got.Detail() != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got.Detail(), test.want)
		}
		at, _ := got.(diag.DiagnosticWithPath)
		if (at == nil) != (test.path == "") || at != nil && at.Path().String() != test.path {
			t.Errorf("%s: the path is %v, want %q", name, at, test.path)
		}
	}
}

// An invalid element of the response is the error of its account.
func TestInvalidElement(t *testing.T) {
	t.Parallel()
	failures := map[string]timpush.AccountError{"a": {Problem: "contains an error without ErrorCode", Info: strings.Repeat("x", 201)}, "b": {}}
	want := "The attributes of 2 of 3 accounts could not be read. The accounts are listed in `errors`.\n\n" +
		"No error code (the response for this account contains an error without ErrorCode; service text: \"" + strings.Repeat("x", 200) + "\"...): \"a\"\n" +
		"Fix: Try again; if the problem persists, contact Tencent Cloud support.\n\n" +
		"No error code (the response does not include this account): \"b\"\n" +
		"Fix: Try again."
	if got := accountProblems(OnAccountErrorWarn, "attributes", []string{"a", "b", "c"}, failures, 1)[0].Detail(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Results and arguments together fit into one message.
func TestResultLimit(t *testing.T) {
	t.Parallel()
	if got, want := resultLimit([]string{"ab", ""}, selection{}), 255<<20-2*33-2; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
	if got := resultLimit([]string{strings.Repeat("a", 256<<20)}, selection{}); got != 1 {
		t.Errorf("accounts that leave no room: got %d", got)
	}
}
