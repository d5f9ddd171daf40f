package push

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ action.ActionWithConfigure  = (*revokeAction)(nil)
	_ action.ActionWithModifyPlan = (*revokeAction)(nil)
)

// revokeAction is the action timpush_revoke_push.
type revokeAction struct{ kit.Action }

func newRevoke() action.Action { return &revokeAction{} }

func (a *revokeAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_revoke_push"
}

func (a *revokeAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Revokes a push to all accounts or by condition, for 24 hours after its start (" + kit.ServiceLink("`revoke`", 60571) + "). Accounts that have not got the push do not get it. " +
			"On devices that have got it, the new notification replaces it where the platform supports that: APNs, FCM in notification mode, Huawei, and Honor. A push that was opened stays.\n\n" +
			"A push that has already been revoked is no error. The documentation disagrees on whether a push to listed accounts can be revoked.",
		Attributes: map[string]schema.Attribute{
			"task_id": schema.StringAttribute{
				MarkdownDescription: "The task ID of the push, as `timpush_push` shows it.",
				Required:            true,
				Validators:          []validator.String{taskIDValidator},
			},
			"notification": message.NotificationAttribute(), // no page limits the size of a revocation
			"timeouts":     kit.Timeouts(kit.OperationInvoke),
		},
	}
}

// ModifyPlan checks what can fail without a request.
func (a *revokeAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	_, _, diags := readRevocation(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(checkPlan(revoking(req.Config), a.Provider, req, resp)...)
}

func (a *revokeAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	taskID, notification, diags := readRevocation(ctx, req.Config)
	resp.Diagnostics.Append(diags.Errors()...) // plan has shown the warnings
	if resp.Diagnostics.HasError() {
		return
	}
	wire, _ := message.ReadNotification(notification)
	_, diags = a.Provider.Call(ctx, revoking(req.Config), func(ctx context.Context, client *timpush.Client) error {
		already, err := client.Revoke(ctx, taskID.ValueString(), wire)
		if err != nil {
			return err
		}
		line := "Revoked. Task ID: "
		if already {
			line = "Had been revoked before. Task ID: "
		}
		resp.SendProgress(action.InvokeProgressEvent{Message: line + taskID.ValueString()})
		return nil
	})
	resp.Diagnostics.Append(diags...)
}

// readRevocation reads the arguments, and reports what is wrong with them, as far as
// they are known. The framework validates only what is known when the block is
// validated.
func readRevocation(ctx context.Context, config tfsdk.Config) (taskID types.String, notification types.Object, diags diag.Diagnostics) {
	diags.Append(config.GetAttribute(ctx, taskIDPath, &taskID)...)
	diags.Append(config.GetAttribute(ctx, notificationPath, &notification)...)
	diags.Append(message.CheckSet(taskIDPath, taskID)...)
	diags.Append(message.CheckSet(notificationPath, notification)...)
	diags.Append(taskIDValidator.Check(taskIDPath, taskID)...)
	diags.Append(message.CheckNotification(notificationPath, notification)...)
	return taskID, notification, diags
}

func revoking(config tfsdk.Config) kit.Operation {
	return kit.Operation{Name: kit.OperationInvoke, Verb: "revoke", Object: "Push", Config: config}
}
