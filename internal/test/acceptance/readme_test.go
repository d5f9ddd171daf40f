package acceptance

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// readmeConfiguration returns a workspace with the first configuration of the README.
func readmeConfiguration(t *testing.T) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	config := codeBlock(t, "(?:hcl|terraform)", "", "README.md")
	w.write(t, "main.tf", config)
	if !strings.Contains(config, "required_providers") {
		w.write(t, "required_providers.tf", requiredProviders)
	}
	w.overrideRegion(t, config)
	return w
}

// The check in the README's configuration fails for an account without the attribute,
// and the plan succeeds.
func TestAccReadme(t *testing.T) {
	t.Parallel()
	w := readmeConfiguration(t)
	message := regexp.MustCompile(`error_message = "(.*)"`).FindStringSubmatch(read(t, filepath.Join(w.folder, "main.tf")))
	if message == nil {
		t.Fatal("the README's configuration has no check")
	}
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(flat(output), message[1]) {
		t.Errorf("the plan does not print %q:\n%s", message[1], output)
	}
}

// Commands in documents that plan an example succeed with the emulator.
func TestAccDocumentedPlans(t *testing.T) {
	t.Parallel()
	plans := regexp.MustCompile(`(?m)^(?:terraform|tofu) -chdir=(\S+) plan$`)
	folders := map[string]bool{}
	for _, commands := range codeBlocks(t, "sh") {
		for _, found := range plans.FindAllStringSubmatch(commands, -1) {
			folders[found[1]] = true
		}
	}
	if len(folders) == 0 {
		t.Error("no document shows one")
	}
	for folder := range folders {
		w := example(t, folder, newEmulator(t))
		w.mustRun(t, "plan", "-no-color")
	}
}

// The emulator accepts the seeds in documents.
func TestDocumentedSeeds(t *testing.T) {
	t.Parallel()
	seeds := 0
	for _, shown := range codeBlocks(t, "json") {
		if !strings.Contains(shown, `"accounts": {`) {
			continue
		}
		seeds++
		if _, err := emulator.ReadSeed(strings.NewReader(shown)); err != nil {
			t.Errorf("%v\n%s", err, shown)
		}
	}
	if seeds == 0 {
		t.Error("no document shows one")
	}
}
