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

// demo returns a script that shows the provider at work, in its own process group, with
// a folder for temporary files, which it must leave empty, and with the folders before
// the others in PATH.
func demo(t *testing.T, script string, folders ...string) (command *exec.Cmd, scratch string) {
	t.Helper()
	cli.Need(t)
	scratch = shortTemp(t)
	command = exec.CommandContext(t.Context(), root(script))
	path := strings.Join(append(folders, os.Getenv("PATH")), string(os.PathListSeparator))
	command.Env = append(os.Environ(), "TMPDIR="+scratch, "PATH="+path,
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
	for _, folder := range []string{"examples/demo", pushExample + "/app", pushExample + "/campaign", pushExample + "/canary"} {
		files, err = os.ReadDir(root(folder))
		if err != nil || len(files) != 1 {
			t.Errorf("%s holds %v (%v), want main.tf alone", folder, files, err)
		}
	}
}

// runDemo runs a demo to its end, and returns what it prints.
func runDemo(t *testing.T, script string, folders ...string) string {
	t.Helper()
	command, scratch := demo(t, script, folders...)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	checkLeftovers(t, string(output), scratch)
	return string(output)
}

func TestAccDemo(t *testing.T) {
	t.Parallel()
	output := runDemo(t, "scripts/demo.sh")
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

// The script of the guide on pushes sends the canary where the CLI has actions, and says
// that it is skipped elsewhere. The campaign is scheduled in either case.
func TestAccPushDemo(t *testing.T) {
	t.Parallel()
	output := runDemo(t, "scripts/push.sh", goWithoutBuilding(t)) // TestAccDemo builds
	version, err := cli.Version()
	if err != nil {
		t.Fatal(err)
	}
	lacking, err := cli.Actions.Lacking(version)
	if err != nil {
		t.Fatal(err)
	}
	sent, skipped := 1, 0
	if lacking != "" {
		sent, skipped = 0, 1
	}
	for expected, times := range map[string]int{
		"==> 1. ": 1, "==> 2. ": 1, "==> 3. ": 1, "==> 4. ": 1, "==> 5. ": 1, "No changes": 1, `"status" = "pending"`: 1,
		`"canary-2" = "city is \"BeiJing\", not \"ShenZhen\""`: 1, "the_campaign_reaches_canary_1_only": 0,
		"Sent to 2 accounts. Task ID: batch_": sent, `"apns" = 1`: sent, `"fcm" = 1`: sent,
		"Skipped: " + version + " has no actions": skipped, "There are no numbers of a push that arrived": skipped,
	} {
		if got := strings.Count(flat(output), expected); got != times {
			t.Errorf("the script prints %q %d times, want %d", expected, got, times)
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
				command, scratch := demo(t, "scripts/demo.sh", goWithoutBuilding(t))
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
