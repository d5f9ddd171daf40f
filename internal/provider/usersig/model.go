package usersig

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// userSigModel is the block's arguments and results.
type userSigModel struct {
	UserID    kit.RequiredString `tfsdk:"user_id"`
	Validity  types.String       `tfsdk:"validity"`
	UserSig   types.String       `tfsdk:"user_sig"`
	ExpiresAt types.String       `tfsdk:"expires_at"`
}

// How long a UserSig may be valid.
const (
	defaultValidity  = 24 * time.Hour
	shortestValidity = time.Minute
	longestValidity  = 180 * day // the default of the vendor's libraries (33517)

	day = 24 * time.Hour
)

var validityValidator = kit.DurationValidator{
	Summary:  "Invalid Validity",
	Limits:   fmt.Sprintf("a duration from %s to %s (%d days)", kit.FormatDuration(shortestValidity), kit.FormatDuration(longestValidity), longestValidity/day),
	Examples: `"24h", or "168h" for a week`,
	Parse:    parseValidity,
}

// parseValidity parses a validity, and reports whether it is within the limits.
func parseValidity(text string) (time.Duration, bool) {
	validity, ok := kit.ParseDuration(text)
	return validity, ok && validity >= shortestValidity && validity <= longestValidity
}

// validityOf returns the validity of a valid block.
func validityOf(model userSigModel) time.Duration {
	if validity, ok := parseValidity(model.Validity.ValueString()); ok {
		return validity
	}
	return defaultValidity
}

// userIDs matches the UserIDs that the service accepts (34385).
var userIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

// userIDValidator accepts UserIDs.
type userIDValidator struct{}

var _ validator.String = userIDValidator{}

func (userIDValidator) Description(context.Context) string {
	return `1 to 32 letters, digits, "_", or "-"`
}

func (v userIDValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v userIDValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() {
		resp.Diagnostics.AddAttributeError(req.Path, "Missing UserID", fmt.Sprintf("%s is null. Set it to the account's UserID.", req.Path))
		return
	}
	if userID := req.ConfigValue.ValueString(); !req.ConfigValue.IsUnknown() && !userIDs.MatchString(userID) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid UserID",
			fmt.Sprintf("%s is not a valid UserID: it must consist of %s. Set %s to the account's UserID; RegistrationIDs have no UserSig.", kit.Quote(userID), v.Description(ctx), req.Path))
	}
}
