package main

import "regexp"

// exampleAction is an action by the tag of its major version, easier to read than by
// hash.
var exampleAction = regexp.MustCompile(`uses: ([\w/-]+)@(v\d+)\b`)

// checkExampleActions finds jobs for users to copy that have an action in another
// version than our workflows, where Dependabot raises it.
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
				r.report(file, lineAt(text, found[0]), "%s@%s, and our workflows have %q; write the same", name, version, want)
			}
		}
	}
	if shown == 0 {
		r.report("examples/ci", 0, "no actions are found; correct actions.go in tools/repo")
	}
}
