package provider

import (
	"os"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// needsEphemeral skips a test under a CLI that is older than ephemeral resources:
// Terraform 1.10, OpenTofu 1.11.
func needsEphemeral() []tfversion.TerraformVersionCheck {
	since := tfversion.Version1_10_0
	if os.Getenv("TF_ACC_PROVIDER_HOST") == "registry.opentofu.org" {
		since = tfversion.Version1_11_0
	}
	return []tfversion.TerraformVersionCheck{tfversion.SkipBelow(since)}
}

// What an ephemeral resource gives reaches other providers: the echo provider
// shows what its configuration holds.
func TestAccEphemeral(t *testing.T) {
	t.Parallel()
	test := accCase(newEmulator(t), resource.TestStep{
		Config: `
ephemeral "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming"]
  on_account_error = "ignore"
}

ephemeral "timpush_user_sig" "xiaoming" {
  user_id = "xiaoming"
}

provider "echo" {
  data = {
    city   = ephemeral.timpush_user_attributes.team.attributes["xiaoming"].city
    reason = ephemeral.timpush_user_attributes.team.errors["Mary"].code
    signed = length(ephemeral.timpush_user_sig.xiaoming.user_sig) > 200
  }
}

resource "echo" "test" {}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data"), knownvalue.ObjectExact(map[string]knownvalue.Check{
				"city": knownvalue.StringExact("ShenZhen"), "reason": knownvalue.Int64Exact(70107), "signed": knownvalue.Bool(true),
			})),
		},
	})
	test.ProtoV6ProviderFactories["echo"] = echoprovider.NewProviderServer()
	test.TerraformVersionChecks = needsEphemeral()
	resource.Test(t, test)
}

func TestAccEphemeralFails(t *testing.T) {
	t.Parallel()
	test := accCase(newEmulator(t), resource.TestStep{
		Config: `
ephemeral "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming"]
  on_account_error = "error"
}
`,
		ExpectError: regexp.MustCompile(`(?s)Some Accounts Could Not Be Read.*70107,.*"Mary"`),
	})
	test.TerraformVersionChecks = needsEphemeral()
	resource.Test(t, test)
}
