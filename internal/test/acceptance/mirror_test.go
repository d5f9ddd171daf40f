package acceptance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// writeMirror runs scripts/mirror.sh, as `make mirror` does, and returns its
// output.
func writeMirror(folder string) (string, error) {
	command := exec.CommandContext(context.Background(), "bash", filepath.ToSlash(root("scripts/mirror.sh")), filepath.ToSlash(folder))
	output, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("mirror.sh: %w: %s", err, output)
	}
	return string(output), nil
}

// mirrored writes a mirror next to the binaries, for the first test that needs
// one.
var mirrored = sync.OnceValue(func() error {
	if err := built(); err != nil {
		return err
	}
	_, err := writeMirror(binaries)
	return err
})

// useMirror makes init install the local build, instead of using development
// overrides.
func (w *workspace) useMirror(t *testing.T) {
	t.Helper()
	if err := mirrored(); err != nil {
		t.Fatal(err)
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+filepath.Join(binaries, "mirror.tfrc"))
}

// With the line that `make mirror` prints, init installs the build. After a
// rebuild, this needs the command that it prints about the lock file.
func TestAccMirror(t *testing.T) {
	t.Parallel()
	w := example(t, "examples/demo", newEmulator(t))
	folder := filepath.Join(w.folder, "a $destination")
	// With the same builds in the folder, the script has nothing left to build.
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, build := range glob(t, filepath.Join(binaries, "*timpush*")) {
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(build)), []byte(read(t, build)), 0o700); err != nil { // #nosec G306 -- a program
			t.Fatal(err)
		}
	}
	printed, err := writeMirror(folder)
	if err != nil {
		t.Fatal(err)
	}
	export := ""
	for line := range strings.Lines(printed) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "export ") {
			export = line
		}
	}
	value, err := exec.CommandContext(t.Context(), "bash", "-euc", export+"\nprintf %s \"$TF_CLI_CONFIG_FILE\"").Output()
	if err != nil {
		t.Fatalf("%v:\n%s", err, printed)
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+string(value))
	w.mustRun(t, "init", "-no-color")
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") || strings.Contains(output, "overrides") {
		t.Errorf("the plan does not use the installed build:\n%s", output)
	}

	for _, build := range glob(t, filepath.Join(folder, "mirror", "*", "timpush", "timpush", "0.0.1", "*", "*")) {
		if err := os.WriteFile(build, []byte(read(t, build)+"another build"), 0o700); err != nil { // #nosec G306 -- a program
			t.Fatal(err)
		}
	}
	for _, arguments := range [][]string{{"init", "-no-color"}, {"init", "-no-color", "-upgrade"}} {
		if output, err := w.run(t, arguments...); err == nil {
			t.Errorf("%v replaces the lock file's checksum, contrary to what mirror.sh prints:\n%s", arguments, output)
		}
	}
	if err := os.Remove(filepath.Join(w.folder, ".terraform.lock.hcl")); err != nil {
		t.Fatal(err)
	}
	w.mustRun(t, "init", "-no-color")
}
