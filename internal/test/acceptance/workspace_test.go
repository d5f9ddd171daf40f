package acceptance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// workspace is a folder with a configuration in which a CLI runs without init,
// isolated from the user's own settings.
type workspace struct {
	folder   string
	env      []string
	endpoint string // of the service, after serve
	standIns string // folder of the stand-ins for other providers
}

// newWorkspace returns an empty folder in which the CLI finds the provider.
func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	cli.Need(t)
	if err := built(); err != nil {
		t.Fatal(err)
	}
	// The name contains characters that scripts must quote.
	w := &workspace{folder: filepath.Join(t.TempDir(), "it's a folder")}
	if err := os.Mkdir(w.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	w.install(t, map[string]string{"timpush/timpush": binaries})
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "TIMPUSH_") {
			w.env = append(w.env, variable)
		}
	}
	w.env = append(w.env, cli.Env(filepath.Join(w.folder, "cli.tfrc"))...)
	return w
}

// install makes the CLI use the providers, by source, in folders.
func (w *workspace) install(t *testing.T, folders map[string]string) {
	t.Helper()
	overrides := ""
	for source, folder := range folders {
		overrides += fmt.Sprintf("    %q = %q\n", source, folder)
	}
	w.write(t, "cli.tfrc", "disable_checkpoint = true\nprovider_installation {\n  dev_overrides {\n"+overrides+"  }\n}\n")
}

// serve starts the service, and sets the environment variables that make the
// provider use it.
func (w *workspace) serve(t *testing.T, service http.Handler) {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	w.endpoint = server.URL
	w.env = append(w.env, "TIMPUSH_SDK_APP_ID="+testSDKAppID, "TIMPUSH_ENDPOINT="+server.URL, "TIMPUSH_SECRET_KEY="+testKey)
}

func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// region matches an argument of a provider block that overrides the endpoint in
// the environment.
var region = regexp.MustCompile(`(?m)^\s*region\s*=`)

// overrideRegion makes a configuration that sets a region use the served service.
func (w *workspace) overrideRegion(t *testing.T, config string) {
	t.Helper()
	if region.MatchString(config) {
		w.write(t, "main_override.tf", "provider \"timpush\" {\n  endpoint = \""+w.endpoint+"\"\n}\n")
	}
}

// run runs the CLI and returns its output.
func (w *workspace) run(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), cli.Path(), arguments...)
	command.Dir, command.Env = w.folder, w.env
	output, err := command.CombinedOutput()
	return string(output), err
}

// mustRun is run for commands that must succeed.
func (w *workspace) mustRun(t *testing.T, arguments ...string) string {
	t.Helper()
	output, err := w.run(t, arguments...)
	if err != nil {
		t.Fatalf("%v: %v\n%s", arguments, err, output)
	}
	return output
}

// outputs returns the outputs of the last apply.
func (w *workspace) outputs(t *testing.T) map[string]any {
	t.Helper()
	var outputs map[string]struct{ Value any }
	if err := json.Unmarshal([]byte(w.mustRun(t, "output", "-json")), &outputs); err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for name, output := range outputs {
		values[name] = output.Value
	}
	return values
}

// checkOutputs compares the outputs of the last apply with JSON.
func (w *workspace) checkOutputs(t *testing.T, want string) {
	t.Helper()
	got := w.outputs(t)
	var wanted map[string]any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("the outputs are %v, want %v", got, wanted)
	}
}

// frames removes the lines that the CLI draws next to warnings and errors.
var frames = strings.NewReplacer("│", " ", "╷", " ", "╵", " ")

// flat returns text without the CLI's frames and line breaks.
func flat(text string) string { return strings.Join(strings.Fields(frames.Replace(text)), " ") }
