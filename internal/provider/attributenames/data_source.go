package attributenames

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

// object is what the data source reads, in summaries.
const object = "Attribute Names"

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
	d.ReadInto(ctx, req, resp, kit.Operation{Object: object}, func(ctx context.Context, client *timpush.Client) (map[string]tftypes.Value, diag.Diagnostics, error) {
		names, err := client.GetAttributeNames(ctx)
		if err != nil {
			return nil, nil, err
		}
		values, diags := results(ctx, names)
		return values, diags, nil
	})
}
