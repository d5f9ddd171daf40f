package push

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ action.ActionWithConfigure      = (*pushAction)(nil)
	_ action.ActionWithModifyPlan     = (*pushAction)(nil)
	_ action.ActionWithValidateConfig = (*pushAction)(nil)
)

// pushAction is the action timpush_push.
type pushAction struct{ kit.Action }

func newPush() action.Action { return &pushAction{} }

func (a *pushAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_push"
}

func (a *pushAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	most := strconv.Itoa(kit.MostListed)
	resp.Schema = schema.Schema{
		MarkdownDescription: "Pushes a notification, once: to listed accounts (" + kit.ServiceLink("`batch`", 67553) + "), or to all accounts or those that a condition selects (" + kit.ServiceLink("`push`", 60561) + ").\n\n" +
			"The provider never sends a push twice. It repeats a request only if the service certainly did not execute it. If a response is lost, the action fails and says that the push may have been sent.\n\n" +
			"Progress messages show the task ID of each push, which statistics and `timpush_revoke_push` need, and the accounts that the service refused: at most " + most + " of each.\n\n" +
			"A push to all accounts or by condition counts toward the app's daily quota: see " + kit.GuideLink("Limits and performance", "performance") + ".",
		Attributes: map[string]schema.Attribute{
			"audience":     message.AudienceAttribute(),
			"notification": message.NotificationAttribute(),
			"from_account": message.SenderAttribute(),
			"data_id": schema.StringAttribute{
				MarkdownDescription: "A text of 1 to " + strconv.Itoa(timpush.MaxDataIDBytes) + " bytes that the service passes to the app's webhook. In the API: `DataId`.",
				Optional:            true,
			},
			"message_random": schema.Int64Attribute{
				MarkdownDescription: "A number from 0 to " + strconv.Itoa(timpush.MaxMessageRandom) + " that identifies the push for a person who looks for it. Only for pushes that take one request. Defaults to a random number for each request, which its retries keep. In the API: `MsgRandom`.",
				Optional:            true,
			},
			"accounts_per_second": schema.Int64Attribute{
				MarkdownDescription: "The maximum number of accounts in any one second, with `accounts`: at least 1. The provider sends one request a second, with at most this number and at most " + strconv.Itoa(timpush.MaxPushAccounts) + " accounts. Defaults to " + strconv.Itoa(defaultPerSecond) + ", which is what the service allows in its lowest edition.",
				Optional:            true,
			},
			"timeouts": kit.Timeouts(kit.OperationInvoke),
		},
	}
}

// ValidateConfig checks the arguments that have no validators.
func (a *pushAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	arguments, diags := readArguments(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(arguments.problems()...)
}

// ModifyPlan checks what can fail without a request, so that the action does not fail
// after the change that triggers it.
func (a *pushAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	arguments, diags := readArguments(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	operation := pushing(req.Config)
	resp.Diagnostics.Append(checkPlan(operation, a.Provider, req, resp)...)
	resp.Diagnostics.Append(arguments.check()...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(arguments.limits(ctx, operation, a.Provider.Config.Identifier)...)
}

func (a *pushAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	arguments, diags := readArguments(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(arguments.check().Errors()...) // plan has shown the warnings
	if resp.Diagnostics.HasError() {
		return
	}
	operation := pushing(req.Config)
	resp.Diagnostics.Append(arguments.limits(ctx, operation, a.Provider.Config.Identifier)...)
	if resp.Diagnostics.HasError() {
		return
	}
	audience, _ := message.ReadAudience(arguments.audience)
	notification, _ := message.ReadNotification(arguments.notification)
	s := sending{
		message: arguments.message(notification, a.Provider.Config.Identifier), audience: audience,
		perRequest: arguments.perRequest(), nextRandom: arguments.nextRandom,
	}
	o := &outcome{
		show:     func(line string) { resp.SendProgress(action.InvokeProgressEvent{Message: line}) },
		failures: map[string]timpush.AccountError{},
	}
	if audience.Accounts != nil {
		o.accounts = timpush.Unique(audience.Accounts)
	}
	_, diags = a.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		return s.run(ctx, client, o.add)
	})
	resp.Diagnostics.Append(o.end(diags)...)
}

func pushing(config tfsdk.Config) kit.Operation {
	return kit.Operation{
		Name: kit.OperationInvoke, Verb: "push", Object: "Notification", Config: config,
		Fewer:    "push to fewer accounts",
		Canceled: "No request was cut off.",
		Unclear: "The push may have been sent, so the provider did not send it again. Before you invoke the action again, find out: " +
			"ask a recipient, or read the data source timpush_push_statistics for the last minutes, without task_ids. Whoever got the push would get it twice.",
	}
}

// checkPlan reports whether the provider's configuration allows an action, or defers it.
func checkPlan(operation kit.Operation, provider *kit.ProviderData, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) diag.Diagnostics {
	operation.MayDefer = req.ClientCapabilities.DeferralAllowed
	deferred, diags := operation.CheckPlan(provider.Gaps)
	if deferred {
		resp.Deferred = &action.Deferred{Reason: action.DeferredReasonProviderConfigUnknown}
	}
	return diags
}
