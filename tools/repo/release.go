package main

// checkRelease checks that releases are created in our repository, as drafts, with the
// notes that scripts/release.sh passes: GoReleaser may ignore these if the settings
// have a section on changelogs.
func checkRelease(r *repository) {
	const file = ".goreleaser.yml"
	settings := r.yaml(file)
	for _, wanted := range [][]string{
		{"timpush", "release", "github", "owner"},
		{"terraform-provider-timpush", "release", "github", "name"},
		{"true", "release", "draft"},
		{"auto", "release", "prerelease"},
	} {
		value, keys := wanted[0], wanted[1:]
		if got := at(settings, keys...); got == nil || got.Value != value {
			r.report(file, lineOf(got), "%v is not %s; set it", keys, value)
		}
	}
	if changelog := at(settings, "changelog"); changelog != nil {
		r.report(file, lineOf(changelog), "GoReleaser must not write the changelog; delete the section")
	}
}
