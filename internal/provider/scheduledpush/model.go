package scheduledpush

import (
	"cmp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// model is the resource.
type model struct {
	SendAt       types.String `tfsdk:"send_at"`
	Audience     types.Object `tfsdk:"audience"`
	Notification types.Object `tfsdk:"notification"`
	FromAccount  types.String `tfsdk:"from_account"`

	TaskID        types.String `tfsdk:"task_id"`
	Status        types.String `tfsdk:"status"`
	PushTaskID    types.String `tfsdk:"push_task_id"`
	DispatchError types.String `tfsdk:"dispatch_error"`
	CreatedAt     types.String `tfsdk:"created_at"`

	Timeouts types.Object `tfsdk:"timeouts"`
}

// push returns the push that the arguments describe, and whether they are all known
// and valid. identifier is the provider's, which sends by default.
func (m model) push(identifier string) (push timpush.ScheduledPush, known bool) {
	push, arguments := m.knownPush(identifier)
	for _, argument := range []path.Path{sendAtPath, audiencePath, notificationPath, fromAccountPath} {
		if !arguments.Contains(argument) {
			return timpush.ScheduledPush{}, false
		}
	}
	return push, true
}

// knownPush is push with the arguments that are known, and which those are.
func (m model) knownPush(identifier string) (push timpush.ScheduledPush, known path.Paths) {
	isKnown := func(argument path.Path, is bool) {
		if is {
			known = append(known, argument)
		}
	}
	at, hasTime := kit.ParseTime(sendAtPath, m.SendAt, &diag.Diagnostics{})
	isKnown(sendAtPath, hasTime)
	audience, is := message.ReadAudience(m.Audience)
	isKnown(audiencePath, is)
	notification, is := message.ReadNotification(m.Notification)
	isKnown(notificationPath, is)
	isKnown(fromAccountPath, !m.FromAccount.IsUnknown())
	push = timpush.ScheduledPush{
		At: at, Accounts: audience.Accounts,
		Message: timpush.Message{From: cmp.Or(m.FromAccount.ValueString(), identifier), Notification: notification},
	}
	switch { // otherwise, to nobody that is known: the service did not return it to an import
	case audience.Condition != nil:
		push.Kind, push.Condition = timpush.ScheduledToSelected, *audience.Condition
	case audience.Accounts != nil:
		push.Kind = timpush.ScheduledToAccounts
	case audience.Everyone:
		push.Kind = timpush.ScheduledToAll
	}
	return push, known
}

// isPending reports whether the push can be changed. The service forgets a push, or
// updates its status, some time after it was sent, so its time decides too.
func (m model) isPending() bool { return m.isPendingAt(time.Now()) }

// isPendingAt is isPending by another clock.
func (m model) isPendingAt(now time.Time) bool {
	at, hasTime := kit.ParseTime(sendAtPath, m.SendAt, &diag.Diagnostics{})
	return m.hasPendingStatus() && (!hasTime || at.After(now))
}

// hasPendingStatus reports whether the push had not begun when the service was last
// asked.
func (m model) hasPendingStatus() bool { return m.Status.ValueString() == timpush.StatusPending }

// setComputed sets the computed attributes. The time of creation keeps its value if the
// service does not send it.
func (m *model) setComputed(task timpush.ScheduledTask) {
	m.TaskID = types.StringValue(task.ID)
	m.Status = types.StringValue(task.Status)
	m.PushTaskID = types.StringValue(task.PushTaskID)
	m.DispatchError = types.StringValue(task.DispatchError)
	m.CreatedAt = types.StringValue(m.CreatedAt.ValueString())
	if !task.CreatedAt.IsZero() {
		m.CreatedAt = timeValue(task.CreatedAt)
	}
}

// keepComputed keeps the computed attributes of a push that remains the same task.
func (m *model) keepComputed(prior model) {
	m.TaskID, m.Status, m.PushTaskID = prior.TaskID, prior.Status, prior.PushTaskID
	m.DispatchError, m.CreatedAt = prior.DispatchError, prior.CreatedAt
}

// loseComputed makes the computed attributes unknown, as those of another task.
func (m *model) loseComputed() {
	unknown := types.StringUnknown()
	m.TaskID, m.Status, m.PushTaskID, m.DispatchError, m.CreatedAt = unknown, unknown, unknown, unknown, unknown
}

// timeValue returns a time as an argument, or "" if it is not known.
func timeValue(at time.Time) types.String {
	if at.IsZero() {
		return types.StringValue("")
	}
	return types.StringValue(at.Format(time.RFC3339))
}
