package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// wholeExamples are the examples that have tests of their own below.
var wholeExamples = []string{
	"examples/accounts-from-file", "examples/aliases", "examples/checks", "examples/other-resources", "examples/postcondition", "examples/push-audience",
}

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

func TestAccExampleOtherResources(t *testing.T) {
	t.Parallel()
	seed := emulator.SampleSeed()
	seed.Accounts["xiaohong"] = emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}}
	service := seededEmulator(t, seed)
	w := example(t, "examples/other-resources", service)
	w.mustRun(t, "apply", "-no-color", "-auto-approve", `-var=accounts=["Mary","xiaoming","xiaohua","xiaohong"]`)
	w.checkOutputs(t, `{"accounts_by_city":{"ShenZhen":["xiaohong","xiaoming"]},"resources":["xiaohong","xiaoming"]}`)
	if got := read(t, filepath.Join(w.folder, "accounts_by_city.json")); got != `{"ShenZhen":["xiaohong","xiaoming"]}` {
		t.Errorf("the file holds %s", got)
	}
	if info, err := os.Stat(filepath.Join(w.folder, "accounts_by_city.json")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the file: %v, %v", info, err)
	}

	// A read that fails makes nothing.
	service.Script(emulator.Fault{Effect: emulator.Effect{Code: 90045}})
	w = example(t, "examples/other-resources", service)
	output, err := w.run(t, "apply", "-no-color", "-auto-approve")
	if err == nil || !strings.Contains(flat(output), "Enable the Push Service for the app in the console.") {
		t.Errorf("%v; the output is:\n%s", err, output)
	}
	if _, err := os.Stat(filepath.Join(w.folder, "accounts_by_city.json")); err == nil {
		t.Error("the file was written")
	}
}

func TestAccExampleAccountsFromFile(t *testing.T) {
	t.Parallel()
	w := example(t, "examples/accounts-from-file", newEmulator(t))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"read":2,"errors_by_code":{"70107":1}}`)

	unanswered := newEmulator(t)
	unanswered.Script(emulator.Fault{Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0}`}})
	w = example(t, "examples/accounts-from-file", unanswered)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"read":0,"errors_by_code":{"none":3}}`)

	const accounts = 2500 // every tenth does not exist, every other one of the rest has a city
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	var file strings.Builder
	for i := range accounts {
		name := fmt.Sprintf("user%d", i)
		file.WriteString(name + "\r\n")
		if i < 10 {
			file.WriteString("\r\n" + name + "\r\n") // once more, after an empty line
		}
		switch {
		case i%10 == 0:
		case i%2 == 0:
			seed.Accounts[name] = emulator.Account{}
		default:
			seed.Accounts[name] = emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}}
		}
	}
	service := seededEmulator(t, seed)
	w = example(t, "examples/accounts-from-file", service)
	w.write(t, "accounts.txt", file.String())
	output := w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"read":2250,"errors_by_code":{"70107":250}}`)
	if !strings.Contains(flat(output), "Only 1250 of 2500 accounts have a city.") {
		t.Errorf("the check does not warn:\n%s", output)
	}
	if requests := len(service.Journal()); requests%25 != 0 {
		t.Errorf("%d requests were made, want 25 for each read", requests)
	}

	w.write(t, "accounts.txt", "\n")
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(flat(output), "Only 0 of 0 accounts have a city.") {
		t.Errorf("nothing warns of an empty file:\n%s", output)
	}

	w.write(t, "accounts.txt", "Mary\n xiaoming\n")
	output, err := w.run(t, "plan", "-no-color")
	if err == nil || !strings.Contains(flat(output), `accounts[1] is " xiaoming", which begins or ends with white space.`) {
		t.Errorf("%v; the output is:\n%s", err, output)
	}
}

func TestAccExampleAliases(t *testing.T) {
	t.Parallel()
	const otherKey = "another-key-0123456789abcdef0123456789abcdef0123456789abcdef0123"
	service, err := emulator.New(emulator.Options{SDKAppID: 1400000001, Key: otherKey, Seed: emulator.Seed{
		Accounts: map[string]emulator.Account{"Mary": {Attributes: map[string]string{"country": "Singapore"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	other := httptest.NewServer(service)
	t.Cleanup(other.Close)
	w := example(t, "examples/aliases", newEmulator(t))
	w.write(t, "main_override.tf", fmt.Sprintf(
		"provider \"timpush\" {\n  alias = \"china\"\n  endpoint = %q\n}\n\nprovider \"timpush\" {\n  alias = \"singapore\"\n  endpoint = %q\n}\n", w.endpoint, other.URL))
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-var=china_key="+testKey, "-var=singapore_key="+otherKey)
	w.checkOutputs(t, `{"attributes":{"china":{"xiaohua":{},"xiaoming":{"city":"ShenZhen","sex":"male"}},"singapore":{"Mary":{"country":"Singapore"}}}}`)

	output, err := w.run(t, "plan", "-no-color", "-var=china_key="+testKey, "-var=singapore_key="+testKey)
	if err == nil || !strings.Contains(flat(output), "with data.timpush_user_attributes.singapore") || !strings.Contains(output, "Error code: 70009") ||
		strings.Contains(output, "with data.timpush_user_attributes.china") {
		t.Errorf("%v; the output is:\n%s", err, output)
	}
}

// The module's own tests pass, against mocks and against the emulator, and can
// fail.
func TestAccExamplePushAudience(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	const folder = "examples/push-audience"
	t.Run("mocks", func(t *testing.T) {
		t.Parallel()
		service := newEmulator(t)
		w := example(t, folder, service)
		if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, "10 passed, 0 failed") {
			t.Errorf("the output is:\n%s", output)
		}
		if requests := len(service.Journal()); requests != 0 {
			t.Errorf("%d requests were made", requests)
		}
		for _, name := range []string{"mocks/timpush.tfmock.hcl", "tests/unit.tofutest.hcl"} { // each CLI reads one of them
			w.write(t, name, strings.ReplaceAll(read(t, filepath.Join(w.folder, name)), `"male", city = "ShenZhen"`, `"male", city = "GuangZhou"`))
		}
		if output, err := w.run(t, "test", "-no-color"); err == nil || !strings.Contains(output, "The audience is .") {
			t.Errorf("%v with other mocks; the output is:\n%s", err, output)
		}
	})
	t.Run("emulator", func(t *testing.T) {
		t.Parallel()
		seed, err := emulator.ReadSeed(strings.NewReader(read(t, folder+"/tests/emulator/users.json")))
		if err != nil {
			t.Fatal(err)
		}
		w := example(t, folder, seededEmulator(t, seed))
		if output := w.mustRun(t, "test", "-no-color", "-test-directory=tests/emulator"); !strings.Contains(output, "3 passed, 0 failed") {
			t.Errorf("the output is:\n%s", output)
		}
		if output, err := w.run(t, "plan", "-no-color", `-var=accounts=["Mary"]`, "-var=on_account_error=error"); err == nil || !strings.Contains(output, "Error: Some Accounts Could Not Be Read") {
			t.Errorf("%v with an account that cannot be read; the output is:\n%s", err, output)
		}
		seed.Accounts["xiaoming"] = emulator.Account{}
		w = example(t, folder, seededEmulator(t, seed))
		if output, err := w.run(t, "test", "-no-color", "-test-directory=tests/emulator"); err == nil || !strings.Contains(output, "The audience is .") {
			t.Errorf("%v with another seed; the output is:\n%s", err, output)
		}
	})
}

// Both CLIs run the same tests against the same mocks, though OpenTofu reads no mock
// files.
func TestPushAudienceTestsAgree(t *testing.T) {
	t.Parallel()
	const folder = "examples/push-audience/"
	_, terraform, _ := strings.Cut(read(t, folder+"tests/unit.tftest.hcl"), "\nvariables {")
	mocked, tofu, _ := strings.Cut(read(t, folder+"tests/unit.tofutest.hcl"), "\nvariables {")
	if terraform != tofu || terraform == "" {
		t.Error("the runs differ")
	}
	_, mocks, _ := strings.Cut(read(t, folder+"mocks/timpush.tfmock.hcl"), "\nmock_data ")
	if !strings.Contains(flat(mocked), flat(mocks)) || mocks == "" {
		t.Error("the mocks differ")
	}
}

// The module's README shows how it is used and tested.
func TestAccPushAudienceReadme(t *testing.T) {
	t.Parallel()
	readme := read(t, "examples/push-audience/README.md")
	if !strings.Contains(readme, "\nterraform test -test-directory=tests/emulator\n") || !strings.Contains(readme, " -seed tests/emulator/users.json ") {
		t.Error("the README runs the second suite in another way")
	}
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	if err := os.CopyFS(filepath.Join(w.folder, "push-audience"), os.DirFS("examples/push-audience")); err != nil {
		t.Fatal(err)
	}
	w.write(t, "main.tf", requiredProviders+codeBlock(t, "examples/push-audience/README.md", "terraform", "module "))
	w.mustRun(t, "get", "-no-color") // as the README says of modules
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"reached":["xiaoming"]}`)
}
