package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
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

// The diagram has the steps of a request in the order in which the client takes
// them.
func TestDiagramOrder(t *testing.T) {
	t.Parallel()
	_, diagram, _ := strings.Cut(read(t, "CONTRIBUTING.md"), "```mermaid")
	client := read(t, "internal/timpush/client.go")
	_, client, _ = strings.Cut(client, "func (c *Client) call(")
	lastDrawn, lastDone := 0, 0
	for _, step := range []struct{ drawn, done string }{
		{`retry["`, "c.retry("}, {`pace["`, "c.pacer.wait("}, {`sign["`, "c.signer.current("}, {`send["`, "c.send("}, {`decode["`, "c.decode("},
	} {
		drawn, done := strings.Index(diagram, step.drawn), strings.Index(client, step.done)
		if drawn <= lastDrawn || done <= lastDone {
			t.Errorf("%s is drawn at %d and done at %d, after %d and %d", step.drawn, drawn, done, lastDrawn, lastDone)
		}
		lastDrawn, lastDone = drawn, done
	}
}
