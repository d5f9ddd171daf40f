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

// fromFile is how to read accounts from a file, whatever its line ends. The CLI
// does not break lines that begin with a space: this one can be copied.
const fromFile = "\n\n" + `  compact(split("\n", replace(file("accounts.txt"), "\r", "")))`

// accountCause is a reason to reject accounts.
type accountCause struct {
	one, many string // "ends in ...", "end in ..."
	fix       string
	holds     func(account types.String) bool
}

// accountCauses are looked at in order; the first that holds counts.
var accountCauses = []accountCause{
	{
		"is null", "are null", "Leave null elements out, or use the account's UserID or RegistrationID.",
		types.String.IsNull,
	},
	{
		"is empty", "are empty", "Leave empty elements out, or use the account's UserID or RegistrationID. Read a file without its empty lines with:" + fromFile,
		whose(func(text string) bool { return text == "" }),
	},
	{
		"ends in a carriage return", "end in a carriage return", "Read the file with:" + fromFile,
		whose(func(text string) bool { return strings.HasSuffix(text, "\r") }),
	},
	{
		"begins or ends with white space", "begin or end with white space", "Remove it, for example with trimspace().",
		whose(func(text string) bool { return strings.TrimSpace(text) != text }),
	},
	{
		"begins with a byte order mark", "begin with a byte order mark", "Save the file as UTF-8 without one, or read it with:\n\n" +
			`  compact(split("\n", replace(trimprefix(file("accounts.txt"), "\ufeff"), "\r", "")))`,
		whose(func(text string) bool { return strings.HasPrefix(text, byteOrderMark) }),
	},
	{
		"contains an invisible character", "contain an invisible character", "Remove it.",
		whose(func(text string) bool { return strings.ContainsFunc(text, IsInvisible) }),
	},
	{
		"contains a control character", "contain a control character", "Remove it.",
		whose(func(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }),
	},
}

// whose looks at an account's text.
func whose(holds func(text string) bool) func(types.String) bool {
	return func(account types.String) bool { return holds(account.ValueString()) }
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
		if counts[i] > 0 {
			resp.Diagnostics.AddAttributeError(req.Path, "Invalid Accounts", cause.text(counts[i], examples[i]))
		}
	}
}

// text says how many accounts are rejected, shows examples, and what to do.
func (c accountCause) text(count int, examples []string) string {
	named := strings.Join(examples, ", ")
	switch {
	case count == 1:
		return fmt.Sprintf("%s %s. %s", named, c.one, c.fix)
	case count == len(examples):
		return fmt.Sprintf("%d accounts %s: %s. %s", count, c.many, named, c.fix)
	default:
		return fmt.Sprintf("%d accounts %s, for example %s. %s", count, c.many, named, c.fix)
	}
}

// causeOf returns the index of the reason to reject an account, or -1.
func causeOf(account types.String) int {
	for i, cause := range accountCauses {
		if cause.holds(account) {
			return i
		}
	}
	return -1
}
