// The demo is a shell script, which Windows cannot run.

//go:build unix

package acceptance

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// demo returns the script of `make demo`, in its own process group and with a
// folder for temporary files, which it must leave empty.
func demo(t *testing.T) (command *exec.Cmd, scratch string) {
	t.Helper()
	cli.Need(t)
	scratch = shortTemp(t)
	command = exec.CommandContext(t.Context(), root("scripts/demo.sh"))
	command.Env = append(os.Environ(), "TMPDIR="+scratch,
		// The script must keep these from the CLI and the provider.
		"TF_CLI_ARGS=-bogus", "TF_LOG=TRACE", "TF_DATA_DIR=/nonexistent", "TF_WORKSPACE=other", "TF_VAR_x=y",
		"TF_CLI_CONFIG_FILE=/nonexistent", "TF_REATTACH_PROVIDERS=garbage", "TIMPUSH_REGION=mars", "TIMPUSH_USER_SIG=none",
		"HTTP_PROXY=http://127.0.0.1:1", "HTTPS_PROXY=http://127.0.0.1:1",
	)
	command.WaitDelay = waitLimit(t) // for processes that the script left running
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command, scratch
}

var listens = regexp.MustCompile(`It listens on http://(127\.0\.0\.1:\d+) `)

// checkLeftovers checks that a demo left no files or processes.
func checkLeftovers(t *testing.T, output, scratch string) {
	t.Helper()
	said := listens.FindStringSubmatch(output)
	if said == nil {
		t.Fatalf("the demo does not say where the emulator listens:\n%s", output)
	}
	if connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", said[1]); err == nil {
		_ = connection.Close()
		t.Errorf("the emulator still listens on %s", said[1])
	}
	files, err := os.ReadDir(scratch)
	if err != nil || len(files) > 0 {
		t.Errorf("the demo left %v (%v)", files, err)
	}
	files, err = os.ReadDir(root("examples/demo"))
	if err != nil || len(files) != 1 {
		t.Errorf("the demo's folder holds %v (%v), want main.tf alone", files, err)
	}
}

func TestAccDemo(t *testing.T) {
	t.Parallel()
	command, scratch := demo(t)
	text, err := command.CombinedOutput()
	output := string(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	checkLeftovers(t, output, scratch)
	for expected, times := range map[string]int{
		`"city" = "ShenZhen"`: 1, "Apply complete! Resources: 0 added, 0 changed, 0 destroyed.": 1, "No changes": 1,
		"overrides": 0,
		// Plan and apply, the latter without reading again.
		"Some Accounts Could Not Be Read": 1, "A push to ShenZhen reaches 1 of 3 users.": 2,
		"- xiaohua: city is not set": 2, "- Mary: the account does not exist in the app": 2,
	} {
		if got := strings.Count(output, expected); got != times {
			t.Errorf("the demo prints %q %d times, want %d", expected, got, times)
		}
	}
	if t.Failed() {
		t.Log(output)
	}
}

// An interrupted demo stops the processes that it started.
func TestAccDemoInterrupted(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{"Ctrl-C": syscall.SIGINT, "terminated": syscall.SIGTERM} {
		for _, moment := range []string{"It listens on", "==> Apply"} {
			t.Run(name+" at "+moment, func(t *testing.T) {
				t.Parallel()
				command, scratch := demo(t)
				command.Env = append(command.Env, "PATH="+goWithoutBuilding(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
				stdout, err := command.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				var output strings.Builder
				lines := bufio.NewScanner(stdout)
				for sent := false; lines.Scan(); {
					output.WriteString(lines.Text() + "\n")
					if !sent && strings.Contains(lines.Text(), moment) {
						sent = true
						group := command.Process.Pid
						if signal == syscall.SIGINT { // a terminal signals the whole group
							group = -group
						}
						if err := syscall.Kill(group, signal); err != nil {
							t.Error(err)
						}
					}
				}
				err = command.Wait()
				if err == nil || command.ProcessState.ExitCode() != 128+int(signal) {
					t.Errorf("the demo ended with %v", err)
				}
				checkLeftovers(t, output.String(), scratch)
			})
		}
	}
}
