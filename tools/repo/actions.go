package main

import "regexp"

// exampleAction matches an action with the tag of a major version. Examples use tags
// because they are easier to read than hashes.
var exampleAction = regexp.MustCompile(`uses: ([\w/-]+)@(v\d+)\b`)

// checkExampleActions finds actions in example jobs whose version differs from the one
// in our workflows, which Dependabot updates.
func checkExampleActions(r *repository) {
	ours := map[string]string{}
	for _, workflow := range r.workflows() {
		for _, uses := range workflow.uses() {
			if found := regexp.MustCompile(`^([\w/-]+)@\w+ # (v\d+)\.`).FindStringSubmatch(uses.Value + " " + uses.LineComment); found != nil {
				ours[found[1]] = found[2]
			}
		}
	}
	shown := 0
	for _, file := range append(r.glob("examples/ci/*.yml", "templates/guides/*"), readmes...) {
		text := r.read(file)
		for _, found := range exampleAction.FindAllStringSubmatchIndex(text, -1) {
			shown++
			name, version := text[found[2]:found[3]], text[found[4]:found[5]]
			if want := ours[name]; version != want {
				r.report(file, lineAt(text, found[0]), "%s@%s, but our workflows have %q; use the same version", name, version, want)
			}
		}
	}
	if shown == 0 {
		r.report("examples/ci", 0, "no actions found; fix actions.go in tools/repo")
	}
}
