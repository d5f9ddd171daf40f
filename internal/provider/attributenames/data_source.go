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
		MarkdownDescription: "Reads the app's attribute names. Accounts can only have attributes with these names.\n\n" +
			"The provider calls " + kit.ServiceLink("`get_attr_name`", 67815) + ". An account is a UserID (a user of the app) or a RegistrationID (an installation of the app), and each name is for one of these account types. " +
			"If the response differs from the API documentation, a warning says how. The result omits empty names, and has the lowest index of a name that occurs more than once.",
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
