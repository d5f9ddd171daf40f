package scheduledpush

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// fixBegun is the fix if the push began between plan and apply.
const fixBegun = "The push was not changed. Plan again: if you still want the change, it schedules another push, so set send_at to a time in the future. Otherwise, undo the change."

// fixPerhapsChanged is the fix if that is found out by a retry: the change may have been
// executed, and only its response lost, before the push began.
const fixPerhapsChanged = "An earlier attempt got no usable response, so the push may have been changed before. Plan again: if the plan shows no change, it was. Otherwise, apply only updates the state. To send the change as another push, set send_at to a later time, too."

// Update changes a push that is pending, completely. If nothing is sent differently, it
// only changes the state. If the service does not hold what was sent, the state has what
// it holds.
func (r *pushResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var prior, plan model
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
	if resp.Diagnostics.HasError() {
		return
	}
	change, diags := r.compare(ctx, prior, plan, req.Private)
	resp.Diagnostics.Append(diags...)
	var task *timpush.ScheduledTask
	switch {
	case resp.Diagnostics.HasError():
	case change.isSame:
	case len(change.replaces) > 0:
		resp.Diagnostics.Append(otherPush(prior, change))
	default:
		task, diags = r.modify(ctx, prior, plan, req, resp)
		resp.Diagnostics.Append(diags...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Plan.Raw
	isHeld := change.isSame
	if task != nil {
		before, now := prior, plan
		imported, diags := isImported(ctx, req.Private)
		resp.Diagnostics.Append(diags...)
		if imported { // what the plan lacks may be what the service adds
			before = plan
		}
		if isHeld = !now.refresh(before, *task, r.Provider.Config.Identifier); !isHeld {
			resp.Diagnostics.Append(r.notHeld(plan, now))
			resp.Diagnostics.Append(resp.State.Set(ctx, now)...)
		}
	}
	resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity, plan.TaskID.ValueString())...)
	if isHeld {
		resp.Diagnostics.Append(keepApplied(ctx, resp.Private, plan)...)
		resp.Diagnostics.Append(setImported(ctx, resp.Private, false)...)
	}
}

// modify changes a push, and reads what the service holds then. The task is nil if that
// cannot be read. The private state has the arguments as soon as the push may have them,
// also if that is an error: the next refresh can be after somebody else's change.
func (r *pushResource) modify(ctx context.Context, prior, plan model, req resource.UpdateRequest, resp *resource.UpdateResponse) (task *timpush.ScheduledTask, all diag.Diagnostics) {
	identifier := r.Provider.Config.Identifier
	operation := operation(kit.OperationUpdate, "change", req.Config)
	operation.Fixes = map[int64]string{
		timpush.CodeScheduledPushDone: fixBegun, timpush.CodeScheduledPushUnderWay: fixBegun,
		timpush.CodeBadScheduledPush: "Plan again: if the push no longer exists, the plan schedules it again. Otherwise, check this machine's clock, and compare the notification with the documentation.",
	}
	_, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		all.Append(plan.check(identifier)...)
		push, known := plan.push(identifier)
		if all.HasError() {
			return nil
		}
		if !known {
			return errUnknown
		}
		err := client.ModifyScheduledPush(ctx, plan.TaskID.ValueString(), push)
		if timpush.IsUnclear(err) {
			operation.Fixes[timpush.CodeScheduledPushDone], operation.Fixes[timpush.CodeScheduledPushUnderWay] = fixPerhapsChanged, fixPerhapsChanged
		}
		if err == nil || timpush.IsUnclear(err) {
			all.Append(addApplied(ctx, resp.Private, plan)...)
		}
		if err != nil {
			return err
		}
		read, warnings := r.readChanged(ctx, operation, prior, plan)
		task = read
		all.Append(warnings...)
		return nil
	})
	return task, append(all, diags...)
}

// otherPush reports a change that turned out to need another push, by values that were
// not known in plan, or by the time that has passed since.
func otherPush(prior model, change change) diag.Diagnostic {
	cause := "The kind of the audience has changed, which was not known in plan, and the service cannot change it."
	if !prior.isPending() {
		cause = fmt.Sprintf("The service has begun to send the push (task %s), so it can no longer be changed.", prior.TaskID.ValueString())
	}
	return diag.NewAttributeErrorDiagnostic(change.replaces[0], "Unable to Change Scheduled Push", cause+" "+fixBegun)
}
