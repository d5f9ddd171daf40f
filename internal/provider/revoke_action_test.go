package provider

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/arrivals"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// revocation returns the arguments that revoke a push, and more arguments.
func revocation(task any) values {
	return values{"task_id": task, "notification": map[string]any{"title": "Correction", "description": "Text"}}
}

// A push can be revoked. One that was revoked before is no error.
func TestRevokeAction(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bodies := &arrivals.Recorder{Handler: newEmulator(t)}
		p := newConfigured(t, bodies, nil)
		sent := invocation{p, pushName}.run(pushTo(everyone(), nil))
		_, task, _ := strings.Cut(strings.TrimSpace(sent), "Task ID: ")
		for _, want := range []string{"Revoked. Task ID: ", "Had been revoked before. Task ID: "} {
			if text := (invocation{p, revokeName}).run(revocation(task)); text != want+task+"\n" {
				t.Errorf("got %q, want %q", text, want+task)
			}
		}
		const want = `{"OfflinePushInfo":{"Desc":"Text","Title":"Correction"},"TaskId":`
		for _, body := range bodies.Bodies()[1:] {
			if got, err := json.Marshal(body); err != nil || string(got) != want+`"`+task+`"}` {
				t.Errorf("sent %s, want %s", got, want)
			}
		}
	})
}

// A response that is lost is no problem: the request is sent again.
func TestRevokeActionRetries(t *testing.T) {
	t.Parallel()
	for name, effect := range map[string]emulator.Effect{
		"lost":      {Execute: true, Status: http.StatusBadGateway},
		"throttled": {Code: timpush.CodeRevokeTooFrequent},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := newEmulator(t)
			service.Script(emulator.Fault{Times: 1, Effect: effect})
			if text := newInvocation(t, revokeName, service).run(revocation(earlierPush)); text != "Revoked. Task ID: "+earlierPush+"\n" {
				t.Errorf("%s: %s", name, text)
			}
		})
	}
}

// What cannot be revoked is an error that says why.
func TestRevokeActionErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		task string
		wait time.Duration
		want string
	}{
		"unknown": {"nope", 0, `ERROR Unable to Revoke Push
The service rejected the request: the task does not exist. Check the task ID: it is the one that the push to all accounts or by condition returned. Whether a push to listed accounts can be revoked is not certain: the documentation disagrees.

API: revoke
Host: adminapisgp.im.qcloud.com
Error code: 90049
Service text: "there is no such push, or it cannot be revoked"
Attempts: 1 in T
`},
		"too old": {earlierPush, 24 * time.Hour, `ERROR Unable to Revoke Push
The service rejected the request: the push started more than 24 hours ago. Nothing can be done: a push can be revoked for 24 hours after its start.

API: revoke
Host: adminapisgp.im.qcloud.com
Error code: 90052
Service text: "the push is older than 24 hours"
Attempts: 1 in T
`},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := newEmulator(t)
			<-time.After(test.wait)
			if text := normal(newInvocation(t, revokeName, service).run(revocation(test.task))); text != test.want {
				t.Errorf("%s: got:\n%s\nwant:\n%s", name, text, test.want)
			}
		})
	}
}

func TestRevokeActionInvalidArguments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"empty task":         {revocation(""), `ERROR [AttributeName("task_id")] Invalid Task ID` + "\ntask_id is empty. Set it to an ID.\n"},
		"task in spaces":     {revocation(" a"), `ERROR [AttributeName("task_id")] Invalid Task ID` + "\n" + `task_id (" a") begins or ends with whitespace. Remove the whitespace, for example with trimspace().` + "\n"},
		"empty notification": {values{"task_id": "a", "notification": map[string]any{}}, `ERROR [AttributeName("notification")] Invalid Notification` + "\nnotification is empty. Set title and description. Terraform ignores misspelled arguments.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newEmulator(t)
			checkInvalid(t, newInvocation(t, revokeName, service), test.arguments, test.want)
			checkNoRequest(t, service)
		})
	}
}
