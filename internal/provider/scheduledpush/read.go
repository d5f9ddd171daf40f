package scheduledpush

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func (r *pushResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	operation := operation(kit.OperationRead, "read", configOf(req.State))
	operation.Timeouts = kit.TimeoutsOfState
	operation.MayDefer = req.ClientCapabilities.DeferralAllowed
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		task, err := client.GetScheduledPush(ctx, state.TaskID.ValueString())
		switch {
		case timpush.IsCode(err, timpush.CodeBadScheduledPush) && state.isPending():
			resp.State.RemoveResource(ctx)
			return nil
		case timpush.IsCode(err, timpush.CodeBadScheduledPush):
			// It is done. The service may forget such pushes, which is not documented.
		case err != nil:
			return err
		default:
			state.refresh(*task, r.Provider.Config.Identifier)
			resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		}
		resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity, state.TaskID.ValueString())...)
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// refresh updates a state with the task as it is. The arguments of a push that the state
// knows to be done remain, since nobody can change it any more; so does its sender,
// which is otherwise another one once the provider's identifier has changed.
func (m *model) refresh(task timpush.ScheduledTask, identifier string) {
	wasPending := m.Status.ValueString() == timpush.StatusPending
	m.setComputed(task)
	before, _ := m.push(identifier)
	if !wasPending {
		return
	}
	now := before.Drifted(task)
	for _, changed := range differences(before, now) {
		switch {
		case changed.Equal(sendAtPath):
			m.SendAt = timeValue(now.At)
		case changed.Equal(audiencePath):
			m.Audience = message.AudienceValue(audienceOf(now))
		case changed.Equal(notificationPath):
			m.Notification = message.NotificationValue(now.Message.Notification)
		case task.Status == timpush.StatusPending:
			m.FromAccount = types.StringValue(now.Message.From)
		}
	}
}
