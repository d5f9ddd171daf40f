// Package acceptance tests the built provider and emulator with a real CLI, as
// separate processes: the examples, the code in guides and READMEs, the demo, the
// CI jobs, and releases.
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

// binaries is the folder with the binaries of provider and emulator.
var binaries string

// built builds both, for the first test that needs one, as mirror.sh does, which then
// has nothing left to build.
var built = sync.OnceValue(func() error {
	command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", binaries, ".", "./cmd/timpush-emulator")
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
