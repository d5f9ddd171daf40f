package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// list validates a list block, and returns its results. A validation that fails is the
// only result.
func (p *protocol) list(name string, arguments values, limit int64, include bool) (results []tfprotov6.ListResourceResult) {
	p.tb.Helper()
	config := p.block(p.schema.ListResourceSchemas[name], arguments)
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
