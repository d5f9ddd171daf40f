package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The values of on_account_error.
const (
	onAccountErrorError  = "error"
	onAccountErrorWarn   = "warn" // the default
	onAccountErrorIgnore = "ignore"
)

// accountProblems says which accounts could not be read, as the policy asks:
// one error, one warning with the same text, or nothing.
func accountProblems(policy string, accounts []string, result *timpush.UserAttributes) diag.Diagnostics {
	failures := result.Errors
	if len(failures) == 0 || policy == onAccountErrorIgnore {
		return nil
	}
	const summary = "Some Accounts Could Not Be Read"
	at, detail := path.Root("accounts"), accountsMessage(accounts, failures, len(result.Attributes)+len(failures)).String()
	if policy == onAccountErrorError {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, summary, detail)}
}

// accountsMessage lists the first accounts that could not be read, in the order
// in which they were asked for. asked counts the accounts without duplicates.
func accountsMessage(accounts []string, failures map[string]timpush.AccountError, asked int) message {
	m := message{
		cause:  fmt.Sprintf("The service gave no attributes for %d of %d accounts.", len(failures), asked),
		remedy: "Mend or remove what is listed, or set on_account_error to \"ignore\" and look at errors instead.",
	}
	listed := map[string]bool{}
	for _, account := range accounts {
		failure, failed := failures[account]
		if !failed || listed[account] {
			continue
		}
		if len(listed) == mostListed {
			m.facts = append(m.facts, fmt.Sprintf("and %d more, which errors lists too.", len(failures)-mostListed))
			break
		}
		listed[account] = true
		m.facts = append(m.facts, quote(account)+": "+accountErrorText(failure))
	}
	return m
}

// accountErrorText gives code, meaning, and the service's own words where there
// are any.
func accountErrorText(failure timpush.AccountError) string {
	if failure.Code == nil {
		return failure.Message()
	}
	text := fmt.Sprintf("%d, %s", *failure.Code, timpush.AccountError{Code: failure.Code}.Message())
	if failure.Info != "" {
		text += fmt.Sprintf(" (service text: %s)", quote(failure.Info))
	}
	return text
}
