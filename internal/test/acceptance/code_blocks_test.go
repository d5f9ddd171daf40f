package acceptance

import (
	"regexp"
	"strings"
	"testing"
)

// documents are the files with code and commands for users.
var documents = []string{"README.md", "CONTRIBUTING.md", "docs/*.md", "docs/*/*.md", "examples/*/README.md"}

// codeBlocks returns the code blocks of a language in the files that match the
// patterns, or in all documents without patterns. The language is a regular
// expression.
func codeBlocks(t *testing.T, language string, patterns ...string) (blocks []string) {
	t.Helper()
	if len(patterns) == 0 {
		patterns = documents
	}
	fenced := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```")
	for _, pattern := range patterns {
		for _, file := range glob(t, root(pattern)) {
			for _, found := range fenced.FindAllStringSubmatch(read(t, file), -1) {
				blocks = append(blocks, found[1])
			}
		}
	}
	return blocks
}

// codeBlock returns the first such block that contains a text.
func codeBlock(t *testing.T, language, content string, patterns ...string) string {
	t.Helper()
	for _, block := range codeBlocks(t, language, patterns...) {
		if strings.Contains(block, content) {
			return block
		}
	}
	t.Fatalf("no code block of %s contains %q", language, content)
	return ""
}
