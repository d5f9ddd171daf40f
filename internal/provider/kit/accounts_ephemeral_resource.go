package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*accountsEphemeralResource[any])(nil)

// accountsEphemeralResource is an ephemeral resource that reads accounts. Unlike
// the results of the data source, its results are not stored in plan or state.
type accountsEphemeralResource[Value any] struct {
	EphemeralResource

	accounts Accounts[Value]
}

// NewEphemeralResource returns the kind's ephemeral resource.
func (a Accounts[Value]) NewEphemeralResource() ephemeral.EphemeralResource {
	return &accountsEphemeralResource[Value]{accounts: a}
}

func (e *accountsEphemeralResource[Value]) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + e.accounts.TypeName
}

func (e *accountsEphemeralResource[Value]) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: e.accounts.Description + "\n\n" +
			"Results are never stored in plan files or state, but warnings and errors name accounts that could not be read. " +
			"The CLI opens an ephemeral resource in plan and again in apply, so each account is read twice.",
		Attributes: map[string]schema.Attribute{},
	}
	for name, attribute := range e.accounts.attributes(OperationOpen) {
		resp.Schema.Attributes[name] = attribute
	}
}

func (e *accountsEphemeralResource[Value]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	result, deferred, diags := e.accounts.run(ctx, e.Provider, Operation{
		Name: OperationOpen, Config: req.Config, MayDefer: req.ClientCapabilities.DeferralAllowed,
	})
	resp.Diagnostics.Append(diags...)
	resp.Result.Raw = result
	if deferred {
		resp.Deferred = DeferEphemeralResource()
	}
}
