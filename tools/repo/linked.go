package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

const ourModule = "github.com/timpush/terraform-provider-timpush"

// allowedModules are what the provider may link beyond the framework. Each has to be
// worth its weight in every user's download: `make bench` shows it.
var allowedModules = []string{
	"github.com/agext/levenshtein",
	"github.com/tencentyun/tls-sig-api-v2-golang",
	"golang.org/x/sync",
}

// checkLinked finds what the provider links and should not: other modules, the
// emulator, and what is made for tests.
func checkLinked(ctx context.Context, r *repository) error {
	provider, err := linked(ctx, r.folder, ".")
	if err != nil {
		return err
	}
	framework, err := linked(ctx, r.folder, "github.com/hashicorp/terraform-plugin-framework/providerserver")
	if err != nil {
		return err
	}
	judgeLinked(r, provider, framework)
	return nil
}

func judgeLinked(r *repository, provider, framework []string) {
	for _, name := range provider {
		own, ours := strings.CutPrefix(name+"/", ourModule+"/")
		switch {
		case ours && own != "" && !strings.HasPrefix(own, "internal/provider/") && !strings.HasPrefix(own, "internal/timpush/") && own != "internal/buildinfo/":
			r.report("main.go", 0, "the provider links %s; only internal/provider and internal/timpush ship", name)
		case !ours && !slices.Contains(framework, name) && !slices.Contains(allowedModules, name):
			r.report("go.mod", 0, "the provider links %s; do without it, or add it to tools/repo/linked.go with a reason", name)
		}
	}
	for _, name := range allowedModules {
		if !slices.Contains(provider, name) {
			r.report("tools/repo/linked.go", 0, "the provider does not link %s; delete it", name)
		}
	}
}

// linked lists what a package links: packages of ours and of the standard library,
// and of the rest the modules.
func linked(ctx context.Context, folder, name string) ([]string, error) {
	const format = "{{if .Standard}}{{.ImportPath}}{{else if .Module.Main}}{{.ImportPath}}{{else}}{{.Module.Path}}{{end}}"
	command := exec.CommandContext(ctx, "go", "list", "-deps", "-f", format, name) // #nosec G204 -- names are ours
	command.Dir = folder
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", name, err)
	}
	names := strings.Fields(string(output))
	slices.Sort(names)
	return slices.Compact(names), nil
}
