package attributenames

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

type dataSource struct{ kit.DataSource }

func newDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_attribute_names"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the app's attribute names (`get_attr_name`), with the type of the accounts that each is for. " +
			"Names must have been set before attributes of accounts can be. " +
			"Unexpected responses are accepted with a warning: of a name that occurs twice, the lowest index is shown, and empty names are left out.",
		Attributes: map[string]schema.Attribute{
			"timeouts": kit.Timeouts(kit.OperationRead),
			"attribute_names": schema.MapAttribute{
				MarkdownDescription: "Attribute name to what the service says of it. Empty where the app has no names. " +
					"`index` is 0 to 9, and null where the service gives one that is no number. " +
					"`account_type` says which accounts the attribute is for, `" + accountTypeUserID + "` or `" + accountTypeRegistrationID + "`, and is null where the service does not say, or says something else.",
				ElementType: attributeNameType,
				Computed:    true,
			},
		},
	}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	operation := kit.Operation{
		Name: kit.OperationRead, Verb: "read", Object: "Attribute Names", Config: req.Config, MayDefer: req.ClientCapabilities.DeferralAllowed,
	}
	var names []timpush.AttributeName
	deferred, diags := d.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		names, err = client.GetAttributeNames(ctx)
		return err
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = kit.DeferDataSource()
	}
	if deferred || resp.Diagnostics.HasError() {
		return
	}
	values, diags := results(ctx, names)
	resp.Diagnostics.Append(diags...)
	state, diags := kit.WithResults(req.Config, values)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}
