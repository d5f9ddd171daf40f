package scheduledpush

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// hasFailed reports whether the service reported an error when it sent the push.
func (m model) hasFailed() bool { return m.DispatchError.ValueString() != "" }

// failed warns that the service reported an error when it sent the push. No page says
// whether it can have sent a part of it (78842).
func failed(state model) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Push Was Not Sent", fmt.Sprintf(
		"The service reported an error when it was to send the push (task %s): %s. It may have reached nobody. To try again, set send_at to a later time, which schedules another push. To end this warning, remove the resource.",
		state.TaskID.ValueString(), kit.Quote(state.DispatchError.ValueString())))
}

// keepFirst follows errors of a plan that replaces a push that is done.
const keepFirst = " Or undo the change: the push is done."

// another warns that a change of a push that is done schedules another one.
func another(prior model) diag.Diagnostic {
	begun := fmt.Sprintf("The service has already begun to send the push (task %s, status %s), so this change schedules another push: whoever got the first one gets both.",
		prior.TaskID.ValueString(), kit.Quote(prior.Status.ValueString()))
	switch {
	case prior.hasPendingStatus():
		begun = fmt.Sprintf("The time of the push (task %s) has passed, so the service has begun to send it, or is about to. This change schedules another push: whoever gets the first one gets both.", prior.TaskID.ValueString())
	case prior.hasFailed():
		begun = fmt.Sprintf("The service reported an error when it was to send the push (task %s): %s. This change schedules another push: if anybody got the first one, they get both.",
			prior.TaskID.ValueString(), kit.Quote(prior.DispatchError.ValueString()))
	}
	return diag.NewWarningDiagnostic("Another Push", begun+" To keep the first one only, undo the change.")
}

// sentDifferently warns that a push that is done was sent with other arguments than those
// of the configuration, which is not known to have changed.
func sentDifferently(prior model, differs path.Paths) diag.Diagnostic {
	var names []string
	for _, argument := range differs {
		names = append(names, argument.String())
	}
	return diag.NewWarningDiagnostic("Push Was Sent Differently", fmt.Sprintf(
		"The push (task %s) was sent as the state says, not as the configuration: somebody else changed it before, or a change got no usable response. Nothing is sent again, and apply only sets the state to the configuration. "+
			"To send the push as configured too, set send_at to another time in the future, which schedules another push.\n\nDifferent: %s",
		prior.TaskID.ValueString(), strings.Join(names, ", ")))
}

// destroyed warns of what destroys a push that is done, or due, does. Only a push whose
// status says so is certain to have begun: another one can be canceled if the service is
// late, and is an error if it has begun.
func destroyed(prior model) diag.Diagnostic {
	if !prior.hasPendingStatus() {
		return forgotten(prior)
	}
	return diag.NewWarningDiagnostic("Push Is Due", fmt.Sprintf(
		"The time of the push (task %s) has passed, but its last known status is %s. If the service has not begun to send it, it is canceled. If the service no longer has it, it is only removed from the state. Otherwise, apply fails: plan again.",
		prior.TaskID.ValueString(), kit.Quote(prior.Status.ValueString())))
}

// forgotten warns that a push that is done leaves the state, since the service cannot
// delete it (78841).
func forgotten(prior model) diag.Diagnostic {
	task := prior.TaskID.ValueString()
	switch {
	case prior.hasFailed():
		return diag.NewWarningDiagnostic("Push Was Not Sent", fmt.Sprintf(
			"The service reported an error when it was to send the push (task %s): %s. The push is only removed from the state.", task, kit.Quote(prior.DispatchError.ValueString())))
	case kindOf(prior.Audience) == "accounts":
		return diag.NewWarningDiagnostic("Push Was Already Sent", fmt.Sprintf(
			"The service has already begun to send the push (task %s), so it can no longer be canceled: it is only removed from the state. The API documentation disagrees on whether a push to listed accounts can be revoked.", task))
	default:
		return diag.NewWarningDiagnostic("Push Was Already Sent", fmt.Sprintf(
			"The service has already begun to send the push (task %s), so it can no longer be canceled: it is only removed from the state. For 24 hours after its start, the action timpush_revoke_push can revoke it.", task))
	}
}
