package timpush

import (
	"context"
	"time"
)

// MaxRevokeAge is how long after its start a push can be revoked (60571).
const MaxRevokeAge = 24 * time.Hour

// revoke revokes a push to all accounts or by condition (269/105123). A repeated
// request is rejected with 90050, which means that the push is revoked.
var revoke = command{name: "revoke", pace: paceSingle}

// revokeRequest is the body. The notification is always sent: older pages say that
// it is optional, the newest that it is required (269/105123).
type revokeRequest struct {
	TaskID          string         `json:"TaskId"`
	OfflinePushInfo map[string]any `json:"OfflinePushInfo"`
}

// Revoke revokes a push: accounts that have not got it do not get it, and on some
// platforms the notification replaces the delivered one (269/105123). It reports
// whether the push had been revoked before. The error is a [*RequestError], or an
// [*InterruptedError] if ctx ended.
func (c *Client) Revoke(ctx context.Context, taskID string, notification map[string]any) (already bool, err error) {
	body := revokeRequest{taskID, notification}
	err = c.call(ctx, ctx, request{command: revoke, body: body, operation: &operation{}}, &emptyResponse{})
	if IsCode(err, CodeAlreadyRevoked) {
		return !unclear(err), nil // if an earlier attempt is unclear, it was that one
	}
	return false, interruption(ctx, err, work{}, 0, 0)
}
