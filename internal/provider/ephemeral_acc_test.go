package provider

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// Results of an ephemeral resource reach other providers: the echo provider
// outputs its configuration.
func TestAccEphemeral(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Ephemeral)
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
	resource.Test(t, test)
}

func TestAccEphemeralFails(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Ephemeral)
	test := accCase(newEmulator(t), resource.TestStep{
		Config: `
ephemeral "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming"]
  on_account_error = "error"
}
`,
		ExpectError: regexp.MustCompile(`(?s)Some Accounts Could Not Be Read.*70107 .*"Mary"`),
	})
	resource.Test(t, test)
}
