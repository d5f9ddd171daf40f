// Command conformance asks the push service the questions that its documentation leaves open, and prints the answers next to
// the expected ones. CONTRIBUTING.md describes what it needs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/timpush/terraform-provider-timpush/internal/conformance"
	"github.com/timpush/terraform-provider-timpush/internal/provider"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func main() {
	log.SetOutput(io.Discard) // net/http can be made to log signed paths
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)                                    // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) //nolint:forbidigo // this is main
}

// run returns the exit status: 0 if all questions were asked, whatever the answers are.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("conformance", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("json", "", "`file` to which the report is also written, as JSON")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	fail := func(err error) int {
		_, _ = fmt.Fprintln(stderr, "conformance:", err)
		return 1
	}
	var setup conformance.Setup
	config, err := provider.EnvironmentConfig(getenv)
	if err == nil {
		setup, err = conformance.ReadSetup(getenv, config)
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "conformance: %v\nCONTRIBUTING.md lists what this command needs. To try it without an app, run scripts/conformance.sh --emulator.\n", err)
		return 1
	}
	config.UserAgent = "terraform-provider-timpush conformance"
	client, err := timpush.New(config)
	if err != nil {
		return fail(err)
	}
	report := conformance.Run(ctx, setup, client, func(id string) { _, _ = fmt.Fprintln(stderr, id) })
	if err := report.WriteTable(stdout); err != nil {
		return fail(err)
	}
	if *file != "" {
		if err := writeFile(*file, report); err != nil {
			return fail(err)
		}
	}
	if report.Failed() {
		return 1
	}
	return 0
}

// writeFile writes the report as JSON.
func writeFile(path string, report conformance.Report) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // #nosec G304 -- the user names the file
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := report.WriteJSON(file); err != nil {
		_ = file.Close()
		return fmt.Errorf("writing the report: %w", err)
	}
	return file.Close()
}
