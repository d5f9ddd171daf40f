// Windows cannot interrupt a single process.

//go:build unix

package acceptance

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// Interrupts behave as the guide says. In plan and in the apply of a saved plan,
// the first one ends the read. While apply plans, the first one lets the read
// finish, without changes, and the second one ends it.
func TestAccGuideInterrupt(t *testing.T) {
	t.Parallel()
	const read = "data \"timpush_user_attributes\" \"team\" {\n  accounts = [\"xiaoming\"]\n  timeouts = { read = \"1h\" }\n"
	const made = "resource \"terraform_data\" \"made\" {\n  input = timestamp()\n}\n"
	for name, test := range map[string]struct {
		config     string
		save       bool // save the plan and apply it
		arguments  []string
		interrupts int
		responds   bool // the service responds after the interrupt
		prints     string
		made       bool
	}{
		"plan": {
			config: read + "}\n", arguments: []string{"plan"}, interrupts: 1, prints: "read was cancel",
		},
		"apply of a saved plan": {
			config: made + read + "  depends_on = [terraform_data.made]\n}\n", save: true,
			arguments: []string{"apply", "saved"}, interrupts: 1, prints: "read was cancel", made: true,
		},
		"apply that plans": {
			config: made + read + "}\n", arguments: []string{"apply", "-auto-approve"}, interrupts: 1, responds: true,
		},
		"apply that plans, twice": {
			config: made + read + "}\n", arguments: []string{"apply", "-auto-approve"}, interrupts: 2,
			prints: "Two interrupts received",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			service, arrived, respond := newEmulator(t), make(chan struct{}), make(chan struct{})
			arrive, release := sync.OnceFunc(func() { close(arrived) }), sync.OnceFunc(func() { close(respond) })
			w.serve(t, http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
				arrive()
				<-respond
				service.ServeHTTP(rw, req)
			}))
			t.Cleanup(release) // closing the server waits for its requests
			w.env = append(w.env, "TIMPUSH_REQUEST_TIMEOUT=1h")
			w.write(t, "main.tf", requiredProviders+test.config)
			if test.save {
				w.mustRun(t, "plan", "-out=saved")
			}
			var output strings.Builder
			command := exec.CommandContext(t.Context(), cli.Path(), append(test.arguments, "-no-color")...)
			command.Dir, command.Env, command.Stdout, command.Stderr = w.folder, w.env, &output, &output
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- command.Wait() }()
			await(t, arrived, "request")
			for range test.interrupts {
				if err := command.Process.Signal(os.Interrupt); err != nil {
					t.Fatal(err)
				}
				time.Sleep(500 * time.Millisecond) //nolint:forbidigo // signals at the same time would count as one
			}
			if test.responds {
				release()
			}
			if err := await(t, ended, "end of the command"); err == nil {
				t.Error("the command succeeded")
			}
			if !strings.Contains(output.String(), test.prints) {
				t.Errorf("the command does not print %q:\n%s", test.prints, &output)
			}
			state, _ := os.ReadFile(filepath.Join(w.folder, "terraform.tfstate"))
			if made := strings.Contains(string(state), "terraform_data"); made != test.made {
				t.Errorf("the apply made a resource: %t, want %t", made, test.made)
			}
		})
	}
}

// await returns the next value of a channel.
func await[T any](t *testing.T, channel <-chan T, what string) T {
	t.Helper()
	select {
	case value := <-channel:
		return value
	case <-time.After(waitLimit(t)):
		t.Fatalf("there is no %s", what)
		panic("unreachable")
	}
}
