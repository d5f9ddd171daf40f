package provider

import (
	"fmt"
	"testing"
)

// timedConfig has resources whose refresh and destroy have time limits.
func timedConfig(read, remove string) string {
	return providerSource + fmt.Sprintf(`
resource "timpush_attribute_names" "app" {
  attribute_names = { level = { index = 0 } }
  timeouts        = { read = %[1]q }
}

resource "timpush_user_attributes" "canaries" {
  attributes = { alice = { level = "gold" } }
  timeouts   = { read = %[1]q, delete = %[2]q }
}
`, read, remove)
}

// A refresh and a destroy use the timeouts in the state, which a refresh with another
// configuration cannot change. What the errors advise does.
func TestAccOwnedTimeoutsInState(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newApp(t, crew()))
	w := newWorkspace(t, timedConfig("1m", "1ns"), env...)
	run := func(when string, isError bool, arguments []string, parts ...string) {
		t.Helper()
		output, err := w.run(t, nil, arguments...)
		if (err != nil) != isError {
			t.Errorf("%s: %v\n%s", when, err, output)
		}
		checkParts(t, when, output, parts...)
	}
	apply, skip := []string{"apply", "-auto-approve"}, []string{"apply", "-auto-approve", "-refresh=false"}
	destroy := []string{"destroy", "-auto-approve", "-target=timpush_user_attributes.canaries"}

	run("create", false, apply, "2 added")
	run("short destroy", true, destroy, "The remove timed out after 1ns with 0 of 1 accounts done. Set timeouts.delete to more than 1ns, and apply once with -refresh=false,")
	w.write(t, "main.tf", timedConfig("1m", "1m"))
	run("destroy with another configuration", true, destroy, "The remove timed out after 1ns")
	run("apply of it", false, skip, "1 changed")

	w.write(t, "main.tf", timedConfig("1ns", "1m"))
	run("apply with a short read", false, skip, "2 changed")
	w.write(t, "main.tf", timedConfig("1m", "1m"))
	refused := []string{"The read timed out after 1ns", "Set timeouts.read to more than 1ns, and apply once with -refresh=false,"}
	run("refresh", true, apply, append(refused, refused...)...)
	run("apply without a refresh", false, skip, "2 changed")
	run("plan", false, []string{"plan", "-detailed-exitcode"}, "No changes.")
	run("destroy", false, destroy, "1 destroyed")
}
