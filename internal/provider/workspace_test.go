package provider

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const testVersion = "1.2.3-test"

// binaries is the folder with the built provider.
var binaries string

// built builds the provider, for the first test that needs it. With -trimpath, it uses
// what other builds have compiled.
var built = sync.OnceValue(func() error {
	output, err := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-X main.version="+testVersion, "-o", binaries+string(filepath.Separator), "../..").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return nil
})

// workspace is a folder in which a CLI runs the built provider as a separate
// process, with as little of this process's environment as possible.
type workspace struct {
	folder string
	env    []string
}

func newWorkspace(t *testing.T, config string, env ...string) *workspace {
	t.Helper()
	cli.Need(t)
	if err := built(); err != nil {
		t.Fatal(err)
	}
	w := &workspace{folder: t.TempDir()}
	w.write(t, "main.tf", config)
	w.write(t, "cli.tfrc", fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  dev_overrides {\n    \"timpush/timpush\" = %q\n  }\n}\n", binaries))
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "TIMPUSH_") && !strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			w.env = append(w.env, variable)
		}
	}
	w.env = append(w.env, cli.Env(filepath.Join(w.folder, "cli.tfrc"))...)
	w.env = append(w.env, env...)
	return w
}

// serve serves a handler, and returns environment variables that make the
// provider use it.
func serve(t *testing.T, handler http.Handler) (env []string, stop func()) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return append(credentials(), "TIMPUSH_ENDPOINT="+server.URL), server.Close
}

// credentials returns the environment variables that every request needs.
func credentials() []string {
	return []string{fmt.Sprintf("TIMPUSH_SDK_APP_ID=%d", testSDKAppID), "TIMPUSH_SECRET_KEY=" + testKey, "TIMPUSH_MAX_RETRIES=0"}
}

func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs the CLI with additional variables, and returns its output without
// frames and line breaks.
func (w *workspace) run(t *testing.T, env []string, arguments ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), cli.Path(), append(arguments, "-no-color")...)
	command.Dir = w.folder
	command.Env = append(append([]string{}, w.env...), env...)
	output, err := command.CombinedOutput()
	return strings.Join(strings.Fields(strings.ReplaceAll(string(output), "│", " ")), " "), err
}

// checkFails checks that plan fails, and that its output contains the texts.
func (w *workspace) checkFails(t *testing.T, env []string, want ...string) {
	t.Helper()
	output, err := w.run(t, env, "plan")
	for _, text := range want {
		if err == nil || !strings.Contains(output, text) {
			t.Errorf("with %q, the output does not contain %q: %v\n%s", env, text, err, output)
		}
	}
}

const providerSource = `
terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}
`

const readTeam = providerSource + `
data "timpush_user_attributes" "team" {
  accounts = ["xiaoming"]
}
`
