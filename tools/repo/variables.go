package main

import "regexp"

var (
	documentedVariable = regexp.MustCompile("Environment variable: `(TIMPUSH_[A-Z_]+)`")
	anyVariable        = regexp.MustCompile(`\bTIMPUSH_[A-Z]+(?:_[A-Z]+)*\b`)
)

// checkVariables finds environment variables in the documentation that do not exist.
// The page of the provider, which is generated from the schema, lists those that do.
func checkVariables(r *repository) {
	const page = "docs/index.md"
	known := map[string]bool{}
	for _, found := range documentedVariable.FindAllStringSubmatch(r.read(page), -1) {
		known[found[1]] = true
	}
	if len(known) == 0 {
		r.report(page, 0, "no environment variables found; fix variables.go in tools/repo")
		return
	}
	known["TIMPUSH_EMULATOR_KEY"] = true // of the emulator
	for _, file := range append(r.glob("docs/*.md", "docs/*/*.md"), readmes...) {
		text := r.read(file)
		for _, found := range anyVariable.FindAllStringIndex(text, -1) {
			if name := text[found[0]:found[1]]; !known[name] {
				r.report(file, lineAt(text, found[0]), "%s is not a variable of the provider; see %s", name, page)
			}
		}
	}
}
