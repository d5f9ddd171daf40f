package main

import "testing"

const hash = "0123456789abcdef0123456789abcdef01234567"

const goodTests = `on:
  push:
  pull_request:
permissions: {}
jobs:
  test:
    strategy:
      matrix:
        cli:
          - {name: terraform, version: 1.5.7}
          - {name: terraform, version: 1.16.4}
          - {name: tofu, version: 1.6.3}
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@` + hash + ` # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-go@` + hash + ` # v7.0.0
        with:
          go-version: 1.26.x
          check-latest: true
      - run: make test FUZZTIME=10m
`

const goodRelease = `on: push
permissions: {}
jobs:
  test:
    uses: ./.github/workflows/test.yml
    permissions:
      contents: read
  release:
    needs: [test, lint]
    environment: release
    timeout-minutes: 5
    permissions:
      contents: write
      id-token: write
    steps:
      - uses: actions/setup-go@` + hash + ` # v7.0.0
        with:
          go-version: 1.26.x
          check-latest: true
          cache: false
      - run: make test
        env:
          KEY: ${{ secrets.KEY }}
`

const testFile, releaseFile = ".github/workflows/test.yml", ".github/workflows/release.yml"

func TestCheckSteps(t *testing.T) {
	t.Parallel()
	testCheck(t, checkSteps, nil, files{"GNUmakefile": "\ntest: ## run\n", testFile: goodTests, releaseFile: goodRelease}, []broken{
		{testFile, "checkout@" + hash, "checkout@v7", testFile + ":17: actions/checkout@v7 # v7.0.1 is not pinned"},
		{testFile, " # v7.0.1", "", testFile + ":17: actions/checkout@" + hash + " is not pinned"},
		{testFile, "    timeout-minutes: 5\n", "", testFile + ":6: the job test has no timeout-minutes"},
		{testFile, "credentials: false", "credentials: true", testFile + ":17: the checkout keeps credentials"},
		{testFile, "make test", "make tests", testFile + `:24: "make tests FUZZTIME=10m" is not a make target`},
		{testFile, "make test", "curl", testFile + `:24: "curl FUZZTIME=10m" is not a make target`},
		{testFile, "", "on: push\n", testFile + ": no jobs"},
		{".github/workflows/a.yaml", "", "", ".github/workflows/a.yaml: actionlint ignores it"},
	})
}

func TestCheckPermissions(t *testing.T) {
	t.Parallel()
	testCheck(t, checkPermissions, nil, files{testFile: goodTests, releaseFile: goodRelease}, []broken{
		{testFile, "permissions: {}", "permissions: write-all", testFile + ":4: the workflow grants permissions to all jobs"},
		{testFile, "permissions: {}\n", "", testFile + ": the workflow grants permissions to all jobs"},
		{testFile, "contents: read", "contents: write", testFile + ":15: the job test has the permission contents: write"},
		{testFile, "    permissions:\n      contents: read\n", "", testFile + ":6: the job test has no list of permissions"},
		{testFile, "permissions:\n      contents: read", "permissions: read-all", testFile + ":6: the job test has no list of permissions"},
		{testFile, "pull_request", "pull_request_target", testFile + ":3: pull_request_target may run untrusted code"},
		{testFile, "make test", "make ${{ secrets.KEY }}", testFile + ":24: uses a secret"},
		{releaseFile, "id-token: write", "packages: write", releaseFile + ":14: the job release has the permission packages: write"},
		{releaseFile, "on: push", "on: [workflow_run]", releaseFile + ":1: workflow_run may run untrusted code"},
		{releaseFile, "[test, lint]", "[test]", releaseFile + ":9: the release does not need the jobs test and lint"},
		{releaseFile, "environment: release", "environment: test", releaseFile + ":9: the release needs no approval"},
		{releaseFile, "          cache: false\n", "", releaseFile + ":16: the release uses a cache"},
	})
}

func TestCheckVersions(t *testing.T) {
	t.Parallel()
	const lint = ".github/workflows/lint.yml"
	testCheck(t, checkVersions, nil, files{
		testFile: goodTests, lint: "jobs:\n  lint:\n    steps:\n      - with:\n          terraform_version: 1.16.4\n",
		"go.mod": "module x\n\ngo 1.26.0\n", "scripts/cli.sh": "min_terraform=1.5\nmin_tofu=1.6\n",
	}, []broken{
		{"go.mod", "1.26.0", "1.27", testFile + ":20: does not use the newest Go 1.27; set go-version: 1.27.x"},
		{testFile, "check-latest: true", "check-latest: false", testFile + ":20: does not use the newest Go 1.26"},
		{lint, "1.16.4", "1.15.0", testFile + ": with " + lint + `, it runs the versions ["1.15.0" "1.16.4" "1.5.7"] of terraform, want 2`},
		{testFile, "tofu, version: 1.6.3", "tofu, version: 1.60.0", testFile + ": does not run tofu 1.6, the oldest"},
		{"scripts/cli.sh", "min_tofu=1.6\n", "", "scripts/cli.sh: no min_tofu"},
	})
}

func TestCheckExampleActions(t *testing.T) {
	t.Parallel()
	testCheck(t, checkExampleActions, nil, files{
		testFile: goodTests, "examples/ci/github-actions.yml": "      - uses: actions/checkout@v7\n",
		"templates/guides/credentials.md.tmpl": "", "README.md": "", "README.zh-CN.md": "",
	}, []broken{
		{"examples/ci/github-actions.yml", "@v7", "@v6", `examples/ci/github-actions.yml:1: actions/checkout@v6, but our workflows have "v7"`},
		{"templates/guides/credentials.md.tmpl", "", "\nuses: actions/other@v1", `templates/guides/credentials.md.tmpl:2: actions/other@v1, but our workflows have ""`},
		{"examples/ci/github-actions.yml", "", "", "examples/ci: no actions found"},
	})
}
