package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

var toolLine = regexp.MustCompile(`(?m)^(?:tool |\t)([\w./-]+)$`)

// checkDependabot finds modules that Dependabot does not cover, and tools that it does
// not update: it treats tools as indirect dependencies, which must be listed by name.
func checkDependabot(r *repository) {
	const file = ".github/dependabot.yml"
	seen := map[string]int{}  // line by folder
	named := map[string]int{} // line by module of a tool
	for _, update := range items(at(r.yaml(file), "updates")) {
		for _, folder := range items(at(update, "directories")) {
			seen[folder.Value] = folder.Line
		}
		for _, allowed := range items(at(update, "allow")) {
			name := at(allowed, "dependency-name")
			named[text(name)] = lineOf(name)
		}
	}
	used := map[string]bool{}
	for _, module := range append(r.glob("tools/*/go.mod"), "go.mod") {
		folder := path.Clean("/" + path.Dir(module))
		if seen[folder] == 0 {
			r.report(file, 0, "does not cover %s; add %s to directories", module, folder)
		}
		delete(seen, folder)
		for _, tool := range toolLine.FindAllStringSubmatch(r.read(module), -1) {
			found := false
			for name := range named {
				if strings.HasPrefix(tool[1]+"/", name+"/") {
					used[name], found = true, true
				}
			}
			if !found {
				r.report(file, 0, "does not update the tool %s in %s; add its module to allow", tool[1], module)
			}
		}
	}
	for _, folder := range sortedKeys(seen) {
		r.report(file, seen[folder], "there is no module in %s; delete the folder here", folder)
	}
	for _, name := range sortedKeys(named) {
		if !used[name] {
			r.report(file, named[name], "%s is not the module of a tool; delete it", name)
		}
	}
}

func sortedKeys(m map[string]int) (keys []string) {
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
