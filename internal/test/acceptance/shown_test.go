package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// documents are the files that show users what to write and to run.
var documents = []string{"README.md", "CONTRIBUTING.md", "docs/*.md", "docs/*/*.md", "examples/*/README.md"}

// codeBlocks returns the code blocks of a language in files of the repository, in all
// documents unless some are named. The language is a regular expression.
func codeBlocks(t *testing.T, language string, patterns ...string) (blocks []string) {
	t.Helper()
	if len(patterns) == 0 {
		patterns = documents
	}
	fenced := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```")
	for _, pattern := range patterns {
		for _, file := range glob(t, root(pattern)) {
			for _, found := range fenced.FindAllStringSubmatch(read(t, file), -1) {
				blocks = append(blocks, found[1])
			}
		}
	}
	return blocks
}

// codeBlock returns the first such block that holds a text.
func codeBlock(t *testing.T, language, holds string, patterns ...string) string {
	t.Helper()
	for _, block := range codeBlocks(t, language, patterns...) {
		if strings.Contains(block, holds) {
			return block
		}
	}
	t.Fatalf("no code block of %s shows %q", language, holds)
	return ""
}

// localBuild runs the commands that documents show for a local build: those of the
// block that holds a text. They find the build in .bin, and export the CLI's
// configuration.
func (w *workspace) localBuild(t *testing.T, holds string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a POSIX shell") //nolint:forbidigo // about the system
	}
	bin := filepath.Join(w.folder, ".bin")
	if err := os.MkdirAll(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"terraform-provider-timpush", "timpush-emulator"} {
		if err := os.Symlink(filepath.Join(binaries, name), filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	script := codeBlock(t, "sh", holds)
	if os.Getenv("TF_ACC_PROVIDER_HOST") == "registry.opentofu.org" {
		script = strings.Replace(script, "registry=registry.terraform.io", "registry=registry.opentofu.org", 1)
	}
	command := exec.CommandContext(t.Context(), "bash", "-eu", "-c", script+"\nprintf %s \"$TF_CLI_CONFIG_FILE\"")
	command.Dir, command.Env = w.folder, w.env
	exported, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, exported)
	}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+string(exported))
}

// mirror puts the local build where init finds it, as documents show.
func (w *workspace) mirror(t *testing.T) {
	t.Helper()
	w.localBuild(t, "registry=registry.terraform.io")
}
