package owned

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Read reads the accounts that own something. Accounts that no longer exist, and
// pairs that they no longer have, are dropped from the state.
func (r *ownedResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	prior, diags := r.kind.decode(req.State.Raw)
	resp.Diagnostics.Append(diags...)
	gone, diags := goneAccounts(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	result := &timpush.Result[pairs]{}
	if holders := prior.holders(); len(holders) > 0 { // otherwise, no provider configuration is needed
		operation := r.operation(kit.OperationRead, "read", configOf(req.State))
		operation.Timeouts = kit.TimeoutsOfState
		operation.MayDefer = req.ClientCapabilities.DeferralAllowed
		deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
			resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
			if resp.Diagnostics.HasError() {
				return nil
			}
			result, err = r.kind.Read(client, ctx, holders, prior.filter(), 0)
			return err
		})
		resp.Diagnostics.Append(diags...)
		if deferred {
			resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
		}
		if deferred || resp.Diagnostics.HasError() {
			return
		}
	}
	failures := map[string]timpush.AccountError{}
	for account, failure := range result.Errors {
		if failure.NoAccount() {
			gone[account] = true
		} else {
			failures[account] = failure
		}
	}
	accounts, err := r.kind.refreshed(prior, result)
	if err != nil {
		resp.Diagnostics.Append(r.kind.encodeError(err))
		return
	}
	state, diags := kit.WithResults(configOf(req.State), map[string]tftypes.Value{
		r.kind.Argument: r.kind.value(ctx, accounts),
		errorsName:      kit.AccountErrorsValue(ctx, failures),
	})
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(rememberGone(ctx, resp.Private, gone)...)
	resp.State.Raw = state
	resp.Diagnostics.Append(rememberUnread(ctx, resp.Private, failures)...)
	resp.Diagnostics.Append(r.Provider.KeepApp(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.kind.failures("Read", "read", "The accounts are listed in `errors`, and keep what the state has.", prior.holders(), failures, true)...)
}

// filter keeps what the accounts own.
func (b block) filter() timpush.Filter {
	filter := timpush.Filter{}
	for _, account := range b.accounts {
		for name := range account.pairs {
			filter[name] = true
		}
	}
	return filter
}

// refreshed returns what accounts own of what was read. An account that could not
// be read keeps what it had, unless it is gone.
func (k Kind) refreshed(prior block, result *timpush.Result[pairs]) (map[string]tftypes.Value, error) {
	accounts := make(map[string]tftypes.Value, len(prior.accounts))
	for name, account := range prior.accounts {
		failure, failed := result.Errors[name]
		read, isRead := result.Read[name]
		switch {
		case failed && failure.NoAccount():
		case isRead:
			has := make(pairs, len(account.pairs))
			for name := range account.pairs {
				if value, found := read[name]; found {
					has[name] = norm.NFC.String(value)
				}
			}
			value, err := k.Form.encode(has, account.written)
			if err != nil {
				return nil, err
			}
			accounts[name] = value
		default:
			accounts[name] = account.written
		}
	}
	return accounts, nil
}

func (k Kind) encodeError(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to Encode "+k.Title, "The values do not match the schema. Report this as a bug in the provider.\n\nError: "+err.Error())
}
