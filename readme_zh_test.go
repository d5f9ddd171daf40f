package main

import (
	"cmp"
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

// Links of the READMEs and the docs lead to a heading that is there, and to files
// and pages of the docs that are.
func TestLinks(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("docs/*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("found no pages: %v", err)
	}
	for _, name := range append(pages, "docs/index.md", "README.md", "README.zh-CN.md") {
		text := read(t, name)
		anchors := map[string]bool{}
		for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
			anchors["#"+strings.ReplaceAll(strings.ToLower(heading[1]), " ", "-")] = true
		}
		for _, anchor := range regexp.MustCompile(`<a id="([^"]*)">`).FindAllStringSubmatch(text, -1) {
			anchors["#"+anchor[1]] = true
		}
		for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text, -1) {
			target := link[1]
			if page, ours := strings.CutPrefix(target, "https://registry.terraform.io/providers/timpush/timpush/latest/docs"); ours {
				target = "docs" + cmp.Or(page, "/index") + ".md"
			}
			if strings.HasPrefix(target, "https://") {
				continue
			}
			if strings.HasPrefix(target, "#") {
				if !anchors[target] {
					t.Errorf("%s links %s, which is no heading", name, target)
				}
				continue
			}
			if found, err := filepath.Glob(target); err != nil || len(found) != 1 {
				t.Errorf("%s links %s, which is not there", name, target)
			}
		}
	}
}
