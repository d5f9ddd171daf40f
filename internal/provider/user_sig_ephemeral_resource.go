package provider

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*userSigEphemeralResource)(nil)

// How long a UserSig may be valid.
const (
	defaultValidity  = 24 * time.Hour
	shortestValidity = time.Minute
	longestValidity  = 180 * 24 * time.Hour // what the vendor's libraries default to (33517)
)

var validityValidator = durationValidator{
	summary: "Invalid Validity",
	limits:  "a duration from 1m to 4320h (180 days)",
	example: "24h, or 168h for a week",
	parse:   parseValidity,
}

// userSigArguments are the provider's arguments that a UserSig needs.
var userSigArguments = []argument{argSDKAppID, argSecretKey, argUserSig}

type userSigEphemeralResource struct{ provider *providerData }

func newUserSigEphemeralResource() ephemeral.EphemeralResource { return &userSigEphemeralResource{} }

// userSigModel is the block's arguments and results.
type userSigModel struct {
	UserID    types.String `tfsdk:"user_id"`
	Validity  types.String `tfsdk:"validity"`
	UserSig   types.String `tfsdk:"user_sig"`
	ExpiresAt types.String `tfsdk:"expires_at"`
}

func (e *userSigEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user_sig"
}

func (e *userSigEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Makes a UserSig for one account from the provider's `secret_key`, to hand to another provider's write-only argument or configuration. " +
			"A UserSig is all that an account needs to log in: nothing of it reaches plan or state. " +
			"No request is made, so it is not checked whether the account exists. " +
			"The provider cannot make one where it was given `user_sig` in place of the key.",
		Attributes: map[string]schema.Attribute{
			"user_id": schema.StringAttribute{
				MarkdownDescription: "The account's UserID: 1 to 32 letters, digits, `_` and `-`. The UserSig of an app administrator can make all calls of the service's API.",
				Required:            true,
				Validators:          []validator.String{userIDValidator{}},
			},
			"validity": schema.StringAttribute{
				MarkdownDescription: "How long the UserSig is valid, a [Go duration](https://pkg.go.dev/time#ParseDuration) from `1m` to `4320h` (180 days). Defaults to `24h`.",
				Optional:            true,
				Validators:          []validator.String{validityValidator},
			},
			"user_sig": schema.StringAttribute{
				MarkdownDescription: "The UserSig.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "When it expires, in UTC, such as `2026-01-02T15:04:05Z` (RFC 3339).",
				Computed:            true,
			},
		},
	}
}

func (e *userSigEphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	e.provider = data
}

func (e *userSigEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	const summary = "Unable to Make a UserSig"
	var model userSigModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.ClientCapabilities.DeferralAllowed && len(e.provider.unknownOf(userSigArguments...)) > 0 {
		resp.Deferred = &ephemeral.Deferred{Reason: ephemeral.DeferredReasonProviderConfigUnknown}
		return
	}
	if problem := e.provider.notReady(summary, operationOpen, userSigArguments...); problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	validity, given := parseValidity(model.Validity.ValueString())
	if !given {
		validity = defaultValidity
	}
	userSig, expires, err := e.provider.makeUserSig(model.UserID.ValueString(), validity)
	switch {
	case errors.Is(err, timpush.ErrNoKey):
		resp.Diagnostics.AddError(summary, "The provider was given user_sig (TIMPUSH_USER_SIG), from which no other UserSig can be made. "+
			"Give it secret_key (TIMPUSH_SECRET_KEY) in its place.")
		return
	case err != nil:
		resp.Diagnostics.AddAttributeError(path.Root("user_id"), summary, "The signing library failed: "+err.Error()+". Please report this as a bug of the provider.")
		return
	}
	model.UserSig, model.ExpiresAt = types.StringValue(userSig), types.StringValue(expires.UTC().Format(time.RFC3339))
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}

// parseValidity reads a validity, and reports whether it is one within the limits.
func parseValidity(text string) (time.Duration, bool) {
	validity, ok := parseDuration(text)
	return validity, ok && validity >= shortestValidity && validity <= longestValidity
}
