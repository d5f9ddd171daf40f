package delivery

import (
	"context"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// arguments are the arguments of statistics and losses: what to count.
type arguments struct {
	source  types.String
	taskIDs types.List
	times   times
}

// attributesOfArguments returns the schema attributes of the arguments. limit is
// the length of the longest time window.
func attributesOfArguments(limit time.Duration) map[string]schema.Attribute {
	covered := kit.FormatDuration(limit) + "` (" + days(limit) + ")"
	return map[string]schema.Attribute{
		"source": sourceAttribute("every chat message of the app"),
		"task_ids": schema.ListAttribute{
			MarkdownDescription: "The task IDs of pushes: any number. If you omit it, the results cover all pushes of the app. An empty list is an error, since a computed list that turns out empty would otherwise cover all of them. " +
				"The provider reads up to " + strconv.Itoa(timpush.MaxTasksPerRequest) + " tasks per request, one request per second, and each task once. Not allowed with `source = \"" + sourceMessage + "\"`.",
			ElementType: types.StringType,
			Optional:    true,
			Validators: []validator.List{kit.IDsValidator{
				Title: "Task IDs",
				Empty: "task_ids is empty. Add a task ID, or omit task_ids (set it to null) to cover all pushes of the app.",
			}},
		},
		"last": schema.StringAttribute{
			MarkdownDescription: "The length of the time window, which ends at the time of the read: `24h` covers the last day. The window moves with each plan, so results change without a change to the configuration. " +
				"A " + kit.GoDuration + " from `" + kit.FormatDuration(shortestLast) + "` to `" + covered + ". " +
				"At the maximum, the window starts some seconds later, since the service rejects older starts: see `start_time`. Set either `last`, or `start_time` and `end_time`.",
			Optional: true,
		},
		"start_time": schema.StringAttribute{
			MarkdownDescription: "The start of a fixed time window, in RFC 3339 format with any offset, such as `2026-01-02T15:04:05Z`. Fractions of a second are ignored. At most " + days(limit) + " ago, so a configuration with a fixed time stops working after " + days(limit) + ". The service rejects an older start when a request arrives, so the start moves forward to " + days(limit) + " before the request is sent, and 10 seconds more.",
			Optional:            true,
		},
		"end_time": schema.StringAttribute{
			MarkdownDescription: "The end of the fixed time window, in the same format: after `start_time`, by at most `" + covered + ". If it is in the future, the window ends at the time of the read.",
			Optional:            true,
		},
		"timeouts": kit.Timeouts(kit.OperationRead),
	}
}

// readArguments returns the arguments of a block.
func readArguments(ctx context.Context, config tfsdk.Config) (a arguments, diags diag.Diagnostics) {
	diags.Append(config.GetAttribute(ctx, sourcePath, &a.source)...)
	diags.Append(config.GetAttribute(ctx, path.Root("task_ids"), &a.taskIDs)...)
	diags.Append(config.GetAttribute(ctx, lastPath, &a.times.last)...)
	diags.Append(config.GetAttribute(ctx, startPath, &a.times.start)...)
	diags.Append(config.GetAttribute(ctx, endPath, &a.times.end)...)
	return a, diags
}

// conflicts returns which arguments exclude each other, as far as they are known.
func (a arguments) conflicts() (diags diag.Diagnostics) {
	if a.source.ValueString() == sourceMessage && !a.taskIDs.IsNull() && !a.taskIDs.IsUnknown() {
		diags.AddAttributeError(path.Root("task_ids"), conflictingArguments,
			`task_ids is set, but source is "message", and chat messages have no tasks. Remove task_ids, or set source to "push".`)
	}
	return diags
}

// validate reports what is wrong with a block as far as it is known.
func validate(ctx context.Context, config tfsdk.Config, limit time.Duration) diag.Diagnostics {
	a, diags := readArguments(ctx, config)
	if !diags.HasError() {
		diags.Append(a.conflicts()...)
		diags.Append(a.times.problems(limit)...)
	}
	return diags
}

// query is what a valid block asks for.
type query struct {
	source  timpush.Source
	window  timpush.Window
	taskIDs []string // nil for all pushes of the app
}

// readQuery returns what a block asks for at the given time.
func readQuery(ctx context.Context, config tfsdk.Config, limit time.Duration, now time.Time) (q query, diags diag.Diagnostics) {
	if diags = kit.CheckKnown(config); diags.HasError() {
		return q, diags
	}
	a, diags := readArguments(ctx, config)
	if diags.HasError() {
		return q, diags
	}
	if diags = a.conflicts(); diags.HasError() {
		return q, diags
	}
	q.source = sourceOf(a.source)
	q.window, diags = a.times.window(limit, now)
	diags.Append(a.taskIDs.ElementsAs(ctx, &q.taskIDs, false)...)
	return q, diags
}
