package scheduledpush

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// ModifyPlan decides whether a change is made in place, is another push, or needs no
// request, and checks it. It makes no request.
func (r *pushResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	prior, diags := priorOf(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		if prior != nil && !prior.isPending() {
			resp.Diagnostics.Append(destroyed(*prior))
		}
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if prior == nil {
		r.checkPlan(plan, req, resp)
		return
	}
	change, diags := r.compare(ctx, *prior, plan, req.Private)
	resp.Diagnostics.Append(diags...)
	if !change.moves {
		plan.SendAt = prior.SendAt // another spelling of the same time is no change
	}
	switch {
	case len(change.replaces) > 0:
		plan.loseComputed()
		resp.RequiresReplace = append(resp.RequiresReplace, change.replaces...)
	default:
		plan.keepComputed(*prior)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	if !change.isSame {
		r.checkPlan(plan, req, resp)
	}
	switch {
	case prior.isPending():
	case len(change.replaces) > 0:
		resp.Diagnostics = kit.AddToErrors(resp.Diagnostics, keepFirst)
		resp.Diagnostics.Append(another(*prior))
	case len(change.wasOther) > 0:
		resp.Diagnostics.Append(sentDifferently(*prior, change.wasOther))
	}
}

// change is what a plan does to a push.
type change struct {
	isSame   bool       // nothing is sent differently, as far as that is known, so that no request is needed
	moves    bool       // the time is another one, or not known
	replaces path.Paths // the arguments that another push is needed for
	wasOther path.Paths // the arguments with which a push that is done was sent differently
}

// compare compares a plan with the prior state. A push that is done is replaced only if
// it is certain that something changes: if what is known is neither in the state nor
// something that the push has had, or may have had. What is not known yet is compared in
// apply.
func (r *pushResource) compare(ctx context.Context, prior, plan model, private kit.PrivateState) (change, diag.Diagnostics) {
	identifier := r.Provider.Config.Identifier
	before, _ := prior.knownPush(identifier)
	after, known := plan.knownPush(identifier)
	_, isComplete := plan.push(identifier)
	c := change{moves: !known.Contains(sendAtPath) || !after.At.Equal(before.At)}
	kind, priorKind := kindOf(plan.Audience), kindOf(prior.Audience)
	hasOtherKind := kind != "" && priorKind != "" && kind != priorKind
	var changed path.Paths // for certain
	for _, argument := range differences(before, after) {
		switch isAudience := argument.Equal(audiencePath); {
		case isAudience && !before.HasRecipients() && !prior.isPending(): // imported, and the service did not return it
		case known.Contains(argument) || isAudience && hasOtherKind:
			changed = append(changed, argument)
		}
	}
	if prior.isPending() {
		c.isSame = isComplete && len(changed) == 0
		if hasOtherKind {
			c.replaces = path.Paths{audiencePath}
		}
		return c, nil
	}
	isApplied, diags := canBeApplied(ctx, private, plan, identifier)
	switch c.isSame = len(changed) == 0 || isApplied; {
	case !c.isSame:
		c.replaces = changed
	case !sendsTheSame(prior, plan, identifier):
		c.wasOther = changed
	}
	return c, diags
}

// checkPlan checks a push that is to be scheduled or changed.
func (r *pushResource) checkPlan(plan model, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	operation := operation(kit.OperationRead, "plan", req.Config)
	operation.MayDefer = req.ClientCapabilities.DeferralAllowed
	deferred, diags := operation.CheckPlan(r.Provider.Gaps)
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
	resp.Diagnostics.Append(plan.check(r.Provider.Config.Identifier)...)
}

// priorOf returns the model of a state, or nil if there is none.
func priorOf(ctx context.Context, state tfsdk.State) (*model, diag.Diagnostics) {
	if state.Raw.IsNull() {
		return nil, nil
	}
	var prior model
	diags := state.Get(ctx, &prior)
	return &prior, diags
}
