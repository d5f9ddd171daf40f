package scheduledpush

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// lookTimeout limits the search for a push whose creation is unclear, which is made
// even if the operation has ended: nothing else would know of the push.
const lookTimeout = time.Minute

const fixUnclear = "The push may be scheduled, or become so, so the provider did not send the request again, and the push is not in the state. " +
	"Before you apply again, check the scheduled pushes, in the console or with the list resource timpush_scheduled_push (Terraform 1.14): set begin to a time before this attempt, and end to one after send_at. Import the push if it exists. Otherwise, it would be sent twice."

const fixContent = "Compare the attribute names in audience.condition with those of the app, which the data source timpush_attribute_names reads, and check send_at, this machine's clock, and what notification.json adds."

// errUnknown is a push without a value that check does not miss. The state must not have
// a push that was never sent.
var errUnknown = errors.New("the arguments are not completely known")

func (r *pushResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	identifier := r.Provider.Config.Identifier
	operation := operation(kit.OperationCreate, "create", req.Config)
	operation.Unclear = fixUnclear
	operation.Fixes = map[int64]string{timpush.CodeBadScheduledPush: fixContent}
	var task timpush.ScheduledTask
	looked := "" // what became of the search for the push
	_, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		resp.Diagnostics.Append(plan.check(identifier)...)
		push, known := plan.push(identifier)
		if resp.Diagnostics.HasError() {
			return nil
		}
		if !known {
			return errUnknown
		}
		task.ID, looked, err = schedule(ctx, client, push)
		if err != nil {
			return err
		}
		read, warnings := r.readBack(ctx, operation, task.ID, "scheduled")
		resp.Diagnostics.Append(warnings...)
		if task.Status = timpush.StatusPending; read != nil {
			task = *read
		}
		return nil
	})
	resp.Diagnostics.Append(kit.AddToErrors(diags, looked)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.setComputed(task)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity, task.ID)...)
	resp.Diagnostics.Append(keepApplied(ctx, resp.Private, plan)...)
}

// schedule schedules a push, with one request, and returns its task ID. If the outcome
// is unclear, it looks for the push, and adopts it. looked is a line that says what
// became of a search that found nothing.
func schedule(ctx context.Context, client *timpush.Client, push timpush.ScheduledPush) (id, looked string, err error) {
	since := time.Now()
	id, err = client.AddScheduledPush(ctx, push)
	if err == nil || !timpush.IsUnclear(err) {
		return id, "", err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	found, failure := client.FindScheduledPush(ctx, push, since)
	switch {
	case failure != nil:
		return "", "\nSearch for the push: failed, since " + failure.Error(), err
	case found == nil:
		return "", "\nSearch for the push: found no such push", err
	default:
		return found.ID, "", nil
	}
}

// readBack reads a push that was scheduled or changed, which done says. If that fails, it
// is a warning, and the next refresh reads it: after an error, the CLI would replace a push
// that was scheduled. The task is nil then.
func (r *pushResource) readBack(ctx context.Context, written kit.Operation, id, done string) (task *timpush.ScheduledTask, warnings diag.Diagnostics) {
	_, failures := r.Provider.Call(ctx, operation(written.Name, "read", written.Config), func(ctx context.Context, client *timpush.Client) (err error) {
		task, err = client.GetScheduledPush(ctx, id)
		return err
	})
	for _, failure := range failures {
		warnings.AddWarning(failure.Summary(), fmt.Sprintf("The push was %s (task %s), but reading it failed. The next refresh reads it. %s", done, id, failure.Detail()))
	}
	return task, warnings
}
