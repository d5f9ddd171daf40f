package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const team = "data.timpush_user_attributes.team"

// accCase returns a test case with a provider whose requests go to the emulator.
func accCase(service http.Handler, steps ...resource.TestStep) resource.TestCase {
	return resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"timpush": providerserver.NewProtocol6WithError(testProvider(testEnvironment(), service)),
		},
		Steps: steps,
	}
}

// sampleState expects the results of the API page's sample.
func sampleState() []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue(team, tfjsonpath.New("attributes"), knownvalue.MapExact(map[string]knownvalue.Check{
			"xiaoming": knownvalue.MapExact(map[string]knownvalue.Check{
				"sex": knownvalue.StringExact("male"), "city": knownvalue.StringExact("ShenZhen"),
			}),
			"xiaohua": knownvalue.MapExact(map[string]knownvalue.Check{}),
		})),
		statecheck.ExpectKnownValue(team, tfjsonpath.New("errors"), knownvalue.MapExact(map[string]knownvalue.Check{
			"Mary": knownvalue.ObjectExact(map[string]knownvalue.Check{
				"code":    knownvalue.Int64Exact(70107),
				"message": knownvalue.StringExact("the account does not exist in the app"),
			}),
		})),
	}
}

func TestAccUserAttributesSample(t *testing.T) {
	t.Parallel()
	config := `
data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

output "city" {
  value = data.timpush_user_attributes.team.attributes["xiaoming"].city
}

output "reasons" {
  value = { for account, error in data.timpush_user_attributes.team.errors : account => error.code }
}

check "xiaoming" {
  assert {
    condition     = data.timpush_user_attributes.team.attributes["xiaoming"].sex == "male"
    error_message = "xiaoming is not male."
  }
}
`
	resource.Test(t, accCase(newEmulator(t),
		resource.TestStep{
			Config: config,
			ConfigStateChecks: append(sampleState(),
				statecheck.ExpectKnownOutputValue("city", knownvalue.StringExact("ShenZhen")),
				statecheck.ExpectKnownOutputValue("reasons", knownvalue.ObjectExact(map[string]knownvalue.Check{"Mary": knownvalue.Int64Exact(70107)})),
			),
		},
		resource.TestStep{ // the second plan is empty, since nothing changed
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	))
}

func TestAccUserAttributesFailingCheck(t *testing.T) {
	t.Parallel()
	resource.Test(t, accCase(newEmulator(t), resource.TestStep{
		Config: `
data "timpush_user_attributes" "team" {
  accounts         = ["xiaohua"]
  on_account_error = "ignore"

  lifecycle {
    postcondition {
      condition     = contains(keys(self.attributes["xiaohua"]), "city")
      error_message = "xiaohua has no city."
    }
  }
}
`,
		ExpectError: regexp.MustCompile(`xiaohua has no city\.`),
	}))
}

func TestAccUserAttributesOnAccountError(t *testing.T) {
	t.Parallel()
	resource.Test(t, accCase(newEmulator(t), resource.TestStep{
		Config: `
data "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming"]
  on_account_error = "error"
}
`,
		ExpectError: regexp.MustCompile(`(?s)Some Accounts Could Not Be Read.*70107 .*"Mary"`),
	}))
}

// 250 accounts take 3 requests, and each account is in exactly one of the maps.
func TestAccUserAttributesManyAccounts(t *testing.T) {
	t.Parallel()
	service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: everyOther(250)})
	if err != nil {
		t.Fatal(err)
	}
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
locals {
  accounts = [for i in range(250) : "user${i}"]
}

data "timpush_user_attributes" "team" {
  accounts         = concat(local.accounts, local.accounts)
  on_account_error = "ignore"
}

output "read" {
  value = length(data.timpush_user_attributes.team.attributes)
}

output "failed" {
  value = length(data.timpush_user_attributes.team.errors)
}

output "in_one_map" {
  value = alltrue([for account in local.accounts :
    contains(keys(data.timpush_user_attributes.team.attributes), account) != contains(keys(data.timpush_user_attributes.team.errors), account)])
}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("read", knownvalue.Int64Exact(125)),
			statecheck.ExpectKnownOutputValue("failed", knownvalue.Int64Exact(125)),
			statecheck.ExpectKnownOutputValue("in_one_map", knownvalue.Bool(true)),
		},
	}))
	// The CLI reads in several steps, each time with the same three requests, in
	// any order.
	requests, sizes := map[string]int{}, map[int]int{}
	for _, entry := range service.Journal() {
		requests[strings.Join(entry.Accounts, ",")]++
		sizes[len(entry.Accounts)]++
	}
	if len(requests) != 3 || sizes[50] == 0 || sizes[100] != 2*sizes[50] || len(sizes) != 2 {
		t.Errorf("%d different requests, by size: %v; want 2 of 100 accounts and one of 50", len(requests), sizes)
	}
}

// everyOther returns a seed with every second one of n accounts.
func everyOther(n int) emulator.Seed {
	accounts := map[string]emulator.Account{}
	for i := 0; i < n; i += 2 {
		accounts[fmt.Sprintf("user%d", i)] = emulator.Account{}
	}
	return emulator.Seed{Accounts: accounts}
}

func TestAccUserAttributesNoAccounts(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
data "timpush_user_attributes" "team" {
  accounts = []
}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(team, tfjsonpath.New("attributes"), knownvalue.MapExact(map[string]knownvalue.Check{})),
			statecheck.ExpectKnownValue(team, tfjsonpath.New("errors"), knownvalue.MapExact(map[string]knownvalue.Check{})),
		},
	}))
	checkNoRequest(t, service)
}

// Accounts that are unknown in plan are read in apply.
func TestAccUserAttributesUnknownAccounts(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
resource "terraform_data" "accounts" {
  input = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_user_attributes" "team" {
  accounts = terraform_data.accounts.output
}
`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownValue(team, tfjsonpath.New("attributes")),
		}},
		ConfigStateChecks: sampleState(),
	}))
}

// A provider argument that is unknown in plan is not an error if the read is
// postponed to apply anyway. Otherwise, it is an error that says what to do.
func TestAccUnknownProviderArguments(t *testing.T) {
	t.Parallel()
	config := func(arguments string) string {
		return `
resource "terraform_data" "region" {
  input = "singapore"
}

resource "terraform_data" "accounts" {
  input = ["Mary", "xiaoming", "xiaohua"]
}

provider "timpush" {
  region = terraform_data.region.output
}

data "timpush_user_attributes" "team" {
  ` + arguments + `
}
`
	}
	resource.Test(t, accCase(newEmulator(t),
		resource.TestStep{
			Config:      config(`accounts = ["xiaoming"]`),
			ExpectError: regexp.MustCompile(`(?s)values\s+that\s+are\s+not\s+known\s+until\s+apply.*Known only after apply: region`),
		},
		resource.TestStep{
			Config:            config(`accounts = terraform_data.accounts.output`),
			ConfigStateChecks: sampleState(),
		},
	))
	resource.Test(t, accCase(newEmulator(t), resource.TestStep{ // the fix in the error
		Config: config(`accounts   = ["Mary", "xiaoming", "xiaohua"]
  depends_on = [terraform_data.region]`),
		ConfigStateChecks: sampleState(),
	}))
}

func TestAccUserAttributesFromSetTupleAndList(t *testing.T) {
	t.Parallel()
	for name, accounts := range map[string]string{
		"set":   `toset(["Mary", "xiaoming", "xiaohua"])`,
		"tuple": `[for name in ["Mary", "xiaoming", "xiaohua"] : name]`,
		"list":  `tolist(["Mary", "xiaoming", "xiaohua"])`,
		"file":  `compact(split("\n", replace("\ufeffMary\r\nxiaoming\r\n\r\nxiaohua\r\n", "/\ufeff|\r/", "\n")))`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, accCase(newEmulator(t), resource.TestStep{
				Config:            "data \"timpush_user_attributes\" \"team\" {\n  accounts = " + accounts + "\n}\n",
				ConfigStateChecks: sampleState(),
			}))
		})
	}
}

func TestAccUserAttributesKeepsNames(t *testing.T) {
	t.Parallel()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	checks := map[string]knownvalue.Check{}
	var accounts strings.Builder
	for _, name := range []string{`with space`, `a "quote"`, `it's`, `a&b=c?d#e`, `小明`, `<tag>`, `50%`, `back\slash`, `/`, `379C2F0D-290D-47AE-94D1-919058C39C77`} {
		seed.Accounts[name] = emulator.Account{Attributes: map[string]string{"a name & 名字": name}}
		checks[name] = knownvalue.MapExact(map[string]knownvalue.Check{"a name & 名字": knownvalue.StringExact(name)})
		fmt.Fprintf(&accounts, "%q, ", name)
	}
	service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	resource.Test(t, accCase(service, resource.TestStep{
		Config:            "data \"timpush_user_attributes\" \"team\" {\n  accounts = [" + accounts.String() + "]\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(team, tfjsonpath.New("attributes"), knownvalue.MapExact(checks))},
	}))
}

// Lines of a file with Windows line endings are rejected before any request.
func TestAccUserAttributesInvalidAccounts(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
data "timpush_user_attributes" "team" {
  accounts = split("\n", "Mary\r\nxiaoming\r\n")
}
`,
		ExpectError: regexp.MustCompile(`(?s)Invalid Accounts.*2 accounts end in a carriage return:\s+accounts\[0\]\s+\("Mary\\r"\)`),
	}))
	checkNoRequest(t, service)
}

// An invalid provider argument is an error with a real CLI too.
func TestAccInvalidProviderArgument(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
provider "timpush" {
  region = "mars"
}

data "timpush_user_attributes" "team" {
  accounts = ["Mary"]
}
`,
		ExpectError: regexp.MustCompile(`(?s)Invalid Region.*TIMPUSH_REGION`),
	}))
	checkNoRequest(t, service)
}
