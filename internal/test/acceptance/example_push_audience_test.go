package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The module's own tests pass with mocks and with the emulator, and can fail.
func TestAccExamplePushAudience(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	const folder = "examples/push-audience"
	t.Run("mocks", func(t *testing.T) {
		t.Parallel()
		service := newEmulator(t)
		w := example(t, folder, service)
		if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, "6 passed, 0 failed") {
			t.Errorf("the output is:\n%s", output)
		}
		if requests := len(service.Journal()); requests != 0 {
			t.Errorf("%d requests were made", requests)
		}
		for _, name := range []string{"mocks/timpush.tfmock.hcl", "tests/unit.tofutest.hcl"} { // each CLI reads one of them
			w.write(t, name, strings.ReplaceAll(read(t, filepath.Join(w.folder, name)), `reached = ["xiaoming"]`, `reached = ["xiaohua"]`))
		}
		if output, err := w.run(t, "test", "-no-color"); err == nil || !strings.Contains(output, "Reached are xiaohua.") {
			t.Errorf("%v with other mocks; the output is:\n%s", err, output)
		}
	})
	t.Run("emulator", func(t *testing.T) {
		t.Parallel()
		seed, err := emulator.ReadSeed(strings.NewReader(read(t, root(folder+"/tests/emulator/users.json"))))
		if err != nil {
			t.Fatal(err)
		}
		w := example(t, folder, seededEmulator(t, seed))
		if output := w.mustRun(t, "test", "-no-color", "-test-directory=tests/emulator"); !strings.Contains(output, "4 passed, 0 failed") {
			t.Errorf("the output is:\n%s", output)
		}
		seed.Accounts["xiaoming"] = emulator.Account{}
		w = example(t, folder, seededEmulator(t, seed))
		if output, err := w.run(t, "test", "-no-color", "-test-directory=tests/emulator"); err == nil || !strings.Contains(output, "Reached are .") {
			t.Errorf("%v with another seed; the output is:\n%s", err, output)
		}
	})
}

// The module fails a plan only if it should reach everyone and does not, with the
// reasons, or if it is set to fail for accounts that could not be read.
func TestAccPushAudienceFails(t *testing.T) {
	t.Parallel()
	const notOnlyParts = "The condition must be an object with only attributes_and,"
	for name, test := range map[string]struct {
		arguments []string
		fails     string // text of the error
	}{
		"not everyone":   {[]string{`-var=accounts=["xiaoming","xiaohua"]`}, ""},
		"everyone":       {[]string{`-var=accounts=["xiaoming"]`, "-var=reach_everyone=true"}, ""},
		"everyone twice": {[]string{`-var=accounts=["xiaoming","xiaoming"]`, "-var=reach_everyone=true"}, ""},
		"missed":         {[]string{`-var=accounts=["xiaoming","xiaohua"]`, "-var=reach_everyone=true"}, "The push reaches 1 of 2 accounts. - xiaohua: city is not set"},
		"not read":       {[]string{`-var=accounts=["xiaoming","Mary"]`, "-var=reach_everyone=true"}, "The push reaches 1 of 2 accounts. - Mary: the account does not exist in the app"},
		"error mode":     {[]string{`-var=accounts=["xiaoming","Mary"]`, "-var=on_account_error=error"}, "Error: Some Accounts Could Not Be Read"},
		"no such part":   {[]string{`-var=accounts=["xiaoming"]`, `-var=condition={tags_and=["A"],tag_not=["B"]}`}, notOnlyParts},
		"a string":       {[]string{`-var=accounts=["xiaoming"]`, `-var=condition="x"`}, notOnlyParts},
		"a list":         {[]string{`-var=accounts=["xiaoming"]`, `-var=condition=["a"]`}, notOnlyParts},
		"a bool":         {[]string{`-var=accounts=["xiaoming"]`, `-var=condition=true`}, notOnlyParts},
		"no such mode":   {[]string{`-var=accounts=["xiaoming"]`, "-var=on_account_error=fail"}, "fail"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/push-audience", newEmulator(t))
			output, err := w.run(t, append([]string{"plan", "-no-color", `-var=condition={attributes_and={city="ShenZhen"}}`}, test.arguments...)...)
			if (err != nil) != (test.fails != "") || !strings.Contains(flat(output), test.fails) {
				t.Errorf("%v; the output is:\n%s", err, output)
			}
		})
	}
}

// The module works as its README shows.
func TestAccPushAudienceReadme(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.copyModule(t)
	w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", "module ", "examples/push-audience/README.md"))
	w.mustRun(t, "get", "-no-color") // installs the module
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"reached":["xiaoming"],"missed":{"xiaohua":"city is not set"}}`)
}
