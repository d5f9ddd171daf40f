package owned

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Create sets all pairs. It returns an error only if certainly nothing was set: a
// CLI would otherwise replace the resource, and so remove and set everything. If
// something failed, the state is as planned, and the next refresh drops what is
// missing.
func (r *ownedResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	planned, diags := r.kind.decode(req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := difference(block{}, planned)
	o, stop := r.run(ctx, r.operation(kit.OperationCreate, "write", req.Config), resp.Private, c)
	isSet := len(o.set.Done)+len(o.set.Unknown) > 0
	switch {
	case stop.HasError() && !isSet:
		resp.Diagnostics.Append(stopped(stop, c, o, "Nothing was written.", false)...)
		resp.Diagnostics.Append(r.kind.failures("Written", "set", "Nothing was written.", accountsOf(c.sets), o.set.Failed, false)...)
		return
	case len(o.set.Failed) > 0 && !isSet && !planned.isWarn:
		resp.Diagnostics.Append(r.kind.failures("Written", "set", "Nothing was written.", accountsOf(c.sets), o.set.Failed, false)...)
		return
	}
	const next = "The state has everything that was planned. The next plan finds out what is missing, and includes it."
	resp.Diagnostics.Append(stopped(stop, c, o, next, true)...)
	resp.Diagnostics.Append(r.kind.failures("Written", "set", "The accounts are listed in `errors`, and the next plan includes them again.", accountsOf(c.sets), o.set.Failed, true)...)
	state, diags := kit.WithResults(tfsdk.Config(req.Plan), map[string]tftypes.Value{errorsName: kit.AccountErrorsValue(ctx, o.set.Failed)})
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}
