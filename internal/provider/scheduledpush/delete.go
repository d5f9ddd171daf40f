package scheduledpush

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// fixSent is the fix if the push began between plan and apply. An error ends a
// replacement before it sends another push that the plan did not announce, except with
// create_before_destroy: then that push is already scheduled.
const fixSent = "The service began to send the push after the state was last refreshed, so the push was not canceled. Plan again: the plan says what becomes of the push. " +
	"If the block has create_before_destroy, another push may already be scheduled in its place: destroy that one before its send_at, unless both are wanted."

// Delete cancels the push. It asks the service even if the state says that the push is
// done, since the spelling of that status is not documented: a push that is forgotten by
// mistake would be sent.
func (r *pushResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	operation := operation(kit.OperationDelete, "delete", configOf(req.State))
	operation.Timeouts = kit.TimeoutsOfState
	operation.Fixes = map[int64]string{timpush.CodeScheduledPushDone: fixSent, timpush.CodeScheduledPushUnderWay: fixSent}
	_, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		sent, err := cancel(ctx, client, state)
		if sent {
			resp.Diagnostics.Append(forgotten(state))
		}
		return err
	})
	resp.Diagnostics.Append(diags...)
}

// cancel deletes a push, or makes sure that there is nothing to delete: that it was
// sent, as the state says, or that it does not exist.
func cancel(ctx context.Context, client *timpush.Client, state model) (sent bool, err error) {
	id := state.TaskID.ValueString()
	push, _ := state.push("")
	err = client.DeleteScheduledPush(ctx, id, push.Kind)
	if timpush.IsCode(err, timpush.CodeBadScheduledPush) {
		// The code has several meanings, and only one of them is that the push is gone.
		task, failure := client.GetScheduledPush(ctx, id)
		switch {
		case timpush.IsCode(failure, timpush.CodeBadScheduledPush) && state.isPending():
			listed, failure := isListed(ctx, client, state)
			if !listed {
				return false, failure
			}
		case timpush.IsCode(failure, timpush.CodeBadScheduledPush):
			return true, nil
		case failure != nil:
			return false, failure
		case task.Kind != push.Kind: // it drifted
			err = client.DeleteScheduledPush(ctx, id, task.Kind)
		}
	}
	if timpush.IsCode(err, timpush.CodeScheduledPushDone, timpush.CodeScheduledPushUnderWay) && !state.hasPendingStatus() {
		return true, nil // as the plan said
	}
	return false, err
}
