package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Ask returns what the service sends: the fields of a success, and those of a rejection.
func TestAsk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		client := newTestClient(t, testConfig(handlerTransport{service}))
		for _, tc := range []struct{ api, body, want string }{
			{"get_tag", `{"To_Account": ["xiaohua"]}`, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserTags":[{"To_Account":"xiaohua","Tags":[]}]}`},
			{"get_tag", `[]`, `"ErrorCode":90001`},
			{"clear_all_tags", `{"To_Account":["xiaohua"]}`, `"ErrorCode":0`},
			{"no_such_command", `{}`, `"ErrorCode":60009`},
		} {
			got, err := client.Ask(t.Context(), tc.api, json.RawMessage(tc.body))
			if err != nil || !strings.Contains(string(got), tc.want) {
				t.Errorf("%s: %s, %v, want %s", tc.api, got, err, tc.want)
			}
		}
		if entries := service.Journal(); len(entries) != 4 || entries[0].Signed != true {
			t.Errorf("the requests are %+v", entries)
		}
	})
}

// Ask sends each request once, whatever happens, and its errors contain no secret.
func TestAskNeverRetries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, response := range map[string]func(http.ResponseWriter, string){
			"gateway":   func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusBadGateway) },
			"throttled": func(w http.ResponseWriter, _ string) { _, _ = w.Write([]byte(`{"ErrorCode":60018}`)) },
			"secret":    func(w http.ResponseWriter, secret string) { _, _ = fmt.Fprintf(w, `{"ErrorInfo":%q}`, secret) },
			"not JSON":  func(w http.ResponseWriter, secret string) { _, _ = w.Write([]byte(secret)) },
		} {
			requests := 0
			client := newTestClient(t, testConfig(handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				response(w, r.URL.Query().Get("usersig"))
			})}))
			got, err := client.Ask(t.Context(), "push", json.RawMessage(`{}`))
			userSig := client.signer.userSig.reveal()
			if shown := fmt.Sprintf("%s %v %+v", got, err, err); requests != 1 || strings.Contains(shown, userSig[8:32]) {
				t.Errorf("%s: %d requests, %s", name, requests, shown)
			}
			var failed *RequestError
			if isFailure := errors.As(err, &failed); isFailure != (name == "gateway" || name == "not JSON") || isFailure && !failed.Unclear {
				t.Errorf("%s: the error is %v", name, err)
			}
		}
	})
}

// If ctx ends, the request in flight is completed, and the next one is not sent.
func TestAskCompletesRequests(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	requests := 0
	client := newTestClient(t, testConfig(handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests++
		cancel()
		_, _ = w.Write([]byte(`{}`))
	})}))
	if got, err := client.Ask(ctx, "get_tag", json.RawMessage(`{}`)); err != nil || string(got) != "{}" {
		t.Errorf("%s, %v", got, err)
	}
	var interrupted *InterruptedError
	if _, err := client.Ask(ctx, "get_tag", json.RawMessage(`{}`)); !errors.As(err, &interrupted) || interrupted.Unclear || requests != 1 {
		t.Errorf("%d requests, %v", requests, err)
	}
}

// Commands that the client does not know have the strictest pace: one request a second.
func TestAskPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newTestClient(t, testConfig(responses(`{}`)))
		for api, want := range map[string]time.Duration{"no_such_command": 2 * time.Second, "push": 2 * time.Second, "get_tag": 0} {
			started := time.Now()
			for range 3 {
				if _, err := client.Ask(t.Context(), api, json.RawMessage(`{}`)); err != nil {
					t.Error(err)
				}
			}
			if took := time.Since(started); took != want {
				t.Errorf("three requests of %s took %s, want %s", api, took, want)
			}
		}
		for _, api := range []string{"", "../get_tag", "get_tag?", "GET"} {
			if _, err := client.Ask(t.Context(), api, nil); err == nil {
				t.Errorf("the name %q is accepted", api)
			}
		}
	})
}
