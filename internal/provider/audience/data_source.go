package audience

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

type dataSource struct{ kit.DataSource }

func newDataSource() datasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_push_audience"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := kit.AccountsAttributes(kit.OperationRead)
	attributes["condition"] = kit.ConditionAttribute()
	attributes["reached"] = schema.ListAttribute{
		MarkdownDescription: "The accounts that the condition selects, in the order of `accounts`, each once.",
		ElementType:         types.StringType,
		Computed:            true,
	}
	attributes["missed"] = schema.MapAttribute{
		MarkdownDescription: "The accounts that the condition does not select: a map from account to the reason, such as `city is \"BeiJing\", not \"ShenZhen\"; level is not set`. Reasons contain values of the accounts and of the condition, even sensitive ones.",
		ElementType:         types.StringType,
		Computed:            true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Predicts which accounts a push with a condition reaches, and why it misses the others. A push itself skips those without an error. " +
			"An account is a UserID (a user of the app) or a RegistrationID (an installation of the app).\n\n" +
			"The provider reads what the condition needs, and sends no push: it calls " + kit.ServiceLink("`get_attr`", 60564) + " and " + kit.ServiceLink("`get_attr_name`", 67815) + " for attributes, or " + kit.ServiceLink("`get_tag`", 60567) + " for tags. " +
			"Each account in `accounts` ends up in exactly one of `reached`, `missed`, and `errors`. " +
			"If the condition has an attribute name that the app does not have, or one for RegistrationIDs that none of the accounts has, a warning says so. The service may reject a push with a name that the app does not have, so such a push reaches nobody.\n\n" +
			kit.Stored(),
		Attributes: attributes,
	}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	condition, diags := kit.ReadCondition(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	audience := reader{condition: condition}
	state, deferred, diags := kit.AccountsRead[string]{Object: audience.object(), Read: audience.read, Results: results}.Run(ctx, d.Provider, kit.Operation{
		Name: kit.OperationRead, Verb: "read", Object: "Push Audience", Config: req.Config, MayDefer: req.ClientCapabilities.DeferralAllowed,
	})
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(audience.warnings...)
	resp.State.Raw = state
	if deferred {
		resp.Deferred = kit.DeferDataSource()
	}
}
