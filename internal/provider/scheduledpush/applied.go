package scheduledpush

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
)

// appliedKey is where private state has the arguments that were applied last, or imported.
// They decide whether the configuration of a push that is done has changed, since the state
// can have what somebody else made of the push before it was sent.
const appliedKey = "applied"

// applied are arguments as they are sent, so that a change of the provider changes none of
// them. Those of the audience and the notification are digests, which are small.
type applied struct {
	SendAt       string `json:"send_at"`
	Kind         string `json:"kind"` // of the audience
	Audience     string `json:"audience"`
	Notification string `json:"notification"`
	FromAccount  string `json:"from_account"` // of the configuration, since the provider's can change
}

// appliedOf returns the arguments of a model, and which are known.
func appliedOf(m model) (a applied, known path.Paths) {
	push, known := m.knownPush("")
	a = applied{
		SendAt: push.At.UTC().Format(time.RFC3339), Kind: kindOf(m.Audience),
		Notification: message.KnownFields.Digest(push.Message.Notification), FromAccount: push.Message.From,
	}
	a.Audience, _ = push.AudienceDigest()
	return a, known
}

// keepApplied records the arguments of a model that was applied, or imported.
func keepApplied(ctx context.Context, private kit.PrivateState, m model) (diags diag.Diagnostics) {
	arguments, _ := appliedOf(m)
	encoded, err := json.Marshal(arguments)
	if err != nil {
		diags.AddError("Unable to Store Scheduled Push", "The arguments cannot be encoded: "+err.Error()+". This is a bug in the provider; report it to its developers.")
		return diags
	}
	return private.SetKey(ctx, appliedKey, encoded)
}

// canBeApplied reports whether the arguments of a model that are known are those that were
// applied last.
func canBeApplied(ctx context.Context, private kit.PrivateState, planned model) (bool, diag.Diagnostics) {
	var last applied
	encoded, diags := private.GetKey(ctx, appliedKey)
	if json.Unmarshal(encoded, &last) != nil || last.Audience == "" {
		return false, diags
	}
	is, known := appliedOf(planned)
	isSame := func(at path.Path, a, b string) bool { return a == b || !known.Contains(at) }
	return isSame(sendAtPath, is.SendAt, last.SendAt) &&
		(is.Kind == "" || is.Kind == last.Kind) && isSame(audiencePath, is.Audience, last.Audience) &&
		isSame(notificationPath, is.Notification, last.Notification) && isSame(fromAccountPath, is.FromAccount, last.FromAccount), diags
}
