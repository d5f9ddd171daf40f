package owned

import (
	"context"
	"errors"
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
	unread, diags := unreadAccounts(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c := difference(prior, planned)
	o, stop := r.run(ctx, r.operation(kit.OperationUpdate, "write", req.Config), resp.Private, c)
	resp.Diagnostics.Append(stopped(stop, c, o, "The state has what is done. The next plan includes the rest.", false)...)
	resp.Diagnostics.Append(r.kind.failures("Removed", "removed", "They persist in the state, so that the next apply removes them.", accountsOf(c.removals), o.removed.Failed, false)...)
	fix := "The other accounts are done, and the next plan includes these again. " + warnMode
	if planned.isWarn {
		fix = "The accounts are listed in `errors`, and the next plan includes them again."
	}
	resp.Diagnostics.Append(r.kind.failures("Written", "set", fix, accountsOf(c.sets), o.set.Failed, planned.isWarn)...)

	results := map[string]tftypes.Value{}
	if !c.isEmpty() { // otherwise, errors are as planned
		failures, err := errorsAfter(ctx, prior, planned, o)
		if err != nil {
			resp.Diagnostics.Append(r.kind.encodeError(err))
			return
		}
		results[errorsName] = failures
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
	done := o.done()
	maps.DeleteFunc(unread, func(account string, _ timpush.AccountError) bool { return done[account] })
	resp.Diagnostics.Append(rememberUnread(ctx, resp.Private, unread)...)
}

// run writes a change within the timeout of an operation, and records in private
// state which app it writes to. stop is why it stopped before the end.
func (r *ownedResource) run(ctx context.Context, operation kit.Operation, private kit.PrivateState, c change) (o outcome, stop diag.Diagnostics) {
	if c.isEmpty() { // needs no provider configuration
		return o, nil
	}
	var blocked diag.Diagnostics
	_, stop = r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		blocked = r.checkApp(ctx, private)
		if !blocked.HasError() {
			blocked.Append(r.Provider.KeepApp(ctx, private)...)
		}
		if blocked.HasError() {
			return nil
		}
		o, err = r.kind.write(ctx, client, c)
		return err
	})
	stop.Append(blocked...)
	return o, stop
}

// errorsAfter returns the attribute errors after an update: accounts that failed,
// and earlier errors of accounts that are still planned, and that it did not write.
func errorsAfter(ctx context.Context, prior, planned block, o outcome) (tftypes.Value, error) {
	all := maps.Clone(o.removed.Failed)
	if all == nil {
		all = map[string]timpush.AccountError{}
	}
	maps.Copy(all, o.set.Failed)
	var before, after map[string]tftypes.Value
	if err := errors.Join(prior.errors.As(&before), kit.AccountErrorsValue(ctx, all).As(&after)); err != nil {
		return prior.errors, err
	}
	done := o.done()
	for account, failure := range before {
		_, isPlanned := planned.accounts[account]
		if _, fails := after[account]; isPlanned && !fails && !done[account] {
			after[account] = failure
		}
	}
	return tftypes.NewValue(kit.AccountErrorsType(ctx), after), nil
}
