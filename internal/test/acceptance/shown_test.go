package acceptance

import (
	"regexp"
	"strings"
	"testing"
)

// documents are the files that show users what to write and to run.
var documents = []string{"README.md", "CONTRIBUTING.md", "docs/*.md", "docs/*/*.md", "examples/*/README.md"}

// codeBlocks returns the code blocks of a language in files of the repository, in all
// documents unless some are named. The language is a regular expression.
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

// codeBlock returns the first such block that holds a text.
func codeBlock(t *testing.T, language, holds string, patterns ...string) string {
	t.Helper()
	for _, block := range codeBlocks(t, language, patterns...) {
		if strings.Contains(block, holds) {
			return block
		}
	}
	t.Fatalf("no code block of %s shows %q", language, holds)
	return ""
}
