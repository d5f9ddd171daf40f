package main

import (
	"regexp"
	"strings"
)

var requirement = regexp.MustCompile(`(?m)^\t(\S+) (v\S+)`)

// checkModules finds modules of tools that build the provider with other versions of
// its dependencies than go.mod: they would measure or check a different provider.
func checkModules(r *repository) {
	ours := map[string]string{}
	for _, found := range requirement.FindAllStringSubmatch(r.read("go.mod"), -1) {
		ours[found[1]] = found[2]
	}
	for _, module := range r.glob("tools/*/go.mod") {
		text := r.read(module)
		if !strings.Contains(text, "\nreplace github.com/timpush/terraform-provider-timpush => ../..\n") {
			continue
		}
		for _, found := range requirement.FindAllStringSubmatchIndex(text, -1) {
			name, version := text[found[2]:found[3]], text[found[4]:found[5]]
			if want := ours[name]; want != "" && want != version {
				r.report(module, lineAt(text, found[0]), "%s %s, but go.mod has %s; run go get %s@%[3]s here", name, version, want, name)
			}
		}
	}
}
