package kit

import "github.com/hashicorp/terraform-plugin-framework/types"

// Cause is why values of a block are rejected.
type Cause struct {
	One, Many string // "is empty", "are empty"
	Fix       string
}

// Text returns how many values are rejected, examples, and the fix. values is
// what they are called, such as "accounts".
func (c Cause) Text(values string, count int, examples []string) string {
	return elementCause{one: c.One, many: c.Many, fix: c.Fix}.text(values, count, examples)
}

// MostExamples is the maximum number of examples in such a text.
const MostExamples = mostExamples

// AccountCause returns why the name of an account is rejected, as in a list of
// accounts, or false if it is valid.
func AccountCause(account string) (Cause, bool) {
	for _, cause := range accountCauses {
		if cause.holds(types.StringValue(account)) {
			return Cause{cause.one, cause.many, cause.fix}, true
		}
	}
	return Cause{}, false
}
