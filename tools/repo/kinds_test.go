package main

import (
	"slices"
	"testing"
)

func TestCheckKinds(t *testing.T) {
	t.Parallel()
	kinds := []kind{
		{"data source", "timpush_tags", "data-sources", "data-source"},
		{"list resource", "timpush_tags", "list-resources", "list-resource"},
		{"function", "audience", "functions", "function"},
		{"resource", "timpush_tags", "resources", "resource"},
	}
	const row = "| data source | [`timpush_tags`](docs/data-sources/tags.md) | tags |\n"
	const list = "| list | [`timpush_tags`](https://registry.terraform.io/providers/timpush/timpush/latest/docs/list-resources/tags) | tags |\n"
	const function = "| function | [`provider::timpush::audience`](docs/functions/audience.md) | accounts |\n"
	const resource = "| resource | [`timpush_tags`](docs/resources/tags.md) | tags |\n"
	testCheck(t, checkKinds, kinds, files{
		"docs/functions/audience.md":                                     "",
		"examples/functions/audience/function.tf":                        "",
		"docs/data-sources/tags.md":                                      "",
		"docs/list-resources/tags.md":                                    "",
		"examples/data-sources/timpush_tags/data-source.tf":              "",
		"examples/list-resources/timpush_tags/list-resource.tfquery.hcl": "",
		"docs/resources/tags.md":                                         "",
		"examples/resources/timpush_tags/import.sh":                      "",
		"examples/resources/timpush_tags/resource.tf":                    "",
		"README.md":       row + list + function + resource,
		"README.zh-CN.md": row + list + function + resource,
	}, []broken{
		{"README.md", row, "", "README.md: no row for the data source timpush_tags; add one that links to docs/data-sources/tags.md"},
		{"README.md", "|", "-", "README.md: no row for the data source timpush_tags"},
		{"README.zh-CN.md", "latest/docs/list", "latest/list", "README.zh-CN.md: no row for the list resource timpush_tags"},
		{"README.md", "functions/", "function/", "README.md: no row for the function audience; add one that links to docs/functions/audience.md"},
		{"examples/functions/other/function.tf", "", "", "examples/functions/other: the provider has no such kind"},
		{"README.zh-CN.md", resource, "", "README.zh-CN.md: no row for the resource timpush_tags; add one that links to docs/resources/tags.md"},
		{"docs/resources/other.md", "", "", "docs/resources/other.md: the provider has no such kind; run make docs"},
		{"examples/actions/timpush_push/action.tf", "", "", "examples/actions/timpush_push: the provider has no such kind"},
	})
}

func TestKindsWithoutPageOrExample(t *testing.T) {
	t.Parallel()
	r := fixture(t, files{"README.md": "| [push](docs/actions/push.md) |", "README.zh-CN.md": "| [push](docs/actions/push.md) |"})
	r.kinds = []kind{{"action", "timpush_push", "actions", "action"}}
	checkKinds(r)
	if want := []string{
		"docs/actions/push.md: missing, for the action timpush_push; run make docs",
		"examples/actions/timpush_push: no example of the action; add action.tf",
	}; !slices.Equal(r.findings, want) {
		t.Errorf("found %q", r.findings)
	}
}

// The kinds come from the provider itself.
func TestRegistered(t *testing.T) {
	t.Parallel()
	kinds, err := registered(t.Context())
	for _, want := range []kind{
		{"data source", "timpush_user_attributes", "data-sources", "data-source"},
		{"function", "audience", "functions", "function"},
	} {
		if err != nil || !slices.Contains(kinds, want) {
			t.Errorf("%v, %v", kinds, err)
		}
	}
}
