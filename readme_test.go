package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// readmeBlock returns the README's first code block of a language.
func readmeBlock(t *testing.T, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(read(t, "README.md"))
	if found == nil {
		t.Fatalf("the README has no block of %s", language)
	}
	return found[1]
}

// The README's seed is one that the emulator takes.
func TestReadmeSeed(t *testing.T) {
	t.Parallel()
	if _, err := emulator.ReadSeed(strings.NewReader(readmeBlock(t, "json"))); err != nil {
		t.Error(err)
	}
}

// The README's example prints what the README shows.
func TestAccReadme(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.write(t, "main.tf", readmeBlock(t, "hcl"))
	w.overrideEndpoint(t)
	output := w.mustRun(t, "plan", "-no-color")
	for part := range strings.SplitSeq(readmeBlock(t, "text"), "\n\nWarning: ") {
		if !strings.Contains(output, strings.TrimSpace(part)) {
			t.Errorf("the plan does not print what the README shows:\n%s\n\nit prints:\n%s", part, output)
		}
	}
}
