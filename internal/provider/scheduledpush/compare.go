package scheduledpush

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// differences returns the arguments in which two pushes differ. The order of accounts and
// tags is no difference, since the service may return them in another one, and neither is a
// default that is written out.
func differences(a, b timpush.ScheduledPush) (all path.Paths) {
	if !a.At.Equal(b.At) {
		all = append(all, sendAtPath)
	}
	if !timpush.SameAudience(a, b) {
		all = append(all, audiencePath)
	}
	if !message.KnownFields.Same(a.Message.Notification, b.Message.Notification) {
		all = append(all, notificationPath)
	}
	if a.Message.From != b.Message.From {
		all = append(all, fromAccountPath)
	}
	return all
}
