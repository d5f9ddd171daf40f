package main

import (
	"slices"
	"testing"
)

func TestCheckDependabot(t *testing.T) {
	t.Parallel()
	const config = ".github/dependabot.yml"
	testCheck(t, checkDependabot, nil, files{
		"go.mod": "", "tools/lint/go.mod": "module lint\n\ntool example.com/lint/v2/cmd/lint\n", "tools/bench/go.mod": "",
		config: "updates:\n  - directories: [/, /tools/bench]\n  - directories: [/tools/lint]\n    allow:\n      - dependency-name: example.com/lint/v2\n",
	}, []broken{
		{config, ", /tools/bench", "", config + ": does not cover tools/bench/go.mod; add /tools/bench"},
		{config, "/tools/lint]", "/tools/lint, /tools/gone]", config + ":3: there is no module in /tools/gone"},
		{"tools/lint/go.mod", "lint/v2", "lint/v2/cmd/lint\ntool example.com/other", config + ": does not update the tool example.com/other/cmd/lint"},
		{config, "\n", "\n  - allow:\n      - dependency-name: example.com/li\n", config + ":3: example.com/li is not the module of a tool"},
	})
}

func TestCheckModules(t *testing.T) {
	t.Parallel()
	const require = "require (\n\texample.com/a v1.0.0\n)\n"
	testCheck(t, checkModules, nil, files{
		"go.mod":             require,
		"tools/bench/go.mod": "module bench\n\nreplace github.com/timpush/terraform-provider-timpush => ../..\n\n" + require,
		"tools/lint/go.mod":  "module lint\n\nrequire (\n\texample.com/a v1.1.0\n)\n",
	}, []broken{
		{"tools/bench/go.mod", "v1.0.0", "v1.0.1", "tools/bench/go.mod:6: example.com/a v1.0.1, but go.mod has v1.0.0; run go get example.com/a@v1.0.0 here"},
	})
}

func TestCheckGoVersion(t *testing.T) {
	t.Parallel()
	testCheck(t, checkGoVersion, nil, files{
		"go.mod": "go 1.26.0\n", "tools/tofu/go.mod": "module x\n\ngo 1.26.6\n",
		"CONTRIBUTING.md": "", "README.md": "- Go 1.26.6 or newer\n", "README.zh-CN.md": "",
	}, []broken{
		{"tools/tofu/go.mod", "1.26.6", "1.26.10", "README.md:1: requires Go 1.26.6, but the modules need 1.26.10"},
		{"CONTRIBUTING.md", "", "\nGo 1.26 or newer", "CONTRIBUTING.md:2: requires Go 1.26, but the modules need 1.26.6"},
	})
}

func TestReportLinked(t *testing.T) {
	t.Parallel()
	framework := []string{"fmt", "example.com/framework"}
	good := slices.Concat(framework, allowedModules, []string{ourModule, ourModule + "/internal/provider", ourModule + "/internal/provider/kit", ourModule + "/internal/timpush"})
	for name, test := range map[string]struct {
		linked []string
		want   []string
	}{
		"good":           {good, nil},
		"another module": {append(good, "example.com/new"), []string{"go.mod: the provider links example.com/new; remove it, or add it to tools/repo/linked.go with a reason"}},
		"the emulator":   {append(good, ourModule+"/internal/emulator"), []string{"main.go: the provider links " + ourModule + "/internal/emulator; only internal/provider and internal/timpush ship"}},
		"one less":       {slices.DeleteFunc(slices.Clone(good), func(name string) bool { return name == "golang.org/x/sync" }), []string{"tools/repo/linked.go: the provider does not link golang.org/x/sync; delete it"}},
	} {
		r := &repository{}
		if reportLinked(r, test.linked, framework); !slices.Equal(r.findings, test.want) {
			t.Errorf("%s: found %q", name, r.findings)
		}
	}
}
