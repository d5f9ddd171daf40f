package delivery

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// tasks is what reads count when they are interrupted.
const tasks = "tasks"

// Sentences of descriptions.
const (
	lagText          = "Numbers appear some time after a push, and can still grow; the service does not document how long this takes."
	neverDerivedText = "The totals and the numbers per platform are those that the service returns; they need not add up."
	unexpectedText   = "If a response differs from the API documentation, the provider reads what it can, and a warning says how."
)

// platformsText continues the description of a map by platform.
var platformsText = "a map from platform to its numbers. Platforms are `" + strings.Join(timpush.Platforms(), "`, `") + "`, and `platform_N` for another number N that the service sends, of which 0 means unknown. It has only the platforms that the service returns."

// unexpected returns the warning about a response that differs from the API page.
func unexpected(object string, clauses []string) diag.Diagnostics {
	return kit.Unexpected(object, "The service's response differs from the API documentation.",
		"The results contain what could be read; compare them with the console.", clauses)
}
