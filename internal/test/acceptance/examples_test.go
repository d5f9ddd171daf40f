package acceptance

import (
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// examples are the folders under examples/ that any service of the samples
// satisfies, with the outputs of an apply there.
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

// testedAlone are the other ones, which have tests of their own in example_*_test.go.
var testedAlone = []string{
	"examples/accounts-from-file", "examples/aliases", "examples/checks", "examples/other-resources", "examples/postcondition", "examples/push-audience",
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

// Each folder with a configuration is in the table, or has tests of its own.
func TestExamplesAreTested(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root(".")), "examples", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && (strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tfquery.hcl")) {
			found[path.Dir(name)] = true
		}
		return err
	})
	tested := slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(examples)), testedAlone)))
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
