package main

import "regexp"

var (
	versionHeading = regexp.MustCompile(`(?m)^## (.*)$`)
	goodVersion    = regexp.MustCompile(`^\[([^\]]+)\](?: - \d{4}-\d\d-\d\d)?$`)
	versionLink    = regexp.MustCompile(`(?m)^\[([^\]]+)\]: https://github\.com/timpush/terraform-provider-timpush/\S+$`)
)

// checkChangelog finds headings without a version, and versions without a link at the
// end of the changelog. scripts/release.sh uses a version's section as its release
// notes.
func checkChangelog(r *repository) {
	const file = "CHANGELOG.md"
	text := r.read(file)
	links := versionLink.FindAllStringSubmatch(text, -1)
	headings := versionHeading.FindAllStringSubmatchIndex(text, -1)
	for i, found := range headings {
		line, title := lineAt(text, found[0]), text[found[2]:found[3]]
		version := goodVersion.FindStringSubmatch(title)
		switch {
		case version == nil:
			r.report(file, line, "%q does not have the form [1.2.3] - 2026-12-31; fix the heading", title)
		case i == 0 && version[1] != "Unreleased":
			r.report(file, line, "the first section is not [Unreleased]; add an empty one above")
		case i >= len(links) || links[i][1] != version[1]:
			r.report(file, line, "%s is not link %d at the end of the file; link all versions, in the order of their sections", version[1], i+1)
		}
	}
	if len(headings) == 0 || len(links) > len(headings) {
		r.report(file, 0, "versions: %d, links: %d; link each version once", len(headings), len(links))
	}
}
