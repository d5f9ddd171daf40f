package provider

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const vips = "data.timpush_push_audience.vips"

// sampleAudience expects the audience of a push by city in the API page's sample.
func sampleAudience() []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue(vips, tfjsonpath.New("reached"), knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("xiaoming")})),
		statecheck.ExpectKnownValue(vips, tfjsonpath.New("missed"), knownvalue.MapExact(map[string]knownvalue.Check{"xiaohua": knownvalue.StringExact("city is not set")})),
		statecheck.ExpectKnownValue(vips, tfjsonpath.New("errors"), knownvalue.MapExact(map[string]knownvalue.Check{
			"Mary": knownvalue.ObjectExact(map[string]knownvalue.Check{
				"code":    knownvalue.Int64Exact(70107),
				"message": knownvalue.StringExact("the account does not exist in the app"),
			}),
		})),
	}
}

// A second plan is empty, and reads a condition from any expression of its type.
func TestAccPushAudience(t *testing.T) {
	t.Parallel()
	config := func(condition string) string {
		return `
locals {
  condition = { attributes_and = { city = "ShenZhen" } }
}

variable "condition" {
  type = object({
    tags_or        = optional(list(string))
    attributes_and = optional(map(string))
  })
  default = { attributes_and = { city = "ShenZhen" } }
}

data "timpush_push_audience" "vips" {
  accounts  = ["Mary", "xiaoming", "xiaohua"]
  condition = ` + condition + `
}
`
	}
	resource.Test(t, accCase(newEmulator(t),
		resource.TestStep{Config: config(`{ attributes_and = { city = "ShenZhen" } }`), ConfigStateChecks: sampleAudience()},
		resource.TestStep{
			Config:           config(`local.condition`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			Config:           config(`var.condition`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	))
}

// A condition that is unknown in plan is validated and used in apply.
func TestAccPushAudienceUnknownCondition(t *testing.T) {
	t.Parallel()
	config := func(city string) string {
		return `
resource "terraform_data" "city" {
  input = "` + city + `"
}

data "timpush_push_audience" "vips" {
  accounts  = ["Mary", "xiaoming", "xiaohua"]
  condition = { attributes_and = { city = terraform_data.city.output } }
}
`
	}
	resource.Test(t, accCase(newEmulator(t),
		resource.TestStep{
			Config:      config(strings.Repeat("x", 51)),
			ExpectError: regexp.MustCompile(`(?s)Invalid Condition.*condition\.attributes_and\["city"\] has 51 bytes`),
		},
		resource.TestStep{Config: config("ShenZhen"), ConfigStateChecks: sampleAudience()},
	))
}

// Invalid conditions fail the plan before any request, and validate too.
func TestAccPushAudienceInvalidCondition(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		`null`:                    `(?s)Missing Condition.*condition is null`,
		`{}`:                      `(?s)Invalid Condition.*condition has neither tags nor attributes`,
		`{ tags_or = ["A", ""] }`: `(?s)Invalid Condition.*condition\.tags_or\[1\] is empty`,
	} {
		service := newEmulator(t)
		resource.Test(t, accCase(service, resource.TestStep{
			Config:      "data \"timpush_push_audience\" \"vips\" {\n  accounts  = [\"xiaoming\"]\n  condition = " + condition + "\n}\n",
			ExpectError: regexp.MustCompile(want),
		}))
		checkNoRequest(t, service)
	}
}

const checkVIPs = providerSource + `
variable "condition" {
  type    = any
  default = { attributes_and = { city = "ShenZhen" } }
}

data "timpush_push_audience" "vips" {
  accounts  = ["xiaoming", "xiaohua"]
  condition = var.condition
}

check "every_vip_is_reached" {
  assert {
    condition     = length(data.timpush_push_audience.vips.missed) + length(data.timpush_push_audience.vips.errors) == 0
    error_message = "Missed: ${jsonencode(data.timpush_push_audience.vips.missed)}."
  }
}

output "reached" {
  value = data.timpush_push_audience.vips.reached
}
`

// A check prints the reasons, and a warning about the condition is shown once.
func TestAccPushAudienceCheck(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newEmulator(t))
	w := newWorkspace(t, checkVIPs, env...)
	for want, variables := range map[string][]string{
		`Missed: {"xiaohua":"city is not set"}.`:                            nil,
		`Missed: {"xiaohua":"lacks the tag \"GoldMember\""}.`:               {`TF_VAR_condition={tags_and=["GoldMember"]}`},
		`is for RegistrationIDs. Check that accounts lists RegistrationIDs`: {`TF_VAR_condition={attributes_or={country="x"}}`},
		`The app has no attribute "citys"; did you mean`:                    {`TF_VAR_condition={attributes_or={citys="x"}}`},
		`condition.tags_or[0] begins or ends with whitespace,`:              {`TF_VAR_condition={tags_or=[" A"]}`},
	} {
		output, err := w.run(t, variables, "plan")
		if err != nil || strings.Count(output, want) != 1 {
			t.Errorf("%v, the output does not contain once %q:\n%s", err, want, output)
		}
	}
}

// Terraform's mocks can set the results.
func TestAccPushAudienceMocked(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	env, _ := serve(t, newEmulator(t))
	w := newWorkspace(t, checkVIPs, env...)
	w.write(t, "vips.tftest.hcl", `
mock_provider "timpush" {
  mock_data "timpush_push_audience" {
    defaults = {
      reached = ["xiaoming"]
      missed  = { xiaohua = "city is not set" }
      errors  = {}
    }
  }
}

run "some_are_missed" {
  command         = plan
  expect_failures = [check.every_vip_is_reached]
}

run "xiaoming_is_reached" {
  command = plan
  override_data {
    target = data.timpush_push_audience.vips
    values = { reached = ["xiaoming", "xiaohua"], missed = {}, errors = {} }
  }
  assert {
    condition     = length(output.reached) == 2
    error_message = "Somebody is missed."
  }
}
`)
	if output, err := w.run(t, nil, "test"); err != nil || !strings.Contains(output, "2 passed") {
		t.Errorf("%v:\n%s", err, output)
	}
}
