package main

import (
	"cmp"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Links of the READMEs and the docs lead to a heading that is there, and to files
// and pages of the docs that are.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, name := range append(glob(t, "docs/*/*.md"), "docs/index.md", "README.md", "README.zh-CN.md") {
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
