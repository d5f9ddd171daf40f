package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var (
	diagramBlock = regexp.MustCompile("(?s)```mermaid\n(.*?)```")
	// A folder, and what stands in it up to its end.
	diagramFolder = regexp.MustCompile(`(?s)subgraph \w+\["([^"]+)"\](.*?)\n  end\n`)
	diagramFile   = regexp.MustCompile(`\w+\.go\b`)
)

// The files that the diagram of a read names stand where it says.
func TestDiagramFiles(t *testing.T) {
	t.Parallel()
	diagram := diagramBlock.FindString(read(t, "CONTRIBUTING.md"))
	found := 0
	for _, folder := range diagramFolder.FindAllStringSubmatch(diagram, -1) {
		for _, file := range diagramFile.FindAllString(folder[2], -1) {
			found++
			if _, err := os.Stat(filepath.Join(folder[1], file)); err != nil {
				t.Error(err)
			}
		}
	}
	if all := len(diagramFile.FindAllString(diagram, -1)); found == 0 || found != all {
		t.Errorf("of the %d files in the diagram, %d stand in a folder", all, found)
	}
}
