package scheduledpush

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// maxLag is how long the service may take to return a change: no page says that it returns
// it at once. The state would lose the change otherwise.
const maxLag = time.Second

// readChanged reads a push after a change. If the service still returns the push from
// before, it reads it once more.
func (r *pushResource) readChanged(ctx context.Context, written kit.Operation, prior, plan model) (task *timpush.ScheduledTask, warnings diag.Diagnostics) {
	id := plan.TaskID.ValueString()
	task, warnings = r.readBack(ctx, written, id, "changed")
	if task == nil || !isUnchanged(prior, plan, *task, r.Provider.Config.Identifier) {
		return task, warnings
	}
	timer := time.NewTimer(maxLag)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return task, warnings
	case <-timer.C:
		return r.readBack(ctx, written, id, "changed")
	}
}

// isUnchanged reports whether a task is still the push from before a change.
func isUnchanged(prior, plan model, task timpush.ScheduledTask, identifier string) bool {
	before, _ := prior.push(identifier)
	sent, _ := plan.push(identifier)
	return len(differences(before, held(before, before, task))) == 0 && len(differences(sent, held(before, sent, task))) > 0
}
