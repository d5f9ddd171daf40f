// Package cli tells tests which CLI they run, and what that one lacks. It is the
// only place that skips a test by version.
package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// Feature is something that not every supported CLI has.
type Feature int

// What tests are skipped for.
const (
	Mocks     Feature = iota // mock_provider blocks in tests of modules
	Ephemeral                // ephemeral resources, and ephemeral variables
	WriteOnly                // write-only arguments of resources
	features                 // how many there are
)

// since are the minor versions of 1 that brought the features.
var since = [features]struct {
	name                string
	terraform, opentofu int
}{
	Mocks:     {"mock providers", 7, 8},
	Ephemeral: {"ephemeral resources", 10, 11},
	WriteOnly: {"write-only arguments", 11, 11},
}

// Features are all that tests are skipped for.
func Features() []Feature {
	all := make([]Feature, features)
	for i := range all {
		all[i] = Feature(i)
	}
	return all
}

func (f Feature) String() string { return since[f].name }

// Lacking says that a CLI is too old for the feature, or is empty. The CLI is given
// by the first line that its version command prints, such as "Terraform v1.5.7".
func (f Feature) Lacking(version string) (string, error) {
	var product string
	var major, minor int
	if _, err := fmt.Sscanf(version, "%s v%d.%d", &product, &major, &minor); err != nil {
		return "", fmt.Errorf("%q is no CLI's version: %w", version, err)
	}
	brought, known := map[string]int{"Terraform": since[f].terraform, "OpenTofu": since[f].opentofu}[product]
	if !known {
		return "", fmt.Errorf("%q is no version of Terraform or OpenTofu", version)
	}
	if major > 1 || minor >= brought {
		return "", nil
	}
	return fmt.Sprintf("%s %d.%d lacks %s, which 1.%d brought", product, major, minor, f, brought), nil
}

// Path is the program to run, as scripts/test.sh names it for
// terraform-plugin-testing too.
func Path() string { return os.Getenv("TF_ACC_TERRAFORM_PATH") }

// Version is the first line that the CLI's version command prints.
func Version() (string, error) { return version() }

// version asks the CLI once for all tests of a package.
var version = sync.OnceValues(func() (string, error) {
	output, err := exec.CommandContext(context.Background(), Path(), "version").Output() // #nosec G204 -- scripts/test.sh names it
	if err != nil {
		return "", fmt.Errorf("%s version: %w", Path(), err)
	}
	line, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSpace(line), nil
})

// T is a *testing.T; shipped code does not import testing.
type T interface {
	Helper()
	Name() string
	Skip(args ...any)
	Fatal(args ...any)
}

// Need skips a test where there is no CLI to run, or an older one that lacks one of
// the features. In the latter case it adds a line to the file that scripts/test.sh
// prints at the end: go test shows nothing of what a passing package skipped.
func Need(t T, features ...Feature) {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestAcc") {
		t.Fatal("a test that runs a CLI is to be named TestAcc..., or make test-opentofu does not run it")
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

// note adds a line to the file of skipped tests, where there is one.
func note(line string) error {
	name := os.Getenv("SKIPPED_TESTS")
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) // #nosec G304 G703 -- scripts/test.sh names it
	if err != nil {
		return err
	}
	if _, err := file.WriteString(line + "\n"); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
