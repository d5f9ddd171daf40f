package provider

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The values of on_account_error.
const (
	onAccountErrorError  = "error"
	onAccountErrorWarn   = "warn" // the default
	onAccountErrorIgnore = "ignore"
)

// accountErrorsValue returns the accounts that could not be read as the
// attribute errors holds them.
func accountErrorsValue(ctx context.Context, failures map[string]timpush.AccountError) tftypes.Value {
	accountError := accountErrorType.TerraformType(ctx)
	values := make(map[string]tftypes.Value, len(failures))
	for account, failure := range failures {
		values[account] = tftypes.NewValue(accountError, map[string]tftypes.Value{
			"code":    tftypes.NewValue(tftypes.Number, failure.Code),
			"message": tftypes.NewValue(tftypes.String, failure.Message()),
		})
	}
	return tftypes.NewValue(tftypes.Map{ElementType: accountError}, values)
}

// accountProblems says which accounts could not be read, as the policy asks:
// one error, one warning with the same text, or nothing. what was to be read, such
// as "attributes"; read counts the accounts that were.
func accountProblems(policy, what string, accounts []string, failures map[string]timpush.AccountError, read int) diag.Diagnostics {
	if len(failures) == 0 || policy == onAccountErrorIgnore {
		return nil
	}
	const summary = "Some Accounts Could Not Be Read"
	at, detail := path.Root("accounts"), accountsMessage(what, accounts, failures, read+len(failures)).String()
	if policy == onAccountErrorError {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, summary, detail)}
}

// accountsMessage lists the first accounts that could not be read, in the order
// in which they were asked for, by reason. asked counts the accounts without
// duplicates.
func accountsMessage(what string, accounts []string, failures map[string]timpush.AccountError, asked int) message {
	var reasons, remedies []string // in the order in which they occur
	names := map[string][]string{} // reason to accounts
	codes := map[string][]string{} // remedy to the codes that it is for
	listed := map[string]bool{}
	for _, account := range accounts {
		failure, failed := failures[account]
		if !failed || listed[account] {
			continue
		}
		if len(listed) == mostListed {
			break
		}
		listed[account] = true
		reason, code, remedy := accountErrorText(failure), accountErrorCode(failure), accountErrorRemedy(failure)
		if names[reason] == nil {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], quote(account))
		if codes[remedy] == nil {
			remedies = append(remedies, remedy)
		}
		if !slices.Contains(codes[remedy], code) {
			codes[remedy] = append(codes[remedy], code)
		}
	}
	if len(remedies) > 1 { // each says what it is for
		for i, remedy := range remedies {
			remedies[i] = strings.Join(codes[remedy], ", ") + ": " + remedy
		}
	}
	m := message{
		cause:  fmt.Sprintf("The service gave no %s for %d of %d accounts.", what, len(failures), asked),
		remedy: strings.Join(remedies, " ") + ` With on_account_error = "warn" or "ignore", the attribute errors holds all of them.`,
	}
	for _, reason := range reasons {
		m.facts = append(m.facts, reason+": "+strings.Join(names[reason], ", "))
	}
	if more := len(failures) - len(listed); more > 0 {
		m.facts = append(m.facts, fmt.Sprintf("Not listed: %d more", more))
	}
	return m
}

// accountErrorText gives code, meaning, and the service's own words where there
// are any.
func accountErrorText(failure timpush.AccountError) string {
	if failure.Code == nil {
		return failure.Message()
	}
	text := fmt.Sprintf("%d, %s", *failure.Code, timpush.AccountError{Code: failure.Code, Meaning: failure.Meaning}.Message())
	if failure.Info != "" {
		text += fmt.Sprintf(" (service text: %s)", quote(failure.Info))
	}
	return text
}

func accountErrorCode(failure timpush.AccountError) string {
	if failure.Code == nil {
		return "Not answered"
	}
	return strconv.FormatInt(*failure.Code, 10)
}

func accountErrorRemedy(failure timpush.AccountError) string {
	if failure.Code == nil {
		return "Try again."
	}
	return kit.CodeFix(*failure.Code)
}
