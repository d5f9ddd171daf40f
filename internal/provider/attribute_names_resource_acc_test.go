package provider

import (
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// twoApps returns two apps, and a configuration in which the names of the first are
// those of the second.
func twoApps(t *testing.T, production emulator.Seed) (apps [2]*emulator.Emulator, config string) {
	t.Helper()
	config = providerSource
	for i, alias := range []string{"staging", "production"} {
		id, seed := uint32(testSDKAppID+i), emulator.SampleSeed()
		if alias == "production" {
			seed = production
		}
		app, err := emulator.New(emulator.Options{SDKAppID: id, Key: testKey, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(app)
		t.Cleanup(server.Close)
		apps[i] = app
		config += fmt.Sprintf("\nprovider \"timpush\" {\n  alias      = %q\n  sdk_app_id = %d\n  endpoint   = %q\n}\n", alias, id, server.URL)
	}
	return apps, config + `
data "timpush_attribute_names" "staging" {
  provider = timpush.staging
}

resource "timpush_attribute_names" "production" {
  provider        = timpush.production
  attribute_names = data.timpush_attribute_names.staging.attribute_names
}

data "timpush_attribute_names" "production" {
  provider   = timpush.production
  depends_on = [timpush_attribute_names.production]
}

output "equal" {
  value = data.timpush_attribute_names.production.attribute_names == data.timpush_attribute_names.staging.attribute_names
}
`
}

// One app's names become another's: the output of the data source is the argument
// of the resource, also on import, and destroy leaves them there.
func TestAccAttributeNamesAcrossApps(t *testing.T) {
	t.Parallel()
	apps, config := twoApps(t, emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"1": {Name: "city"}}})
	w := newWorkspace(t, config, "TIMPUSH_SECRET_KEY="+testKey)
	for _, step := range []struct {
		command []string
		want    []string
	}{
		{[]string{"apply", "-auto-approve"}, []string{"1 added, 0 changed, 0 destroyed", "equal = true"}},
		{[]string{"plan", "-detailed-exitcode"}, []string{"No changes."}},
		{[]string{"state", "rm", "timpush_attribute_names.production"}, []string{"Removed"}},
		{[]string{"import", "timpush_attribute_names.production", "1400000001"}, []string{"Import successful"}},
		{[]string{"plan", "-detailed-exitcode"}, []string{"No changes."}},
		{[]string{"destroy", "-auto-approve"}, []string{"Warning: Attribute Names Remain in the App", `"sex" (index 0), "city" (index 1), "country" (index 2)`, "1 destroyed"}},
	} {
		output, err := w.run(t, nil, step.command...)
		if err != nil {
			t.Fatalf("%v: %s", step.command, output)
		}
		for _, text := range step.want {
			if !strings.Contains(output, text) {
				t.Errorf("%v: the output does not contain %q:\n%s", step.command, text, output)
			}
		}
	}
	writes := 0
	for _, entry := range apps[1].Journal() {
		if entry.API == "set_attr_name" {
			writes++
		}
	}
	if calls := callsOf(apps[0]); writes != 1 || !reflect.DeepEqual(calls, map[string]bool{"get_attr_name": true}) {
		t.Errorf("%d writes to production, %v to staging", writes, calls)
	}
}

func callsOf(app *emulator.Emulator) map[string]bool {
	calls := map[string]bool{}
	for _, entry := range app.Journal() {
		calls[entry.API] = true
	}
	return calls
}

// Conflicts are errors in plan that name the argument to blame, which is not in the
// configuration here.
func TestAccAttributeNamesConflicts(t *testing.T) {
	t.Parallel()
	apps, config := twoApps(t, emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"0": {Name: "gender"}, "5": {Name: "city"}}})
	w := newWorkspace(t, config, "TIMPUSH_SECRET_KEY="+testKey)
	w.checkFails(t, nil,
		`attribute_names["sex"].index is 0, where the app has the name "gender", which this resource does not manage.`,
		`attribute_names["city"].index is 1, but the app has this name at index 5, and the service cannot move or delete names.`)
	if calls := callsOf(apps[1]); calls["set_attr_name"] {
		t.Error("plan writes")
	}
}

// A name can come from a variable of a module, and an index must be a whole number.
func TestAccAttributeNamesFromVariable(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newEmulator(t))
	w := newWorkspace(t, providerSource+`
variable "level" {
  type = object({ index = number, account_type = optional(string) })
}

resource "timpush_attribute_names" "app" {
  attribute_names = { level = var.level }
}
`, env...)
	if output, err := w.run(t, nil, "validate"); err != nil {
		t.Error(output)
	}
	if output, err := w.run(t, nil, "apply", "-auto-approve", "-var=level={ index = 5 }"); err != nil || !strings.Contains(output, "1 added") {
		t.Error(output)
	}
	output, err := w.run(t, nil, "plan", "-var=level={ index = 5.5 }")
	if err == nil || !strings.Contains(output, `attribute_names["level"].index is 5.5. Set it to a whole number from 0 to 9.`) {
		t.Error(output)
	}
}

// A resource that is replaced cannot restore a name: the new one does not manage the
// index.
func TestAccAttributeNamesReplaced(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	env, _ := serve(t, service)
	w := newWorkspace(t, providerSource+`
resource "timpush_attribute_names" "app" {
  attribute_names = { level = { index = 5 } }
}
`, env...)
	if output, err := w.run(t, nil, "apply", "-auto-approve"); err != nil {
		t.Fatal(output)
	}
	write(t, service, "set_attr_name", `{"AttrNames":{"5":"rank"},"AttrTypes":{"5":0}}`)
	output, err := w.run(t, nil, "plan", "-replace=timpush_attribute_names.app")
	if err == nil {
		t.Error(output)
	}
	checkParts(t, "replace", output, "Error: Index Already in Use", "If this plan replaces the resource, the new one manages nothing yet: plan without -replace,")
	if output, err = w.run(t, nil, "taint", "timpush_attribute_names.app"); err != nil {
		t.Fatal(output)
	}
	if output, err = w.run(t, nil, "plan"); err == nil {
		t.Error(output)
	}
	checkParts(t, "taint", output, "Error: Index Already in Use", "or run untaint first.")
	if output, err = w.run(t, nil, "untaint", "timpush_attribute_names.app"); err != nil {
		t.Fatal(output)
	}
	if output, err = w.run(t, nil, "plan"); err != nil {
		t.Error(output)
	}
	checkParts(t, "untaint", output, "0 to add, 1 to change, 0 to destroy.")
}
