package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bench holds what all measurements share.
type bench struct {
	cli             string // path of terraform or tofu
	folder          string // for all files
	empty, provider string // CLI configurations with the folder of each provider
	repetitions     int
}

// binary is the file that a CLI expects in a provider's folder.
const binary = "terraform-provider-timpush"

// newBench writes the CLI configurations into a folder.
func newBench(folder string, o options) (*bench, error) {
	b := &bench{
		cli:         o.cli,
		folder:      folder,
		empty:       filepath.Join(folder, "empty.tfrc"),
		provider:    filepath.Join(folder, "provider.tfrc"),
		repetitions: o.repetitions,
	}
	for file, binaries := range map[string]string{b.empty: o.floor, b.provider: o.provider} {
		// With dev_overrides only, a CLI needs no init and contacts no registry.
		config := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  dev_overrides {\n    \"timpush/timpush\" = %q\n  }\n}\n", binaries)
		if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// workspace returns a new folder with files by name.
func (b *bench) workspace(files map[string]string) (string, error) {
	folder, err := os.MkdirTemp(b.folder, "workspace")
	if err != nil {
		return "", err
	}
	for name, content := range files {
		// #nosec G703 -- names are constants
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			return "", err
		}
	}
	return folder, nil
}

// version returns the CLI's name and version.
func (b *bench) version(ctx context.Context) (string, error) {
	output, err := b.command(ctx, b.empty, b.folder, "version").Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", b.cli, err)
	}
	line, _, _ := strings.Cut(string(output), "\n")
	return line, nil
}

// plan measures one plan of a workspace. It fails if the plan does not read this
// number of accounts or tasks, so that failed reads are not measured.
func (b *bench) plan(ctx context.Context, cliConfig, workspace string, count int, variables ...string) (time.Duration, error) {
	output, took, err := b.run(ctx, cliConfig, workspace, variables, "plan", "-input=false", "-no-color")
	if err != nil {
		return 0, err
	}
	if want := fmt.Sprintf("  + read_count = %d\n", count); !strings.Contains(output, want) {
		return 0, fmt.Errorf("the plan does not show %q:\n%s", want, output)
	}
	return took, nil
}

// run measures one run of the CLI in a workspace, with additional environment variables.
func (b *bench) run(ctx context.Context, cliConfig, workspace string, variables []string, arguments ...string) (output string, took time.Duration, err error) {
	command := b.command(ctx, cliConfig, workspace, arguments...)
	command.Env = append(command.Env, variables...)
	start := time.Now()
	printed, err := command.CombinedOutput()
	took = time.Since(start)
	if err != nil {
		return "", 0, fmt.Errorf("%s: %w\n%s", arguments[0], err, printed)
	}
	return string(printed), took, nil
}

// command returns a command that runs the CLI without the user's configuration. If
// interrupted, the CLI gets time to stop its provider.
func (b *bench) command(ctx context.Context, cliConfig, folder string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, b.cli, arguments...) // #nosec G204 G702 -- the user names the CLI
	command.Dir = folder
	command.Env = append(cleanEnvironment(), "TF_CLI_CONFIG_FILE="+cliConfig, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	return command
}

// cleanEnvironment returns the environment without variables that configure a CLI
// or the provider: see scripts/cli-env.sh.
func cleanEnvironment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"TF_", "TOFU_", "OTEL_", "TIMPUSH_"} {
			if strings.HasPrefix(name, prefix) {
				return true
			}
		}
		return slices.Contains([]string{"http_proxy", "https_proxy", "all_proxy"}, strings.ToLower(name))
	})
}
