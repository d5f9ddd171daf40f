package acceptance

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The README's configuration plans, and its check fails for an account without the
// attribute.
func TestAccReadme(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	config := strings.Join(codeBlocks(t, "terraform", "README.md"), "\n")
	w.write(t, "main.tf", config)
	message := regexp.MustCompile(`error_message = "(.*)"`).FindStringSubmatch(config)
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
