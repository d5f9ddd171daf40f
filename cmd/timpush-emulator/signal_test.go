//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestSignals runs the whole command as a process, main included.
func TestSignals(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, sig := range map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), self, "-listen", "127.0.0.1:0") // #nosec G204 -- this very test
			cmd.Env = append(os.Environ(), asCommand+"=1")
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(stdout)
			for lines.Scan() && !strings.HasPrefix(lines.Text(), "export TIMPUSH_SECRET_KEY=") {
				continue // until all is said
			}
			if err := cmd.Process.Signal(sig); err != nil {
				t.Error(err)
			}
			if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
				t.Errorf("it ended with %v and said %q, want exit code 0 and nothing", err, &stderr)
			}
		})
	}
}

// TestExportLines has a real shell source the export lines, where the values need quotes, and asks with what it read.
func TestExportLines(t *testing.T) {
	t.Parallel()
	const key, admin = "it's a `key`; $HOME \"深圳\" \\", "the boss & co"
	r := start(t, "-listen", "127.0.0.1:0", "-key", key, "-admin", admin)
	var script strings.Builder
	for name, value := range r.export {
		script.WriteString("export " + name + "=" + value + "\n")
	}
	script.WriteString("env")                                                          // what a program started from that shell gets
	cmd := exec.CommandContext(t.Context(), "bash", "-e", "-u", "-c", script.String()) // #nosec G204 -- our own words
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if name, value, found := strings.Cut(strings.TrimSuffix(line, "\n"), "="); found {
			read[name] = value
		}
	}
	if read["TIMPUSH_SECRET_KEY"] != key || read["TIMPUSH_IDENTIFIER"] != admin {
		t.Errorf("the shell read %q", read)
	}
	if got := ask(t, read, "xiaoming"); !strings.Contains(got, `"city":"ShenZhen"`) {
		t.Errorf("reply %s", got)
	}
}
