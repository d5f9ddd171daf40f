package main

import (
	goversion "go/version"
	"regexp"
)

var (
	neededGo = regexp.MustCompile(`(?m)^go (\S+)$`)
	namedGo  = regexp.MustCompile(`\bGo (\d+\.\d+(?:\.\d+)?)\b`)
)

// checkNeededGo finds documents that ask for another Go than all modules together
// need, where they name one.
func checkNeededGo(r *repository) {
	highest := "0"
	for _, module := range r.glob("go.mod", "tools/*/go.mod") {
		for _, found := range neededGo.FindAllStringSubmatch(r.read(module), -1) {
			if goversion.Compare("go"+found[1], "go"+highest) > 0 {
				highest = found[1]
			}
		}
	}
	for _, file := range append([]string{"CONTRIBUTING.md"}, readmes...) {
		text := r.read(file)
		for _, found := range namedGo.FindAllStringSubmatchIndex(text, -1) {
			if named := text[found[2]:found[3]]; named != highest {
				r.report(file, lineAt(text, found[0]), "asks for Go %s, and the modules need %s; write that", named, highest)
			}
		}
	}
}
