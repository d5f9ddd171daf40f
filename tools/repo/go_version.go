package main

import (
	goversion "go/version"
	"regexp"
)

var (
	goDirective = regexp.MustCompile(`(?m)^go (\S+)$`)
	mentionedGo = regexp.MustCompile(`\bGo (\d+\.\d+(?:\.\d+)?)\b`)
)

// checkGoVersion finds documents that mention another Go version than the highest one
// that a module needs.
func checkGoVersion(r *repository) {
	highest := "0"
	for _, module := range r.glob("go.mod", "tools/*/go.mod") {
		for _, found := range goDirective.FindAllStringSubmatch(r.read(module), -1) {
			if goversion.Compare("go"+found[1], "go"+highest) > 0 {
				highest = found[1]
			}
		}
	}
	for _, file := range append([]string{"CONTRIBUTING.md"}, readmes...) {
		text := r.read(file)
		for _, found := range mentionedGo.FindAllStringSubmatchIndex(text, -1) {
			if named := text[found[2]:found[3]]; named != highest {
				r.report(file, lineAt(text, found[0]), "requires Go %s, but the modules need %s; use that", named, highest)
			}
		}
	}
}
