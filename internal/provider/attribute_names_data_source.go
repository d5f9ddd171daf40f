package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ datasource.DataSourceWithConfigure = (*attributeNamesDataSource)(nil)

// attributeNameType is that of what the service says of a name; see
// accountErrorType for why it is no nested attribute.
var attributeNameType = types.ObjectType{AttrTypes: map[string]attr.Type{"index": types.Int64Type, "account_type": types.StringType}}

type attributeNamesDataSource struct{ provider *providerData }

func newAttributeNamesDataSource() datasource.DataSource { return &attributeNamesDataSource{} }

func (d *attributeNamesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_attribute_names"
}

func (d *attributeNamesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the app's attribute names (`get_attr_name`), with the type of the accounts that each is for. " +
			"Names must have been set before attributes of accounts can be. " +
			"What the service should not answer is read all the same, and said in a warning: of a name that occurs twice, the lowest index is shown, and empty names are left out.",
		Attributes: map[string]schema.Attribute{
			"timeouts": timeouts(operationRead),
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

func (d *attributeNamesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	d.provider = data
}

func (d *attributeNamesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if req.ClientCapabilities.DeferralAllowed && len(d.provider.unknownOf()) > 0 {
		resp.Deferred = &datasource.Deferred{Reason: datasource.DeferredReasonProviderConfigUnknown}
		return
	}
	var names []timpush.AttributeName
	if problem := d.provider.call(ctx, "Unable to Read Attribute Names", req.Config, operationRead, func(ctx context.Context, client *timpush.Client) (err error) {
		names, err = client.GetAttributeNames(ctx)
		return err
	}); problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	results, warning := attributeNamesResults(ctx, names)
	if warning != nil {
		resp.Diagnostics.Append(warning)
	}
	state, diags := withResults(req.Config, results)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}
