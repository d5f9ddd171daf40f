package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ datasource.DataSourceWithConfigure = (*userAttributesDataSource)(nil)

const unableToReadUserAttributes = "Unable to Read User Attributes"

type userAttributesDataSource struct{ provider *providerData }

func newUserAttributesDataSource() datasource.DataSource { return &userAttributesDataSource{} }

func (d *userAttributesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user_attributes"
}

func (d *userAttributesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the push attributes of accounts (`get_attr`). " +
			"Every account asked for ends in exactly one of `attributes` and `errors`. " +
			"Attribute names must have been set for the app, and then the users' attributes, before there is anything to read.",
		Attributes: map[string]schema.Attribute{
			"accounts": schema.ListAttribute{
				MarkdownDescription: "The accounts to read: UserIDs or RegistrationIDs, any number. They are read 100 a request, duplicates once. " +
					"An empty list gives empty results and makes no request. No account may be null or empty, or have white space around it or a control character in it.",
				CustomType: newAccountsType(),
				Required:   true,
				Validators: []validator.List{accountsValidator{}},
			},
			"on_account_error": schema.StringAttribute{
				MarkdownDescription: "What to do about accounts that could not be read: `error` fails the read, `warn` warns, `ignore` does neither. " +
					"In each case `errors` holds them. Defaults to `" + onAccountErrorWarn + "`. A request that fails as a whole is always an error.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf(onAccountErrorError, onAccountErrorWarn, onAccountErrorIgnore)},
			},
			"timeouts": readTimeouts(),
			"attributes": schema.MapAttribute{
				MarkdownDescription: "Account to attribute name to value, for each account that was read. An account without attributes has `{}`. " +
					"Values that are not strings in the service's answer keep their text: numbers as sent, `true` and `false`, null as an empty string, objects and arrays as compact JSON.",
				ElementType: types.MapType{ElemType: types.StringType},
				Computed:    true,
			},
			"errors": schema.MapNestedAttribute{
				MarkdownDescription: "Account to the reason why it could not be read.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: map[string]schema.Attribute{
						"code": schema.Int64Attribute{
							MarkdownDescription: "The service's error code for the account, such as 70107 for one that does not exist. Null where the service did not answer for the account.",
							Computed:            true,
						},
						"message": schema.StringAttribute{
							MarkdownDescription: "The service's text, or the code's documented meaning where the service gives none.",
							Computed:            true,
						},
					},
				},
			},
		},
	}
}

func (d *userAttributesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	d.provider = data
}

func (d *userAttributesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model userAttributesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := model.Timeouts.Read(ctx, defaultReadTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	accounts := model.Accounts.accounts()
	result := &timpush.UserAttributes{}
	if len(accounts) > 0 { // an empty list needs nothing of the provider
		if req.ClientCapabilities.DeferralAllowed && d.provider.isUnknown() {
			resp.Deferred = &datasource.Deferred{Reason: datasource.DeferredReasonProviderConfigUnknown}
			return
		}
		client, problem := d.provider.toClient(unableToReadUserAttributes)
		if problem != nil {
			resp.Diagnostics.Append(problem)
			return
		}
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		var err error
		if result, err = client.GetUserAttributes(ctx, accounts); err != nil {
			resp.Diagnostics.Append(readProblem(unableToReadUserAttributes, err, "read", timeout))
			return
		}
	}
	resp.State.Raw, diags = rawState(req.Config, userAttributesResults(result))
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(accountProblems(model.OnAccountError.ValueString(), accounts, result)...)
}
