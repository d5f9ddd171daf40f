package main

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// kind is a data source, a resource, a function and so on of the provider.
type kind struct {
	title   string // what it is
	name    string // as configurations have it
	folder  string // of its docs page, in docs, and of its example, in examples
	example string // how the name of the example's file begins
}

// page is its page of the docs.
func (k kind) page() string {
	return "docs/" + k.folder + "/" + strings.TrimPrefix(k.name, "timpush_") + ".md"
}

// kindFolders are the folders that the docs generator writes pages of kinds to.
var kindFolders = []string{"actions", "data-sources", "ephemeral-resources", "functions", "list-resources", "resources"}

// registered returns the kinds that the provider itself says that it has: no CLI
// knows all of them.
func registered(ctx context.Context) (kinds []kind, err error) {
	server := providerserver.NewProtocol6(provider.New("repo")())()
	schema, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for _, diagnostic := range schema.Diagnostics {
		err = errors.Join(err, errors.New(diagnostic.Summary+": "+diagnostic.Detail))
	}
	kinds = append(kinds, of(schema.ActionSchemas, "action", "action")...)
	kinds = append(kinds, of(schema.DataSourceSchemas, "data source", "data-source")...)
	kinds = append(kinds, of(schema.EphemeralResourceSchemas, "ephemeral resource", "ephemeral-resource")...)
	kinds = append(kinds, of(schema.Functions, "function", "function")...)
	kinds = append(kinds, of(schema.ListResourceSchemas, "list resource", "list-resource")...)
	kinds = append(kinds, of(schema.ResourceSchemas, "resource", "resource")...)
	return kinds, err
}

func of[S any](schemas map[string]S, title, file string) (kinds []kind) {
	for name := range schemas {
		kinds = append(kinds, kind{title: title, name: name, folder: file + "s", example: file})
	}
	return kinds
}
