package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keyFile writes a file with the content, and returns its path.
func keyFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// environment returns an environment with a key for this command, and the key of a real app, which must not be used.
func environment(key string) func(string) string {
	return func(name string) string {
		return map[string]string{"TIMPUSH_EMULATOR_KEY": key, "TIMPUSH_SECRET_KEY": "canary-key-of-a-real-app"}[name]
	}
}

// TestKey checks the order of precedence of keys: flag, file, environment.
func TestKey(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		env  string
		args []string
		want string // "" means a random key
	}{
		"random":                          {"", nil, ""},
		"environment":                     {"env-key", nil, "env-key"},
		"file":                            {"", []string{"-key-file", keyFile(t, "file-key")}, "file-key"},
		"file before environment":         {"env-key", []string{"-key-file", keyFile(t, "file-key\n")}, "file-key"},
		"flag before environment":         {"env-key", []string{"-key", "flag-key"}, "flag-key"},
		"file with a Windows line ending": {"", []string{"-key-file", keyFile(t, "file-key\r\n")}, "file-key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := startIn(t, environment(tc.env), append([]string{"-listen", "127.0.0.1:0"}, tc.args...)...)
			got := r.export["TIMPUSH_SECRET_KEY"]
			if tc.want == "" && len(got) != 64 || tc.want != "" && got != tc.want {
				t.Errorf("key %q, want %q", got, tc.want)
			}
			if response := readAttributes(t, r.export, "xiaoming"); !strings.Contains(response, `"city":"ShenZhen"`) {
				t.Errorf("response %s", response)
			}
		})
	}
}

// TestKeyErrors checks that errors contain no key, even if it was given instead of a file.
func TestKeyErrors(t *testing.T) {
	t.Parallel()
	shared := keyFile(t, "canary-key")
	for name, tc := range map[string]struct {
		env  string
		args []string
		want string
	}{
		"flag and file":           {"", []string{"-key", "canary-key", "-key-file", keyFile(t, "canary-key")}, "-key and -key-file cannot be used together"},
		"empty flag and file":     {"", []string{"-key", "", "-key-file", keyFile(t, "canary-key")}, "-key and -key-file cannot be used together"},
		"missing file":            {"", []string{"-key-file", "canary-key"}, "cannot read the key file (-key-file): "},
		"file is a folder":        {"", []string{"-key-file", t.TempDir()}, "cannot read the key file (-key-file): "},
		"empty file":              {"canary-key", []string{"-key-file", keyFile(t, "")}, "the key file (-key-file) is empty"},
		"file with an empty line": {"", []string{"-key-file", keyFile(t, "\n")}, "the key file (-key-file) is empty"},
		"file with two lines":     {"", []string{"-key-file", keyFile(t, "canary-key\n\n")}, "the key file (-key-file) has several lines"},
		"file with a CR":          {"", []string{"-key-file", keyFile(t, "canary-key\r")}, "the key file (-key-file) has surrounding whitespace"},
		"environment":             {" canary-key", nil, "TIMPUSH_EMULATOR_KEY has surrounding whitespace"},
		"in quotes":               {`"canary-key"`, nil, "TIMPUSH_EMULATOR_KEY is enclosed in quotes"},
		"in single quotes":        {"'canary-key'", nil, "TIMPUSH_EMULATOR_KEY is enclosed in quotes"},
		"byte order mark":         {"", []string{"-key-file", keyFile(t, "\ufeffcanary-key\n")}, "the key file (-key-file) has surrounding whitespace, or contains a control character or an invisible character"},
		"zero-width space":        {"canary\u200b-key", nil, "TIMPUSH_EMULATOR_KEY has surrounding whitespace, or contains a control character or an invisible character"},
		"file used twice":         {"", []string{"-key-file", shared, "-addr-file", filepath.Dir(shared) + "/./key"}, "-key-file and -addr-file both name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), append([]string{"-listen", "127.0.0.1:0"}, tc.args...), environment(tc.env), &stdout, &stderr)
			if code != 2 || stdout.Len() > 0 || !strings.Contains(stderr.String(), tc.want) {
				t.Errorf("exit code %d, stdout %q, stderr %q; want 2 and %q", code, &stdout, &stderr, tc.want)
			}
			if strings.Count(stderr.String(), "\n") != 1 {
				t.Errorf("stderr has more or less than a line: %q", &stderr)
			}
			if strings.Contains(stderr.String(), "canary-key") {
				t.Errorf("stderr shows the key: %q", &stderr)
			}
		})
	}
}

// TestVersion checks that -version works with any other flags.
func TestVersion(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-version"}, {"--version", "-key", "", "-listen", "x"}} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), args, noEnv, &stdout, &stderr); code != 0 || stdout.String() != "timpush-emulator dev\n" || stderr.Len() > 0 {
			t.Errorf("%q: exit code %d, stdout %q, stderr %q", args, code, &stdout, &stderr)
		}
	}
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"-version"}, noEnv, brokenPipe{}, &stderr); code != 1 || stderr.Len() == 0 {
		t.Errorf("exit code %d without a standard output, stderr %q", code, &stderr)
	}
}
