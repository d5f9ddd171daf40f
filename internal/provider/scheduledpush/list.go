package scheduledpush

import (
	"cmp"
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ list.ListResourceWithConfigure      = (*listResource)(nil)
	_ list.ListResourceWithValidateConfig = (*listResource)(nil)
)

// listResource is the list resource timpush_scheduled_push.
type listResource struct{ kit.Resource }

func newListResource() list.ListResource { return &listResource{} }

// defaultWindow is how far ahead the list goes by default.
const defaultWindow = 30 * 24 * time.Hour

var (
	beginPath   = path.Root("begin")
	endPath     = path.Root("end")
	keywordPath = path.Root("keyword")
)

func (l *listResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + typeName
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the scheduled pushes of the app by the time at which they are sent, also those that are done, as far as the service remembers them. " +
			"Each result has its title and time as the display name.\n\n" +
			"Which time the service compares with `begin` and `end` is not documented: most likely that at which a push is sent, but possibly that of its creation. " +
			"In that case, the default window has no push that exists already. To list a push in either case, set `begin` to a time before its creation, and `end` to one after it is sent.\n\n" +
			"The provider calls " + kit.ServiceLink("`list_sched_task`", 78843) + ": a request for each week from `begin` to `end`, or for each day if the service rejects a week, and at most five a second. So a year takes about 11 seconds.",
		Attributes: map[string]schema.Attribute{
			"begin": schema.StringAttribute{
				MarkdownDescription: "The earliest time of the pushes, in RFC 3339 format. Defaults to now.",
				Optional:            true,
				Validators:          []validator.String{kit.TimeValidator{}},
			},
			"end": schema.StringAttribute{
				MarkdownDescription: "The latest time of the pushes, in RFC 3339 format, not before `begin`. Defaults to 30 days after `begin`.",
				Optional:            true,
				Validators:          []validator.String{kit.TimeValidator{}},
			},
			"keyword": schema.StringAttribute{
				MarkdownDescription: "A part of the title or the description. Defaults to all pushes.",
				Optional:            true,
			},
			"timeouts": kit.Timeouts(kit.OperationRead),
		},
	}
}

// ValidateListResourceConfig checks that the window does not end before it begins.
func (l *listResource) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	_, diags := readQuery(ctx, req.Config, time.Time{})
	resp.Diagnostics.Append(diags...)
}

// readQuery reads the arguments. Invalid times are those of the validators.
func readQuery(ctx context.Context, config tfsdk.Config, now time.Time) (query timpush.ScheduledQuery, diags diag.Diagnostics) {
	var begin, end, keyword types.String
	diags.Append(config.GetAttribute(ctx, beginPath, &begin)...)
	diags.Append(config.GetAttribute(ctx, endPath, &end)...)
	diags.Append(config.GetAttribute(ctx, keywordPath, &keyword)...)
	query = timpush.ScheduledQuery{By: timpush.ByTime, Begin: kit.WholeSecond(now), Keyword: keyword.ValueString()}
	if at, isSet := kit.ParseTime(beginPath, begin, &diag.Diagnostics{}); isSet {
		query.Begin = at
	}
	query.End = query.Begin.Add(defaultWindow)
	if at, isSet := kit.ParseTime(endPath, end, &diag.Diagnostics{}); isSet {
		query.End = at
	}
	if query.End.Before(query.Begin) {
		diags.AddAttributeError(endPath, "Invalid Time Window", "The window ends at "+query.End.Format(time.RFC3339)+", before it begins at "+query.Begin.Format(time.RFC3339)+". Set end to a later time, or begin to an earlier one.")
	}
	return query, diags
}

func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		query, diags := readQuery(ctx, req.Config, time.Now())
		if !diags.HasError() {
			_, failures := l.Provider.Call(ctx, listing(req.Config), func(ctx context.Context, client *timpush.Client) error {
				left := req.Limit
				return client.ListScheduledPushes(ctx, query, func(task timpush.ScheduledTask) bool {
					left--
					return push(l.result(ctx, req, task)) && left != 0
				})
			})
			diags.Append(failures...)
		}
		if len(diags) > 0 {
			push(list.ListResult{Diagnostics: diags})
		}
	}
}

func listing(config tfsdk.Config) kit.Operation {
	return kit.Operation{Name: kit.OperationRead, Verb: "list", Object: "Scheduled Pushes", Config: config, Resource: true}
}

// result returns a task as a result, with its identity.
func (l *listResource) result(ctx context.Context, req list.ListRequest, task timpush.ScheduledTask) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = displayName(task)
	result.Diagnostics.Append(setIdentity(ctx, result.Identity, l.Provider, task.ID)...)
	if req.IncludeResource {
		var timeouts types.Object
		result.Diagnostics.Append(result.Resource.GetAttribute(ctx, path.Root("timeouts"), &timeouts)...)
		result.Diagnostics.Append(result.Resource.Set(ctx, modelOf(task, timeouts, l.Provider.Config.Identifier))...)
	}
	return result
}

// displayName returns the title and the time of a task, as far as the service sends
// them, or its ID.
func displayName(task timpush.ScheduledTask) string {
	name := cmp.Or(task.Title, task.ID)
	if task.At.IsZero() {
		return name
	}
	return name + " (" + task.At.Format(time.RFC3339) + ")"
}
