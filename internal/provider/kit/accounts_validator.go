package kit

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// accountsValidator rejects accounts that cannot be meant: null, empty, or with
// white space around or unprintable characters in them, as lines of a file with
// Windows line ends have. There is no rule for the length: a RegistrationID is
// longer than a UserID and may be set by the app (60565).
type accountsValidator struct{}

var _ validator.List = accountsValidator{}

func (accountsValidator) Description(context.Context) string {
	return "no account may be null, empty, have white space around it, or contain a control character or an invisible character"
}

func (v accountsValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// accountCause is a reason to reject accounts.
type accountCause struct {
	one, many string // "ends in ...", "end in ..."
	fix       string
	holds     func(account types.String, text string) bool
}

// fromFile is how to read accounts from a file, whatever its line ends. The CLI
// does not break lines that begin with a space: this one can be copied.
const fromFile = "\n\n" + `  compact(split("\n", replace(file("accounts.txt"), "\r", "")))`

// accountCauses are looked at in order; the first that holds counts.
var accountCauses = []accountCause{
	{
		one: "is null", many: "are null",
		fix:   "Leave null elements out, or use the account's UserID or RegistrationID.",
		holds: func(account types.String, _ string) bool { return account.IsNull() },
	},
	{
		one: "is empty", many: "are empty",
		fix:   "Leave empty elements out, or use the account's UserID or RegistrationID. Read a file without its empty lines with:" + fromFile,
		holds: func(_ types.String, text string) bool { return text == "" },
	},
	{
		one: "ends in a carriage return", many: "end in a carriage return",
		fix:   "Read the file with:" + fromFile,
		holds: func(_ types.String, text string) bool { return strings.HasSuffix(text, "\r") },
	},
	{
		one: "begins or ends with white space", many: "begin or end with white space",
		fix:   "Remove it, for example with trimspace().",
		holds: func(_ types.String, text string) bool { return strings.TrimSpace(text) != text },
	},
	{
		one: "begins with a byte order mark", many: "begin with a byte order mark",
		fix:   `Save the file as UTF-8 without one, or remove it with trimprefix(..., "\ufeff").`,
		holds: func(_ types.String, text string) bool { return strings.HasPrefix(text, string(byteOrderMark)) },
	},
	{
		one: "contains an invisible character", many: "contain an invisible character",
		fix:   "Remove it.",
		holds: func(_ types.String, text string) bool { return strings.ContainsFunc(text, IsInvisible) },
	},
	{
		one: "contains a control character", many: "contain a control character",
		fix:   "Remove it.",
		holds: func(_ types.String, text string) bool { return strings.ContainsFunc(text, unicode.IsControl) },
	},
}

// mostExamples is how many accounts an error shows.
const mostExamples = 3

func (accountsValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	counts := make([]int, len(accountCauses))
	examples := make([][]string, len(accountCauses))
	for i, element := range req.ConfigValue.Elements() {
		account, ok := element.(types.String)
		if !ok || account.IsUnknown() {
			continue
		}
		cause := causeOf(account)
		if cause < 0 {
			continue
		}
		counts[cause]++
		if counts[cause] <= mostExamples {
			example := req.Path.AtListIndex(i).String()
			if text := account.ValueString(); text != "" {
				example += " (" + Quote(text) + ")"
			}
			examples[cause] = append(examples[cause], example)
		}
	}
	for i, cause := range accountCauses {
		named := strings.Join(examples[i], ", ")
		switch count := counts[i]; {
		case count == 1:
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid Account", fmt.Sprintf("%s %s. %s", named, cause.one, cause.fix))
		case count > mostExamples:
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid Accounts", fmt.Sprintf("%d accounts %s, for example %s. %s", count, cause.many, named, cause.fix))
		case count > 1:
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid Accounts", fmt.Sprintf("%d accounts %s: %s. %s", count, cause.many, named, cause.fix))
		}
	}
}

// causeOf returns the index of the reason to reject an account, or -1.
func causeOf(account types.String) int {
	text := account.ValueString()
	for i, cause := range accountCauses {
		if cause.holds(account, text) {
			return i
		}
	}
	return -1
}
