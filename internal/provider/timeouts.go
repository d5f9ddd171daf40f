package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// defaultTimeout bounds a whole read.
const defaultTimeout = 5 * time.Minute

// What a whole read is bounded by: the operation's name within timeouts.
const (
	operationRead = "read" // of a data source
	operationOpen = "open" // of an ephemeral resource
)

var timeoutValidator = durationValidator{
	summary: "Invalid Timeout",
	limits:  "a duration above zero",
	example: "30s or 5m",
	parse:   parseDuration,
}

// timeouts is the timeouts attribute for an operation. The timeouts library is
// not used: it takes durations below zero, has a type for each kind of block,
// and logs at INFO that there is nothing to log.
func timeouts(operation string) schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Time limits, of which there is one: `{ " + operation + " = \"5m\" }`. The CLI drops other names without a word.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			operation: schema.StringAttribute{
				MarkdownDescription: "How long the whole read may take, a [Go duration](https://pkg.go.dev/time#ParseDuration) above zero. Defaults to `5m`.",
				Optional:            true,
				Validators:          []validator.String{timeoutValidator},
			},
		},
	}
}

// timeoutOf returns the time-out of an operation, as the block or the default
// says.
func timeoutOf(ctx context.Context, config tfsdk.Config, operation string) (time.Duration, diag.Diagnostic) {
	var text types.String
	if diags := config.GetAttribute(ctx, path.Root("timeouts").AtName(operation), &text); diags.HasError() {
		return 0, diags.Errors()[0]
	}
	if timeout, ok := parseDuration(text.ValueString()); ok {
		return timeout, nil
	}
	return defaultTimeout, nil // the validator has refused what is no duration
}
