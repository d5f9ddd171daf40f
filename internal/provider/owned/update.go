package owned

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Update removes what is no longer in the configuration, and then sets what
// differs. If something failed, the state has what is done. Pairs that could not be
// removed are always an error, since the resource must not forget that it owns
// them.
func (r *ownedResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	prior, diags := r.kind.decode(req.State.Raw)
	resp.Diagnostics.Append(diags...)
	planned, diags := r.kind.decode(req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	gone, diags := goneAccounts(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := difference(prior, planned)
	o, stop := r.run(ctx, r.operation(kit.OperationUpdate, "write", req.Config), req.Private, c)
	resp.Diagnostics.Append(stopped(stop, c, o, "The state has what is done. The next plan includes the rest.", false)...)
	resp.Diagnostics.Append(r.kind.failures("Removed", "removed", "They persist in the state, so that the next apply removes them.", accountsOf(c.removals), o.removed.Failed, false)...)
	fix := "The other accounts are done, and the next plan includes these again. " + warnMode
	if planned.isWarn {
		fix = "The accounts are listed in `errors`, and the next plan includes them again."
	}
	resp.Diagnostics.Append(r.kind.failures("Written", "set", fix, accountsOf(c.sets), o.set.Failed, planned.isWarn)...)

	results := map[string]tftypes.Value{}
	if !c.isEmpty() { // otherwise, errors are as planned
		results[errorsName] = kit.AccountErrorsValue(ctx, merged(o.removed.Failed, o.set.Failed))
	}
	if resp.Diagnostics.HasError() {
		accounts, err := r.kind.after(prior, planned, c, o)
		if err != nil {
			resp.Diagnostics.Append(r.kind.encodeError(err))
			return
		}
		results[r.kind.Argument] = r.kind.value(ctx, accounts)
	}
	state, diags := kit.WithResults(tfsdk.Config(req.Plan), results)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
	for _, account := range o.set.Done {
		delete(gone, account)
	}
	maps.DeleteFunc(gone, func(account string, _ bool) bool { return len(planned.accounts[account].pairs) == 0 })
	resp.Diagnostics.Append(rememberGone(ctx, resp.Private, gone)...)
}

// run writes a change within the timeout of an operation. stop is why it stopped
// before the end.
func (r *ownedResource) run(ctx context.Context, operation kit.Operation, private kit.PrivateState, c change) (o outcome, stop diag.Diagnostics) {
	if c.isEmpty() { // needs no provider configuration
		return o, nil
	}
	var blocked diag.Diagnostics
	_, stop = r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		if blocked = r.checkApp(ctx, private); blocked.HasError() {
			return nil
		}
		o, err = r.kind.write(ctx, client, c)
		return err
	})
	stop.Append(blocked...)
	return o, stop
}

func merged(removed, set map[string]timpush.AccountError) map[string]timpush.AccountError {
	all := maps.Clone(removed)
	if all == nil {
		return set
	}
	maps.Copy(all, set)
	return all
}
