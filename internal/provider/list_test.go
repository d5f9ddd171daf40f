package provider

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// listTitle is the title of list resources as kinds.
const listTitle = "list resource"

func listKind(t *testing.T, constructor func() list.ListResource) kind {
	t.Helper()
	var metadata resource.MetadataResponse
	constructor().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "timpush"}, &metadata)
	name := metadata.TypeName
	return kind{
		title: listTitle, name: name,
		configure: func(ctx context.Context, providerData any) bool {
			configured, ok := constructor().(list.ListResourceWithConfigure)
			if !ok {
				return false
			}
			var response resource.ConfigureResponse
			configured.Configure(ctx, resource.ConfigureRequest{ProviderData: providerData}, &response)
			return response.Diagnostics.HasError()
		},
		schema: func(p *protocol) *tfprotov6.Schema { return p.schema.ListResourceSchemas[name] },
		run: func(p *protocol, config *tfprotov6.DynamicValue, _ bool) (got outcome) {
			for _, result := range p.listWith(name, config, 0, true) {
				got.diagnostics = append(got.diagnostics, result.Diagnostics...)
			}
			return got
		},
	}
}

// list validates a list block, and returns its results. A validation that fails is the
// only result.
func (p *protocol) list(name string, arguments values, limit int64, include bool) (results []tfprotov6.ListResourceResult) {
	p.tb.Helper()
	return p.listWith(name, p.block(p.schema.ListResourceSchemas[name], arguments), limit, include)
}

func (p *protocol) listWith(name string, config *tfprotov6.DynamicValue, limit int64, include bool) (results []tfprotov6.ListResourceResult) {
	p.tb.Helper()
	server, ok := p.server.(tfprotov6.ProviderServerWithListResource) //nolint:staticcheck // until every server has it
	if !ok {
		p.tb.Fatal("the provider has no list resources")
	}
	validated, err := server.ValidateListResourceConfig(p.tb.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: name, Config: config})
	if err != nil {
		p.tb.Fatal(err)
	}
	if failed(validated.Diagnostics) {
		return []tfprotov6.ListResourceResult{{Diagnostics: validated.Diagnostics}}
	}
	stream, err := server.ListResource(p.tb.Context(), &tfprotov6.ListResourceRequest{TypeName: name, Config: config, Limit: limit, IncludeResource: include})
	if err != nil {
		p.tb.Fatal(err)
	}
	for result := range stream.Results {
		results = append(results, result)
	}
	return results
}
