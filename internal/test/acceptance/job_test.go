// The CI jobs are shell scripts.

//go:build unix

package acceptance

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// scripts are the commands of a job: the lines below each that ends in "|", as far
// as they are indented like the first. A system runs each in a shell of its own.
func scripts(job string) (all []string) {
	lines := strings.Split(job, "\n")
	for i, line := range lines {
		if !strings.HasSuffix(line, "|") {
			continue
		}
		first := lines[i+1]
		indent := first[:len(first)-len(strings.TrimLeft(first, " "))]
		var script strings.Builder
		for _, line := range lines[i+1:] {
			command, within := strings.CutPrefix(line, indent)
			if !within {
				break
			}
			script.WriteString(command + "\n")
		}
		all = append(all, script.String())
	}
	return all
}

// installed is how jobs install the emulator; here it is installed already.
var installed = regexp.MustCompile(`(?m)^GOBIN=\$PWD/\.bin go install github\.com/timpush/terraform-provider-timpush/cmd/timpush-emulator@latest$`)

// runJob runs a job's commands as a CI system does: the last ones whatever came of
// those before. It returns when all that they started is gone.
func (w *workspace) runJob(t *testing.T, job string) (output string, failed bool) {
	t.Helper()
	tools := t.TempDir()
	if err := os.Symlink(cli.Path(), filepath.Join(tools, "terraform")); err != nil {
		t.Fatal(err)
	}
	exported := filepath.Join(w.folder, "github.env") // what one step tells the next ones
	w.write(t, "github.env", "")
	env := append(w.env, "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"), "GITHUB_ENV="+exported)
	alive, held, err := os.Pipe() // what the job starts holds one end until it ends
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = alive.Close() }()
	var groups []int // of processes
	all := scripts(job)
	for i, script := range all {
		if failed && i < len(all)-1 {
			continue
		}
		command := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", installed.ReplaceAllString(script, ""))
		command.Dir = w.folder
		command.Env = append(env, strings.Split(strings.TrimSpace(read(t, exported)), "\n")...)
		command.ExtraFiles = []*os.File{held}
		command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		text, err := command.CombinedOutput()
		output += string(text)
		failed = failed || err != nil
		groups = append(groups, command.Process.Pid)
	}
	_ = held.Close()
	wait := patience(t)
	if failed { // a CLI that crashed leaves providers behind
		wait = min(wait, 30*time.Second)
	}
	_ = alive.SetReadDeadline(time.Now().Add(wait))
	if _, err := io.ReadAll(alive); err != nil {
		for _, group := range groups {
			_ = syscall.Kill(-group, syscall.SIGKILL)
		}
		t.Errorf("something that the job started was not stopped: %v\n%s", err, output)
	}
	return output, failed
}
