// The CI jobs are shell scripts, which Windows cannot run.

//go:build unix

package acceptance

import (
	"fmt"
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

// script is a script in a job, with the condition of its step.
type script struct{ commands, condition string }

// scripts returns the scripts of a job: the indented lines below each line that
// ends in "|". A CI system runs each in a separate shell.
func scripts(job string) (all []script) {
	lines := strings.Split(job, "\n")
	condition := ""
	for i, line := range lines {
		entry, begins := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if begins {
			condition = ""
		}
		if text, isCondition := strings.CutPrefix(entry, "if: "); isCondition {
			condition = text
		}
		if !strings.HasSuffix(line, "|") {
			continue
		}
		first := lines[i+1]
		indent := first[:len(first)-len(strings.TrimLeft(first, " "))]
		var commands strings.Builder
		for _, line := range lines[i+1:] {
			command, within := strings.CutPrefix(line, indent)
			if !within {
				break
			}
			commands.WriteString(command + "\n")
		}
		all = append(all, script{commands.String(), condition})
	}
	return all
}

// commands returns the commands of all scripts.
func commands(scripts []script) string {
	var all strings.Builder
	for _, script := range scripts {
		all.WriteString(script.commands)
	}
	return all.String()
}

// runs reports whether a step runs. failed is whether an earlier step failed.
func (s script) runs(t *testing.T, failed bool) bool {
	t.Helper()
	switch s.condition {
	case "":
		return !failed
	case "failure()":
		return failed
	case "always()":
		return true
	}
	t.Fatalf("the condition %q is not known here", s.condition)
	return false
}

// installed matches the command that installs a released emulator. Tests replace
// it.
var installed = regexp.MustCompile(`(?m)^GOBIN=\$PWD/\.bin go install github\.com/timpush/terraform-provider-timpush/cmd/timpush-emulator@latest$`)

// prepareRelease simulates a release: the job finds the emulator in .bin, and
// init finds the provider.
func (w *workspace) prepareRelease(t *testing.T, job string) {
	t.Helper()
	if len(installed.FindAllString(commands(scripts(job)), -1)) != 1 {
		t.Fatal("the job does not install the emulator")
	}
	w.useMirror(t)
	if err := os.Symlink(binaries, filepath.Join(w.folder, ".bin")); err != nil {
		t.Fatal(err)
	}
}

var (
	checkedOut = regexp.MustCompile(`repository: timpush/terraform-provider-timpush\n +ref: (\S+).*\n +path: (\S+)\n`)
	commit     = regexp.MustCompile(`\n    PROVIDER_COMMIT: (\S+)`)
)

// prepareSource replaces this repository on GitHub. Unless the job builds the
// provider, init does not find it.
func (w *workspace) prepareSource(t *testing.T, job string) {
	t.Helper()
	repository := gitHub(t)
	w.write(t, "cli.tfrc", "provider_installation {\n}\n")
	w.env = append(w.env, "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url."+repository+".insteadOf",
		"GIT_CONFIG_VALUE_0=https://github.com/timpush/terraform-provider-timpush")
	if found := checkedOut.FindStringSubmatch(job); found != nil {
		git(t, w.folder, "clone", "--quiet", "--branch", found[1], repository, found[2])
		return
	}
	found := commit.FindStringSubmatch(job)
	if found == nil {
		t.Fatal("the job does not check out the provider")
	}
	w.env = append(w.env, "PROVIDER_COMMIT="+found[1])
}

// gitHub returns a repository with the current files of this one, committed or
// not, on the branch main.
func gitHub(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name := range strings.SplitSeq(git(t, root("."), "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		info, err := os.Stat(root(name))
		if name == "" || err != nil { // deleted
			continue
		}
		to := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(read(t, root(name))), info.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	git(t, folder, "init", "--quiet", "--initial-branch=main")
	git(t, folder, "add", "--all")
	git(t, folder, "-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message=test")
	return folder
}

// git runs git and returns its output.
func git(t *testing.T, folder string, arguments ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "git", append([]string{"-C", folder}, arguments...)...)
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", arguments, err, stderr.String())
	}
	return string(output)
}

// summary is the file for a job's report.
const summary = "summary.md"

// goWithoutBuilding returns a folder with a replacement for go, which copies what is
// already built where mirror.sh builds. It is for tests of what comes after; those of
// GitHub's from-source job and of the demo build.
func goWithoutBuilding(t *testing.T) (folder string) {
	t.Helper()
	if err := built(); err != nil {
		t.Fatal(err)
	}
	original, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	script := fmt.Sprintf(`#!/bin/sh
case "$*" in
  "build -trimpath -buildvcs=false -o "*" . ./cmd/timpush-emulator") cp %q/terraform-provider-timpush %q/timpush-emulator "$5" ;;
  *) exec %q "$@" ;;
esac
`, binaries, binaries, original)
	if err := os.WriteFile(filepath.Join(folder, "go"), []byte(script), 0o700); err != nil { // #nosec G306 -- a program
		t.Fatal(err)
	}
	return folder
}

// runJob runs a job's scripts as a CI system does, with the folders before the others
// in PATH. It returns when all processes that they started have ended.
func (w *workspace) runJob(t *testing.T, job string, folders ...string) (output string, failed bool) {
	t.Helper()
	tools := t.TempDir()
	if err := os.Symlink(cli.Path(), filepath.Join(tools, "terraform")); err != nil {
		t.Fatal(err)
	}
	// A replacement for GitHub's CLI, which prints the open issue.
	gitHubCLI := "#!/bin/sh\necho \"$@\" >>gh.log\nif [ \"$1 $2\" = 'issue list' ]; then echo \"${OPEN_ISSUE-}\"; fi\n"
	if err := os.WriteFile(filepath.Join(tools, "gh"), []byte(gitHubCLI), 0o700); err != nil { // #nosec G306 -- a program
		t.Fatal(err)
	}
	exported := filepath.Join(w.folder, "github.env") // variables that one step exports to the next
	w.write(t, "github.env", "")
	w.write(t, summary, "")
	path := strings.Join(append(folders, tools, os.Getenv("PATH")), string(os.PathListSeparator))
	env := append(w.env, "PATH="+path, "GITHUB_ENV="+exported,
		"GITHUB_STEP_SUMMARY="+filepath.Join(w.folder, summary),
		"GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=team/push", "GITHUB_RUN_ID=7")
	alive, held, err := os.Pipe() // processes that the job starts keep one end open
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = alive.Close() }()
	shell := []string{"-eo", "pipefail"} // GitLab's
	if strings.Contains(job, "runs-on: ") {
		shell = []string{"-e"} // GitHub's, for steps without a shell of their own
	}
	var groups []int // of processes
	for _, script := range scripts(job) {
		if !script.runs(t, failed) {
			continue
		}
		command := exec.CommandContext(t.Context(), "bash", append(shell, "-c", installed.ReplaceAllString(script.commands, ""))...)
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
	wait := waitLimit(t)
	if failed { // a crashed CLI leaves providers running
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
