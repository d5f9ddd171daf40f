package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// kind is a kind of block that the provider offers.
type kind struct{ title, name, folder, file string }

// kinds returns all of them.
func kinds(t *testing.T) (all []kind) {
	t.Helper()
	p, ok := provider.New("test")().(frameworkprovider.ProviderWithEphemeralResources)
	if !ok {
		t.Fatal("the provider has no ephemeral resources")
	}
	for _, constructor := range p.DataSources(t.Context()) {
		var response datasource.MetadataResponse
		constructor().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "timpush"}, &response)
		all = append(all, kind{"data source", response.TypeName, "data-sources", "data-source.tf"})
	}
	for _, constructor := range p.EphemeralResources(t.Context()) {
		var response ephemeral.MetadataResponse
		constructor().Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: "timpush"}, &response)
		all = append(all, kind{"ephemeral resource", response.TypeName, "ephemeral-resources", "ephemeral-resource.tf"})
	}
	return all
}

// Every kind has an example, a row in the README, and a word in the changelog. (The
// docs are checked by make docs-check, the Chinese README by TestReadmesAgree.)
func TestKindsAreDocumented(t *testing.T) {
	t.Parallel()
	rows, named := 0, map[string]string{ // title to the entries of the changelog
		"data source": "", "ephemeral resource": "",
	}
	for entry := range strings.SplitSeq(read(t, "CHANGELOG.md"), "\n- ") {
		for title := range named {
			if strings.HasPrefix(strings.ToLower(entry), title) {
				named[title] += entry
			}
		}
	}
	for _, kind := range kinds(t) {
		rows++
		row := "| " + kind.title + " | [`" + kind.name + "`](docs/" + kind.folder + "/" + strings.TrimPrefix(kind.name, "timpush_") + ".md) |"
		if !strings.Contains(read(t, "README.md"), "\n"+row) {
			t.Errorf("README.md has no row %s", row)
		}
		if !strings.Contains(named[kind.title], "`"+kind.name+"`") {
			t.Errorf("CHANGELOG.md does not name the %s %s", kind.title, kind.name)
		}
		if _, err := os.Stat(filepath.Join("examples", kind.folder, kind.name, kind.file)); err != nil {
			t.Error(err)
		}
	}
	if rows == 0 {
		t.Error("the provider has no kinds")
	}
}
