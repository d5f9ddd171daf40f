package usersig

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*ephemeralResource)(nil)

var missingKey = diag.NewErrorDiagnostic("Missing "+kit.SecretKey.Title,
	kit.SecretKey.Missing()+" Set one of them to the key that the console shows for the app: the provider makes UserSigs from it.")

type ephemeralResource struct{ kit.EphemeralResource }

func newEphemeralResource() ephemeral.EphemeralResource { return &ephemeralResource{} }

func (e *ephemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user_sig"
}

func (e *ephemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Makes a UserSig, the signature that an account logs in with, from the app's key.\n\n" +
			"Use it to pass a UserSig to another provider. The UserSig is never stored in plan files or state. " +
			"The CLI opens an ephemeral resource in plan and again in apply, and makes a new UserSig each time.\n\n" +
			"The provider needs `sdk_app_id` and `secret_key`; with `user_sig` in place of the key, it cannot make UserSigs. " +
			"It makes no request, so it does not check whether the account exists.",
		Attributes: map[string]schema.Attribute{
			"user_id": schema.StringAttribute{
				MarkdownDescription: "The UserID of the account: 1 to 32 letters, digits, `_`, and `-`. Anyone with the UserSig of an app administrator can call every API of the app.",
				CustomType:          kit.RequiredStringType{},
				Required:            true,
				Validators:          []validator.String{userIDValidator{}},
			},
			"validity": schema.StringAttribute{
				MarkdownDescription: "How long the UserSig is valid. A " + kit.GoDuration + " from `" + kit.FormatDuration(shortestValidity) + "` to `" + kit.FormatDuration(longestValidity) + "` (" + strconv.Itoa(int(longestValidity/day)) + " days). Defaults to `" + kit.FormatDuration(defaultValidity) + "`.",
				Optional:            true,
				Validators:          []validator.String{validityValidator},
			},
			"user_sig": schema.StringAttribute{
				MarkdownDescription: "The UserSig. Anyone who has it can log in as the account until it expires.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "The time at which the UserSig expires, in UTC, in RFC 3339 format, such as `2026-01-02T15:04:05Z`.",
				Computed:            true,
			},
		},
	}
}

func (e *ephemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var model userSigModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	operation := kit.Operation{
		Name: kit.OperationOpen, Verb: "create", Object: "UserSig", Config: req.Config, MayDefer: req.ClientCapabilities.DeferralAllowed,
	}
	gaps := e.Provider.GapsOf(kit.SDKAppID, kit.SecretKey, kit.UserSig)
	for i, gap := range gaps {
		if gap.Name == kit.SecretKey.Name && !gap.Unknown { // its error does not suggest user_sig, which does not help here
			gaps[i].Problem = missingKey
		}
	}
	deferred, diags := operation.Check(gaps)
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = kit.DeferEphemeralResource()
	}
	if deferred || resp.Diagnostics.HasError() {
		return
	}
	userSig, expires, err := e.Provider.MakeUserSig(model.UserID.ValueString(), validityOf(model))
	switch {
	case errors.Is(err, timpush.ErrNoKey):
		resp.Diagnostics.AddError(operation.Summary(), "The provider has a ready-made UserSig, user_sig (TIMPUSH_USER_SIG), from which it cannot make others. "+
			"Set secret_key (TIMPUSH_SECRET_KEY) instead.")
		return
	case err != nil:
		resp.Diagnostics.AddAttributeError(path.Root("user_id"), operation.Summary(), "The signing library failed: "+err.Error()+". Report this as a bug in the provider.")
		return
	}
	model.UserSig, model.ExpiresAt = types.StringValue(userSig), types.StringValue(expires.UTC().Format(time.RFC3339))
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}
