package provider

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// ownedConfig is a configuration with what accounts get from another resource,
// which is not known in plan.
func ownedConfig(owned string) string {
	return providerSource + `
resource "terraform_data" "accounts" {
  input = ` + owned + `
}

resource "timpush_user_attributes" "canaries" {
  attributes = terraform_data.accounts.output
}
`
}

// A real CLI plans again in apply: what was not known in plan is checked then,
// before anything is written.
func TestAccOwnedUnknownInPlan(t *testing.T) {
	t.Parallel()
	recorded := &requestLog{Handler: newApp(t, crew())}
	env, _ := serve(t, recorded)
	w := newWorkspace(t, ownedConfig(`{ alice = { level = "gold" }, alcie = { level = "gold" } }`), env...)
	output, err := w.run(t, nil, "apply", "-auto-approve")
	if err == nil {
		t.Fatal(output)
	}
	checkParts(t, "apply", output, "attributes = (known after apply)", "Plan: 2 to add", "Error: Some Accounts Could Not Be Read", `The attributes of 1 of 2 accounts could not be read.`, `"alcie"`)
	recorded.check(t, "apply", `get_attr {"To_Account":["alcie","alice"]}`, `get_attr_name {}`)

	w.write(t, "main.tf", ownedConfig(`{ alice = { level = "gold" } }`))
	output, err = w.run(t, nil, "apply", "-auto-approve")
	if err != nil {
		t.Fatal(output)
	}
	checkParts(t, "second apply", output, "Apply complete! Resources: 1 added, 1 changed, 0 destroyed.")
	recorded.check(t, "second apply", `get_attr {"To_Account":["alice"]}`, `get_attr_name {}`, `set_attr {"UserAttrs":[{"To_Account":"alice","Attrs":{"level":"gold"}}]}`)
}

const partialConfig = providerSource + `
resource "timpush_user_attributes" "canaries" {
  attributes = {
    alice   = { level = "gold" }
    install = { level = "gold" }
  }
}

resource "timpush_user_tags" "canaries" {
  tags = {
    alice = ["b", "a", "b"]
  }
}
`

// A real CLI neither taints nor replaces a resource that was created in part. It
// plans just what is missing.
func TestAccOwnedPartialFailure(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newApp(t, crew()))
	w := newWorkspace(t, partialConfig, env...)
	output, err := w.run(t, nil, "apply", "-auto-approve")
	if err != nil {
		t.Fatal(output)
	}
	checkParts(t, "create", output, "Warning: Some Accounts Could Not Be Written", "The attributes of 1 of 2 accounts could not be set.", "Error code 90035", "Apply complete! Resources: 2 added")
	output, err = w.run(t, nil, "plan")
	if err != nil || strings.Contains(output, "replaced") {
		t.Error(output)
	}
	checkParts(t, "second plan", output, "timpush_user_attributes.canaries will be updated in-place", `~ "install" = { + "level" = "gold" }`, "Plan: 0 to add, 1 to change, 0 to destroy.")
	output, err = w.run(t, nil, "apply", "-auto-approve")
	if err == nil {
		t.Error(output)
	}
	checkParts(t, "second apply", output, "Error: Some Accounts Could Not Be Written", "The attributes of 1 of 1 accounts could not be set.")

	app := newApp(t, emulator.Seed{
		Accounts:       map[string]emulator.Account{"alice": {Attributes: map[string]string{"level": "gold"}, Tags: []string{"a", "b"}}, "install": {}},
		AttributeNames: crew().AttributeNames,
	})
	env, _ = serve(t, app)
	if output, err = w.run(t, env, "apply", "-auto-approve"); err != nil {
		t.Error(output)
	}
	if output, err = w.run(t, env, "plan", "-detailed-exitcode"); err != nil { // exit status 2 if there is a change
		t.Error(output)
	}
	if output, err = w.run(t, env, "destroy", "-auto-approve"); err != nil {
		t.Error(output)
	}
	for _, entry := range app.Journal() {
		if entry.Code != 0 {
			t.Errorf("%s failed with %d", entry.API, entry.Code)
		}
	}
}

// A real CLI imports what accounts have.
func TestAccOwnedImport(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newApp(t, crew()))
	w := newWorkspace(t, providerSource+`
resource "timpush_user_tags" "staff" {
  tags = { bob = ["staff"] }
}

import {
  to = timpush_user_tags.staff
  id = jsonencode({ accounts = ["bob"] })
}
`, env...)
	output, err := w.run(t, nil, "apply", "-auto-approve")
	if err != nil {
		t.Fatal(output)
	}
	checkParts(t, "import", output, "1 imported, 0 added, 0 changed, 0 destroyed.")
}
