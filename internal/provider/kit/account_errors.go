package kit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The values of on_account_error.
const (
	onAccountErrorError  = "error"
	onAccountErrorWarn   = "warn" // the default
	onAccountErrorIgnore = "ignore"
)

// MostListed is how many elements a message lists before it says how many more.
const MostListed = 10

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
// one error, one warning, or nothing. object is what was to be read, such as
// "attributes"; read counts the accounts that were.
func accountProblems(policy, object string, accounts []string, failures map[string]timpush.AccountError, read int) diag.Diagnostics {
	if len(failures) == 0 || policy == onAccountErrorIgnore {
		return nil
	}
	const summary = "Some Accounts Could Not Be Read"
	m := accountsMessage(object, accounts, failures, read+len(failures))
	if policy == onAccountErrorError {
		m.fix += ` Set on_account_error = "` + onAccountErrorWarn + `" to continue without them.`
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("accounts"), summary, m.String())}
	}
	m.fix += " The accounts are listed in `errors`."
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("accounts"), summary, m.String())}
}

// accountsMessage lists the first accounts that could not be read, in the order
// in which they were asked for, by reason. asked counts the accounts without
// duplicates.
func accountsMessage(object string, accounts []string, failures map[string]timpush.AccountError, asked int) message {
	var reasons, fixes []string    // in the order in which they occur
	names := map[string][]string{} // reason to accounts
	codes := map[string][]string{} // fix to the codes that it is for
	listed := map[string]bool{}
	for _, account := range accounts {
		failure, failed := failures[account]
		if !failed || listed[account] {
			continue
		}
		if len(listed) == MostListed {
			break
		}
		listed[account] = true
		reason, code, fix := accountErrorText(failure), accountErrorCode(failure), accountFix(failure)
		if names[reason] == nil {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], Quote(account))
		if codes[fix] == nil {
			fixes = append(fixes, fix)
		}
		if !slices.Contains(codes[fix], code) {
			codes[fix] = append(codes[fix], code)
		}
	}
	if len(fixes) > 1 { // each says what it is for
		for i, fix := range fixes {
			fixes[i] = strings.Join(codes[fix], ", ") + ": " + fix
		}
	}
	m := message{
		cause: fmt.Sprintf("The service gave no %s for %d of %d accounts.", object, len(failures), asked),
		fix:   strings.Join(fixes, " "),
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
	own := failure
	own.Info = ""
	text := own.Message()
	if failure.Code != nil {
		text = fmt.Sprintf("%d, %s", *failure.Code, text)
	}
	if failure.Info != "" {
		text += fmt.Sprintf(" (service text: %s)", Quote(failure.Info))
	}
	return text
}

func accountErrorCode(failure timpush.AccountError) string {
	switch {
	case failure.Code != nil:
		return strconv.FormatInt(*failure.Code, 10)
	case failure.Problem != "":
		return "Invalid response"
	default:
		return "Not answered"
	}
}
