package kit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// accountsValidator rejects a null list, and accounts that can only be mistakes:
// null or empty ones, and those with surrounding whitespace or unprintable
// characters, such as from a file with Windows line endings. It does not check
// lengths: a RegistrationID is longer than a UserID, and the app can choose it
// (60565).
type accountsValidator struct{}

var _ validator.List = accountsValidator{}

func (accountsValidator) Description(context.Context) string {
	return "no account may be null, empty, have whitespace around it, or contain a control character or an invisible character"
}

func (v accountsValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// fromFile is an expression that reads accounts from a file with any line
// endings, with or without a byte order mark. The CLI does not wrap lines that
// begin with a space, so users can copy it.
const fromFile = "\n\n" + `  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))`

// The indexes of some of accountCauses.
const (
	emptyAccount = iota
	carriageReturn
	markedAccount
)

// accountCauses are checked in order; the first match wins.
var accountCauses = []elementCause{
	emptyAccount: {
		Cause{"is empty", "are empty", "Remove empty elements, for example with compact(). To read a file without its empty lines, use:" + fromFile},
		isEmpty,
	},
	carriageReturn: {
		Cause{"ends in a carriage return", "end in a carriage return", "To read a file with Windows line endings, use:" + fromFile},
		whose(func(text string) bool { return strings.HasSuffix(text, "\r") }),
	},
	markedAccount: {
		Cause{"begins with a byte order mark", "begin with a byte order mark", "Save the file as UTF-8 without a byte order mark, or read it with:" + fromFile},
		whose(func(text string) bool { return strings.HasPrefix(text, byteOrderMark) }),
	},
	nullElement, surroundingWhitespace, invisibleCharacter, controlCharacter,
}

// Causes that several validators have.
var (
	nullElement           = elementCause{Cause{"is null", "are null", "Remove null elements, for example with compact()."}, types.String.IsNull}
	emptyElement          = elementCause{Cause{"is empty", "are empty", "Remove empty elements, for example with compact()."}, isEmpty}
	surroundingWhitespace = elementCause{
		Cause{"begins or ends with whitespace", "begin or end with whitespace", "Remove the whitespace, for example with trimspace()."},
		whose(func(text string) bool { return strings.TrimSpace(text) != text }),
	}
	invisibleCharacter = elementCause{
		Cause{"contains an invisible character", "contain an invisible character", "Remove the character."},
		whose(func(text string) bool { return strings.ContainsFunc(text, IsInvisible) }),
	}
	controlCharacter = elementCause{
		Cause{"contains a control character", "contain a control character", "Remove the character."},
		whose(func(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }),
	}
)

// whose returns a check of the text of elements that are not null.
func whose(holds func(text string) bool) func(types.String) bool {
	return func(element types.String) bool { return !element.IsNull() && holds(element.ValueString()) }
}

var isEmpty = whose(func(text string) bool { return text == "" })

func (accountsValidator) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if req.ConfigValue.IsNull() {
		resp.Diagnostics.AddAttributeError(req.Path, "Missing Accounts", message{
			cause: fmt.Sprintf("%s is null.", req.Path),
			fix:   "Set it to a list of UserIDs or RegistrationIDs; an empty list reads nothing.",
		}.String())
		return
	}
	resp.Diagnostics.Append(CheckAccounts(req.Path, req.ConfigValue.Elements())...)
}

// CheckAccounts reports what is wrong with the accounts of the list at a path, as
// far as they are known.
func CheckAccounts(list path.Path, elements []attr.Value) (diags diag.Diagnostics) {
	counts, examples := find(list, elements, accountCauses)
	if counts[carriageReturn]+counts[markedAccount] > 0 && counts[emptyAccount] == 1 && elements[len(elements)-1].Equal(types.StringValue("")) {
		counts[emptyAccount] = 0 // fromFile, the fix for the other cause, drops empty lines too
	}
	for i, cause := range accountCauses {
		if counts[i] > 0 {
			diags.AddAttributeError(list, "Invalid Accounts", cause.Text("accounts", counts[i], examples[i]))
		}
	}
	return diags
}

// find returns how many elements of the list at a path each cause rejects, and the
// first of them.
func find(list path.Path, elements []attr.Value, causes []elementCause) (counts []int, examples [][]string) {
	counts, examples = make([]int, len(causes)), make([][]string, len(causes))
	for i, element := range elements {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			continue
		}
		cause := slices.IndexFunc(causes, func(c elementCause) bool { return c.holds(text) })
		if cause < 0 {
			continue
		}
		counts[cause]++
		if counts[cause] <= MostExamples {
			examples[cause] = append(examples[cause], named(list.AtListIndex(i), text))
		}
	}
	return counts, examples
}

// named returns a path, with the text that is there unless it is empty.
func named(at path.Path, text types.String) string {
	if text := text.ValueString(); text != "" {
		return at.String() + " (" + Quote(text) + ")"
	}
	return at.String()
}
