package owned

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// news is what is new in a plan: what the prior state does not have.
type news struct {
	accounts []string            // that had nothing
	names    map[string][]string // new names of accounts, sorted; nil if the app does not define names
}

func (k Kind) newIn(prior, planned block) news {
	n := news{names: map[string][]string{}}
	for _, account := range planned.holders() {
		before := prior.accounts[account].pairs
		if len(before) == 0 {
			n.accounts = append(n.accounts, account)
		}
		if !k.HasNames {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(planned.accounts[account].pairs)) {
			if _, had := before[name]; !had {
				n.names[account] = append(n.names[account], name)
			}
		}
	}
	return n
}

// check checks what is new in a plan, as far as it is known. It makes no request if
// nothing is new. If the provider's configuration is not known yet, it checks
// nothing, and the plan can be deferred.
func (r *ownedResource) check(ctx context.Context, config tfsdk.Config, private kit.PrivateState, prior, planned block, gone map[string]bool) (deferred bool, diags diag.Diagnostics) {
	n := r.kind.newIn(prior, planned)
	if len(n.accounts)+len(n.names) == 0 {
		return false, nil
	}
	operation := r.operation(kit.OperationRead, "read", config)
	operation.MayDefer = true // to apply
	read, names := &timpush.Result[pairs]{}, []timpush.AttributeName(nil)
	var blocked diag.Diagnostics
	deferred, diags = r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		if blocked = r.checkApp(ctx, private); blocked.HasError() {
			return nil
		}
		if len(n.accounts) > 0 {
			keep := timpush.KeepOnly(nil)
			if r.kind.HasNames {
				keep = nil // names show the type of the account
			}
			if read, err = r.kind.Read(client, ctx, n.accounts, keep, 0); err != nil {
				return err
			}
		}
		if len(n.names) > 0 {
			names, err = client.GetAttributeNames(ctx)
		}
		return err
	})
	diags.Append(blocked...)
	if deferred || diags.HasError() {
		return deferred, diags
	}
	diags.Append(r.kind.accountProblems(n, read.Errors, gone, planned.isWarn)...)
	diags.Append(r.kind.nameProblems(n, prior, planned, read.Read, names)...)
	return false, diags
}

// accountProblems reports new accounts that could not be read. Accounts that the
// resource owned before they disappeared are only a warning.
func (k Kind) accountProblems(n news, failures map[string]timpush.AccountError, gone map[string]bool, isWarn bool) (diags diag.Diagnostics) {
	lost, other := map[string]timpush.AccountError{}, map[string]timpush.AccountError{}
	for account, failure := range failures {
		if failure.NoAccount() && gone[account] {
			lost[account] = failure
		} else {
			other[account] = failure
		}
	}
	fix := warnMode
	if isWarn {
		fix = "Apply tries to write them all the same, and lists those that fail in `errors`."
	}
	diags.Append(k.failures("Read", "read", fix, n.accounts, other, isWarn)...)
	if len(lost) > 0 {
		diags.Append(problem(k.at(lost), "Accounts Do Not Exist", fmt.Sprintf(
			"%d of %d accounts do not exist. The resource wrote to them before, or tried to, and apply tries again.", len(lost), len(n.accounts))+
			kit.AccountReasons(n.accounts, lost, k.fixes()), true))
	}
	return diags
}

// named is a new name of an account.
type named struct{ account, name string }

func (k Kind) path(n named) path.Path {
	return path.Root(k.Argument).AtMapKey(n.account).AtMapKey(n.name)
}

// nameProblems reports new names that the app does not have, and those for the
// other type of account than another name of the account.
func (k Kind) nameProblems(n news, prior, planned block, read map[string]pairs, names []timpush.AttributeName) (diags diag.Diagnostics) {
	types := map[string]string{} // by name
	for _, name := range names {
		if _, twice := types[name.Name]; !twice && name.Name != "" {
			types[name.Name] = kit.AccountTypes[name.AccountType].Accounts
		}
	}
	var missing []named
	conflicts := map[string][]named{} // by reason
	for _, account := range slices.Sorted(maps.Keys(n.names)) {
		other := typedName(types, read[account], prior.accounts[account].pairs, planned.accounts[account].pairs)
		for _, name := range n.names[account] {
			kind, found := types[name]
			switch {
			case !found:
				missing = append(missing, named{account, name})
			case kind != "" && other != "" && kind != types[other]:
				reason := kit.Quote(name) + " is for " + kind + ", and " + kit.Quote(other) + ", which the account has too, is for " + types[other]
				conflicts[reason] = append(conflicts[reason], named{account, name})
			}
		}
	}
	if len(missing) > 0 {
		diags.Append(k.missingNames(missing, slices.Sorted(maps.Keys(types)), planned.isWarn))
	}
	if len(conflicts) > 0 {
		diags.Append(k.conflictingNames(conflicts, planned.isWarn))
	}
	return diags
}

// typedName returns a name of an account whose type is known. It prefers what the
// account has to what is planned.
func typedName(types map[string]string, all ...pairs) string {
	for _, p := range all {
		for _, name := range slices.Sorted(maps.Keys(p)) {
			if types[name] != "" {
				return name
			}
		}
	}
	return ""
}

func (k Kind) missingNames(missing []named, known []string, isWarn bool) diag.Diagnostic {
	accounts := map[string][]string{} // by name
	for _, n := range missing {
		accounts[n.name] = append(accounts[n.name], n.account)
	}
	names := slices.Sorted(maps.Keys(accounts))
	cause := "The app has no attribute " + kit.QuoteFirst(names)
	if len(names) > 1 {
		cause = "The app has no attributes " + kit.QuoteFirst(names)
	}
	facts, isSuggested := []string(nil), true
	for _, name := range names[:min(len(names), kit.MostListed)] {
		suggestion := kit.DidYouMean(kit.Suggest(name, known))
		isSuggested = isSuggested && suggestion != ""
		facts = append(facts, kit.Quote(name)+" of "+kit.QuoteFirst(accounts[name])+suggestion)
	}
	if !isSuggested {
		facts = append(facts, "Attribute names of the app: "+kit.QuoteFirst(known))
	}
	return problem(k.pathOf(missing), "Unknown Attribute Name", cause+". Correct the name, or add it to the app before this plan, for example by applying timpush_attribute_names with -target.\n\n"+strings.Join(facts, "\n"), isWarn)
}

func (k Kind) conflictingNames(conflicts map[string][]named, isWarn bool) diag.Diagnostic {
	var facts []string
	var all []named
	for _, reason := range slices.Sorted(maps.Keys(conflicts)) {
		accounts := make([]string, len(conflicts[reason]))
		for i, n := range conflicts[reason] {
			accounts[i] = n.account
		}
		all = append(all, conflicts[reason]...)
		if len(facts) < kit.MostListed {
			facts = append(facts, reason+": "+kit.QuoteFirst(accounts))
		}
	}
	return problem(k.pathOf(all), "Attribute for the Other Account Type",
		"An attribute is for UserIDs or for RegistrationIDs, and an account cannot have both. Remove the attribute, or use accounts of the type that it is for.\n\n"+strings.Join(facts, "\n"), isWarn)
}

// pathOf returns the path of a diagnostic about names.
func (k Kind) pathOf(names []named) path.Path {
	if len(names) == 1 {
		return k.path(names[0])
	}
	return path.Root(k.Argument)
}
