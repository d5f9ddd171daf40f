package provider

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// write calls a command of the service that writes, as an app's backend does.
func write(t *testing.T, service *emulator.Emulator, api, body string) {
	t.Helper()
	userSig, err := tencentyun.GenUserSig(testSDKAppID, testKey, "administrator", 60)
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	service.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodPost, fmt.Sprintf(
		"/v4/timpush/%s?sdkappid=%d&identifier=administrator&usersig=%s&random=1&contenttype=json", api, testSDKAppID, url.QueryEscape(userSig),
	), strings.NewReader(body)))
	if answer := recorder.Body.String(); !strings.Contains(answer, `"ErrorCode":0`) || strings.Contains(answer, "ErrorList") {
		t.Fatalf("%s: %s", api, answer)
	}
}

func texts(all ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, len(all))
	for i, text := range all {
		checks[i] = knownvalue.StringExact(text)
	}
	return knownvalue.ListExact(checks)
}

func attributeName(index int64, accountType string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"index": knownvalue.Int64Exact(index), "account_type": knownvalue.StringExact(accountType),
	})
}

// A later plan shows what an app's backend has written since.
func TestAccRefresh(t *testing.T) {
	t.Parallel()
	const config = `
data "timpush_attribute_names" "app" {
  timeouts = { read = "1m" }
}

data "timpush_user_attributes" "team" {
  accounts = ["xiaoming"]
}

data "timpush_user_tags" "team" {
  accounts         = ["xiaoming", "Mary"]
  on_account_error = "ignore"
}

output "all" {
  value = [data.timpush_attribute_names.app, data.timpush_user_attributes.team, data.timpush_user_tags.team]
}
`
	const names, tags = "data.timpush_attribute_names.app", "data.timpush_user_tags.team"
	service := newEmulator(t)
	resource.Test(t, accCase(service,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(names, tfjsonpath.New("attribute_names"), knownvalue.MapExact(map[string]knownvalue.Check{
					"sex": attributeName(0, "user_id"), "city": attributeName(1, "user_id"), "country": attributeName(2, "registration_id"),
				})),
				statecheck.ExpectKnownValue(tags, tfjsonpath.New("tags"), knownvalue.MapExact(map[string]knownvalue.Check{
					"xiaoming": texts("GoldMember", "WeekPassUser"),
				})),
				statecheck.ExpectKnownValue(tags, tfjsonpath.New("errors"), knownvalue.MapExact(map[string]knownvalue.Check{
					"Mary": knownvalue.ObjectExact(map[string]knownvalue.Check{
						"code": knownvalue.Int64Exact(70107), "message": knownvalue.StringExact("the account does not exist in the app"),
					}),
				})),
			},
		},
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			PreConfig: func() {
				write(t, service, "remove_attr", `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":["sex"]}]}`)
				write(t, service, "set_attr", `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"city":"BeiJing"}}]}`)
				write(t, service, "add_tag", `{"UserTags":[{"To_Account":"xiaoming","Tags":["Early"]}]}`)
				write(t, service, "remove_tag", `{"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember"]}]}`)
			},
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectNonEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(team, tfjsonpath.New("attributes").AtMapKey("xiaoming"), knownvalue.MapExact(map[string]knownvalue.Check{
					"city": knownvalue.StringExact("BeiJing"),
				})),
				statecheck.ExpectKnownValue(tags, tfjsonpath.New("tags").AtMapKey("xiaoming"), texts("Early", "WeekPassUser")),
			},
		},
		resource.TestStep{
			// It is not documented whether this call merges or replaces, and how
			// the response represents a user without tags.
			PreConfig: func() {
				write(t, service, "set_attr_name", `{"AttrNames":{"3":"level"},"AttrTypes":{"3":1}}`)
				write(t, service, "add_tag", `{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["New"]}]}`)
			},
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(names, tfjsonpath.New("attribute_names").AtMapKey("level"), attributeName(3, "registration_id")),
				statecheck.ExpectKnownValue(tags, tfjsonpath.New("tags").AtMapKey("xiaoming"), texts("New")),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				write(t, service, "clear_all_tags", `{"To_Account":["xiaoming"]}`)
				write(t, service, "add_tag", `{"UserTags":[{"To_Account":"xiaoming","Tags":["Newer"]}]}`)
			},
			Config:            config,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(tags, tfjsonpath.New("tags").AtMapKey("xiaoming"), texts("Newer"))},
		},
	))
}

// Invalid accounts are an error before any request, with a real CLI too.
func TestAccUserTagsInvalidAccounts(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	resource.Test(t, accCase(service, resource.TestStep{
		Config: `
data "timpush_user_tags" "team" {
  accounts = ["xiaoming", "Mary "]
}
`,
		ExpectError: regexp.MustCompile(`(?s)Invalid Account.*accounts\[1\] \("Mary "\)`),
	}))
	checkNoRequest(t, service)
}
