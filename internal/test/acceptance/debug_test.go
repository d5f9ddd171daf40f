package acceptance

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// -debug serves until it is interrupted, and prints how to attach to it. Its
// output, with all logs, contains no secret.
func TestAccDebug(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the process cannot be interrupted") //nolint:forbidigo // about the system
	}
	w := newWorkspace(t)
	service := newEmulator(t)
	service.Script(emulator.Fault{Match: emulator.Match{Account: "rejected"}, Effect: emulator.Effect{Code: 70009, EchoSignature: true}})
	seen := &sigRecorder{Handler: service, userSigs: map[string]bool{}}
	w.serve(t, seen)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(binaries, "terraform-provider-timpush"), "-debug")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.Env = append(w.env, "TF_LOG=TRACE", "TMPDIR="+shortTemp(t)) // TMPDIR appears in the output
	var stderr strings.Builder
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	attached, output := false, ""
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		output += lines.Text() + "\n"
		assignment := strings.TrimSpace(lines.Text())
		if !strings.HasPrefix(assignment, "TF_REATTACH_PROVIDERS=") {
			continue
		}
		attached = true
		value, err := exec.CommandContext(t.Context(), "sh", "-c", assignment+"; printf %s \"$TF_REATTACH_PROVIDERS\"").Output()
		if err != nil {
			t.Fatal(err)
		}
		w.env = append(w.env, "TF_REATTACH_PROVIDERS="+string(value))
		w.write(t, "main.tf", `
terraform {
  required_providers {
    timpush = {
      source = "registry.terraform.io/timpush/timpush"
    }
  }
}

data "timpush_user_attributes" "team" {
  accounts = [var.account]
}

variable "account" {
  default = "xiaoming"
}

output "city" {
  value = data.timpush_user_attributes.team.attributes[var.account].city
}
`)
		if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") {
			t.Errorf("the plan does not show the city:\n%s", output)
		}
		if failed, err := w.run(t, "plan", "-no-color", "-var=account=rejected"); err == nil || !strings.Contains(failed, "(redacted)") {
			t.Errorf("the error does not show where secrets were:\n%s", failed)
		}
		cancel()
	}
	if err := command.Wait(); !attached {
		t.Errorf("the process did not print how to attach: %v", err)
	}
	checkHidden(t, map[string]string{"standard output": output, "standard error": stderr.String()}, seen.secrets())
	if !strings.Contains(stderr.String(), "Called the Push Service") {
		t.Errorf("the test proves nothing, standard error is:\n%s", stderr.String())
	}
}
