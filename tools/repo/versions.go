package main

import (
	"regexp"
	"slices"
	"strings"
)

var (
	goLine = regexp.MustCompile(`(?m)^go (\d+\.\d+)`)
	// The versions of a CLI, in a matrix or in the step that installs it.
	cliVersion = map[string]*regexp.Regexp{
		"terraform": regexp.MustCompile(`name: terraform, version: ([\d.]+)|terraform_version: ([\d.]+)`),
		"tofu":      regexp.MustCompile(`name: tofu, version: ([\d.]+)|tofu_version: ([\d.]+)`),
	}
)

// checkVersions finds workflows that run the wrong versions of Go or of a CLI.
func checkVersions(r *repository) {
	checkGo(r)
	// The oldest supported version, and for Terraform also the newest: tools/opentofu has
	// the newest OpenTofu.
	checkCLI(r, "terraform", 2)
	checkCLI(r, "tofu", 1)
}

// checkGo checks that workflows use the newest release of the Go version in go.mod. If
// the action read go.mod, it would install exactly that release, with vulnerabilities
// that were fixed since.
func checkGo(r *repository) {
	module := goLine.FindStringSubmatch(r.read("go.mod"))
	if module == nil {
		r.report("go.mod", 0, "has no Go version; fix versions.go in tools/repo")
		return
	}
	for _, workflow := range r.workflows() {
		for _, job := range workflow.jobs() {
			for _, step := range job.steps() {
				action := at(step, "uses")
				if strings.HasPrefix(text(action), "actions/setup-go@") &&
					(text(at(step, "with", "go-version")) != module[1]+".x" || text(at(step, "with", "check-latest")) != "true") {
					r.report(workflow.file, action.Line, "does not use the newest Go %s; set go-version: %[1]s.x and check-latest: true", module[1])
				}
			}
		}
	}
}

// checkCLI checks that workflows run count versions of a CLI, one of which is the
// oldest that scripts/cli.sh accepts.
func checkCLI(r *repository, name string, count int) {
	const tests, lint, script = ".github/workflows/test.yml", ".github/workflows/lint.yml", "scripts/cli.sh"
	var versions []string
	for _, found := range cliVersion[name].FindAllStringSubmatch(r.read(tests)+r.read(lint), -1) {
		versions = append(versions, found[1]+found[2])
	}
	slices.Sort(versions)
	versions = slices.Compact(versions)
	if len(versions) != count {
		r.report(tests, 0, "with %s, it runs the versions %q of %s, want %d; use the same newest version everywhere", lint, versions, name, count)
	}
	oldest := regexp.MustCompile(`(?m)^min_` + name + `=([\d.]+)$`).FindStringSubmatch(r.read(script))
	if oldest == nil {
		r.report(script, 0, "no min_%s; fix versions.go in tools/repo", name)
		return
	}
	if !slices.ContainsFunc(versions, func(version string) bool { return strings.HasPrefix(version, oldest[1]+".") }) {
		r.report(tests, 0, "does not run %s %s, the oldest that %s accepts; add it to the matrix", name, oldest[1], script)
	}
}
