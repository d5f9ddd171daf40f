package main

import (
	"io/fs"
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

// documents are those for who works on the repository.
var documents = []string{
	"CONTRIBUTING.md", "MAINTAINING.md", "DESIGN.md", "SECURITY.md", "CHANGELOG.md", ".github/pull_request_template.md",
	".github/ISSUE_TEMPLATE/bug_report.yml", ".github/ISSUE_TEMPLATE/feature_request.yml", ".github/ISSUE_TEMPLATE/config.yml",
}

var (
	inlineCode = regexp.MustCompile("`([^`\n]+)`")
	// A file or folder of ours by its whole path. Where it is only to come, the name has an x.
	namedPath = regexp.MustCompile(`^(?:(?:assets|cmd|docs|examples|internal|scripts|templates|tools)/[\w./-]*|[\w.-]+\.(?:md|go))$`)
	futureOne = regexp.MustCompile(`_xs?\b`)
	namedTest = regexp.MustCompile(`^(?:Test|Fuzz|Benchmark)[A-Z]\w+$`)
	namedMake = regexp.MustCompile(`^make ([a-z -]+)$`)
	// A link to a file beside the document, or on the main branch.
	localLink = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	mainLink  = regexp.MustCompile(`github\.com/timpush/terraform-provider-timpush/(?:blob|tree)/main/([\w./-]+)`)
)

// Files, tests and make targets that the documents name are there.
func TestContributingNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	tests, makefile, found := "", read(t, "GNUmakefile"), 0
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		switch {
		case path == ".git", path == ".bin", path == "dist": // not ours, and may change meanwhile
			return fs.SkipDir
		case err == nil && strings.HasSuffix(path, "_test.go"):
			tests += read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		text := read(t, document)
		exists := func(name string) {
			found++
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s: %v", document, err)
			}
		}
		for _, link := range localLink.FindAllStringSubmatch(text, -1) {
			exists(filepath.Join(filepath.Dir(document), link[1]))
		}
		for _, link := range mainLink.FindAllStringSubmatch(text, -1) {
			exists(link[1])
		}
		for _, code := range inlineCode.FindAllStringSubmatch(text, -1) {
			name := code[1]
			targets := namedMake.FindStringSubmatch(name)
			switch {
			case namedPath.MatchString(name) && !futureOne.MatchString(name):
				exists(name)
			case namedTest.MatchString(name):
				if found++; !strings.Contains(tests, "\nfunc "+name+"(") {
					t.Errorf("%s: there is no %s", document, name)
				}
			case targets != nil:
				for _, target := range strings.Fields(targets[1]) {
					if found++; !strings.Contains(makefile, "\n"+target+":") {
						t.Errorf("%s: there is no make %s", document, target)
					}
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("found only %d names", found)
	}
}

// What the design names of the code is there. (Numbers of the client are compared
// with its own, beside those of the guides.)
func TestDesignNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	design := strings.Join(strings.Fields(read(t, "DESIGN.md")), " ")
	for said, done := range map[string]struct{ file, code string }{
		"between nothing and twice the mean":        {"internal/timpush/retry.go", "RandomizationFactor: 1,"},
		"held twice as long":                        {"internal/timpush/pace.go", "hold = 2 * window"},
		"`warn` unless set":                         {"internal/provider/account_error.go", `onAccountErrorWarn   = "warn" // the default`},
		"At v1.4.0 it does not build":               {"go.mod", "tls-sig-api-v2-golang v1.4.0"},
		"it is just `cli`":                          {"internal/provider/user_agent.go", `" cli/" + cliVersion`},
		"The waits are drawn by `cenkalti/backoff`": {"go.mod", "github.com/cenkalti/backoff/v5"},
	} {
		if !strings.Contains(design, said) {
			t.Errorf("DESIGN.md does not say %q", said)
		}
		if !strings.Contains(read(t, done.file), done.code) {
			t.Errorf("DESIGN.md says %q, but %s has no %q", said, done.file, done.code)
		}
	}
}

// Every version in the changelog is linked at its end, the newest first.
func TestChangelogLinks(t *testing.T) {
	t.Parallel()
	changelog := read(t, "CHANGELOG.md")
	versions := regexp.MustCompile(`(?m)^## \[([^\]]+)\](?: - \d{4}-\d\d-\d\d)?$`).FindAllStringSubmatch(changelog, -1)
	links := regexp.MustCompile(`(?m)^\[([^\]]+)\]: https://github\.com/timpush/terraform-provider-timpush/\S+$`).FindAllStringSubmatch(changelog, -1)
	if len(versions) == 0 || versions[0][1] != "Unreleased" || len(links) != len(versions) || strings.Count(changelog, "\n## ") != len(versions) {
		t.Fatalf("the versions are %v, the links %v", versions, links)
	}
	for i, version := range versions {
		if links[i][1] != version[1] {
			t.Errorf("%s is linked in the place of %s", links[i][1], version[1])
		}
	}
}
