package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// audienceModule is a module that calls the function with results of both data
// sources. It has no provider block.
const audienceModule = requiredProviders + `
variable "city" {
  type      = string
  default   = "ShenZhen"
  sensitive = true
}

data "timpush_user_attributes" "vips" {
  accounts = ["xiaoming", "xiaohua"]
}

data "timpush_user_tags" "vips" {
  accounts = ["xiaoming", "xiaohua"]
}

output "in_city" {
  value     = provider::timpush::audience({ attributes_and = { city = var.city } }, data.timpush_user_attributes.vips.attributes)
  sensitive = true
}

output "gold" {
  value = provider::timpush::audience({ tags_or = ["gold"], tags_not = null }, data.timpush_user_tags.vips.tags)
}
`

// The function works in tests of modules, with the results that mocks give, and
// without the service.
func TestAccFunctionWithMocks(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks, cli.Functions)
	w := newWorkspace(t)
	service := newEmulator(t)
	w.serve(t, service)
	w.write(t, "main.tf", audienceModule)
	w.write(t, "main.tftest.hcl", `
mock_provider "timpush" {
  mock_data "timpush_user_attributes" {
    defaults = {
      attributes = { xiaoming = { city = "ShenZhen" }, xiaohua = {}, Mary = { city = "ShenZhen" } }
    }
  }
  mock_data "timpush_user_tags" {
    defaults = {
      tags = { xiaoming = [], xiaohua = ["gold", "new"] }
    }
  }
}

run "plan" {
  command = plan

  assert {
    condition     = output.in_city == tolist(["Mary", "xiaoming"])
    error_message = "Not the accounts in ShenZhen."
  }

  assert {
    condition     = output.gold == tolist(["xiaohua"])
    error_message = "Not the gold members."
  }
}

run "no_users" {
  command = plan

  override_data {
    target = data.timpush_user_attributes.vips
    values = { attributes = {} }
  }

  assert {
    condition     = length(output.in_city) == 0
    error_message = "There are accounts."
  }
}
`)
	if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, "2 passed, 0 failed") {
		t.Errorf("the output is:\n%s", output)
	}
	if requests := len(service.Journal()); requests != 0 {
		t.Errorf("%d requests were made", requests)
	}
}

// Mistakes are errors of the argument, as early as the CLI knows it: in validate,
// where results of data sources are still unknown, without a provider configuration.
func TestAccFunctionMistakes(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Functions)
	for name, test := range map[string]struct{ from, to, want string }{
		"no mistake":      {"", "", "Success! The configuration is valid"},
		"part":            {"tags_or =", "tag_or =", `Invalid value for "condition" parameter: "tag_or" is not part of a condition (did you mean "tags_or"?).`},
		"tag":             {`["gold"]`, `["gold", ""]`, `Invalid value for "condition" parameter: tags_or[1] is empty (error code 90040): remove empty tags, for example with compact().`},
		"null":            {"data.timpush_user_tags.vips.tags)", "null)", `Invalid value for "users" parameter: argument must not be null.`},
		"attributes":      {"data.timpush_user_tags.vips.tags)", `{ a = { city = "x" } })`, `Invalid value for "users" parameter: users["a"] is a map, but the condition selects by tags: pass data.timpush_user_tags.NAME.tags.`},
		"complete source": {"data.timpush_user_tags.vips.tags)", `{ accounts = ["a"], attributes = {}, errors = {} })`, `Invalid value for "users" parameter: must not be a complete data source: pass data.timpush_user_tags.NAME.tags.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.write(t, "main.tf", strings.Replace(audienceModule, test.from, test.to, 1))
			w.installStandIns(t)
			output, err := w.run(t, "validate", "-no-color")
			if (err == nil) != (test.from == "") || !strings.Contains(flat(output), test.want) {
				t.Errorf("%v, the output is not %q:\n%s", err, test.want, output)
			}
		})
	}
}
