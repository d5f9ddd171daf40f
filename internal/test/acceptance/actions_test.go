package acceptance

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// earlierPush is the task ID of a push that can be revoked.
const earlierPush = "5f0d0000_1"

// actionsSeed is an app with the accounts of the examples of actions.
func actionsSeed() emulator.Seed {
	return emulator.Seed{
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "level"}},
		Accounts: map[string]emulator.Account{
			"alice": {}, "bob": {}, "carol": {Attributes: map[string]string{"level": "tester"}}, "dave": {},
		},
		Statistics: []emulator.Statistics{{TaskID: earlierPush, Age: "1h"}},
	}
}

// outbox returns the accounts that each push was sent to.
func outbox(service *emulator.Emulator) (pushes []string) {
	for _, entry := range service.Journal() {
		if entry.TaskID != "" {
			pushes = append(pushes, strings.Join(entry.Sent, " "))
		}
	}
	return pushes
}

func checkOutbox(t *testing.T, service *emulator.Emulator, want ...string) {
	t.Helper()
	if got := outbox(service); !slices.Equal(got, want) {
		t.Errorf("pushes were sent to %q, want %q", got, want)
	}
}

// The example pushes after each change of the resource, and not without one. A person
// can invoke the canary.
func TestAccExamplesOfPushes(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Actions)
	service := seededEmulator(t, actionsSeed())
	w := example(t, "examples/actions/timpush_push", service)
	apply := func(release string, more ...string) string {
		return flat(w.mustRun(t, append([]string{"apply", "-no-color", "-auto-approve", "-var=release=" + release}, more...)...))
	}
	w.mustRun(t, "plan", "-no-color", "-var=release=1.0.0")
	checkOutbox(t, service)
	if output := apply("1.0.0"); !strings.Contains(output, "Sent. Task ID: ") {
		t.Errorf("the output has no task ID:\n%s", output)
	}
	checkOutbox(t, service, "carol")
	apply("1.0.0")
	checkOutbox(t, service, "carol")
	apply("1.1.0")
	checkOutbox(t, service, "carol", "carol")
	if output := apply("1.1.0", "-invoke=action.timpush_push.canary"); !strings.Contains(output, "Sent to 2 accounts. Task ID: batch_") {
		t.Errorf("the output has no task ID:\n%s", output)
	}
	checkOutbox(t, service, "carol", "carol", "alice bob")
}

// The example revokes a push, also for the second time.
func TestAccExamplesOfRevocations(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Actions)
	w := example(t, "examples/actions/timpush_revoke_push", seededEmulator(t, actionsSeed()))
	for _, want := range []string{"Revoked. Task ID: " + earlierPush, "Had been revoked before. Task ID: " + earlierPush} {
		output := w.mustRun(t, "apply", "-no-color", "-auto-approve", "-var=task_id="+earlierPush, "-invoke=action.timpush_revoke_push.sale")
		if !strings.Contains(flat(output), want) {
			t.Errorf("the output is:\n%s", output)
		}
	}
}

// A push whose response is lost fails the apply, is sent once, and is not sent again by
// the next apply.
func TestAccActionNeverTwice(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Actions)
	service := seededEmulator(t, actionsSeed())
	service.Script(emulator.Fault{Effect: emulator.Effect{Execute: true, Status: http.StatusBadGateway}})
	w := example(t, "examples/actions/timpush_push", service)
	output, err := w.run(t, "apply", "-no-color", "-auto-approve", "-var=release=1.0.0")
	for _, want := range []string{"May have been sent. Message random: ", "The push may have been sent, so the provider did not send it again."} {
		if err == nil || !strings.Contains(flat(output), want) {
			t.Errorf("%v; the output does not contain %q:\n%s", err, want, output)
		}
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-var=release=1.0.0")
	checkOutbox(t, service, "carol")
}

// What is wrong with an action fails the plan, before anything changes.
func TestAccActionFailsInPlan(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Actions)
	for name, test := range map[string]struct{ old, new, want string }{
		"invalid":        {`{ level = "tester" }`, `{}`, "Invalid Condition"},
		"conflict":       {"audience = {\n      condition", "accounts_per_second = 5\n    audience = {\n      condition", "Conflicting Arguments"},
		"not configured": {"", "", "Missing SDKAppID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := seededEmulator(t, actionsSeed())
			w := example(t, "examples/actions/timpush_push", service)
			const file = "action_after_change.tf"
			config := read(t, root("examples/actions/timpush_push/"+file))
			if test.old != "" && !strings.Contains(config, test.old) {
				t.Fatalf("%s does not contain %q", file, test.old)
			}
			w.write(t, file, strings.Replace(config, test.old, test.new, 1))
			if test.old == "" {
				w.env = append(w.env, "TIMPUSH_SDK_APP_ID=")
			}
			if output, err := w.run(t, "plan", "-no-color", "-var=release=1.0.0"); err == nil || !strings.Contains(flat(output), test.want) {
				t.Errorf("%v; the output is:\n%s", err, output)
			}
			if requests := len(service.Journal()); requests > 0 {
				t.Errorf("%d requests were made", requests)
			}
		})
	}
}
