package acceptance

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

func TestAccExampleOtherResources(t *testing.T) {
	t.Parallel()
	seed := emulator.SampleSeed()
	seed.Accounts["xiaohong"] = emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}}
	service := seededEmulator(t, seed)
	w := example(t, "examples/other-resources", service)
	w.mustRun(t, "apply", "-no-color", "-auto-approve", `-var=accounts=["Mary","xiaoming","xiaohua","xiaohong"]`)
	w.checkOutputs(t, `{"accounts_by_city":{"ShenZhen":["xiaohong","xiaoming"]}}`)
	if made := w.mustRun(t, "state", "list"); !strings.Contains(made, `terraform_data.account["xiaohong"]`) || !strings.Contains(made, `terraform_data.account["xiaoming"]`) || strings.Contains(made, "xiaohua") {
		t.Errorf("the resources are:\n%s", made)
	}
	if got := read(t, filepath.Join(w.folder, "accounts_by_city.json")); got != `{"ShenZhen":["xiaohong","xiaoming"]}` {
		t.Errorf("the file holds %s", got)
	}
	if info, err := os.Stat(filepath.Join(w.folder, "accounts_by_city.json")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the file: %v, %v", info, err)
	}

	// If the read fails, no resource is created.
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

	const accounts = 2500 // every tenth does not exist, and every second one of the others has a city
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	var file strings.Builder
	file.WriteString("\ufeff") // a byte order mark
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
	if err == nil || !strings.Contains(flat(output), `accounts[1] (" xiaoming") begins or ends with whitespace.`) {
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
