package main

import (
	goversion "go/version"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// codeBlock returns the first code block of a language in a file that holds a text.
func codeBlock(t *testing.T, file, language, holds string) string {
	t.Helper()
	for _, found := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(read(t, file), -1) {
		if strings.Contains(found[1], holds) {
			return found[1]
		}
	}
	t.Fatalf("%s has no block of %s with %q", file, language, holds)
	return ""
}

// readmeBlock returns the README's first code block of a language.
func readmeBlock(t *testing.T, language string) string {
	t.Helper()
	return codeBlock(t, "README.md", language, "")
}

// The README's seed is one that the emulator takes.
func TestReadmeSeed(t *testing.T) {
	t.Parallel()
	if _, err := emulator.ReadSeed(strings.NewReader(readmeBlock(t, "json"))); err != nil {
		t.Error(err)
	}
}

// What the README asks for is the highest Go that a module needs.
func TestReadmeGo(t *testing.T) {
	t.Parallel()
	highest := ""
	for _, module := range append(glob(t, "tools/*/go.mod"), "go.mod") {
		needs := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(read(t, module))
		if needs == nil {
			t.Fatalf("%s names no Go", module)
		}
		if goversion.Compare("go"+needs[1], "go"+highest) > 0 {
			highest = needs[1]
		}
	}
	if !strings.Contains(read(t, "README.md"), "Go "+highest+" or newer") {
		t.Errorf("the README does not ask for Go %s", highest)
	}
}

// mirror runs the README's commands that put a local build where init finds it.
func (w *workspace) mirror(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the README's commands are for a POSIX shell and its names of files") //nolint:forbidigo // about the system
	}
	script := codeBlock(t, "README.md", "sh", "registry=registry.terraform.io") + "printf %s \"$TF_CLI_CONFIG_FILE\""
	if os.Getenv("TF_ACC_PROVIDER_HOST") == "registry.opentofu.org" {
		script = strings.Replace(script, "registry=registry.terraform.io", "registry=registry.opentofu.org", 1)
	}
	if err := os.Mkdir(filepath.Join(w.folder, ".bin"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(binaries, "terraform-provider-timpush"), filepath.Join(w.folder, ".bin", "terraform-provider-timpush")); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "bash", "-eu", "-c", script)
	command.Dir, command.Env = w.folder, w.env
	exported, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, exported)
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+string(exported))
}

// With the README's commands, init finds a local build.
func TestAccReadmeMirror(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.mirror(t)
	w.write(t, "main.tf", readmeBlock(t, "hcl"))
	w.overrideEndpoint(t)
	w.mustRun(t, "init", "-no-color")
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") || strings.Contains(output, "overrides") {
		t.Errorf("the plan is not made with the installed provider:\n%s", output)
	}
}

// The README's first plan against the emulator ends with a check that fails for the
// reason that it gives.
func TestAccReadmeFirstPlan(t *testing.T) {
	t.Parallel()
	readme := read(t, "README.md")
	if !strings.Contains(readme, "\nterraform -chdir=examples/checks plan\n") || !strings.Contains(readme, "(xiaohua has no city)") {
		t.Error("the README has another first plan")
	}
	w := example(t, "examples/checks", newEmulator(t))
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "Check block assertion failed") || !strings.Contains(output, "xiaohua lacks city") {
		t.Errorf("the plan prints:\n%s", output)
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
