package kit

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Cause is why values of a block are rejected.
type Cause struct {
	One, Many string // "is empty", "are empty"
	Fix       string
}

// MostExamples is the maximum number of examples in the text of a cause.
const MostExamples = 3

// Text returns how many values are rejected, examples, and the fix. values is
// what they are called, such as "accounts".
func (c Cause) Text(values string, count int, examples []string) string {
	listed := strings.Join(examples, ", ")
	switch {
	case count == 1:
		return fmt.Sprintf("%s %s. %s", listed, c.One, c.Fix)
	case count == len(examples):
		return fmt.Sprintf("%d %s %s: %s. %s", count, values, c.Many, listed, c.Fix)
	default:
		return fmt.Sprintf("%d %s %s, for example %s. %s", count, values, c.Many, listed, c.Fix)
	}
}

// elementCause is a cause, and which elements of a list it rejects.
type elementCause struct {
	Cause

	holds func(element types.String) bool
}

// AccountCause returns why the name of an account is rejected, as in a list of
// accounts, or false if it is valid.
func AccountCause(account string) (Cause, bool) {
	for _, cause := range accountCauses {
		if cause.holds(types.StringValue(account)) {
			return cause.Cause, true
		}
	}
	return Cause{}, false
}
