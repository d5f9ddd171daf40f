package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// defaultReadTimeout bounds a whole read.
const defaultReadTimeout = 5 * time.Minute

// readTimeouts is the timeouts attribute of a data source. It is the timeouts
// library's, but for the validator: the library's takes durations below zero.
func readTimeouts() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Time limits.",
		Optional:            true,
		CustomType: timeouts.Type{
			ObjectType: types.ObjectType{AttrTypes: map[string]attr.Type{"read": types.StringType}},
		},
		Attributes: map[string]schema.Attribute{
			"read": schema.StringAttribute{
				MarkdownDescription: "How long the whole read may take, a [Go duration](https://pkg.go.dev/time#ParseDuration) above zero. Defaults to `5m`.",
				Optional:            true,
				Validators:          []validator.String{durationValidator{}},
			},
		},
	}
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
