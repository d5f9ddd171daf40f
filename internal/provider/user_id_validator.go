package provider

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// userIDs are the UserIDs that the service takes (34385).
var userIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

// userIDValidator takes UserIDs.
type userIDValidator struct{}

var _ validator.String = userIDValidator{}

func (userIDValidator) Description(context.Context) string {
	return "1 to 32 letters, digits, _ and -"
}

func (v userIDValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v userIDValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if userID := req.ConfigValue.ValueString(); !userIDs.MatchString(userID) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid UserID",
			fmt.Sprintf("%s is %s, but a UserID has %s. Set it to the account's UserID; RegistrationIDs have no UserSig.", req.Path, quote(userID), v.Description(ctx)))
	}
}
