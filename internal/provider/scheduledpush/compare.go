package scheduledpush

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// differences returns the arguments in which two pushes differ. The order of accounts and
// tags is no difference, since the service may return them in another one.
func differences(a, b timpush.ScheduledPush) (all path.Paths) {
	if !a.At.Equal(b.At) {
		all = append(all, sendAtPath)
	}
	if !timpush.SameAudience(a, b) {
		all = append(all, audiencePath)
	}
	if !reflect.DeepEqual(a.Message.Notification, b.Message.Notification) {
		all = append(all, notificationPath)
	}
	if a.Message.From != b.Message.From {
		all = append(all, fromAccountPath)
	}
	return all
}

// appliedKey is where private state has a hash of the push that the provider scheduled
// last. It decides whether the configuration of a push that is done has changed, since
// the state can have what somebody else made of the push before it was sent.
const appliedKey = "applied"

// keepApplied records the push of a model that was applied.
func keepApplied(ctx context.Context, private kit.PrivateState, applied model) diag.Diagnostics {
	return private.SetKey(ctx, appliedKey, hashOf(applied))
}

// isApplied reports whether the push of a model is the one that was applied last.
func isApplied(ctx context.Context, private kit.PrivateState, planned model) (bool, diag.Diagnostics) {
	applied, diags := private.GetKey(ctx, appliedKey)
	return applied != nil && string(applied) == string(hashOf(planned)), diags
}

// hashOf returns a hash of the push of a model, as JSON, or null if it is not known.
// The sender is that of the configuration, since the provider's can change.
func hashOf(m model) []byte {
	const unknown = "null"
	push, known := m.push("")
	if !known {
		return []byte(unknown)
	}
	encoded, err := json.Marshal(push)
	if err != nil {
		return []byte(unknown)
	}
	sum := sha256.Sum256(encoded)
	return []byte(`"` + hex.EncodeToString(sum[:]) + `"`)
}
