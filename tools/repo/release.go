package main

// checkRelease finds settings with which a release is not ours, is public before
// somebody has looked at it, or loses its text: GoReleaser reads the text that it is
// given unless changelogs have settings.
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
		r.report(file, lineOf(changelog), "there are settings for changelogs; delete them")
	}
}
