package acceptance

import (
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

// The README's configuration prints what the README shows.
func TestAccReadme(t *testing.T) {
	t.Parallel()
	w := readmeConfiguration(t)
	output := w.mustRun(t, "plan", "-no-color")
	for _, shown := range codeBlocks(t, "text", "README.md") {
		for part := range strings.SplitSeq(shown, "\n\nWarning: ") {
			if !strings.Contains(output, strings.TrimSpace(part)) {
				t.Errorf("the plan does not print what the README shows:\n%s\n\nit prints:\n%s", part, output)
			}
		}
	}
}

// With the commands shown for a local build, plan uses it without init, or init
// finds it.
func TestAccLocalBuild(t *testing.T) {
	t.Parallel()
	t.Run("overrides", func(t *testing.T) {
		t.Parallel()
		w := readmeConfiguration(t)
		w.localBuild(t, "dev_overrides")
		if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") || !strings.Contains(flat(output), w.folder+"/.bin") {
			t.Errorf("the plan is not made with the local build:\n%s", output)
		}
	})
	t.Run("mirror", func(t *testing.T) {
		t.Parallel()
		w := readmeConfiguration(t)
		w.mirror(t)
		w.mustRun(t, "init", "-no-color")
		if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") || strings.Contains(output, "overrides") {
			t.Errorf("the plan is not made with the installed provider:\n%s", output)
		}
	})
}

// The plans of examples that documents show succeed against the emulator.
func TestAccShownPlans(t *testing.T) {
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

// The emulator accepts the seeds that documents show.
func TestShownSeeds(t *testing.T) {
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
