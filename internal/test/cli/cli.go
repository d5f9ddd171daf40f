// Package cli reports which CLI the tests run, and which features it lacks. No other
// package skips tests by version.
package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// Feature is a feature that some supported CLIs lack.
type Feature int

// The features that tests depend on.
const (
	Mocks     Feature = iota // mock_provider blocks in tests of modules
	Functions                // functions of providers
	Ephemeral                // ephemeral resources, and ephemeral variables
	WriteOnly                // write-only arguments of resources
	ImportIDs                // expressions as the id of import blocks
	Identity                 // import blocks with an identity
	Actions                  // actions of providers
	Lists                    // list resources, and the command query
	features                 // number of features
)

// never is the version of a CLI that does not have a feature in any version.
const never = 1 << 30

// since are the minor versions (1.x) that added the features.
var since = [features]struct {
	name                string
	terraform, opentofu int
}{
	Mocks:     {"mock providers", 7, 8},
	Functions: {"functions of providers", 8, 7},
	Ephemeral: {"ephemeral resources", 10, 11},
	WriteOnly: {"write-only arguments", 11, 11},
	ImportIDs: {"expressions in import blocks", 6, 6},
	Identity:  {"import by identity", 12, 12},
	Actions:   {"actions", 14, never},
	Lists:     {"list resources", 14, never},
}

// Features returns all features.
func Features() []Feature {
	all := make([]Feature, features)
	for i := range all {
		all[i] = Feature(i)
	}
	return all
}

func (f Feature) String() string { return since[f].name }

// Lacking returns why a CLI lacks the feature, or "" if it has it. version is the
// first line of the output of its version command, such as "Terraform v1.5.7".
func (f Feature) Lacking(version string) (string, error) {
	var product string
	var major, minor int
	if _, err := fmt.Sscanf(version, "%s v%d.%d", &product, &major, &minor); err != nil {
		return "", fmt.Errorf("%q is not the version of a CLI: %w", version, err)
	}
	added, known := map[string]int{"Terraform": since[f].terraform, "OpenTofu": since[f].opentofu}[product]
	if !known {
		return "", fmt.Errorf("%q is not a version of Terraform or OpenTofu", version)
	}
	switch {
	case added == never:
		return fmt.Sprintf("%s %d.%d lacks %s (in no version)", product, major, minor, f), nil
	case major > 1 || minor >= added:
		return "", nil
	}
	return fmt.Sprintf("%s %d.%d lacks %s (added in 1.%d)", product, major, minor, f, added), nil
}

// Path returns the path of the CLI. scripts/test.sh sets it, also for
// terraform-plugin-testing.
func Path() string { return os.Getenv("TF_ACC_TERRAFORM_PATH") }

// Env returns the variables that isolate the CLI from the user's settings, with its
// configuration in a file.
func Env(file string) []string {
	return []string{
		"TF_CLI_CONFIG_FILE=" + file, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		// Without TLS between CLI and providers, whose certificates and handshakes take
		// more time than everything else that most commands do.
		"TF_DISABLE_PLUGIN_TLS=1",
	}
}

// Version returns the first line of the output of the CLI's version command.
func Version() (string, error) { return version() }

// version runs the CLI once for all tests of a package.
var version = sync.OnceValues(func() (string, error) {
	output, err := exec.CommandContext(context.Background(), Path(), "version").Output() // #nosec G204 -- scripts/test.sh sets it
	if err != nil {
		return "", fmt.Errorf("%s version: %w", Path(), err)
	}
	line, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSpace(line), nil
})

// T is a *testing.T. It is an interface because only _test.go files may import testing.
type T interface {
	Helper()
	Name() string
	Skip(args ...any)
	Fatal(args ...any)
}

// Need skips a test if there is no CLI to run, or if the CLI lacks one of the
// features. In the latter case it adds a line to the file that scripts/test.sh
// prints at the end, because go test does not show what a passing package skipped.
func Need(t T, features ...Feature) {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestAcc") {
		t.Fatal("the name of a test that runs a CLI must begin with TestAcc: make test-opentofu runs no others")
	}
	if os.Getenv("TF_ACC") == "" {
		t.Skip("needs a CLI: run make test, which sets TF_ACC")
	}
	version, err := Version()
	if err != nil {
		t.Fatal(err)
	}
	for _, feature := range features {
		why, err := feature.Lacking(version)
		if err == nil && why != "" {
			err = note(why + ": " + t.Name())
		}
		if err != nil {
			t.Fatal(err)
		}
		if why != "" {
			t.Skip(why)
		}
	}
}

// note adds a line to the file of skipped tests, if there is one.
func note(line string) error {
	name := os.Getenv("SKIPPED_TESTS")
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) // #nosec G304 G703 -- scripts/test.sh sets it
	if err != nil {
		return err
	}
	if _, err := file.WriteString(line + "\n"); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
