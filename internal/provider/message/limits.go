package message

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// maxTextBytes is the limit for description and ext together, so that they fit in a
// packet of APNs (77715).
const maxTextBytes = 3 << 10

// CheckLimits reports a push that is too large for the service. It is for plans, once
// everything is known.
func CheckLimits(message timpush.Message, audience Audience) (diags diag.Diagnostics) {
	if len(audience.Accounts) > 0 { // the limit is not documented for accounts
		return nil
	}
	size, err := timpush.PushBytes(message, audience.Condition)
	if err == nil && size > timpush.MaxPushBytes {
		at := path.Root("notification")
		diags.AddAttributeError(at, invalidNotification, fmt.Sprintf("The push takes %d bytes, and the limit is %d bytes. Shorten the notification.", size, timpush.MaxPushBytes))
	}
	return diags
}
