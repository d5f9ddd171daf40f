package main

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The provider is the framework and little else: what is linked beyond it is
// listed here, and nothing of that is the emulator or made for tests. `make
// bench` shows what it weighs.
func TestShipped(t *testing.T) {
	t.Parallel()
	const ours = "github.com/timpush/terraform-provider-timpush"
	want := []string{
		"github.com/cenkalti/backoff/v5",
		"github.com/hashicorp/terraform-plugin-framework-validators",
		"github.com/tencentyun/tls-sig-api-v2-golang",
		ours,
		ours + "/internal/provider",
		ours + "/internal/timpush",
		"golang.org/x/sync",
	}
	got := linked(t, ".")
	for _, name := range linked(t, "github.com/hashicorp/terraform-plugin-framework/providerserver") {
		got = slices.DeleteFunc(got, func(one string) bool { return one == name })
	}
	if !slices.Equal(got, want) {
		t.Errorf("linked beyond the framework:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// linked lists what a package links: packages of ours and of the standard
// library, and of the rest the modules.
func linked(t *testing.T, name string) []string {
	t.Helper()
	const format = "{{if .Standard}}{{.ImportPath}}{{else if .Module.Main}}{{.ImportPath}}{{else}}{{.Module.Path}}{{end}}"
	output, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format, name).Output()
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(output))
	slices.Sort(names)
	return slices.Compact(names)
}

// What the provider is measured beside has the same modules.
func TestBenchModules(t *testing.T) {
	t.Parallel()
	required := regexp.MustCompile(`(?m)^\t(\S+) (v\S+)`)
	ours := map[string]string{}
	for _, module := range required.FindAllStringSubmatch(read(t, "go.mod"), -1) {
		ours[module[1]] = module[2]
	}
	shared := 0
	for _, module := range required.FindAllStringSubmatch(read(t, "tools/bench/go.mod"), -1) {
		want, found := ours[module[1]]
		if found {
			shared++
		}
		if found && want != module[2] {
			t.Errorf("tools/bench takes %s %s, the provider %s", module[1], module[2], want)
		}
	}
	if shared < 10 {
		t.Errorf("they share %d modules", shared)
	}
}
