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
	if len(change.replaces) > 0 && !prior.isPending() {
		resp.Diagnostics = kit.AddToErrors(resp.Diagnostics, keepFirst)
		resp.Diagnostics.Append(another(*prior))
	}
}

// change is what a plan does to a push.
type change struct {
	isSame   bool       // nothing is sent differently, so that no request is needed
	moves    bool       // the time is another one, or not known
	replaces path.Paths // the arguments that another push is needed for
}

// compare compares a plan with the prior state. A push that is done is replaced only if
// it is certain that something changes: what is not known yet is compared in apply.
func (r *pushResource) compare(ctx context.Context, prior, plan model, private kit.PrivateState) (change, diag.Diagnostics) {
	identifier := r.Provider.Config.Identifier
	before, _ := prior.push(identifier)
	after, known := plan.push(identifier)
	at, hasTime := kit.ParseTime(sendAtPath, plan.SendAt, &diag.Diagnostics{})
	c := change{moves: !hasTime || !at.Equal(before.At)}
	changed := differences(before, after)
	switch {
	case !known && !prior.isPending():
		c.isSame = true
	case prior.isPending():
		c.isSame = known && len(changed) == 0
		if is := kindOf(plan.Audience); is != "" && is != kindOf(prior.Audience) {
			c.replaces = path.Paths{audiencePath}
		}
	default:
		applied, diags := isApplied(ctx, private, plan)
		if c.isSame = len(changed) == 0 || applied; !c.isSame {
			c.replaces = changed
		}
		return c, diags
	}
	return c, nil
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
