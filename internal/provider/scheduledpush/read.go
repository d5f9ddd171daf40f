package scheduledpush

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
		latest := time.Now().Add(timpush.ClockMargin) // at the service: a push that may have been sent is not sent again
		switch {
		case timpush.IsCode(err, timpush.CodeBadScheduledPush) && state.isPendingAt(latest):
			listed, err := isListed(ctx, client, state)
			switch {
			case err != nil:
				return err
			case !listed:
				resp.Diagnostics.Append(gone(state))
				resp.State.RemoveResource(ctx)
				return nil
			}
		case timpush.IsCode(err, timpush.CodeBadScheduledPush):
			// It is done, or may be. The service may forget such pushes, which is not documented.
			if state.isPending() {
				resp.Diagnostics.Append(perhapsGone(state))
			}
		case err != nil:
			return err
		default:
			before := state
			if state.refresh(before, *task, r.Provider.Config.Identifier) {
				resp.Diagnostics.Append(addApplied(ctx, resp.Private, before)...)
			}
			resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
			if state.hasFailed() {
				resp.Diagnostics.Append(failed(state))
			}
		}
		resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity, state.TaskID.ValueString())...)
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// isListed reports whether the service lists a push. A push that cannot be read is not
// gone for that: the code also means other errors (78841), and a push that leaves the
// state by mistake would be scheduled twice.
func isListed(ctx context.Context, client *timpush.Client, state model) (bool, error) {
	at, _ := kit.ParseTime(sendAtPath, state.SendAt, &diag.Diagnostics{})
	created, _ := kit.ParseTime(path.Root("created_at"), state.CreatedAt, &diag.Diagnostics{}) // zero if it is not known
	return client.HasScheduledPush(ctx, state.TaskID.ValueString(), at, created)
}

// gone warns that a push leaves the state, since the next plan is a create.
func gone(state model) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Scheduled Push Does Not Exist", fmt.Sprintf(
		"The service neither reads nor lists the scheduled push (task %s), so it was probably deleted outside of this configuration: it is removed from the state. The next apply schedules it again. "+
			"To leave it deleted, remove its block. If the console still shows it, import it before you apply.", state.TaskID.ValueString()))
}

// perhapsGone warns of a push that does not exist shortly before its time.
func perhapsGone(state model) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Scheduled Push Does Not Exist", fmt.Sprintf(
		"The service no longer has the scheduled push (task %s), whose time is %s. It may have been sent, if this machine's clock is behind, so it remains in the state, and is not scheduled again. "+
			"If it was deleted and should be sent, set send_at to a later time once its time has passed.", state.TaskID.ValueString(), state.SendAt.ValueString()))
}

// refresh updates a state with the task as it is, and reports whether arguments have changed.
// before are the arguments before a change that was just made, or those of the state. The
// arguments of a push that the state knows to be done remain, since nobody can change it any
// more.
func (m *model) refresh(before model, task timpush.ScheduledTask, identifier string) (hasChanged bool) {
	wasPending := m.hasPendingStatus()
	m.setComputed(task)
	if !wasPending {
		return false
	}
	was, _ := before.push(identifier)
	sent, _ := m.push(identifier)
	now := held(was, sent, task)
	changed := differences(sent, now)
	for _, argument := range changed {
		switch {
		case argument.Equal(sendAtPath):
			m.SendAt = timeValue(now.At)
		case argument.Equal(audiencePath):
			m.Audience = message.AudienceValue(audienceOf(now))
		case argument.Equal(notificationPath):
			m.Notification = message.NotificationValue(now.Message.Notification)
		default:
			m.FromAccount = types.StringValue(now.Message.From)
		}
	}
	return len(changed) > 0
}

// held returns a push that was sent as the service holds it. The sender of a push that is
// done remains: it is otherwise another one once the provider's identifier has changed.
func held(before, sent timpush.ScheduledPush, task timpush.ScheduledTask) timpush.ScheduledPush {
	now := sent.Drifted(task, message.KnownFields).WithKept(before, sent, task, message.KnownFields)
	if task.Status != timpush.StatusPending {
		now.Message.From = sent.Message.From
	}
	return now
}
