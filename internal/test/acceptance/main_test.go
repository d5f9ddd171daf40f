// Package acceptance tests the built provider and emulator under a real CLI, each
// in a process of its own, as users run them: the examples, what the guides and
// READMEs show, the demo, the CI jobs, and a release.
package acceptance

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// binaries is the folder of the provider's binary and the emulator's.
var binaries string

// built builds both, for the first test that needs one.
var built = sync.OnceValue(func() error {
	command := exec.Command("go", "build", "-buildvcs=false", "-o", binaries, ".", "./cmd/timpush-emulator")
	command.Dir = root(".")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return nil
})

func TestMain(m *testing.M) {
	if p := asStandIn(); p != nil {
		serveStandIn(p)
		return
	}
	var err error
	if binaries, err = os.MkdirTemp("", "it's a build"); err != nil {
		log.Fatal(err)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(binaries)
		os.Exit(code) //nolint:forbidigo // this is the test binary's main
	}))
}
