package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

var _ datasource.DataSourceWithConfigure = (*accountsDataSource[any])(nil)

// accountsDataSource is a data source that reads accounts.
type accountsDataSource[Value any] struct {
	read     accountsRead[Value]
	provider *providerData
}

func (d *accountsDataSource[Value]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.read.typeName
}

func (d *accountsDataSource[Value]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: d.read.description,
		Attributes:          d.read.attributes(operationRead),
	}
}

func (d *accountsDataSource[Value]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	d.provider = data
}

func (d *accountsDataSource[Value]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if req.ClientCapabilities.DeferralAllowed && len(d.provider.unknownOf()) > 0 && !asksNothing(ctx, req.Config) {
		resp.Deferred = &datasource.Deferred{Reason: datasource.DeferredReasonProviderConfigUnknown}
		return
	}
	state, diags := d.read.run(ctx, d.provider, req.Config, operationRead)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}
