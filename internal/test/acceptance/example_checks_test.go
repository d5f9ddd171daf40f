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
		warnings []string          // in the plan's output
		statuses map[string]string // of the checks
	}{
		"all checks pass": {
			`["xiaoming"]`, nil, map[string]string{"every_account_can_be_read": "pass", "every_account_has_the_attributes": "pass"},
		},
		"some lack an attribute": {
			`["xiaoming","xiaohua","Mary"]`,
			[]string{"Mary cannot be read: the account does not exist in the app.", "xiaohua has no city: a push by city skips it."},
			map[string]string{"every_account_can_be_read": "fail", "every_account_has_the_attributes": "fail"},
		},
		"ten cannot be read": {
			`["00","01","02","03","04","05","06","07","08","09"]`,
			[]string{"09 cannot be read: the account does not exist in the app."},
			map[string]string{"every_account_can_be_read": "fail", "every_account_has_the_attributes": "pass"},
		},
		"more than ten cannot be read": {
			`["00","01","02","03","04","05","06","07","08","09","10","11"]`,
			[]string{"09 cannot be read: the account does not exist in the app. And 2 more."},
			map[string]string{"every_account_can_be_read": "fail", "every_account_has_the_attributes": "pass"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/checks", newEmulator(t))
			output := w.mustRun(t, "plan", "-no-color", "-out=plan", "-var=accounts="+test.accounts)
			for _, warning := range test.warnings {
				if !strings.Contains(flat(output), warning) {
					t.Errorf("the plan does not contain %q:\n%s", warning, output)
				}
			}
			if strings.Contains(output, "more.") != strings.HasPrefix(name, "more") {
				t.Errorf("the plan does not say of how many accounts it names none:\n%s", output)
			}
			if warned := strings.Contains(output, "Warning: Check block assertion failed"); warned != (test.warnings != nil) {
				t.Errorf("the plan warns: %t\n%s", warned, output)
			}
			// The part of the plan that the scheduled job reads.
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
					continue // newer CLIs include validations of variables
				}
				checks++
				if check.Status != test.statuses[check.Address.Name] {
					t.Errorf("%s: the status is %s", check.Address.Name, check.Status)
				}
			}
			if checks != len(test.statuses) {
				t.Errorf("the plan has %d checks", checks)
			}
			w.mustRun(t, "apply", "-no-color", "plan") // warnings do not fail it
		})
	}
}

// An empty list would satisfy every check.
func TestAccExamplesRejectEmptyList(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"examples/checks", "examples/postcondition", "examples/push-audience"} {
		w := example(t, folder, newEmulator(t))
		w.write(t, "condition.auto.tfvars", `condition = { tags_and = ["GoldMember"] }`) // push-audience has no default
		output, err := w.run(t, "plan", "-no-color", "-var=accounts=[]")
		if err == nil || !strings.Contains(flat(output), "The list of accounts is empty, so there is nothing to check.") {
			t.Errorf("%s: %v\n%s", folder, err, output)
		}
	}
}

func TestAccExamplePostcondition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ accounts, wantOutput string }{
		"all checks pass":            {`["xiaoming"]`, ""},
		"an account lacks the city":  {`["xiaoming","xiaohua"]`, "1 of 2 accounts have no city: a push by city skips them."},
		"an account cannot be read":  {`["xiaoming","Mary"]`, "Some Accounts Could Not Be Read"},
		"two accounts lack the city": {`["xiaohua","xiaohong"]`, "2 of 2 accounts have no city: a push by city skips them."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Accounts["xiaohong"] = emulator.Account{}
			w := example(t, "examples/postcondition", seededEmulator(t, seed))
			output, err := w.run(t, "apply", "-no-color", "-auto-approve", "-var=accounts="+test.accounts)
			if (err == nil) != (test.wantOutput == "") || !strings.Contains(flat(output), test.wantOutput) {
				t.Errorf("%v; the output does not contain %q:\n%s", err, test.wantOutput, output)
			}
			if test.wantOutput == "" {
				w.checkOutputs(t, `{"cities":["ShenZhen"]}`)
			} else if strings.Contains(output, "terraform_data.campaign: Creat") {
				t.Errorf("the campaign was made all the same:\n%s", output)
			}
		})
	}
}
