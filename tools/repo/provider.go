package main

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// kind is a data source, resource, function and so on of the provider.
type kind struct {
	title   string // such as "data source"
	name    string // such as "timpush_user_tags"
	folder  string // folder in docs and in examples
	example string // beginning of the name of the example file
}

// page returns the docs page of a kind.
func (k kind) page() string {
	return "docs/" + k.folder + "/" + strings.TrimPrefix(k.name, "timpush_") + ".md"
}

// kindFolders are the folders to which the docs generator writes the pages of kinds.
var kindFolders = []string{"actions", "data-sources", "ephemeral-resources", "functions", "list-resources", "resources"}

// registered returns the kinds in the schema of the provider itself, because no CLI
// supports all kinds.
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
