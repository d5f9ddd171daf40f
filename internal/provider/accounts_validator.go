package provider

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// mostListed is how many accounts a message lists before it says how many more.
const mostListed = 10

// accountsValidator refuses accounts that cannot be meant: null, empty, or with
// white space around or control characters in them, as lines of a file with
// Windows line ends have. There is no rule for the length: a RegistrationID is
// longer than a UserID and may be set by the app (60565).
type accountsValidator struct{}

var _ validator.List = accountsValidator{}

func (accountsValidator) Description(context.Context) string {
	return "no account may be null, empty, or have white space around it or a control character in it"
}

func (v accountsValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (accountsValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	wrong := 0
	for i, element := range req.ConfigValue.Elements() {
		account, ok := element.(types.String)
		if !ok || account.IsUnknown() {
			continue
		}
		problem := accountProblem(account)
		if problem == "" {
			continue
		}
		wrong++
		if wrong <= mostListed {
			resp.Diagnostics.Append(invalidAccount(req.Path, i, problem))
		}
	}
	if wrong > mostListed {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Accounts",
			fmt.Sprintf("Only the first %d wrong accounts are listed; %d more must be corrected.", mostListed, wrong-mostListed))
	}
}

func invalidAccount(list path.Path, index int, problem string) diag.Diagnostic {
	at := list.AtListIndex(index)
	// The text names the index too: the CLI does not print paths.
	return diag.NewAttributeErrorDiagnostic(at, "Invalid Account", fmt.Sprintf("%s %s", at, problem))
}

// byteOrderMark stands at the beginning of some files that Windows programs
// write. It cannot be seen, and trimspace() leaves it.
const byteOrderMark = "\uFEFF"

// fromFile is how to read accounts from a file, whatever its line ends. The CLI
// does not break lines that begin with a space: this one can be copied.
const fromFile = "\n\n" + `  compact(split("\n", replace(file("accounts.txt"), "\r", "")))`

// accountProblem says what is wrong with an account and what to do, or returns "".
func accountProblem(account types.String) string {
	text := account.ValueString()
	switch {
	case account.IsNull():
		return "is null. Leave it out, or give the account's UserID or RegistrationID."
	case text == "":
		return "is empty. Leave it out, or give the account's UserID or RegistrationID. A file is read without its empty lines by:" + fromFile
	case strings.HasSuffix(text, "\r"):
		return "is " + quote(text) + ", which ends as the lines of Windows files do. Take that off; a file is read without it by:" + fromFile
	case strings.TrimSpace(text) != text:
		return "is " + quote(text) + ", which begins or ends with white space. Take it off; trimspace() does so."
	case strings.HasPrefix(text, byteOrderMark):
		return "is " + quote(text) + ", which begins with a byte order mark. Save the file as UTF-8 without one, or take it off with trimprefix(..., \"\\ufeff\")."
	case strings.ContainsFunc(text, unicode.IsControl):
		return "is " + quote(text) + ", which holds a control character. Remove it."
	}
	return ""
}
