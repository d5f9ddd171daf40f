package owned

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ModifyPlan keeps what does not really change, and checks what is new in the plan
// against the service.
//
// What is not known yet cannot be checked. A CLI plans again in apply, with
// everything known, so it is checked then, before anything is written.
func (r *ownedResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() { // destroy
		return
	}
	prior, diags := r.kind.decode(req.State.Raw)
	resp.Diagnostics.Append(diags...)
	planned, diags := r.kind.decode(req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	unread, diags := unreadAccounts(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	gone, diags := goneAccounts(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan, diags := kit.WithResults(tfsdk.Config(req.Plan), r.planned(ctx, prior, planned, req.State.Raw.IsNull()))
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Plan.Raw = plan
	if !planned.isWarn { // otherwise, the refresh has warned
		maps.DeleteFunc(unread, func(account string, _ timpush.AccountError) bool { return len(planned.accounts[account].pairs) == 0 })
		resp.Diagnostics.Append(r.kind.failures("Read", "read", warnMode, prior.holders(), unread, false)...)
	}
	deferred, diags := r.check(ctx, req.Config, req.Private, prior, planned, gone)
	resp.Diagnostics.Append(diags...)
	if deferred && req.ClientCapabilities.DeferralAllowed {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// planned returns the planned values that differ from what the framework plans.
func (r *ownedResource) planned(ctx context.Context, prior, planned block, isCreate bool) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	switch {
	case !planned.known || !difference(prior, planned).isEmpty(): // to be written
		values[errorsName] = tftypes.NewValue(kit.AccountErrorsType(ctx), tftypes.UnknownValue)
	case isCreate:
		values[errorsName] = kit.AccountErrorsValue(ctx, nil)
	default:
		values[errorsName] = prior.errors
	}
	if planned.known && !isCreate && prior.equals(planned) {
		values[r.kind.Argument] = prior.argument // as it is written there
	}
	return values
}
