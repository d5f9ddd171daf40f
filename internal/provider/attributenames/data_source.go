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
		MarkdownDescription: "Reads the attribute names of the app. An account, which is a UserID or a RegistrationID, can only have attributes that the app has names for.\n\n" +
			"The provider calls " + kit.ServiceLink("`get_attr_name`", 67815) + ". A name is for one type of account, UserIDs or RegistrationIDs. " +
			"If the response is not as documented, a warning says what is unexpected: empty names are left out, and a name that occurs twice is shown with its lowest index.",
		Attributes: map[string]schema.Attribute{
			"timeouts":        kit.Timeouts(kit.OperationRead),
			"attribute_names": kit.NewObjectsAttribute("The app's attribute names: a map from name to its details. Empty if the app has no names.", attributeNameFields),
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
