package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The request is the one on the API page (269/105123).
var _ = register("revoke", func(t *testing.T, client *Client, _ []string) (string, error) {
	t.Helper()
	var sample revokeRequest
	if err := json.Unmarshal(golden(t, "revoke_request.json"), &sample); err != nil {
		t.Fatal(err)
	}
	already, err := client.Revoke(t.Context(), sample.TaskID, sample.OfflinePushInfo)
	if already && err != nil {
		t.Errorf("revoke: already revoked, with %v", err)
	}
	return "", err
})

// revoking returns a client whose requests get one response after the other, by
// error code, 0 for success. A negative one gets no response.
func revoking(t *testing.T, codes ...int) (*Client, *int) {
	t.Helper()
	requests := 0
	service := newEmulator(t, emulator.Seed{})
	for _, code := range codes {
		effect := emulator.Effect{Code: code}
		switch {
		case code < 0:
			effect = emulator.Effect{Delay: time.Hour, Body: "{}"}
		case code == 0:
			effect = emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0}`}
		}
		service.Script(emulator.Fault{Times: 1, Effect: effect})
	}
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		requests++
		return handlerTransport{service}.RoundTrip(request)
	}))
	return newTestClient(t, config), &requests
}

// A push that has been revoked before is no error. A retry finds what an unclear
// attempt of its own has done.
func TestRevoke(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		codes   []int
		already bool
		fails   bool
	}{
		"revoked":                  {codes: []int{0}},
		"already revoked":          {codes: []int{90050}, already: true},
		"throttled":                {codes: []int{90051, 0}},
		"throttled, then already":  {codes: []int{90051, 90050}, already: true},
		"lost, then already":       {codes: []int{-1, 90050}},
		"internal, then already":   {codes: []int{91000, 90050}},
		"internal, then revoked":   {codes: []int{91000, 0}},
		"lost, throttled, already": {codes: []int{-1, 60007, 90050}},
		"no such task":             {codes: []int{90049}, fails: true},
		"too old":                  {codes: []int{90052}, fails: true},
		"without a notification":   {codes: []int{90053}, fails: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, requests := revoking(t, test.codes...)
			already, err := client.Revoke(t.Context(), "a_1", map[string]any{})
			if already != test.already || (err != nil) != test.fails || *requests != len(test.codes) {
				t.Errorf("%s: already %t, %v after %d requests", name, already, err, *requests)
			}
			if test.fails && !IsCode(err, int64(test.codes[0])) {
				t.Errorf("%s: the error is %v", name, err)
			}
		})
	}
}

// Revocations are at most one a second.
func TestRevokeKeepsPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := revoking(t, 0, 0, 0)
		started := time.Now()
		for range 3 {
			if _, err := client.Revoke(t.Context(), "a_1", map[string]any{}); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(started); took != 2*window {
			t.Errorf("three revocations took %s", took)
		}
	})
}

// A revocation can be repeated, so the end of the context ends it, too.
func TestRevokeInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, requests := revoking(t, -1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var interrupted *InterruptedError
		if _, err := client.Revoke(ctx, "a_1", map[string]any{}); !errors.As(err, &interrupted) || !interrupted.Unclear {
			t.Errorf("in flight: %v", err)
		}
		if _, err := client.Revoke(ctx, "a_1", map[string]any{}); !errors.As(err, &interrupted) || interrupted.Unclear || *requests != 1 {
			t.Errorf("before it is sent: %v after %d requests", err, *requests)
		}
	})
}
