package acceptance

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const verifying = "docs/guides/verifying.md"

// firstCheck returns a workspace with the first check of a guide.
func firstCheck(t *testing.T, guide string) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.write(t, "main.tf", codeBlock(t, "terraform", `check "the_push_reaches_everyone"`, guide))
	w.write(t, "versions.tf", requiredProviders)
	return w
}

// exitCode returns the exit code of a command.
func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

// As the guide says, a data source inside a check makes every plan report
// changes, and turns its errors into warnings. A data source outside does
// neither. A failed check does not change the exit code.
func TestAccGuideDataSourceInCheck(t *testing.T) {
	t.Parallel()
	inside := codeBlock(t, "terraform", "do not do this", verifying)
	outside := `
data "timpush_user_attributes" "team" {
  accounts = ["xiaoming", "xiaohua"]
}
` + strings.Join(append(strings.Split(inside, "\n")[:1], strings.Split(inside, "\n")[4:]...), "\n")
	for name, test := range map[string]struct {
		config     string
		wantOutput string // of each plan
		unchanged  int    // exit codes, also those below
		wrongKey   int
		apply      int
		requests   int // of an apply
	}{
		"inside":  {inside, "(config will be reloaded to verify a check block)", 2, 2, 0, 2},
		"outside": {outside, "No changes.", 0, 1, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newEmulator(t)
			w := newWorkspace(t)
			w.serve(t, service)
			w.write(t, "main.tf", requiredProviders+test.config)
			for range 2 {
				before := len(service.Journal())
				w.mustRun(t, "apply", "-no-color", "-auto-approve")
				if requests := len(service.Journal()) - before; requests != test.requests {
					t.Errorf("the apply makes %d requests, want %d", requests, test.requests)
				}
				output, err := w.run(t, "plan", "-no-color", "-detailed-exitcode")
				if code := exitCode(t, err); code != test.unchanged || !strings.Contains(output, test.wantOutput) {
					t.Errorf("the plan exits with %d, want %d:\n%s", code, test.unchanged, output)
				}
			}
			w.env = append(w.env, "TIMPUSH_SECRET_KEY=the-key-of-another-app")
			output, err := w.run(t, "plan", "-no-color", "-detailed-exitcode")
			if code := exitCode(t, err); code != test.wrongKey || !strings.Contains(output, "70009") {
				t.Errorf("with a wrong key, the plan exits with %d, want %d:\n%s", code, test.wrongKey, output)
			}
			output, err = w.run(t, "apply", "-no-color", "-auto-approve")
			if code := exitCode(t, err); code != test.apply || !strings.Contains(output, "70009") {
				t.Errorf("with a wrong key, the apply exits with %d, want %d:\n%s", code, test.apply, output)
			}
		})
	}
	t.Run("failed check", func(t *testing.T) {
		t.Parallel()
		w := firstCheck(t, verifying)
		for range 2 {
			if output, err := w.run(t, "plan", "-no-color", "-detailed-exitcode"); err != nil || !strings.Contains(output, "Check block assertion failed") {
				t.Errorf("%v\n%s", err, output)
			}
			w.mustRun(t, "apply", "-no-color", "-auto-approve")
		}
	})
}

// The guide's precondition fails a plan, before accounts are read, only if the
// app does not have the attribute name.
func TestAccGuidePrecondition(t *testing.T) {
	t.Parallel()
	for name, has := range map[string]bool{"city": true, "town": false} {
		service := seededEmulator(t, emulator.Seed{
			Accounts:       map[string]emulator.Account{"xiaoming": {}, "xiaohua": {}},
			AttributeNames: map[string]emulator.AttributeName{"0": {Name: name}},
		})
		w := newWorkspace(t)
		w.serve(t, service)
		w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", "precondition", verifying))
		output, err := w.run(t, "plan", "-no-color")
		if (err == nil) != has || strings.Contains(output, "The app has no attribute named city.") == has {
			t.Errorf("an app with %s: %v\n%s", name, err, output)
		}
		if read := requestedAccounts(service, "get_attr"); (len(read) > 0) != has {
			t.Errorf("an app with %s: %v were read", name, read)
		}
	}
}
