package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// shells are the programs that run commands in documents, by the language of the
// code block.
var shells = map[string][]string{
	"sh":         {"bash", "-euo", "pipefail", "-c"},
	"powershell": {"pwsh", "-NoProfile", "-NonInteractive", "-Command"},
}

// languages returns the languages whose shell is installed.
func languages() []string {
	var installed []string
	for language, shell := range shells {
		if _, err := exec.LookPath(shell[0]); err == nil {
			installed = append(installed, language)
		}
	}
	return installed
}

// shell runs commands from a document, which call terraform.
func (w *workspace) shell(t *testing.T, language, commands string) string {
	t.Helper()
	tools, name := t.TempDir(), "terraform"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := os.Symlink(cli.Path(), filepath.Join(tools, name)); err != nil {
		t.Fatal(err)
	}
	shell := shells[language]
	command := exec.CommandContext(t.Context(), shell[0], append(shell[1:len(shell):len(shell)], commands)...)
	command.Dir = w.folder
	command.Env = append(w.env, "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"))
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", commands, err, output)
	}
	return string(output)
}
