package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
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

const (
	timeoutsText = "Time limits."
	timeoutText  = "How long the whole read may take, a [Go duration](https://pkg.go.dev/time#ParseDuration) above zero. Defaults to `5m`."
)

// readTimeouts is the timeouts attribute of a data source. The timeouts library
// is not used: it takes durations below zero, has a type for each kind of block,
// and logs at INFO that there is nothing to log.
func readTimeouts() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: timeoutsText,
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			operationRead: schema.StringAttribute{
				MarkdownDescription: timeoutText,
				Optional:            true,
				Validators:          []validator.String{durationValidator{}},
			},
		},
	}
}

// openTimeouts is the timeouts attribute of an ephemeral resource.
func openTimeouts() ephemeralschema.Attribute {
	return ephemeralschema.SingleNestedAttribute{
		MarkdownDescription: timeoutsText,
		Optional:            true,
		Attributes: map[string]ephemeralschema.Attribute{
			operationOpen: ephemeralschema.StringAttribute{
				MarkdownDescription: timeoutText,
				Optional:            true,
				Validators:          []validator.String{durationValidator{}},
			},
		},
	}
}

// timeoutOf returns the time-out of an operation, as the block or the default
// says.
func timeoutOf(ctx context.Context, config tfsdk.Config, operation string) time.Duration {
	var text types.String
	diags := config.GetAttribute(ctx, path.Root("timeouts").AtName(operation), &text)
	if timeout, ok := parseDuration(text.ValueString()); ok && !diags.HasError() {
		return timeout
	}
	return defaultTimeout // the validator has refused what is no duration
}

// parseDuration reads a Go duration, and reports whether it is one above zero.
func parseDuration(text string) (time.Duration, bool) {
	duration, err := time.ParseDuration(text)
	return duration, err == nil && duration > 0
}

// durationValidator takes durations above zero.
type durationValidator struct{}

var _ validator.String = durationValidator{}

func (durationValidator) Description(context.Context) string {
	return "a duration above zero, such as 30s or 5m"
}

func (v durationValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v durationValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	if _, ok := parseDuration(text); !ok {
		// The text names the argument too: the CLI does not print paths.
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Timeout",
			fmt.Sprintf("%s is %s, which is not a duration above zero. Set it to %s.", req.Path, quote(text), v.Description(ctx)))
	}
}
