package scheduledpush

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// notHeld reports that the service holds something else than a change has sent. No page
// says whether the service replaces the content or merges it (78840).
func (r *pushResource) notHeld(sent, held model) diag.Diagnostic {
	push, _ := sent.push(r.Provider.Config.Identifier)
	now, _ := held.push(r.Provider.Config.Identifier)
	differing := strings.Join(differingArguments(push, now), ", ")
	fix := "Apply again, in case the service was only slow. If that fails too, replace the push before it is sent: apply with -replace and the address of this resource. " +
		"If the replacement differs too, set what differs to what the state has."
	if !held.hasPendingStatus() {
		fix = "The service has begun to send it, so it can no longer be replaced."
	}
	return diag.NewErrorDiagnostic("Unable to Change Scheduled Push", fmt.Sprintf(
		"The service accepted the change, but the push (task %s) still differs from the configuration: the service may return a change late, or keep what a change leaves out. The state has what the service returned. %s\n\nDifferent: %s", held.TaskID.ValueString(), fix, differing))
}

// differingArguments names the arguments in which two pushes differ, in nested objects too.
func differingArguments(a, b timpush.ScheduledPush) (names []string) {
	for _, differs := range differences(a, b) {
		switch {
		case differs.Equal(audiencePath):
			names = append(names, differing(differs, message.AudienceValue(audienceOf(a)), message.AudienceValue(audienceOf(b)))...)
		case differs.Equal(notificationPath):
			names = append(names, differing(differs, message.NotificationValue(a.Message.Notification), message.NotificationValue(b.Message.Notification))...)
		default:
			names = append(names, differs.String())
		}
	}
	return names
}

// differing names the values in which two values of the same type differ.
func differing(at path.Path, a, b attr.Value) (names []string) {
	if a.Equal(b) {
		return nil
	}
	before, isObject := a.(types.Object)
	after, _ := b.(types.Object)
	if !isObject || before.IsNull() || after.IsNull() {
		return []string{at.String()}
	}
	fields, others := before.Attributes(), after.Attributes()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		names = append(names, differing(at.AtName(name), fields[name], others[name])...)
	}
	return names
}
