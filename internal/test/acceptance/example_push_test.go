package acceptance

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const (
	pushExample = "examples/push"
	pushGuide   = "docs/guides/push.md"
	nextYears   = "2099-01-01T09:00:00Z"
)

// pushStep returns a workspace with a copy of a folder of the example, which the
// configuration finds beside notification.json.
func pushStep(t *testing.T, folder string, service *emulator.Emulator) *workspace {
	t.Helper()
	w := example(t, pushExample+"/"+folder, service)
	notification := filepath.Join(w.folder, "..", "notification.json")
	if err := os.WriteFile(notification, []byte(read(t, root(pushExample+"/notification.json"))), 0o600); err != nil {
		t.Fatal(err)
	}
	return w
}

// The accounts cannot be set before the names exist, as the guide says. Then the check
// passes, and nothing is left to change.
func TestAccExamplePushApp(t *testing.T) {
	t.Parallel()
	w := pushStep(t, "app", exampleService(t, pushExample))
	if output, err := w.run(t, "apply", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Error: Unknown Attribute Name") {
		t.Errorf("%v\n%s", err, output)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-target=timpush_attribute_names.app")
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); strings.Contains(output, "Check block assertion failed") {
		t.Errorf("the check fails:\n%s", output)
	}
	w.checkOutputs(t, `{"reached":["canary-1"],"missed":{"canary-2":"city is \"BeiJing\", not \"ShenZhen\""}}`)
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
}

var anyTask = regexp.MustCompile(`batch_\w+`)

// Each change of the notification sends a canary to the test accounts, and so does the
// guide's command.
func TestAccExamplePushCanary(t *testing.T) {
	t.Parallel()
	service := exampleService(t, pushExample)
	w := pushStep(t, "canary", service)
	apply := func(arguments ...string) string {
		t.Helper()
		return w.mustRun(t, append([]string{"apply", "-no-color", "-auto-approve"}, arguments...)...)
	}
	const canary = "canary-1 canary-2"
	shown := codeBlock(t, "text", "Action started", pushGuide)
	if output := anyTask.ReplaceAllString(apply(), anyTask.FindString(shown)); !strings.Contains(flat(output), flat(shown)) {
		t.Errorf("the apply does not print what the guide shows:\n%s", output)
	}
	checkOutbox(t, service, canary)
	apply()
	checkOutbox(t, service, canary)
	w.write(t, "../notification.json", `{"title": "Summer sale"}`)
	apply()
	checkOutbox(t, service, canary, canary)
	apply("-invoke=action.timpush_push.canary")
	checkOutbox(t, service, canary, canary, canary)
}

// The campaign is scheduled depending on what arrived, as the guide's table says.
func TestAccExamplePushCampaign(t *testing.T) {
	t.Parallel()
	const (
		warning = "There are no numbers of a push that arrived"
		lost    = "Too few pushes were delivered: fcm."
		absent  = "The canary has not arrived."
		ofTask  = `-var=canary_tasks=["canary"]`
	)
	numbers := func(fcm int64) []emulator.Statistics {
		return []emulator.Statistics{{TaskID: "canary", Platforms: map[string]emulator.Counts{
			"apns": {Total: 1, Sent: 1, Delivered: 1}, "fcm": {Total: 2, Sent: 2, Delivered: fcm},
		}}}
	}
	earlier := numbers(2)
	earlier[0].Age = "2h"
	for name, test := range map[string]struct {
		seed   []emulator.Statistics
		task   bool
		warned bool
		err    string // "" if the campaign is scheduled
	}{
		"arrived":                {numbers(1), false, false, ""},
		"canary arrived":         {numbers(1), true, false, ""},
		"canary arrived earlier": {earlier, true, false, ""},
		"too few":                {numbers(0), false, false, lost},
		"too few of the canary":  {numbers(0), true, false, lost},
		"no push":                {nil, false, true, ""},
		"only earlier pushes":    {earlier, false, true, ""},
		"canary did not arrive":  {nil, true, true, absent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := seededEmulator(t, emulator.Seed{
				Accounts:       map[string]emulator.Account{},
				AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}},
				Statistics:     test.seed,
			})
			w := pushStep(t, "campaign", service)
			arguments := []string{"-no-color", "-var=send_at=" + nextYears}
			if test.task {
				arguments = append(arguments, ofTask)
			}
			output, err := w.run(t, append([]string{"apply", "-auto-approve"}, arguments...)...)
			if (err != nil) != (test.err != "") || !strings.Contains(flat(output), test.err) || strings.Contains(flat(output), warning) != test.warned {
				t.Errorf("want the error %q, a warning: %t; %v\n%s", test.err, test.warned, err, output)
			}
			if got := count(service, "add_sched_task"); (got == 1) != (test.err == "") {
				t.Errorf("%d campaigns were scheduled", got)
			}
			if test.err == "" {
				w.mustRun(t, append([]string{"plan", "-detailed-exitcode"}, arguments...)...)
				w.mustRun(t, append([]string{"destroy", "-auto-approve"}, arguments...)...)
			}
		})
	}
}
