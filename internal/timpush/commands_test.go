package timpush

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
			var asked accountsRequest
			var want bytes.Buffer
			if err := json.Unmarshal(request, &asked); err != nil {
				t.Fatal(err)
			}
			if err := json.Compact(&want, request); err != nil {
				t.Fatal(err)
			}
			if _, err := call(t, client, asked.ToAccount); err != nil {
				t.Error(err)
			}
			if path != "/v4/timpush/"+command || !bytes.Equal(sent, want.Bytes()) {
				t.Errorf("sent %s to %s, want %s", sent, path, want.Bytes())
			}
		})
	}
}
