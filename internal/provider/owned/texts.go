package owned

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// warnMode is the fix for errors that on_account_error can turn into warnings.
const warnMode = `Set on_account_error to "` + kit.OnAccountErrorWarn + `" to continue without them.`

// fixes are the fixes for accounts that failed, where they differ from those of
// data sources.
func (k Kind) fixes() map[int64]string {
	return map[int64]string{
		timpush.CodeAccountNotFound:  "Import the account or let it log in once, or remove it from " + k.Argument + ".",
		timpush.CodeAccountDeleted:   "Remove the account from " + k.Argument + ".",
		timpush.CodeTooManyTags:      fmt.Sprintf("Remove tags: an account has at most %d, an app at most %s different ones.", timpush.MaxTags, kit.Count(timpush.MaxAppTags)),
		timpush.CodeInvalidAttribute: "Check the names and values, and add missing names to the app, for example with timpush_attribute_names.",
	}
}

// failures reports accounts that failed, if there are any; done is what could not
// be done with their pairs: "read".
func (k Kind) failures(title, done, fix string, accounts []string, failures map[string]timpush.AccountError, isWarn bool) diag.Diagnostics {
	if len(failures) == 0 {
		return nil
	}
	detail := fmt.Sprintf("The %s of %d of %d accounts could not be %s. %s", k.Argument, len(failures), len(accounts), done, fix) +
		kit.AccountReasons(accounts, failures, k.fixes())
	return diag.Diagnostics{problem(k.at(failures), "Some Accounts Could Not Be "+title, detail, isWarn)}
}

// at returns the path of accounts that failed.
func (k Kind) at(failures map[string]timpush.AccountError) path.Path {
	root := path.Root(k.Argument)
	if len(failures) == 1 {
		for account := range failures {
			return root.AtMapKey(account)
		}
	}
	return root
}

func problem(at path.Path, summary, detail string, isWarn bool) diag.Diagnostic {
	if isWarn {
		return diag.NewAttributeWarningDiagnostic(at, summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(at, summary, detail)
}

// stopped adds how far a write got to the diagnostics of the request that stopped
// it, and what happens next, unless it did nothing at all. They become warnings if
// isWarn.
func stopped(diags diag.Diagnostics, c change, o outcome, next string, isWarn bool) (all diag.Diagnostics) {
	if o.isNothing() {
		return diags
	}
	diags = kit.AddToErrors(diags, "\n"+progress("removed", accountsOf(c.removals), o.removed)+progress("set", accountsOf(c.sets), o.set)+"\n\n"+next)
	if !isWarn {
		return diags
	}
	for _, d := range diags {
		if at, has := d.(diag.DiagnosticWithPath); has {
			all.AddAttributeWarning(at.Path(), d.Summary(), d.Detail())
		} else {
			all.AddWarning(d.Summary(), d.Detail())
		}
	}
	return all
}

// progress returns a line that says how far a part of a write got, or "" if there
// was nothing to do; done is what was done: "removed".
func progress(done string, accounts []string, written timpush.Written) string {
	if len(accounts) == 0 {
		return ""
	}
	parts := []string{fmt.Sprintf("%s for %d of %d", done, len(written.Done), len(accounts))}
	if failed := len(written.Failed); failed > 0 {
		parts = append(parts, fmt.Sprintf("failed for %d", failed))
	}
	var unclear []string // an account can have failed as well, after a part of its tags was added
	for _, account := range written.Unknown {
		if _, failed := written.Failed[account]; !failed {
			unclear = append(unclear, account)
		}
	}
	if len(unclear) > 0 {
		parts = append(parts, fmt.Sprintf("unclear for %d (%s)", len(unclear), kit.QuoteFirst(unclear)))
	}
	if rest := len(accounts) - len(written.Done) - len(written.Failed) - len(unclear); rest > 0 {
		parts = append(parts, fmt.Sprintf("not sent for %d", rest))
	}
	return "\nAccounts: " + strings.Join(parts, ", ")
}

func accountsOf[Content any](items []timpush.Write[Content]) []string {
	accounts := make([]string, len(items))
	for i, item := range items {
		accounts[i] = item.Account
	}
	return accounts
}
