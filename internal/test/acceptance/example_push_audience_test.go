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
		seed, err := emulator.ReadSeed(strings.NewReader(read(t, root(folder+"/tests/emulator/users.json"))))
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

// The module works as its README shows.
func TestAccPushAudienceReadme(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.copyModule(t)
	w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", "module ", "examples/push-audience/README.md"))
	w.mustRun(t, "get", "-no-color") // installs the module
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"reached":["xiaoming"]}`)
}
