// Command repo checks the files of the repository: links, workflows, and that every
// kind of the provider is documented. scripts/lint.sh runs it.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
)

// checks are the checks, each in a file of its own. A check reports all its findings.
var checks = []func(*repository){
	checkKinds, checkExamples, checkReadmes, checkLinks, checkVariables, checkChangelog,
	checkSteps, checkPermissions, checkVersions, checkExampleActions, checkDependabot,
	checkModules, checkGoVersion, checkRelease,
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("repo: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: repo FOLDER")
	}
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run prints the findings, and returns an error if there are any.
func run(ctx context.Context, folder string, stdout io.Writer) error {
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err != nil { // #nosec G703 -- the caller's own folder
		return fmt.Errorf("%s is not the folder of the repository: %w", folder, err)
	}
	kinds, err := registered(ctx)
	if err != nil {
		return err
	}
	r := &repository{folder: folder, kinds: kinds}
	for _, check := range checks {
		check(r)
	}
	if err := checkLinked(ctx, r); err != nil {
		return err
	}
	for _, finding := range r.findings {
		if _, err := fmt.Fprintln(stdout, finding); err != nil {
			return err
		}
	}
	if len(r.findings) > 0 {
		return fmt.Errorf("findings: %d", len(r.findings))
	}
	return nil
}
