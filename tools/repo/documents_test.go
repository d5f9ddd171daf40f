package main

import "testing"

func TestCheckExamples(t *testing.T) {
	t.Parallel()
	const runs = "\nvariables {\n}\n\nrun \"a\" {}\n"
	testCheck(t, checkExamples, nil, files{
		"examples/demo/main.tf":                           "",
		"examples/checks/README.md":                       "",
		"examples/push-audience/README.md":                "",
		"examples/push-audience/tests/unit.tftest.hcl":    "mock_provider \"timpush\" {}\n" + runs,
		"examples/push-audience/tests/unit.tofutest.hcl":  "mock_provider {\n  mock_data \"a\" {\n    b = 1\n  }\n}\n" + runs,
		"examples/push-audience/mocks/timpush.tfmock.hcl": "# For Terraform.\nmock_data \"a\" {\n  b = 1\n}\n",
	}, []broken{
		{"examples/new/main.tf", "", "", "examples/new: no README.md; add one"},
		{"examples/push-audience/tests/unit.tftest.hcl", `"a" {}`, `"b" {}`, "examples/push-audience/tests/unit.tofutest.hcl: differs from examples/push-audience/tests/unit.tftest.hcl in its runs"},
		{"examples/push-audience/mocks/timpush.tfmock.hcl", "1", "2", "examples/push-audience/tests/unit.tofutest.hcl: differs from examples/push-audience/mocks/timpush.tfmock.hcl in its mocks"},
	})
}

func TestCheckLinks(t *testing.T) {
	t.Parallel()
	const page = "https://registry.terraform.io/providers/timpush/timpush/latest/docs"
	testCheck(t, checkLinks, nil, files{
		".git":                              "gitdir: elsewhere", // a file, as in a worktree
		"dist/a.md":                         "[a](not-ours)",
		"README.md":                         "# A\n\n## Try `it`, now\n\n[a](#try-it-now) [b](docs/index.md#schema) [c](examples/ci) [d](https://example.com/x)\n\n```sh\n# [no](link)\n```\n",
		"docs/index.md":                     "<a id=\"schema\"></a>\n\n[a](" + page + "/guides/b#文档) [b](" + page + ")\n",
		"docs/guides/b.md":                  "## 文档\n",
		"examples/ci/README.md":             "[a](../../README.md#a)\n",
		".github/ISSUE_TEMPLATE/config.yml": "url: https://github.com/timpush/terraform-provider-timpush/blob/main/README.md\n",
	}, []broken{
		{"README.md", "#try-it-now", "#try", "README.md:5: links to #try, but README.md has no such heading"},
		{"README.md", "#schema", "#other", "README.md:5: links to docs/index.md#other, but docs/index.md has no such heading"},
		{"docs/index.md", "guides/b", "guides/c", "docs/index.md:3: links to " + page + "/guides/c#文档, but there is no docs/guides/c.md"},
		{"examples/ci/README.md", "../../", "", "examples/ci/README.md:1: links to README.md#a, but examples/ci/README.md has no such heading"},
		{".github/ISSUE_TEMPLATE/config.yml", "main/README", "main/HELP", ".github/ISSUE_TEMPLATE/config.yml:1: links to https://github.com"},
	})
}

func TestCheckReadmes(t *testing.T) {
	t.Parallel()
	const blocks = "```sh\nmake demo # runs it\n# all\nmake test\n```\n\n[a](docs/a.md#b) [en](README.md)\n"
	testCheck(t, checkReadmes, nil, files{
		"README.md":       "Run:\n\n" + blocks,
		"README.zh-CN.md": "```sh\nmake demo # 运行\n# 全部\nmake test\n```\n\n[甲](docs/a.md) [英](README.md)\n",
	}, []broken{
		{"README.md", "make test", "make fuzz", "README.zh-CN.md: code block 1 differs from README.md:3; copy it"},
		{"README.zh-CN.md", "sh", "hcl", "README.zh-CN.md: code block 1 differs"},
		{"README.zh-CN.md", "\n[甲]", "\n```text\n```\n[甲]", "README.zh-CN.md:7: this code block is missing from README.md"},
		{"README.zh-CN.md", "(docs/a.md)", "", "README.zh-CN.md: does not link to docs/a.md, as README.md does"},
		{"README.zh-CN.md", "[甲]", "[乙](docs/b.md) [甲]", "README.md: does not link to docs/b.md, as README.zh-CN.md does"},
	})
}

func TestCheckVariables(t *testing.T) {
	t.Parallel()
	testCheck(t, checkVariables, nil, files{
		"docs/index.md":    "Environment variable: `TIMPUSH_SECRET_KEY`.",
		"docs/guides/a.md": "", "README.md": "export TIMPUSH_SECRET_KEY=...", "README.zh-CN.md": "",
	}, []broken{
		{"docs/guides/a.md", "", "\n`TIMPUSH_SECRET`", "docs/guides/a.md:2: TIMPUSH_SECRET is not a variable of the provider"},
		{"docs/index.md", "", "Variables", "docs/index.md: no environment variables found"},
	})
}

func TestCheckChangelog(t *testing.T) {
	t.Parallel()
	const url = "https://github.com/timpush/terraform-provider-timpush/"
	testCheck(t, checkChangelog, nil, files{
		"CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-12-31\n\n[Unreleased]: " + url + "compare/v1.0.0...main\n[1.0.0]: " + url + "releases/tag/v1.0.0\n",
	}, []broken{
		{"CHANGELOG.md", "## [1.0.0] - 2026-12-31", "## 1.0.0", `CHANGELOG.md:5: "1.0.0" does not have the form [1.2.3]`},
		{"CHANGELOG.md", "\n[1.0.0]: ", "\n[1.0.1]: ", "CHANGELOG.md:5: 1.0.0 is not link 2 at the end"},
		{"CHANGELOG.md", "## [Unreleased]", "## [1.1.0]", "CHANGELOG.md:3: the first section is not [Unreleased]"},
		{"CHANGELOG.md", "## [1.0.0] - 2026-12-31\n", "", "CHANGELOG.md: versions: 1, links: 2"},
	})
}

func TestCheckRelease(t *testing.T) {
	t.Parallel()
	testCheck(t, checkRelease, nil, files{
		".goreleaser.yml": "release:\n  github: { owner: timpush, name: terraform-provider-timpush }\n  draft: true\n  prerelease: auto # by version\n",
	}, []broken{
		{".goreleaser.yml", "owner: timpush", "owner: me", ".goreleaser.yml:2: [release github owner] is not timpush"},
		{".goreleaser.yml", "draft: true", "draft: false", ".goreleaser.yml:3: [release draft] is not true"},
		{".goreleaser.yml", "  prerelease: auto", "#", ".goreleaser.yml: [release prerelease] is not auto"},
		{".goreleaser.yml", "release:", "changelog: {}\nrelease:", ".goreleaser.yml:1: GoReleaser must not write the changelog"},
	})
}
