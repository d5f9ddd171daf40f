package owned

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Delete removes what the resource owns. Accounts that no longer exist are no
// error. If something failed, the state has what is left.
func (r *ownedResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	prior, diags := r.kind.decode(req.State.Raw)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	nothing := block{}
	c := difference(prior, nothing)
	operation := r.operation(kit.OperationDelete, "remove", configOf(req.State))
	operation.Timeouts = kit.TimeoutsOfState
	o, stop := r.run(ctx, operation, req.Private, c)
	resp.Diagnostics.Append(stopped(stop, c, o, "The state has what is left. Run the command again to remove it.", false)...)
	resp.Diagnostics.Append(r.kind.failures("Removed", "removed", "They persist in the state. Run the command again to remove them.", accountsOf(c.removals), o.removed.Failed, false)...)
	if !resp.Diagnostics.HasError() {
		return
	}
	accounts, err := r.kind.after(prior, nothing, c, o)
	if err != nil {
		resp.Diagnostics.Append(r.kind.encodeError(err))
		return
	}
	state, diags := kit.WithResults(configOf(req.State), map[string]tftypes.Value{
		r.kind.Argument: r.kind.value(ctx, accounts),
		errorsName:      kit.AccountErrorsValue(ctx, o.removed.Failed),
	})
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}
