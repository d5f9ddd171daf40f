package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*accountsEphemeralResource[any])(nil)

// accountsEphemeralResource is an ephemeral resource that reads accounts: the
// data source's twin, of which nothing reaches plan or state.
type accountsEphemeralResource[Value any] struct {
	read     accountsRead[Value]
	provider *providerData
}

func (e *accountsEphemeralResource[Value]) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + e.read.typeName
}

func (e *accountsEphemeralResource[Value]) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: e.read.description + " Nothing of it reaches plan or state, though warnings and errors name accounts that could not be read. The CLI opens it in plan and again in apply: it is read twice.",
		Attributes:          map[string]schema.Attribute{},
	}
	for name, attribute := range e.read.attributes(operationOpen) {
		resp.Schema.Attributes[name] = attribute
	}
}

func (e *accountsEphemeralResource[Value]) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	e.provider = data
}

func (e *accountsEphemeralResource[Value]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	if req.ClientCapabilities.DeferralAllowed && len(e.provider.unknownOf()) > 0 && !asksNothing(ctx, req.Config) {
		resp.Deferred = &ephemeral.Deferred{Reason: ephemeral.DeferredReasonProviderConfigUnknown}
		return
	}
	result, diags := e.read.run(ctx, e.provider, req.Config, operationOpen)
	resp.Diagnostics.Append(diags...)
	resp.Result.Raw = result
}
