package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// `terraform validate` needs no credentials, and reports errors in the
// configuration.
func TestAccValidate(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	validate := func(region string) (string, error) {
		w.write(t, "main.tf", requiredProviders+`
provider "timpush" {
  region = "`+region+`"
}

data "timpush_user_attributes" "team" {
  accounts = ["Mary"]
}
`)
		return w.run(t, "validate", "-no-color")
	}
	if output, err := validate("singapore"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if output, err := validate("mars"); err == nil || !strings.Contains(output, "Invalid Region") {
		t.Errorf("a wrong region is not found: %v\n%s", err, output)
	}
}

// A check block warns if its condition fails, and plan and apply continue.
func TestAccCheckBlock(t *testing.T) {
	t.Parallel()
	const failed = "Check block assertion failed"
	for account, warns := range map[string]bool{"xiaoming": false, "xiaohua": true} {
		w := newWorkspace(t)
		w.serve(t, newEmulator(t))
		w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts = ["`+account+`"]
}

check "city" {
  assert {
    condition     = contains(keys(data.timpush_user_attributes.team.attributes["`+account+`"]), "city")
    error_message = "`+account+` has no city."
  }
}
`)
		for _, command := range []string{"plan", "apply"} {
			output := w.mustRun(t, command, "-no-color", "-input=false")
			if strings.Contains(output, failed) != warns || strings.Contains(output, account+" has no city.") != warns {
				t.Errorf("%s of %s: a warning is wanted: %t, the output is:\n%s", command, account, warns, output)
			}
		}
	}
}

// The fix in the error of an ephemeral resource works: it can be opened after
// applying the resources that the provider's configuration depends on.
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
	// OpenTofu postpones it by itself; Terraform does not.
	if output, err := w.run(t, "plan", "-no-color"); err != nil && !strings.Contains(flat(output), "or apply the resources that they come from first, with -target. Known only after apply: sdk_app_id") {
		t.Errorf("the error does not say what to do:\n%s", output)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-target=terraform_data.app")
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "0 added") || strings.Contains(output, "has left") {
		t.Errorf("it was not opened:\n%s", output)
	}
}
