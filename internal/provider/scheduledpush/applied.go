package scheduledpush

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
)

// appliedKey is where private state has arguments that the push has had, or may have had:
// those that were applied last, or imported, and those that it had before somebody else
// changed it. A configuration that is among them is not changed, whatever somebody else
// made of the push before it was sent.
const appliedKey = "applied"

// mostApplied limits their number. The first one and the newest are kept.
const mostApplied = 10

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

// keepApplied records the arguments of a model that was applied, or imported, in place of
// others: the push has them now.
func keepApplied(ctx context.Context, private kit.PrivateState, m model) diag.Diagnostics {
	arguments, _ := appliedOf(m)
	return setApplied(ctx, private, []applied{arguments})
}

// addApplied adds the arguments of a model that the push has had, or may have had.
func addApplied(ctx context.Context, private kit.PrivateState, m model) diag.Diagnostics {
	all, diags := allApplied(ctx, private)
	arguments, _ := appliedOf(m)
	if slices.Contains(all, arguments) {
		return diags
	}
	if len(all) == mostApplied {
		all = slices.Delete(all, 1, 2) // the first one was applied or imported
	}
	diags.Append(setApplied(ctx, private, append(all, arguments))...)
	return diags
}

func setApplied(ctx context.Context, private kit.PrivateState, all []applied) (diags diag.Diagnostics) {
	encoded, err := json.Marshal(all)
	if err != nil {
		diags.AddError("Unable to Store Scheduled Push", "The arguments cannot be encoded: "+err.Error()+". This is a bug in the provider; report it to its developers.")
		return diags
	}
	return private.SetKey(ctx, appliedKey, encoded)
}

func allApplied(ctx context.Context, private kit.PrivateState) (all []applied, diags diag.Diagnostics) {
	encoded, diags := private.GetKey(ctx, appliedKey)
	if json.Unmarshal(encoded, &all) != nil {
		return nil, diags
	}
	return all, diags
}

// canBeApplied reports whether the arguments of a model that are known are some that the
// push has had, or may have had. identifier is the provider's, which sends by default.
func canBeApplied(ctx context.Context, private kit.PrivateState, planned model, identifier string) (bool, diag.Diagnostics) {
	all, diags := allApplied(ctx, private)
	is, known := appliedOf(planned)
	return slices.ContainsFunc(all, func(was applied) bool {
		return was.Audience != "" && is.matches(was, known, identifier)
	}), diags
}

// matches reports whether the arguments that are known are the same as others.
func (a applied) matches(was applied, known path.Paths, identifier string) bool {
	isSame := func(at path.Path, a, b string) bool { return a == b || !known.Contains(at) }
	return isSame(sendAtPath, a.SendAt, was.SendAt) &&
		(a.Kind == "" || a.Kind == was.Kind) && isSame(audiencePath, a.Audience, was.Audience) &&
		isSame(notificationPath, a.Notification, was.Notification) && isSame(fromAccountPath, cmp.Or(a.FromAccount, identifier), cmp.Or(was.FromAccount, identifier))
}

// sendsTheSame reports whether a push that is done was sent with the arguments of a plan
// that are known, without regard to json, whose fields the service may have added.
func sendsTheSame(prior, plan model, identifier string) bool {
	prior.Notification, plan.Notification = message.WithoutJSON(prior.Notification), message.WithoutJSON(plan.Notification)
	was, _ := appliedOf(prior)
	is, known := appliedOf(plan)
	return is.matches(was, known, identifier)
}
