package kit

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Unexpected returns one warning about a response that differs from the API
// documentation and was accepted, or nothing if unexpected, which lists what
// differs, is empty. object is what was read: "Attribute Names".
func Unexpected(object, cause, fix string, unexpected []string) diag.Diagnostics {
	if len(unexpected) == 0 {
		return nil
	}
	facts := unexpected
	if more := len(unexpected) - MostListed; more > 0 {
		facts = append(unexpected[:MostListed:MostListed], fmt.Sprintf("Not shown: %d more", more))
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Unexpected "+object, message{cause, fix, facts}.String())}
}
