package acceptance

import (
	"path/filepath"
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

// inBothLanguages returns a guide and its Chinese translation.
func inBothLanguages(guide string) []string {
	return []string{guide, strings.TrimSuffix(guide, ".md") + "-zh-cn.md"}
}

// translated matches what differs in the code blocks of a translation: comments, and
// messages of conditions, also as the first line of a longer message, and where the
// output of a check shows one.
var translated = regexp.MustCompile(`#.*|error_message += .*|(?m:^ *\["[^"]*"\],$)|(?s)(Check block assertion failed.*)\n\n.*`)

// The tests run the code of the English guides, so the Chinese ones must show the same.
func TestShownTranslations(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, root("docs/guides/*-zh-cn.md")) {
		guide := "docs/guides/" + strings.TrimSuffix(filepath.Base(path), "-zh-cn.md") + ".md"
		var blocks [2][]string
		for i, page := range inBothLanguages(guide) {
			for _, block := range codeBlocks(t, `\w+`, page) {
				blocks[i] = append(blocks[i], translated.ReplaceAllString(block, "$1"))
			}
		}
		if len(blocks[0]) != len(blocks[1]) {
			t.Errorf("%s has %d code blocks, and its translation has %d", guide, len(blocks[0]), len(blocks[1]))
			continue
		}
		for i, block := range blocks[0] {
			if blocks[1][i] != block {
				t.Errorf("%s: the translation of a code block differs:\n%s\n\nit is:\n%s", guide, block, blocks[1][i])
			}
		}
	}
}
