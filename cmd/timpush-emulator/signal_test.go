//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSignals runs the command as a process, including main.
func TestSignals(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	signals := map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // under nohup, the command ignores SIGHUP too
		signals["SIGHUP"] = syscall.SIGHUP
	}
	for name, sig := range signals {
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
				continue // until everything is printed
			}
			if err := cmd.Process.Signal(sig); err != nil {
				t.Error(err)
			}
			if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
				t.Errorf("it exited with %v, stderr %q, want exit code 0 and no output", err, &stderr)
			}
		})
	}
}

// TestSignalDuringRequest stops the process while it reads a request. It still responds, and keeps the address file until
// then.
func TestSignalDuringRequest(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "addr")
	cmd := exec.CommandContext(t.Context(), self, "-listen", "127.0.0.1:0", "-addr-file", file) // #nosec G204 -- this very test
	cmd.Env = append(os.Environ(), asCommand+"=1")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var signed *url.URL
	for lines := bufio.NewScanner(stdout); signed == nil && lines.Scan(); {
		if call, isCall := strings.CutPrefix(lines.Text(), "curl -d '{}' "); isCall {
			if signed, err = url.Parse(word(call)); err != nil {
				t.Fatal(err)
			}
		}
	}
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", signed.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	// The server asks for the body when the emulator begins to read it, so the request is in progress.
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", signed.RequestURI())
	if err != nil {
		t.Fatal(err)
	}
	responses := bufio.NewReader(conn)
	if line, err := responses.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("it printed %q (%v)", line, err)
	}
	if _, err := responses.ReadString('\n'); err != nil { // the empty line after it
		t.Fatal(err)
	}
	if address, err := os.ReadFile(file); err != nil || string(address) != signed.Host+"\n" {
		t.Errorf("the file contains %q (%v)", address, err)
	}

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for { // until it accepts no connections, since it is stopping
		other, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", signed.Host)
		if err != nil {
			break
		}
		_ = other.Close()
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("it has not stopped yet: %v", err)
	}
	if _, err := conn.Write([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(responses, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if response, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(response), `"0":"sex"`) {
		t.Errorf("the response is %q (%v)", response, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v, want exit code 0", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it has stopped, and looking for the file gives %v", err)
	}
}

// TestExportLines evaluates the export lines, with values that need quotes, in a real shell, and sends a request with the
// results.
func TestExportLines(t *testing.T) {
	t.Parallel()
	const key, admin = "it's a `key`; $HOME \"深圳\" \\", "the boss & co"
	r := start(t, "-listen", "127.0.0.1:0", "-key", key, "-admin", admin)
	script := r.exportLines + "env"                                           // the environment of programs started from that shell
	cmd := exec.CommandContext(t.Context(), "bash", "-e", "-u", "-c", script) // #nosec G204 -- our own words
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
	if got := readAttributes(t, read, "xiaoming"); !strings.Contains(got, `"city":"ShenZhen"`) {
		t.Errorf("response %s", got)
	}
}
