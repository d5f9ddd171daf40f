package kit

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// MostListed is the maximum number of elements that a message lists before it
// says how many more there are.
const MostListed = 10

// AccountErrorsType returns the type of the attribute errors.
func AccountErrorsType(ctx context.Context) tftypes.Map {
	return tftypes.Map{ElementType: accountErrorType.TerraformType(ctx)}
}

// AccountErrorsValue returns the value of the attribute errors.
func AccountErrorsValue(ctx context.Context, failures map[string]timpush.AccountError) tftypes.Value {
	kind := AccountErrorsType(ctx)
	values := make(map[string]tftypes.Value, len(failures))
	for account, failure := range failures {
		values[account] = tftypes.NewValue(kind.ElementType, map[string]tftypes.Value{
			"code":    tftypes.NewValue(tftypes.Number, failure.Code),
			"message": tftypes.NewValue(tftypes.String, failure.Message()),
		})
	}
	return tftypes.NewValue(kind, values)
}

// accountProblems reports the accounts that could not be read, as
// on_account_error says: in one error, one warning, or not at all. object is what
// was being read, such as "attributes"; read is the number of accounts that could
// be read.
func accountProblems(policy, object string, accounts []string, failures map[string]timpush.AccountError, read int) diag.Diagnostics {
	if len(failures) == 0 || policy == OnAccountErrorIgnore {
		return nil
	}
	const summary = "Some Accounts Could Not Be Read"
	m := message{cause: fmt.Sprintf("The %s of %d of %d accounts could not be read.", object, len(failures), len(failures)+read)}
	reasons := AccountReasons(accounts, failures, nil)
	if policy == OnAccountErrorError {
		m.fix = `Set on_account_error to "` + OnAccountErrorWarn + `" to continue without them.`
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("accounts"), summary, m.String()+reasons)}
	}
	m.fix = "The accounts are listed in `errors`."
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("accounts"), summary, m.String()+reasons)}
}

// AccountReasons returns a paragraph for each reason why accounts failed: the
// first accounts, and the fix. Reasons and accounts are in the order of the
// request. own are fixes that replace the usual ones, by error code.
func AccountReasons(accounts []string, failures map[string]timpush.AccountError, own map[int64]string) string {
	var reasons []string
	names := map[string][]string{} // of accounts, by reason
	fixes := map[string]string{}   // by reason
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
		reason := AccountReason(failure)
		if names[reason] == nil {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], Quote(account))
		fixes[reason] = accountFix(failure, own)
	}
	var text strings.Builder
	for _, reason := range reasons {
		fmt.Fprintf(&text, "\n\n%s: %s\nFix: %s", reason, strings.Join(names[reason], ", "), fixes[reason])
	}
	if more := len(failures) - len(listed); more > 0 {
		fmt.Fprintf(&text, "\n\nNot shown: %d more", more)
	}
	return text.String()
}

// AccountReason returns the code, its meaning, and the service's text if there is
// one.
func AccountReason(failure timpush.AccountError) string {
	label := "No error code"
	if failure.Code != nil {
		label = fmt.Sprintf("Error code %d", *failure.Code)
	}
	own := failure
	own.Info = ""
	if failure.Info == "" {
		return label + " (" + own.Message() + ")"
	}
	return label + " (" + own.Message() + "; service text: " + Quote(failure.Info) + ")"
}
