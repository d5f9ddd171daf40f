package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// -debug serves until it is interrupted, and says how to attach to it.
func TestAccDebug(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the process cannot be interrupted")
	}
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(binaries, "terraform-provider-timpush"), "-debug")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.Env = w.env
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	attach := regexp.MustCompile(`TF_REATTACH_PROVIDERS='(.*)'`)
	attached := false
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		said := attach.FindStringSubmatch(lines.Text())
		if said == nil {
			continue
		}
		attached = true
		w.env = append(w.env, "TF_REATTACH_PROVIDERS="+said[1])
		w.write(t, "main.tf", `
terraform {
  required_providers {
    timpush = {
      source = "registry.terraform.io/timpush/timpush"
    }
  }
}

data "timpush_user_attributes" "team" {
  accounts = ["xiaoming"]
}

output "city" {
  value = data.timpush_user_attributes.team.attributes["xiaoming"].city
}
`)
		if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "ShenZhen") {
			t.Errorf("the plan does not show the city:\n%s", output)
		}
		cancel()
	}
	if err := command.Wait(); !attached {
		t.Errorf("the process did not say how to attach: %v", err)
	}
}
