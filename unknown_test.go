package main

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// What the error of an ephemeral resource advises helps: it is opened once what the
// provider's configuration comes from has been applied.
func TestAccUnknownInEphemeral(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Ephemeral)
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.write(t, "main.tf", requiredProviders+`
resource "terraform_data" "app" {
  input = `+testSDKAppID+`
}

provider "timpush" {
  sdk_app_id = terraform_data.app.output
}

ephemeral "timpush_user_attributes" "team" {
  accounts = ["xiaoming"]
}

check "city" {
  assert {
    condition     = ephemeral.timpush_user_attributes.team.attributes["xiaoming"].city == "ShenZhen"
    error_message = "xiaoming has left."
  }
}
`)
	// OpenTofu puts it off by itself; Terraform does not.
	if output, err := w.run(t, "plan", "-no-color"); err != nil && !strings.Contains(flat(output), "or apply what they come from first, with -target. Not known yet: sdk_app_id") {
		t.Errorf("the error does not say what to do:\n%s", output)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-target=terraform_data.app")
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "0 added") || strings.Contains(output, "has left") {
		t.Errorf("it was not opened:\n%s", output)
	}
}
