package main

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// examples are the folders under examples/ that any service of the samples
// satisfies, with the outputs of an apply there. Those that are whole have tests of
// their own, in whole_examples_test.go.
var examples = map[string]string{
	"examples/demo":     `{"attributes":{"xiaohua":{},"xiaoming":{"city":"ShenZhen","sex":"male"}},"errors":{"Mary":{"code":70107,"message":"the account does not exist in the app"}}}`,
	"examples/provider": `{}`,
	"examples/data-sources/timpush_attribute_names": `{"attribute_names":{"city":{"account_type":"user_id","index":1},` +
		`"country":{"account_type":"registration_id","index":2},"sex":{"account_type":"user_id","index":0}}}`,
	"examples/data-sources/timpush_user_attributes": `{"city_of_xiaoming":"ShenZhen","errors":{"Mary":{"code":70107,"message":"the account does not exist in the app"}}}`,
	"examples/data-sources/timpush_user_tags": `{"accounts_by_tag":{"GoldMember":["xiaoming"],"MonthPassUser":["xiaohua"],"WeekPassUser":["xiaoming"]},"team":{` +
		`"xiaohua":{"attributes":{},"tags":["MonthPassUser"]},"xiaoming":{"attributes":{"city":"ShenZhen","sex":"male"},"tags":["GoldMember","WeekPassUser"]}}}`,
	"examples/ephemeral-resources/timpush_user_attributes": `{}`,
	"examples/ephemeral-resources/timpush_user_sig":        `{}`,
}

// example returns a workspace with what is in the folder of an example.
func example(t *testing.T, folder string, service http.Handler) *workspace {
	t.Helper()
	w := newWorkspace(t)
	if err := os.CopyFS(w.folder, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	config := ""
	for _, file := range glob(t, filepath.Join(folder, "*.tf")) {
		config += read(t, file)
	}
	cli.Need(t, features(config)...)
	if !strings.Contains(config, "required_providers") {
		w.write(t, "required_providers.tf", requiredProviders)
	}
	w.installStandIns(t)
	w.serve(t, service)
	if strings.Contains(config, `region     = "singapore"`) {
		w.overrideEndpoint(t)
	}
	return w
}

// checkOutputs compares the outputs of the last apply with JSON.
func (w *workspace) checkOutputs(t *testing.T, want string) {
	t.Helper()
	var outputs map[string]struct{ Value any }
	if err := json.Unmarshal([]byte(w.mustRun(t, "output", "-json")), &outputs); err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for name, output := range outputs {
		got[name] = output.Value
	}
	var wanted map[string]any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("the outputs are %v, want %v", got, wanted)
	}
}

// Every configuration in the table plans and applies, and gives the outputs that
// are written there.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	for folder, want := range examples {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Accounts["xiaohua"] = emulator.Account{Tags: []string{"MonthPassUser"}} // it is not documented how a user without tags is answered
			w := example(t, folder, seededEmulator(t, seed))
			w.mustRun(t, "apply", "-no-color", "-auto-approve")
			w.checkOutputs(t, want)
		})
	}
}

func TestExamplesAreTested(t *testing.T) {
	t.Parallel()
	tested := slices.Concat(slices.Collect(maps.Keys(examples)), wholeExamples)
	found := map[string]bool{}
	err := filepath.WalkDir("examples", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".tf" {
			found[filepath.ToSlash(filepath.Dir(path))] = true
		}
		return err
	})
	slices.Sort(tested)
	for _, folder := range append(wholeExamples, "examples/ci") {
		if _, err := os.Stat(filepath.Join(folder, "README.md")); err != nil {
			t.Error(err)
		}
	}
	if got := slices.Sorted(maps.Keys(found)); err != nil || !slices.Equal(got, tested) {
		t.Errorf("examples stand in %v, tested are %v (%v)", got, tested, err)
	}
}

// The precondition of the example stops a plan where the app has no such name for
// UserIDs, and no account is read.
func TestAccExampleWithoutTheName(t *testing.T) {
	t.Parallel()
	for name, names := range map[string]map[string]emulator.AttributeName{
		"no such name":          {"0": {Name: "sex"}},
		"for another type":      {"0": {Name: "sex"}, "1": {Name: "city", Type: "registration_id"}},
		"no attribute is named": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := seededEmulator(t, emulator.Seed{AttributeNames: names})
			w := example(t, "examples/data-sources/timpush_attribute_names", service)
			output, err := w.run(t, "plan", "-no-color")
			if err == nil || !strings.Contains(flat(output), "The app has no attribute city for UserIDs. It has:") {
				t.Errorf("the plan is not stopped:\n%s", output)
			}
			for _, entry := range service.Journal() {
				if entry.API != "get_attr_name" {
					t.Errorf("%s was called", entry.API)
				}
			}
		})
	}
}

// What the ephemeral examples read or make reaches the other provider, and stands
// nowhere else: not in output, log, plan or state. Of the key and of UserSigs the
// provider writes nothing at all.
func TestAccEphemeralStaysOut(t *testing.T) {
	t.Parallel()
	const canary = "canary-city-of-xiaoming"
	for folder, arrives := range map[string]func(string) bool{
		"examples/ephemeral-resources/timpush_user_attributes": func(text string) bool {
			return text == `{"xiaohua":{},"xiaoming":{"city":"`+canary+`"}}`
		},
		"examples/ephemeral-resources/timpush_user_sig": func(text string) bool {
			return tencentyun.VerifyUserSig(1400000000, testKey, "push-bot", text, time.Now().Add(167*time.Hour)) == nil
		},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			service := seededEmulator(t, emulator.Seed{
				Accounts: map[string]emulator.Account{"xiaoming": {Attributes: map[string]string{"city": canary}}, "xiaohua": {}},
			})
			w := example(t, folder, service)
			log := w.traced(t)
			output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
				w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
			got := strings.TrimSpace(read(t, filepath.Join(w.standIns, receivedName)))
			if !arrives(got) {
				t.Fatalf("the other provider received %q", got)
			}
			// The beginning is that of the UserSig that was made in plan too.
			secrets := []string{testKey, canary, got, got[:40]}
			checkHidden(t, map[string]string{
				"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
				"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
			}, secrets)
			if !strings.Contains(read(t, filepath.Join(w.folder, "terraform.tfstate")), `"secret_string_wo_version"`) || !strings.Contains(read(t, log), "[TRACE]") {
				t.Error("the test is blind: there is no state, or no log")
			}
		})
	}
}
