package acceptance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

func TestAccExampleChecks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		accounts string
		warnings []string          // that the plan says
		statuses map[string]string // of the checks
	}{
		"all is well": {
			`["xiaoming"]`, nil, map[string]string{"every_account_can_be_read": "pass", "every_account_has_the_attributes": "pass"},
		},
		"some lack an attribute": {
			`["xiaoming","xiaohua","Mary"]`,
			[]string{"Mary cannot be read: the account does not exist in the app.", "xiaohua lacks city: pushes by that do not reach it."},
			map[string]string{"every_account_can_be_read": "fail", "every_account_has_the_attributes": "fail"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/checks", newEmulator(t))
			output := w.mustRun(t, "plan", "-no-color", "-out=plan", "-var=accounts="+test.accounts)
			for _, warning := range test.warnings {
				if !strings.Contains(flat(output), warning) {
					t.Errorf("the plan does not say %q:\n%s", warning, output)
				}
			}
			if warned := strings.Contains(output, "Warning: Check block assertion failed"); warned != (test.warnings != nil) {
				t.Errorf("the plan warns: %t\n%s", warned, output)
			}
			// What the scheduled job asks the plan for.
			var plan struct {
				Checks []struct {
					Address struct{ Kind, Name string }
					Status  string
				}
			}
			if err := json.Unmarshal([]byte(w.mustRun(t, "show", "-json", "plan")), &plan); err != nil {
				t.Fatal(err)
			}
			checks := 0
			for _, check := range plan.Checks {
				if check.Address.Kind != "check" {
					continue // newer CLIs list validations of variables too
				}
				checks++
				if check.Status != test.statuses[check.Address.Name] {
					t.Errorf("%s: the status is %s", check.Address.Name, check.Status)
				}
			}
			if checks != len(test.statuses) {
				t.Errorf("the plan has %d checks", checks)
			}
			w.mustRun(t, "apply", "-no-color", "plan") // warnings stop nothing
		})
	}
}

// An empty list would satisfy every check.
func TestAccExamplesRefuseNoAccounts(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"examples/checks", "examples/postcondition", "examples/push-audience"} {
		w := example(t, folder, newEmulator(t))
		output, err := w.run(t, "plan", "-no-color", "-var=accounts=[]")
		if err == nil || !strings.Contains(flat(output), "There are no accounts, so nothing would be found wrong.") {
			t.Errorf("%s: %v\n%s", folder, err, output)
		}
	}
}

func TestAccExamplePostcondition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ accounts, says string }{
		"all is well":                   {`["xiaoming"]`, ""},
		"an account lacks the city":     {`["xiaoming","xiaohua"]`, "xiaohua has no city: the campaign would not reach it."},
		"an account cannot be read":     {`["xiaoming","Mary"]`, "Some Accounts Could Not Be Read"},
		"two accounts lack it, by line": {`["xiaohua","xiaohong"]`, "xiaohong has no city: the campaign would not reach it. xiaohua has no city"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Accounts["xiaohong"] = emulator.Account{}
			w := example(t, "examples/postcondition", seededEmulator(t, seed))
			output, err := w.run(t, "apply", "-no-color", "-auto-approve", "-var=accounts="+test.accounts)
			if (err == nil) != (test.says == "") || !strings.Contains(flat(output), test.says) {
				t.Errorf("%v; the output does not say %q:\n%s", err, test.says, output)
			}
			if test.says == "" {
				w.checkOutputs(t, `{"cities":["ShenZhen"]}`)
			} else if strings.Contains(output, "terraform_data.campaign: Creat") {
				t.Errorf("the campaign was made all the same:\n%s", output)
			}
		})
	}
}
