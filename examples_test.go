package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every configuration under examples/ plans and applies.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	folders := map[string]string{} // to their configuration
	err := filepath.WalkDir("examples", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".tf" {
			return err
		}
		content, err := os.ReadFile(path)
		folders[filepath.Dir(path)] += string(content)
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("found %d examples: %v", len(folders), err)
	}
	for folder, config := range folders {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			if !strings.Contains(config, "required_providers") {
				config += requiredProviders
			}
			w.write(t, "main.tf", config)
			if strings.Contains(config, `provider "timpush"`) {
				w.overrideEndpoint(t)
			}
			w.mustRun(t, "apply", "-no-color", "-auto-approve")
		})
	}
}
