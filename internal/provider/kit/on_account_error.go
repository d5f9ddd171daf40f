package kit

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The values of on_account_error.
const (
	onAccountErrorError  = "error"
	onAccountErrorWarn   = "warn" // the default
	onAccountErrorIgnore = "ignore"
)

var onAccountErrors = []string{onAccountErrorError, onAccountErrorWarn, onAccountErrorIgnore}

// onAccountErrorValidator accepts the values of on_account_error.
type onAccountErrorValidator struct{}

var _ validator.String = onAccountErrorValidator{}

func (onAccountErrorValidator) Description(context.Context) string {
	return "one of: " + strings.Join(onAccountErrors, ", ")
}

func (v onAccountErrorValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (onAccountErrorValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || slices.Contains(onAccountErrors, value) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid Account Error Mode", message{
		cause: NotValid(value, "value of on_account_error", Suggest(value, onAccountErrors)),
		fix:   `Set it to "` + onAccountErrorError + `", "` + onAccountErrorWarn + `", or "` + onAccountErrorIgnore + `".`,
	}.String())
}
