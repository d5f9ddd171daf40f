package main

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	usesLine   = regexp.MustCompile(`(?m)^[ -]*uses:(.*)$`)
	pinned     = regexp.MustCompile(`^ (?:\./\.github/workflows/[\w-]+\.yml|[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$`)
	runLine    = regexp.MustCompile(`(?m)^[ -]*run:(.*)$`)
	makeTarget = regexp.MustCompile(`^ make ([a-z-]+)(?: [A-Z]+=\w+)?$`)
	topRights  = regexp.MustCompile(`(?m)^permissions: \{\}$`)
	right      = regexp.MustCompile(`(?m)^      ([a-z-]+: (?:read|write))\b`)
	anyRights  = regexp.MustCompile(`(?m)^ +permissions: .`) // on the same line: of all kinds
	triggers   = regexp.MustCompile(`(?s)\non:\n(.*?)\npermissions:`)
	trigger    = regexp.MustCompile(`(?m)^  ([a-z_]+):`)
	// A job, up to the next one.
	workflowJob = regexp.MustCompile(`(?m)^  [\w-]+:\n(?:(?:    .*)?\n)+`)
	toolLine    = regexp.MustCompile(`(?m)^(?:tool |\t)([\w./-]+)$`)
)

// Workflows take actions by their hashes, for a tag can be moved, let no job run
// without end, keep no credentials in the checkout, and do what a make target does,
// which a person can run as well.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	makefile := read(t, "GNUmakefile")
	for _, file := range glob(t, ".github/workflows/*") {
		workflow := read(t, file)
		if filepath.Ext(file) != ".yml" { // the linter would not see it
			t.Errorf("%s is no .yml", file)
		}
		for _, uses := range usesLine.FindAllStringSubmatch(workflow, -1) {
			if !pinned.MatchString(uses[1]) {
				t.Errorf("%s: not pinned by hash and version:%s", file, uses[1])
			}
		}
		if checkouts, without := strings.Count(workflow, "actions/checkout@"), strings.Count(workflow, "persist-credentials: false\n"); checkouts != without {
			t.Errorf("%s: %d checkouts, %d of them without credentials", file, checkouts, without)
		}
		steps := strings.Replace(workflow, "\ndefaults:\n  run:\n", "\n", 1)
		for _, run := range runLine.FindAllStringSubmatch(steps, -1) {
			if target := makeTarget.FindStringSubmatch(run[1]); target == nil || !strings.Contains(makefile, "\n"+target[1]+":") {
				t.Errorf("%s runs no make target:%s", file, run[1])
			}
		}
		_, jobs, _ := strings.Cut(workflow, "\njobs:\n")
		found := workflowJob.FindAllString(jobs+"\n", -1)
		if len(found) == 0 {
			t.Errorf("%s has no jobs", file)
		}
		for _, job := range found {
			if !strings.Contains(job, "\n    timeout-minutes: ") && !strings.Contains(job, "\n    uses: ") {
				t.Errorf("%s: a job lacks a timeout:\n%s", file, job)
			}
		}
	}
}

// Jobs may read what is public already. Only a release may more: it needs the tests,
// an approval, and what no other workflow has touched; and it alone sees secrets.
func TestWorkflowsRights(t *testing.T) {
	t.Parallel()
	for _, file := range glob(t, ".github/workflows/*.yml") {
		workflow := read(t, file)
		if !topRights.MatchString(workflow) || anyRights.MatchString(workflow) {
			t.Errorf("%s has rights beside those that its jobs name one by one", file)
		}
		var rights []string
		for _, found := range right.FindAllStringSubmatch(workflow, -1) {
			rights = append(rights, found[1])
		}
		slices.Sort(rights)
		allowed := []string{"contents: read"}
		if filepath.Base(file) == "release.yml" {
			allowed = []string{"attestations: write", "contents: read", "contents: write", "id-token: write"}
			_, job, _ := strings.Cut(workflow, "\n  release:\n")
			for _, line := range []string{"    needs: [test, lint]\n", "    environment: release\n", "          cache: false"} {
				if !strings.Contains(job, line) {
					t.Errorf("%s: the release lacks %q", file, line)
				}
			}
		} else if strings.Contains(workflow, "secrets.") {
			t.Errorf("%s sees secrets", file)
		}
		if rights = slices.Compact(rights); !slices.Equal(rights, allowed) {
			t.Errorf("%s gives the rights %q, want %q", file, rights, allowed)
		}
		on := triggers.FindStringSubmatch(workflow)
		if on == nil {
			t.Errorf("%s has no triggers", file)
			continue
		}
		for _, found := range trigger.FindAllStringSubmatch(on[1], -1) {
			// Not pull_request_target and its like, which run others' code with our rights.
			if !slices.Contains([]string{"push", "pull_request", "schedule", "workflow_dispatch", "workflow_call"}, found[1]) {
				t.Errorf("%s is started by %s", file, found[1])
			}
		}
	}
}

// The jobs that users copy take the same actions, by their tags, which are easier
// to read there.
func TestExampleActions(t *testing.T) {
	t.Parallel()
	ours := ""
	for _, file := range glob(t, ".github/workflows/*.yml") {
		ours += read(t, file)
	}
	for _, file := range []string{"examples/ci/github-actions.yml", "examples/ci/scheduled.yml", "templates/guides/credentials.md.tmpl"} {
		actions := regexp.MustCompile(`uses: ([\w/-]+)@(v\d+)\n`).FindAllStringSubmatch(read(t, file), -1)
		if len(actions) < 2 {
			t.Errorf("%s has only the actions %v", file, actions)
		}
		for _, action := range actions {
			if !regexp.MustCompile(action[1] + `@\w+ # ` + action[2] + `\.`).MatchString(ours) {
				t.Errorf("%s takes %s in another version than our workflows: %s", file, action[1], action[2])
			}
		}
	}
}

// The workflows take the newest Go of go.mod's line: from go.mod itself they would
// take its very version, with the vulnerabilities that were found since.
func TestWorkflowsGo(t *testing.T) {
	t.Parallel()
	module := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	if module == nil {
		t.Fatal("go.mod names no Go")
	}
	for _, file := range glob(t, ".github/workflows/*.yml") {
		workflow := read(t, file)
		if taken := strings.Count(workflow, "go-version: "+module[1]+".x\n          check-latest: true"); taken != strings.Count(workflow, "actions/setup-go@") {
			t.Errorf("%s does not take the newest Go %s everywhere", file, module[1])
		}
	}
}

// Dependabot sees every module, and every tool, which it takes for an indirect
// dependency and raises only by name.
func TestDependabotSeesEveryModule(t *testing.T) {
	t.Parallel()
	config := read(t, ".github/dependabot.yml")
	var folders, names []string
	for _, list := range regexp.MustCompile(`(?m)^    directories: \[(.*)\]$`).FindAllStringSubmatch(config, -1) {
		folders = append(folders, strings.Split(list[1], ", ")...)
	}
	for _, name := range regexp.MustCompile(`(?m)^      - dependency-name: (.*)$`).FindAllStringSubmatch(config, -1) {
		names = append(names, name[1])
	}
	tools := ""
	wanted := []string{"/"}
	for _, module := range glob(t, "tools/*/go.mod") {
		wanted = append(wanted, "/"+filepath.ToSlash(filepath.Dir(module)))
		for _, tool := range toolLine.FindAllStringSubmatch(read(t, module), -1) {
			tools += tool[1] + "\n"
			if !slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(tool[1]+"/", name+"/") }) {
				t.Errorf("nothing names %s of %s", tool[1], module)
			}
		}
	}
	if slices.Sort(folders); !slices.Equal(folders, wanted) {
		t.Errorf("it sees %v, modules are %v", folders, wanted)
	}
	for _, name := range names {
		if !strings.Contains(tools, name+"/") && !strings.Contains(tools, name+"\n") {
			t.Errorf("%s is no tool of ours", name)
		}
	}
}

// The tests run with the oldest CLIs that are supported, and with one newest
// Terraform wherever one is named.
func TestWorkflowsCLIs(t *testing.T) {
	t.Parallel()
	workflows := read(t, ".github/workflows/test.yml") + read(t, ".github/workflows/lint.yml")
	for name, count := range map[string]int{"terraform": 2, "tofu": 1} {
		versions := map[string]bool{}
		for _, version := range regexp.MustCompile(`name: `+name+`, version: ([\d.]+)|`+name+`_version: ([\d.]+)`).FindAllStringSubmatch(workflows, -1) {
			versions[version[1]+version[2]] = true
		}
		oldest := regexp.MustCompile(`\nmin_` + name + `=([\d.]+)\n`).FindStringSubmatch(read(t, "scripts/cli.sh"))
		if oldest == nil || len(versions) != count || !slices.ContainsFunc(slices.Collect(maps.Keys(versions)), func(version string) bool {
			return strings.HasPrefix(version, oldest[1]+".")
		}) {
			t.Errorf("%s: the workflows name %v, want %d and one of them of %v", name, versions, count, oldest)
		}
	}
}
