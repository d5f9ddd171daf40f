package acceptance

import (
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// testedSeparately are examples that need a specific service, or must fail. Their
// tests are in example_*_test.go. TestAccExamples applies all others.
var testedSeparately = []string{
	"examples/actions/timpush_push", "examples/actions/timpush_revoke_push", // in actions_test.go
	"examples/list-resources/timpush_scheduled_push", // in example_list_test.go
	"examples/accounts-from-file", "examples/aliases", "examples/attribute-names", "examples/campaign", "examples/checks", "examples/delivery",
	"examples/other-resources", "examples/postcondition", "examples/push-audience", "examples/test-accounts",
	pushExample + "/app", pushExample + "/campaign", pushExample + "/canary",
	"examples/resources/timpush_attribute_names", "examples/resources/timpush_user_attributes", "examples/resources/timpush_user_tags",
	"examples/resources/timpush_scheduled_push",
}

// examples returns the folders below examples/ that have a configuration.
func examples(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root(".")), "examples", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && (strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tfquery.hcl")) {
			found[path.Dir(name)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(found))
}

// wantedOutputs returns the file with the expected outputs of an example for the
// sample app.
func wantedOutputs(folder string) string {
	return filepath.Join("testdata", "outputs", filepath.FromSlash(strings.TrimPrefix(folder, "examples/"))+".json")
}

// example returns a workspace with a copy of an example.
func example(t *testing.T, folder string, service http.Handler) *workspace {
	t.Helper()
	w := newWorkspace(t)
	if err := os.CopyFS(w.folder, os.DirFS(root(folder))); err != nil {
		t.Fatal(err)
	}
	config := ""
	for _, file := range glob(t, root(folder+"/*.tf*")) { // with .tfquery.hcl
		config += read(t, file)
	}
	cli.Need(t, features(config)...)
	if !strings.Contains(config, "required_providers") {
		w.write(t, "required_providers.tf", requiredProviders)
	}
	w.installStandIns(t)
	w.serve(t, service)
	w.overrideRegion(t, config)
	return w
}

// Every example can be planned and applied, and each output has a value: the one
// in testdata, if there is a file.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	for _, folder := range examples(t) {
		if slices.Contains(testedSeparately, folder) {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Accounts["xiaohua"] = emulator.Account{Tags: []string{"MonthPassUser"}} // the response for a user without tags is not documented
			seed.Statistics = sampleStatistics()
			w := example(t, folder, seededEmulator(t, seed))
			w.mustRun(t, "apply", "-no-color", "-auto-approve")
			if file := wantedOutputs(folder); exists(t, file) {
				w.checkOutputs(t, read(t, file))
			}
			for name, value := range w.outputs(t) {
				if text := fmt.Sprint(value); slices.Contains([]string{"<nil>", "", "[]", "map[]"}, text) {
					t.Errorf("the output %s is empty", name)
				}
			}
		})
	}
}

// The checks in examples count the accounts that fail them.
func TestAccExamplesCount(t *testing.T) {
	t.Parallel()
	for folder, warnings := range map[string][]string{
		"examples/data-sources/timpush_user_attributes": {
			"1 of 3 accounts could not be read.",
			"Without a city: xiaohua, xiaoming.",
			"2 of 2 accounts have no city: a push by city skips them.",
		},
		"examples/data-sources/timpush_user_tags": {
			"2 of 2 gold members have no city: a push by city skips them.",
		},
		"examples/data-sources/timpush_push_statistics": {
			"None of the pushes over these platforms was delivered: huawei.",
		},
		"examples/ephemeral-resources/timpush_user_attributes": {
			"Some accounts have no city: a push by city skips them.",
		},
		"examples/ephemeral-resources/timpush_user_tags": {
			"Some accounts lack the tag MonthPassUser: a push by this tag skips them.",
		},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Statistics = sampleStatistics()
			for _, account := range []string{"xiaoming", "xiaohua"} {
				seed.Accounts[account] = emulator.Account{Tags: []string{"GoldMember"}}
			}
			output := flat(example(t, folder, seededEmulator(t, seed)).mustRun(t, "plan", "-no-color"))
			for _, warning := range warnings {
				if !strings.Contains(output, warning) {
					t.Errorf("the plan does not contain %q:\n%s", warning, output)
				}
			}
		})
	}
}

// The examples that tests list exist.
func TestListedExamplesExist(t *testing.T) {
	t.Parallel()
	for _, folder := range testedSeparately {
		if !slices.Contains(examples(t), folder) {
			t.Errorf("%s is not there, or has no configuration: drop it from testedSeparately", folder)
		}
	}
	for _, pattern := range []string{"*.json", "*/*.json"} {
		for _, file := range glob(t, filepath.Join("testdata", "outputs", pattern)) {
			if !slices.ContainsFunc(examples(t), func(folder string) bool { return wantedOutputs(folder) == file }) {
				t.Errorf("%s is of no example: delete or rename it", file)
			}
		}
	}
}

// If the app has no such attribute name for UserIDs, the example's precondition
// fails the plan before accounts are read.
func TestAccExampleMissingName(t *testing.T) {
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
