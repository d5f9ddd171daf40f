package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// init installs this system's zip from a filesystem mirror, and the installed
// provider can plan the demo and reports its version.
func TestAccReleaseInstalls(t *testing.T) {
	t.Parallel()
	r := newReleased(t)
	service := newEmulator(t)
	w := example(t, "examples/demo", service)
	mirror := filepath.Join(w.folder, "mirror")
	folder := filepath.Join(mirror, os.Getenv("TF_ACC_PROVIDER_HOST"), "timpush", "timpush")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	name := r.name(runtime.GOOS + "_" + runtime.GOARCH + ".zip")
	if err := os.WriteFile(filepath.Join(folder, name), []byte(read(t, filepath.Join(r.folder, name))), 0o600); err != nil {
		t.Fatal(err)
	}
	w.write(t, "cli.tfrc", fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	// A prerelease must be an exact version.
	w.write(t, "version_override.tf", fmt.Sprintf("terraform {\n  required_providers {\n    timpush = {\n      source  = \"timpush/timpush\"\n      version = %q\n    }\n  }\n}\n", r.version))
	if output := w.mustRun(t, "init", "-no-color"); !strings.Contains(output, "Installed timpush/timpush v"+r.version+" (unauthenticated)") {
		t.Errorf("init prints:\n%s", output)
	}
	w.env = append(w.env, "TF_APPEND_USER_AGENT=team/7")
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, read(t, wantedOutputs("examples/demo")))
	checkUserAgent(t, service, r.version, "team/7")
}
