package kit

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// defaultTimeout limits a complete operation.
const defaultTimeout = 5 * time.Minute

var timeoutValidator = DurationValidator{
	Summary:  "Invalid Timeout",
	Limits:   DurationLimits,
	Examples: DurationExamples,
	Parse:    ParseDuration,
}

// Timeouts returns the attribute timeouts for the operations of a block. It does
// not use the timeouts library, which accepts negative durations, has a type for each kind of
// block, and logs at INFO that there is nothing to log.
func Timeouts(operations ...string) schema.Attribute {
	limit := FormatDuration(defaultTimeout)
	attributes := make(map[string]schema.Attribute, len(operations))
	for _, operation := range operations {
		attributes[operation] = schema.StringAttribute{
			MarkdownDescription: "The time limit for the complete `" + operation + "` operation: all requests, retries, and waiting. A " + GoDuration + " greater than zero. Defaults to `" + limit + "`.",
			Optional:            true,
			Validators:          []validator.String{timeoutValidator},
		}
	}
	supported := "Only `" + operations[0] + "` is supported; Terraform silently ignores other keys."
	if len(operations) > 1 {
		supported = "Terraform silently ignores other keys."
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Time limits, as in `timeouts = { " + operations[0] + " = \"" + FormatDuration(2*defaultTimeout) + "\" }`. " + supported,
		Optional:            true,
		Attributes:          attributes,
	}
}

// Timeout returns the block's timeout for the operation, or the default.
func (o Operation) Timeout(ctx context.Context) (time.Duration, diag.Diagnostics) {
	var text types.String
	at := path.Root("timeouts").AtName(o.Name)
	diags := o.Config.GetAttribute(ctx, at, &text)
	if diags.HasError() {
		return 0, diags
	}
	if text.IsNull() || text.IsUnknown() {
		return defaultTimeout, nil
	}
	// The validator has not checked a value that was not known when the block was validated.
	var checked validator.StringResponse
	timeoutValidator.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: text}, &checked)
	timeout, _ := ParseDuration(text.ValueString())
	return timeout, checked.Diagnostics
}
