package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// printed returns the announcement for options.
func printed(t *testing.T, o options) string {
	t.Helper()
	var b bytes.Buffer
	if err := announce(&b, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each format has all variables, with the quotes that their values need.
func TestPrint(t *testing.T) {
	t.Parallel()
	const key = "it's a `key`; $HOME \"深圳\" \\ & “more”"
	certificate, err := filepath.Abs("it's the cert.pem")
	if err != nil {
		t.Fatal(err)
	}
	o := options{
		tls: true, certFile: "it's the cert.pem",
		emulator: emulator.Options{SDKAppID: 1400000000, Admin: "administrator", Key: key, Seed: emulator.SampleSeed()},
	}

	o.print = "powershell"
	lines := strings.Split(printed(t, o), "\n")
	for _, want := range []string{
		`$env:TIMPUSH_SDK_APP_ID = "1400000000"`,
		`$env:TIMPUSH_ENDPOINT = "https://127.0.0.1:8080"`,
		`$env:TIMPUSH_IDENTIFIER = "administrator"`,
		"$env:TIMPUSH_SECRET_KEY = \"it's a ``key``; `$HOME `\"深圳`\" \\ & `“more`”\"",
		`$env:SSL_CERT_FILE = "` + certificate + `"`,
	} {
		found := 0
		for _, line := range lines {
			if line == want {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d lines are %s, want 1:\n%s", found, want, strings.Join(lines, "\n"))
		}
	}
	if text := strings.Join(lines, "\n"); strings.Contains(text, "export ") || strings.Contains(text, "curl ") {
		t.Errorf("lines of another shell:\n%s", text)
	}

	o.print = "json"
	text := printed(t, o)
	var object map[string]string
	if err := json.Unmarshal([]byte(text), &object); err != nil || strings.Count(text, "\n") != 1 {
		t.Fatalf("%v, want one object on one line: %s", err, text)
	}
	want := map[string]string{
		"TIMPUSH_SDK_APP_ID": "1400000000", "TIMPUSH_ENDPOINT": "https://127.0.0.1:8080", "TIMPUSH_IDENTIFIER": "administrator",
		"TIMPUSH_SECRET_KEY": key, "SSL_CERT_FILE": certificate,
	}
	if !reflect.DeepEqual(object, want) {
		t.Errorf("the object is %v, want %v", object, want)
	}
}

// A script waits for -addr-file, and then reads the object.
func TestPrintJSONRuns(t *testing.T) {
	t.Parallel()
	r := start(t, "-listen", "127.0.0.1:0", "-print", "json")
	if got := readAttributes(t, r.export, "xiaoming"); len(r.export) != 4 || !strings.Contains(got, `"city":"ShenZhen"`) {
		t.Errorf("it printed %v, and the response is %s", r.export, got)
	}
	if code := r.stop(); code != 0 || r.text != "" || r.stderr.Len() > 0 {
		t.Errorf("it exited with %d, other output %q, stderr %q", code, r.text, r.stderr)
	}
}

// TestQuote checks that a real shell reads quoted strings correctly.
func TestQuote(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"abc-123": "abc-123", "http://127.0.0.1:8080": "http://127.0.0.1:8080", "": "''", "a b": "'a b'",
		"it's": `'it'\''s'`, "$HOME": "'$HOME'", "`id`": "'`id`'", "~": "'~'", `a\b"c`: `'a\b"c'`, "深圳": "'深圳'", "a;b&c": "'a;b&c'",
	} {
		if got := quote(s); got != want || word(got) != s {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
		sh, err := exec.LookPath("sh")
		if err != nil {
			continue // without a shell, only the quoted text is checked
		}
		script := "export X=" + quote(s) + `; printf %s "$X"`
		out, err := exec.CommandContext(t.Context(), sh, "-c", script).Output() // #nosec G204 -- our own words
		if err != nil || string(out) != s {
			t.Errorf("the shell reads %q as %q (%v)", s, out, err)
		}
	}
}

// TestQuotePowerShell checks that PowerShell, if installed, reads quoted strings correctly.
func TestQuotePowerShell(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": `""`, "1400000000": `"1400000000"`, "a b": `"a b"`, "it's": `"it's"`, "$HOME": "\"`$HOME\"", "a`b": "\"a``b\"",
		`a\b"c`: "\"a\\b`\"c\"", "“深圳”„": "\"`“深圳`”`„\"", "$(id)": "\"`$(id)\"",
	} {
		if got := quotePowerShell(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
		pwsh, err := exec.LookPath("pwsh")
		if err != nil {
			continue
		}
		script := "([int[]][char[]]" + quotePowerShell(s) + ") -join ' '"                             // independent of the output's encoding
		out, err := exec.CommandContext(t.Context(), pwsh, "-NoProfile", "-Command", script).Output() // #nosec G204 -- our own words
		if err != nil || "["+strings.TrimSpace(string(out))+"]" != fmt.Sprint(utf16.Encode([]rune(s))) {
			t.Errorf("PowerShell reads %q as %q (%v)", s, out, err)
		}
	}
}
