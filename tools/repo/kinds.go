package main

import (
	"regexp"
	"slices"
	"strings"
)

// readmes are the READMEs. Each has a row for each kind.
var readmes = []string{"README.md", "README.zh-CN.md"}

// checkKinds finds kinds of the provider without a docs page, an example or a row in
// a README, and pages and examples of kinds that the provider does not have.
func checkKinds(r *repository) {
	slices.SortFunc(r.kinds, func(a, b kind) int { return strings.Compare(a.page(), b.page()) })
	pages, examples := map[string]bool{}, map[string]bool{}
	for _, kind := range r.kinds {
		folder := "examples/" + kind.folder + "/" + kind.name
		pages[kind.page()], examples[folder] = true, true
		if !r.exists(kind.page()) {
			r.report(kind.page(), 0, "missing, for the %s %s; run make docs", kind.title, kind.name)
		}
		if !slices.ContainsFunc(r.names(folder), func(name string) bool { return strings.HasPrefix(name, kind.example) }) {
			r.report(folder, 0, "no example of the %s; add %s.tf", kind.title, kind.example)
		}
		for _, readme := range readmes {
			row := regexp.MustCompile(`(?m)^\|.*\]\((` + regexp.QuoteMeta(kind.page()) + "|" + regexp.QuoteMeta(registryPage(kind.page())) + `)[)#]`)
			if !row.MatchString(r.read(readme)) {
				r.report(readme, 0, "no row for the %s %s; add one that links to %s", kind.title, kind.name, kind.page())
			}
		}
	}
	for _, folder := range kindFolders {
		for _, name := range r.names("docs/" + folder) {
			if page := "docs/" + folder + "/" + name; !pages[page] {
				r.report(page, 0, "the provider has no such kind; run make docs")
			}
		}
		for _, name := range r.names("examples/" + folder) {
			if example := "examples/" + folder + "/" + name; !examples[example] {
				r.report(example, 0, "the provider has no such kind; delete or rename the example")
			}
		}
	}
	if len(r.kinds) == 0 {
		r.report("internal/provider", 0, "the provider has no kinds; fix provider.go in tools/repo")
	}
}
