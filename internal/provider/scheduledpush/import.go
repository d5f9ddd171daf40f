package scheduledpush

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const invalidID = "Invalid Import ID"

// ImportState imports a push by its task ID.
func (r *pushResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	// The app of an identity is checked once the provider's configuration is known.
	operation := operation(kit.OperationRead, "import", configOf(resp.State))
	operation.Timeouts = kit.NoTimeouts
	operation.MayDefer = req.ClientCapabilities.DeferralAllowed
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		id, diags := r.idOf(ctx, req)
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		task, err := client.GetScheduledPush(ctx, id)
		if timpush.IsCode(err, timpush.CodeBadScheduledPush) {
			resp.Diagnostics.AddError(invalidID, fmt.Sprintf("SDKAppID %s has no scheduled push %s. Set the ID to that of a scheduled push, which the list resource timpush_scheduled_push lists.", r.Provider.App(), id))
			return nil
		}
		if err != nil {
			return err
		}
		var timeouts types.Object
		resp.Diagnostics.Append(resp.State.GetAttribute(ctx, path.Root("timeouts"), &timeouts)...)
		imported := modelOf(*task, timeouts, r.Provider.Config.Identifier)
		resp.Diagnostics.Append(resp.State.Set(ctx, imported)...)
		resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity, id)...)
		// A configuration that matches is never applied, since nothing changes.
		resp.Diagnostics.Append(keepApplied(ctx, resp.Private, imported)...)
		// One without json is no other push either: the service may have added its fields.
		imported.Notification = message.WithoutJSON(imported.Notification)
		resp.Diagnostics.Append(addApplied(ctx, resp.Private, imported)...)
		resp.Diagnostics.Append(setImported(ctx, resp.Private, true)...)
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// idOf returns the task ID of an import.
func (r *pushResource) idOf(ctx context.Context, req resource.ImportStateRequest) (id string, diags diag.Diagnostics) {
	id = req.ID
	if id == "" {
		var (
			app    types.Int64
			taskID types.String
		)
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(kit.SDKAppID.Name), &app)...)
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(taskIDName), &taskID)...)
		if is, own := strconv.FormatInt(app.ValueInt64(), 10), r.Provider.App(); is != own {
			diags.AddError(invalidID, fmt.Sprintf(
				"The provider is configured for SDKAppID %s, not %s. Set sdk_app_id in the identity to %s, or use a provider configuration of the other app.", own, is, own))
		}
		id = taskID.ValueString()
	}
	if !timpush.IsScheduledID(id) {
		diags.AddError(invalidID, fmt.Sprintf("%s is not the task ID of a scheduled push, which is a whole number. Set the ID to the task ID, which the list resource timpush_scheduled_push lists.", kit.Quote(id)))
	}
	return id, diags
}

// modelOf returns the state of a push that no configuration has created.
func modelOf(task timpush.ScheduledTask, timeouts types.Object, identifier string) model {
	push := task.Push()
	if push.Message.Notification == nil {
		push.Message.Notification = map[string]any{}
	}
	m := model{
		SendAt: timeValue(push.At), Audience: message.AudienceValue(audienceOf(push)),
		Notification: message.NotificationValue(push.Message.Notification), Timeouts: timeouts,
	}
	if from := push.Message.From; from != "" && from != identifier && !task.HasNumericSender() {
		m.FromAccount = types.StringValue(from)
	}
	m.setComputed(task)
	return m
}
