package timpush

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// commandTests are the tests of the client's commands. The test file of each
// command registers its own.
var commandTests = map[string]commandTest{}

// commandTest calls a command, for accounts if the command has any, and returns
// the complete result as text. It checks what must be true of any response.
type commandTest func(t *testing.T, client *Client, accounts []string) (shown string, err error)

func register(command string, call commandTest) commandTest {
	commandTests[command] = call
	return call
}

// registerRead registers a command that reads accounts. Whatever the response,
// each account is in exactly one of the maps, or there is no result.
func registerRead[Value any](command string, get func(*Client, context.Context, []string, Filter, int) (*Result[Value], error)) commandTest {
	return register(command, func(t *testing.T, client *Client, accounts []string) (string, error) {
		t.Helper()
		result, err := get(client, t.Context(), accounts, nil, 0)
		if err != nil {
			if result != nil {
				t.Errorf("%s: an error with a result: %v", command, err)
			}
			return "", err
		}
		shown := fmt.Sprintf("%v %+v", result, result)
		if len(result.Read)+len(result.Errors) != len(accounts) {
			t.Errorf("%s: %d accounts asked for, %d read, %d failed", command, len(accounts), len(result.Read), len(result.Errors))
		}
		for _, account := range accounts {
			_, read := result.Read[account]
			failure, failed := result.Errors[account]
			if read == failed || failed && failure.Message() == "" {
				t.Errorf("%s: %s: read %t, failed %t with %q", command, account, read, failed, failure.Message())
			}
			shown += failure.Message()
		}
		return shown, nil
	})
}

// registerWrite registers a command that writes to accounts; content returns what
// to write to an account. Without an error, each account is done or has failed.
// With one, none is lost: each is done, has failed, is unknown, or was not sent.
func registerWrite[Content any](command string, write func(*Client, context.Context, []Write[Content]) (*Written, error), content func(account string) Content) commandTest {
	return register(command, func(t *testing.T, client *Client, accounts []string) (string, error) {
		t.Helper()
		items := make([]Write[Content], len(accounts))
		for i, account := range accounts {
			items[i] = Write[Content]{account, content(account)}
		}
		written, err := write(client, t.Context(), items)
		checkWritten(t, accounts, written, err)
		var failed *RequestError
		if errors.As(err, &failed) && failed.Unclear != (len(written.Unknown) > 0) {
			t.Errorf("%s: %d accounts are unknown after %v", command, len(written.Unknown), err)
		}
		shown := fmt.Sprintf("%+v", written)
		for account, failure := range written.Failed {
			if failure.Code != nil {
				shown += fmt.Sprintf(" %s: error code %d,", account, *failure.Code)
			}
			shown += " " + failure.Message()
		}
		return shown, err
	})
}

// checkWritten checks that no account has two outcomes, except that one that was
// written in part can be failed and unknown, and that each has one without an
// error.
func checkWritten(t *testing.T, accounts []string, written *Written, err error) {
	t.Helper()
	outcomes := map[string]int{}
	for _, account := range slices.Concat(written.Done, written.Unknown) {
		outcomes[account]++
	}
	for account, failure := range written.Failed {
		if failure.Message() == "" || slices.Contains(written.Done, account) {
			t.Errorf("%s is done, or failed without a reason: %+v", account, failure)
		}
		outcomes[account] = max(outcomes[account], 1)
	}
	for _, account := range accounts {
		if outcomes[account] > 1 || err == nil && outcomes[account] != 1 {
			t.Errorf("%s has %d outcomes after %v", account, outcomes[account], err)
		}
		delete(outcomes, account)
	}
	if len(outcomes) > 0 {
		t.Errorf("accounts that were not asked for: %v", outcomes)
	}
}

// accountsIn returns the accounts in the body of a request.
func accountsIn(t *testing.T, body io.Reader) []string {
	t.Helper()
	var asked struct {
		accountsRequest

		UserAttrs, UserTags []struct {
			ToAccount string `json:"To_Account"`
		}
	}
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		t.Error(err)
	}
	accounts := asked.ToAccount
	for _, item := range slices.Concat(asked.UserAttrs, asked.UserTags) {
		accounts = append(accounts, item.ToAccount)
	}
	return accounts
}

// The emulator supports every command of the client, and each has a test, faults
// and samples.
func TestCommandsAreTested(t *testing.T) {
	t.Parallel()
	for _, command := range Commands() {
		if !slices.Contains(emulator.Commands(), command) {
			t.Errorf("the emulator does not have %s: add it to the table in internal/emulator/app/commands.go", command)
		}
		if !slices.Contains(faults.APIs(), command) {
			t.Errorf("%s has no faults: register them in internal/test/faults/%s.go", command, command)
		}
		if commandTests[command] == nil {
			t.Errorf("%s is not tested: register its call in a test file of internal/timpush", command)
		}
	}
	for _, command := range faults.APIs() {
		if !slices.Contains(Commands(), command) {
			t.Errorf("%s has faults, but the client lacks it: add it to commands in internal/timpush/command.go", command)
		}
	}
	for command := range commandTests {
		if !slices.Contains(Commands(), command) {
			t.Errorf("%s is tested, but is not listed: add it to commands in internal/timpush/command.go", command)
		}
	}
}

// Each command sends the request on its API page, and reads the response there.
func TestSamples(t *testing.T) {
	t.Parallel()
	for command, call := range commandTests {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			request, response := golden(t, command+"_request.json"), golden(t, command+"_response.json")
			var path string
			var sent []byte
			client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
				path = request.URL.Path
				var err error
				if sent, err = io.ReadAll(request.Body); err != nil {
					return nil, err
				}
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(response))}, nil
			})))
			if _, err := call(t, client, accountsIn(t, bytes.NewReader(request))); err != nil {
				t.Error(err)
			}
			want := decoded(t, request)
			switch command {
			case "add_tag":
				delete(want, "Replace") // the client only adds
			case "list_sched_task":
				want["Want"] = json.Number("100")       // the client's pages are larger
				want["EndTime"] = "2025-06-02 00:00:00" // the call lists a day
			}
			if path != "/v4/timpush/"+command || !reflect.DeepEqual(decoded(t, sent), want) {
				t.Errorf("sent %s to %s, want %v", sent, path, want)
			}
		})
	}
}

// decoded returns the fields of a body. Their order has no meaning.
func decoded(t *testing.T, body []byte) (fields map[string]any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		t.Errorf("%s: %v", body, err)
	}
	return fields
}
