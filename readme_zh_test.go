package main

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The Chinese README has what the English one has: the same code blocks in the same
// order, the same commands and names in its text, the same links, headings and rows.
func TestReadmesAgree(t *testing.T) {
	t.Parallel()
	english, chinese := readmeParts(read(t, "README.md")), readmeParts(read(t, "README.zh-CN.md"))
	for _, part := range slices.Sorted(maps.Keys(english)) {
		got, want := chinese[part], english[part]
		if len(want) == 0 {
			t.Errorf("the README has no %s", part)
		}
		if !slices.Equal(got, want) {
			t.Errorf("README.zh-CN.md has other %s than README.md:\n%s\n\nwant:\n%s", part, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// readmeParts are the parts of a README that no translation changes.
func readmeParts(readme string) map[string][]string {
	blocks := regexp.MustCompile("(?s)```\\w*\n.*?```").FindAllString(readme, -1)
	prose := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(readme, "")
	names := regexp.MustCompile("`[^`\n]+`").FindAllString(prose, -1)
	slices.Sort(names) // sentences differ in their order
	var links, structure []string
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(prose, -1) {
		if target := filepath.Base(link[1]); !strings.HasPrefix(target, "README") { // each links the other
			links = append(links, link[1])
		}
	}
	slices.Sort(links)
	for line := range strings.Lines(prose) {
		for _, begin := range []string{"# ", "## ", "- ", "| "} {
			if strings.HasPrefix(line, begin) {
				structure = append(structure, begin)
			}
		}
	}
	return map[string][]string{"code blocks": blocks, "commands and names": names, "links": links, "headings, points and rows": structure}
}
