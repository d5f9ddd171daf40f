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

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// deliveries are numbers of pushes with a loss.
func deliveries() emulator.Statistics {
	return emulator.Statistics{
		TaskID: "t1", Account: "xiaoming", Age: "1h", Platforms: ofPlatform("apns", 10, 9, 8, 1),
		Losses: []emulator.LossCount{{Stage: "after_send", Platform: "apns", Code: "410", Message: "unregistered", Count: 1}},
	}
}

const readDeliveries = `
data "timpush_push_statistics" "week" {
  last     = "168h"
  task_ids = ["t1"]
}

data "timpush_push_losses" "week" {
  last = "168h"
}

data "timpush_push_trace" "xiaoming" {
  task_id = "t1"
  account = "xiaoming"
}
`

// Results reach the state. A second plan is empty, although the windows moved.
func TestAccPushDelivery(t *testing.T) {
	t.Parallel()
	number := knownvalue.Int64Exact
	counts := knownvalue.ObjectExact(map[string]knownvalue.Check{"total": number(10), "sent": number(9), "delivered": number(8), "clicked": number(1)})
	platforms := knownvalue.MapExact(map[string]knownvalue.Check{"apns": counts})
	value := func(kind, name, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+kind+"."+name, tfjsonpath.New(attribute), check)
	}
	resource.Test(t, accCase(seeded(t, deliveries()),
		resource.TestStep{Config: readDeliveries, ConfigStateChecks: []statecheck.StateCheck{
			value(pushStatistics, "week", "counts", counts),
			value(pushStatistics, "week", "platforms", platforms),
			value(pushStatistics, "week", "tasks", knownvalue.MapExact(map[string]knownvalue.Check{
				"t1": knownvalue.ObjectExact(map[string]knownvalue.Check{"counts": counts, "platforms": platforms}),
			})),
			value(pushLosses, "week", "losses", knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
				"stage": knownvalue.StringExact("after_send"), "platform": knownvalue.StringExact("apns"), "code": knownvalue.StringExact("410"),
				"message": knownvalue.StringExact("unregistered"), "count": number(1),
			})})),
			value(pushTrace, "xiaoming", "devices", knownvalue.ListPartial(map[int]knownvalue.Check{0: knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"device_model": knownvalue.StringExact("iPhone 14"), "platform": knownvalue.StringExact("apns"),
			})})),
			value(pushTrace, "xiaoming", "json", knownvalue.StringRegexp(regexp.MustCompile(`"DeviceModel":"iPhone 14"`))),
		}},
		resource.TestStep{
			Config:           readDeliveries,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	))
}

// Arguments that are unknown in plan are validated and used in apply. A computed
// list of tasks that turns out empty is an error, not a read of all pushes.
func TestAccPushDeliveryUnknownArguments(t *testing.T) {
	t.Parallel()
	config := func(tasks, last string) string {
		return `
resource "terraform_data" "arguments" {
  input = { tasks = ` + tasks + `, last = "` + last + `" }
}

data "timpush_push_statistics" "week" {
  last     = terraform_data.arguments.output.last
  task_ids = terraform_data.arguments.output.tasks
}
`
	}
	service := seeded(t, deliveries())
	resource.Test(t, accCase(service,
		resource.TestStep{
			Config:      config(`[]`, "24h"),
			ExpectError: regexp.MustCompile(`(?s)Invalid Task IDs.*task_ids is empty`),
		},
		resource.TestStep{
			Config:      config(`["t1"]`, "800h"),
			ExpectError: regexp.MustCompile(`(?s)Invalid Time Window.*last is "800h"`),
		},
	))
	if len(service.seen) > 0 {
		t.Errorf("the requests are %q", service.seen)
	}
	resource.Test(t, accCase(service, resource.TestStep{
		Config: config(`["t1"]`, "24h"),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.timpush_push_statistics.week", tfjsonpath.New("counts").AtMapKey("sent"), knownvalue.Int64Exact(9)),
		},
	}))
}

// Invalid arguments fail the plan before any request.
func TestAccPushDeliveryInvalidArguments(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`data "timpush_push_statistics" "week" {}`: `(?s)Missing Time Window.*Neither last nor start_time and end_time are set`,
		`data "timpush_push_losses" "week" {
  last = "30d"
}`: `(?s)Invalid Time Window.*last must be a duration from 1s to 168h \(7 days\), not "30d"`,
		`data "timpush_push_losses" "week" {
  start_time = timeadd(plantimestamp(), "-169h")
  end_time   = plantimestamp()
}`: `(?s)Invalid Time Window.*is longer than 7 days`,
		`data "timpush_push_losses" "week" {
  start_time = timeadd(plantimestamp(), "-169h")
  end_time   = timeadd(plantimestamp(), "-150h")
}`: `(?s)Invalid Time Window.*is more than 7 days ago`,
		`data "timpush_push_trace" "xiaoming" {
  message_id = "m"
}`: `(?s)Conflicting Arguments.*message_id is set, but source is "push"`,
	} {
		service := seeded(t)
		resource.Test(t, accCase(service, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(want)}))
		if len(service.seen) > 0 {
			t.Errorf("%s: the requests are %q", config, service.seen)
		}
	}
}

// Terraform's mocks can set the results, and give usable values by default: no
// platforms, tasks, losses, or devices, numbers of 0, and JSON that is replaced.
func TestAccPushDeliveryMocked(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	w := newWorkspace(t, providerSource+readDeliveries+`
check "apns_delivers" {
  assert {
    condition     = alltrue([for counts in data.timpush_push_statistics.week.platforms : counts.delivered > 0])
    error_message = "A platform delivers nothing."
  }
}

output "lost" {
  value = sum(concat([0], data.timpush_push_losses.week.losses[*].count))
}

output "sent" {
  value = data.timpush_push_statistics.week.counts.sent
}

output "devices" {
  value = [for device in data.timpush_push_trace.xiaoming.devices : "${device.platform}: ${device.system}"]
}
`)
	w.write(t, "defaults.tftest.hcl", `
mock_provider "timpush" {}

run "defaults" {
  assert {
    condition = output.lost == 0 && output.sent == 0 && length(output.devices) == 0 && length(data.timpush_push_statistics.week.tasks) == 0 && data.timpush_push_trace.xiaoming.json != ""
    error_message = "The defaults are ${jsonencode(data.timpush_push_statistics.week)}."
  }
}
`)
	w.write(t, "values.tftest.hcl", `
mock_provider "timpush" {
  mock_data "timpush_push_statistics" {
    defaults = {
      counts    = { total = 3, sent = 2, delivered = 0, clicked = 0 }
      platforms = { apns = { total = 3, sent = 2, delivered = 0, clicked = 0 } }
      tasks = {
        t1 = { counts = { total = 3, sent = 2, delivered = 0, clicked = 0 }, platforms = {} }
      }
    }
  }
  mock_data "timpush_push_losses" {
    defaults = {
      losses = [
        { stage = "after_send", platform = "apns", code = "403", count = 2, message = "ExpiredProviderToken" },
        { stage = "before_send", platform = null, code = "6", count = 1, message = "no token" },
      ]
    }
  }
  mock_data "timpush_push_trace" {
    defaults = {
      devices = [{
        instance_id = "1", push_time = null, device_model = null, system = "iOS", system_version = null, event_type = "offline",
        platform = "apns", cert_id = null, sdk_version = null, push_version = null, notification_status = null, last_active_terminal = null
      }]
      json = "[{}]"
    }
  }
}

run "values" {
  expect_failures = [check.apns_delivers]

  assert {
    condition     = output.lost == 3 && output.sent == 2 && output.devices == ["apns: iOS"] && data.timpush_push_statistics.week.tasks["t1"].counts.total == 3
    error_message = "The values are ${jsonencode([output.lost, output.sent, output.devices])}."
  }
}
`)
	if output, err := w.run(t, nil, "test"); err != nil || !strings.Contains(output, "2 passed") {
		t.Errorf("%v:\n%s", err, output)
	}
}
