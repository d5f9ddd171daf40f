package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

const ourModule = "github.com/timpush/terraform-provider-timpush"

// allowedModules are the modules that the provider may link besides the framework.
// Each must be worth its size in every user's download: `make bench` shows the size.
var allowedModules = []string{
	"github.com/agext/levenshtein",
	"github.com/tencentyun/tls-sig-api-v2-golang",
	"golang.org/x/sync",
}

// checkLinked finds packages that the provider must not link: other modules, the
// emulator, and test packages.
func checkLinked(ctx context.Context, r *repository) error {
	provider, err := linked(ctx, r.folder, ".")
	if err != nil {
		return err
	}
	framework, err := linked(ctx, r.folder, "github.com/hashicorp/terraform-plugin-framework/providerserver")
	if err != nil {
		return err
	}
	reportLinked(r, provider, framework)
	return nil
}

func reportLinked(r *repository, provider, framework []string) {
	for _, name := range provider {
		own, ours := strings.CutPrefix(name+"/", ourModule+"/")
		switch {
		case ours && own != "" && !strings.HasPrefix(own, "internal/provider/") && !strings.HasPrefix(own, "internal/timpush/") && own != "internal/buildinfo/":
			r.report("main.go", 0, "the provider links %s; only internal/provider and internal/timpush ship", name)
		case !ours && !slices.Contains(framework, name) && !slices.Contains(allowedModules, name):
			r.report("go.mod", 0, "the provider links %s; remove it, or add it to tools/repo/linked.go with a reason", name)
		}
	}
	for _, name := range allowedModules {
		if !slices.Contains(provider, name) {
			r.report("tools/repo/linked.go", 0, "the provider does not link %s; delete it", name)
		}
	}
}

// linked returns what a package links: our packages, those of the standard library,
// and for all others, their modules.
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
