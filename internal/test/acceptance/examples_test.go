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

// testedAlone are examples that need a service of their own, or are to fail: their
// tests are in example_*_test.go. All others are applied by TestAccExamples.
var testedAlone = []string{
	"examples/accounts-from-file", "examples/aliases", "examples/checks", "examples/other-resources", "examples/postcondition", "examples/push-audience",
}

// examples returns the folders with a configuration under examples/.
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

// wantedOutputs returns the file with the outputs of an example, as an app of the
// samples gives them.
func wantedOutputs(folder string) string {
	return filepath.Join("testdata", "outputs", filepath.FromSlash(strings.TrimPrefix(folder, "examples/"))+".json")
}

// example returns a workspace with what is in the folder of an example.
func example(t *testing.T, folder string, service http.Handler) *workspace {
	t.Helper()
	w := newWorkspace(t)
	if err := os.CopyFS(w.folder, os.DirFS(root(folder))); err != nil {
		t.Fatal(err)
	}
	config := ""
	for _, file := range glob(t, root(folder+"/*.tf")) {
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

// Every example plans and applies, and each output has a value: that of its file in
// testdata, if there is one.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	for _, folder := range examples(t) {
		if slices.Contains(testedAlone, folder) {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			seed.Accounts["xiaohua"] = emulator.Account{Tags: []string{"MonthPassUser"}} // it is not documented how a user without tags is answered
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

// The checks of examples count the accounts that are not as they should be.
func TestAccExamplesCount(t *testing.T) {
	t.Parallel()
	for folder, warnings := range map[string][]string{
		"examples/data-sources/timpush_user_attributes": {
			"1 of 3 accounts could not be read.",
			"2 of 2 accounts have no city: a push by city skips them.",
		},
		"examples/data-sources/timpush_user_tags": {
			"2 of 2 gold members have no city: a push by city skips them.",
		},
		"examples/ephemeral-resources/timpush_user_attributes": {
			"Some accounts have no city: a push by city skips them.",
		},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			seed := emulator.SampleSeed()
			for _, account := range []string{"xiaoming", "xiaohua"} {
				seed.Accounts[account] = emulator.Account{Tags: []string{"GoldMember"}}
			}
			output := flat(example(t, folder, seededEmulator(t, seed)).mustRun(t, "plan", "-no-color"))
			for _, warning := range warnings {
				if !strings.Contains(output, warning) {
					t.Errorf("the plan does not say %q:\n%s", warning, output)
				}
			}
		})
	}
}

// What is listed in the tests is there.
func TestListedExamplesExist(t *testing.T) {
	t.Parallel()
	for _, folder := range testedAlone {
		if !slices.Contains(examples(t), folder) {
			t.Errorf("%s is not there, or has no configuration: drop it from testedAlone", folder)
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
