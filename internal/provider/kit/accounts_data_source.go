package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

var _ datasource.DataSourceWithConfigure = (*accountsDataSource[any])(nil)

// accountsDataSource is a data source that reads accounts.
type accountsDataSource[Value any] struct {
	DataSource

	accounts Accounts[Value]
}

// NewDataSource returns the kind's data source.
func (a Accounts[Value]) NewDataSource() datasource.DataSource {
	return &accountsDataSource[Value]{accounts: a}
}

func (d *accountsDataSource[Value]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.accounts.TypeName
}

func (d *accountsDataSource[Value]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: d.accounts.Description + "\n\n" + Stored(),
		Attributes:          d.accounts.attributes(OperationRead),
	}
}

// Stored says where results of a data source are kept.
func Stored() string {
	return "Accounts and results are stored in plain text in plan files and state. " +
		GuideLink("Personal data and state", "personal-data") + " explains how to keep them out."
}

func (d *accountsDataSource[Value]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	state, deferred, diags := d.accounts.run(ctx, d.Provider, Operation{
		Name: OperationRead, Config: req.Config, MayDefer: req.ClientCapabilities.DeferralAllowed,
	})
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
	if deferred {
		resp.Deferred = DeferDataSource()
	}
}
