package acceptance

import (
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const campaignGuide = "docs/guides/campaign.md"

// The example's outputs are whom the push reaches and misses, and its check passes
// only if the push reaches everyone, and there is someone.
func TestAccExampleCampaign(t *testing.T) {
	t.Parallel()
	t.Run("outputs", func(t *testing.T) {
		t.Parallel()
		w := example(t, "examples/campaign", exampleService(t, "examples/campaign"))
		w.mustRun(t, "apply", "-no-color", "-auto-approve")
		w.checkOutputs(t, `{
			"reached": ["xiaoming"],
			"missed": {
				"xiaohong": "city is \"BeiJing\", not \"ShenZhen\"",
				"xiaohua": "level is not set",
				"xiaoli": "city is not set; level is not set"
			}
		}`)
	})
	gone := make([]string, 12)
	for i := range gone {
		gone[i] = fmt.Sprintf("gone-%02d", i)
	}
	for name, test := range map[string]struct {
		accounts string
		message  string // of the check; "" if it passes
		unnamed  string // is not in it
	}{
		"everyone":         {"xiaoming\r\nxiaoming\r\n", "", ""},
		"no one":           {"\n", "The push reaches 0 of 0 VIPs.", ""},
		"none can be read": {strings.Join(gone, "\n"), "The push reaches 0 of 12 VIPs. - gone-00: the account does not exist in the app", "gone-10: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/campaign", exampleService(t, "examples/campaign"))
			w.write(t, "accounts.txt", test.accounts)
			output := w.mustRun(t, "plan", "-no-color")
			_, message, warned := strings.Cut(output, "Check block assertion failed")
			if warned != (test.message != "") || !strings.Contains(flat(message), test.message) {
				t.Errorf("the check should say %q, and the plan prints:\n%s", test.message, output)
			}
			if test.unnamed != "" && strings.Contains(message, test.unnamed) {
				t.Errorf("the check names more than 10 accounts:\n%s", message)
			}
		})
	}
}

// A misspelled part beside a valid one fails the example's plan before any request, and
// so it does with the function in the precondition, as the guide shows it.
func TestAccExampleCampaignMisspelled(t *testing.T) {
	t.Parallel()
	const (
		part     = `attributes_and = { city = "ShenZhen", level = "gold" }`
		function = `length(provider::timpush::audience(local.condition, {})) == 0`
	)
	precondition := regexp.MustCompile(`length\(setsubtract\(.*\)\) == 0`)
	config := read(t, root("examples/campaign/main.tf"))
	if used := features(config); len(used) > 0 {
		t.Errorf("the example needs a CLI that has %v", used)
	}
	if !strings.Contains(config, part) || !precondition.MatchString(config) || !strings.Contains(read(t, root(campaignGuide)), "`"+function+"`") {
		t.Fatal("the example or the guide does not have the text that this test replaces")
	}
	misspelled := strings.Replace(config, part, part+"\n    attribute_or = { vip = \"1\" }", 1)
	for name, test := range map[string]struct{ config, problem string }{
		"example":  {misspelled, "The condition has attribute_or, attributes_and, but may only have attributes_and, attributes_or,"},
		"function": {precondition.ReplaceAllLiteralString(misspelled, function), `"attribute_or" is not part of a condition (did you mean "attributes_or"?)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cli.Need(t, features(test.config)...)
			service := exampleService(t, "examples/campaign")
			w := example(t, "examples/campaign", service)
			w.write(t, "main.tf", test.config)
			output, err := w.run(t, "plan", "-no-color")
			if err == nil || !strings.Contains(flat(output), test.problem) {
				t.Errorf("%v:\n%s", err, output)
			}
			if requests := len(service.Journal()); requests != 0 {
				t.Errorf("%d requests were made", requests)
			}
		})
	}
}

// The reasons in the guide are those of the conditions beside them.
func TestAccGuideReasons(t *testing.T) {
	t.Parallel()
	rows := regexp.MustCompile("(?m)^\\| `(.*)` \\| `(\\w+ = .*)` \\|$").FindAllStringSubmatch(read(t, root(campaignGuide)), -1)
	if len(rows) == 0 {
		t.Fatal("the guide has no table of reasons")
	}
	config, wanted := requiredProviders, map[string]any{}
	for i, row := range rows {
		config += fmt.Sprintf(`
data "timpush_push_audience" "row_%d" {
  accounts  = ["xiaohong"]
  condition = { %s }
}

output "row_%d" {
  value = data.timpush_push_audience.row_%d.missed["xiaohong"]
}
`, i, row[2], i, i)
		wanted[fmt.Sprintf("row_%d", i)] = row[1]
	}
	w := newWorkspace(t)
	w.serve(t, seededEmulator(t, emulator.Seed{
		Accounts: map[string]emulator.Account{"xiaohong": {Attributes: map[string]string{"city": "BeiJing"}, Tags: []string{"Unsubscribed"}}},
	}))
	w.write(t, "main.tf", config)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got := w.outputs(t); !reflect.DeepEqual(got, wanted) {
		t.Errorf("the reasons are %q, and the guide shows %q", got, wanted)
	}
}

// A part of a condition with another name is ignored, as the guide warns.
func TestAccGuideIgnoredPart(t *testing.T) {
	t.Parallel()
	for name, reached := range map[string]string{"tag_not": `["xiaoming"]`, "tags_not": `[]`} {
		w := newWorkspace(t)
		w.serve(t, newEmulator(t))
		w.write(t, "main.tf", requiredProviders+`
data "timpush_push_audience" "members" {
  accounts  = ["xiaoming"]
  condition = { tags_and = ["GoldMember"], `+name+` = ["WeekPassUser"] }
}

output "reached" {
  value = data.timpush_push_audience.members.reached
}
`)
		w.mustRun(t, "apply", "-no-color", "-auto-approve")
		w.checkOutputs(t, `{"reached":`+reached+`}`)
	}
}

// The guide's postcondition fails a plan that does not reach everyone.
func TestAccGuideAudiencePostcondition(t *testing.T) {
	t.Parallel()
	for tag, reaches := range map[string]bool{"GoldMember": true, "WeekPassUser": false} {
		w := newWorkspace(t)
		w.serve(t, seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{
			"xiaoming": {Tags: []string{"GoldMember"}}, "xiaohua": {Tags: []string{tag}},
		}}))
		w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", "self.reached", campaignGuide))
		output, err := w.run(t, "plan", "-no-color")
		if (err == nil) != reaches || strings.Contains(output, "The push reaches 1 of 2 VIPs.") == reaches {
			t.Errorf("with the tag %s: %v\n%s", tag, err, output)
		}
	}
}

// The guide's function call counts whom each of two pushes reaches.
func TestAccGuideFunction(t *testing.T) {
	t.Parallel()
	config := codeBlock(t, "terraform", `for city in ["BeiJing", "ShenZhen"]`, campaignGuide)
	cli.Need(t, features(config)...)
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.write(t, "main.tf", config)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"reached":{"BeiJing":0,"ShenZhen":1}}`)
}

// The guide's check of an ephemeral resource fails if the push does not reach everyone,
// and nothing that was read is in the plan file or the output.
func TestAccGuideEphemeralAudience(t *testing.T) {
	t.Parallel()
	const canary = "canary-sex"
	config := codeBlock(t, "terraform", `ephemeral "timpush_user_attributes" "vips"`, campaignGuide)
	cli.Need(t, features(config)...)
	for city, reaches := range map[string]bool{"ShenZhen": true, "canary-city": false} {
		w := newWorkspace(t)
		w.serve(t, seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{
			"u-7f3a": {Attributes: map[string]string{"city": "ShenZhen", "sex": canary}},
			"u-91c2": {Attributes: map[string]string{"city": city}},
		}}))
		w.write(t, "main.tf", requiredProviders+config)
		output := w.mustRun(t, "plan", "-no-color", "-out=plan")
		if failed := strings.Contains(output, "A push to ShenZhen does not reach every VIP."); failed == reaches {
			t.Errorf("with %s, the check fails: %t\n%s", city, failed, output)
		}
		if stored := output + unzip(t, filepath.Join(w.folder, "plan")); strings.Contains(stored, "canary-") {
			t.Errorf("with %s, a value is stored", city)
		}
	}
}
