package scheduledpush

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// check reports what is wrong with the arguments of a push that is to be scheduled or
// changed, as far as they are known. Validators have checked what was known then;
// their warnings are not repeated.
func (m model) check(identifier string) (diags diag.Diagnostics) {
	diags.Append(message.CheckSet(sendAtPath, m.SendAt)...)
	diags.Append(message.CheckSet(audiencePath, m.Audience)...)
	diags.Append(message.CheckSet(notificationPath, m.Notification)...)
	diags.Append(message.CheckAudience(audiencePath, m.Audience).Errors()...)
	diags.Append(message.CheckNotification(notificationPath, m.Notification).Errors()...)
	diags.Append(message.CheckSender(fromAccountPath, m.FromAccount)...)
	if at, known := kit.ParseTime(sendAtPath, m.SendAt, &diags); known {
		diags.Append(m.checkFuture(at)...)
	}
	audience, _ := message.ReadAudience(m.Audience)
	if count := len(knownAccounts(m.Audience)); count > timpush.MaxPushAccounts {
		diags.AddAttributeError(audiencePath.AtName("accounts"), "Too Many Accounts", fmt.Sprintf(
			"The push is for %d accounts, and the limit of a scheduled push is %s. Schedule several pushes, or set condition.", count, mostAccounts))
	}
	if push, known := m.push(identifier); known && !diags.HasError() {
		diags.Append(message.CheckLimits(push.Message, audience)...)
	}
	return diags
}

// checkFuture reports a time that has passed.
func (m model) checkFuture(at time.Time) (diags diag.Diagnostics) {
	now := time.Now()
	if at.After(now) {
		return nil
	}
	cancel := ""
	if m.TaskID.ValueString() != "" { // a destroy plans too, unless it reads nothing
		cancel = " To cancel the push that is scheduled, delete its block, or destroy it with -refresh=false."
	}
	diags.AddAttributeError(sendAtPath, "Time in the Past", fmt.Sprintf(
		"send_at is %s, which is in the past: the time is %s. Set it to a later time, or check this machine's clock.%s",
		kit.Quote(m.SendAt.ValueString()), kit.WholeSecond(now).Format(time.RFC3339), cancel))
	return diags
}
