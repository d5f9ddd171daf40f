// The CI jobs are shell scripts.

//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The CI jobs of the docs start the emulator, test and plan against it, and stop it;
// and they fail, saying why, where it cannot be started.
func TestAccCIJobs(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	for _, job := range []string{"github-actions.yml", "gitlab-ci.yml"} {
		for _, seed := range []string{"", `{"accounts": {"Mary": 5}}`} {
			t.Run(job+" with seed "+strconv.Quote(seed), func(t *testing.T) {
				t.Parallel()
				w := example(t, "examples/push-audience", newEmulator(t))
				w.mirror(t)
				w.env = append(w.env, "TIMPUSH_REGION=china") // as a project's variable for another job
				if seed != "" {
					w.write(t, "tests/emulator/users.json", seed)
				}
				steps := read(t, filepath.Join("examples", "ci", job))
				if len(installed.FindAllString(strings.Join(scripts(steps), ""), -1)) != 1 {
					t.Fatal("the job does not install the emulator")
				}
				output, failed := w.runJob(t, steps)
				if failed != (seed != "") {
					t.Errorf("the job fails: %t\n%s", failed, output)
				}
				expected := []string{"10 passed, 0 failed", "3 passed, 0 failed", "audience   = ["}
				if failed {
					expected = []string{"timpush-emulator: cannot use the seed file tests/emulator/users.json", "Mary"}
				}
				for _, text := range expected {
					if !strings.Contains(output, text) {
						t.Errorf("the job does not print %q:\n%s", text, output)
					}
				}
				if _, err := os.Stat(filepath.Join(w.folder, "emulator.addr")); err == nil {
					t.Error("the file with the address is left")
				}
			})
		}
	}
}

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
	if err := os.Symlink(filepath.Join(binaries, "timpush-emulator"), filepath.Join(w.folder, ".bin", "timpush-emulator")); err != nil {
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
	_ = alive.SetReadDeadline(time.Now().Add(20 * time.Second)) // much longer than stopping may take
	if _, err := io.ReadAll(alive); err != nil {
		for _, group := range groups {
			_ = syscall.Kill(-group, syscall.SIGKILL)
		}
		t.Errorf("the emulator was not stopped: %v\n%s", err, output)
	}
	return output, failed
}

// The scheduled job fails while a check does, and says which.
func TestAccScheduledJob(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	for accounts, fails := range map[string]string{
		`["xiaoming"]`:           "",
		`["xiaoming","xiaohua"]`: "check.every_account_has_the_attributes",
		`["xiaoming","Mary"]`:    "check.every_account_can_be_read",
	} {
		t.Run(accounts, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/checks", newEmulator(t))
			w.mirror(t)
			w.env = append(w.env, "TF_VAR_accounts="+accounts)
			output, failed := w.runJob(t, read(t, "examples/ci/scheduled.yml"))
			_, listed, _ := strings.Cut(output, "These checks do not pass:\n")
			if failed != (fails != "") || strings.TrimSpace(listed) != fails {
				t.Errorf("the job fails: %t, for %q:\n%s", failed, listed, output)
			}
		})
	}
}
