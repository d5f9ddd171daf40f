package delivery

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ datasource.DataSourceWithConfigure      = (*trace)(nil)
	_ datasource.DataSourceWithValidateConfig = (*trace)(nil)
)

// trace is the data source timpush_push_trace.
type trace struct{ kit.DataSource }

func newTrace() datasource.DataSource { return &trace{} }

func (t *trace) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_push_trace"
}

func (t *trace) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads what became of one push on the devices of one account, to find out why it did not arrive.\n\n" +
			"The provider calls " + kit.ServiceLink("`all_member_push_trace`", 71893) + ", or " + kit.ServiceLink("`normal_push_trace`", 71896) + " with `source = \"" + sourceMessage + "\"`. " +
			"The service keeps traces for " + days(timpush.MaxTraceAge) + ". A push without a trace has no devices, which is no error. " +
			"Traces appear some time after a push; the service does not document how long this takes. " +
			unexpectedText + "\n\n" +
			"Device tokens are removed.\n\n~> The rest, such as device models, is personal data and stored in plain text in plan files and state. Use this data source only while you look for the cause of a problem: see " + kit.GuideLink("Personal data and state", "personal-data") + ".",
		Attributes: map[string]schema.Attribute{
			"source": sourceAttribute("set `message_id`"),
			"task_id": schema.StringAttribute{
				MarkdownDescription: "The task ID of the push. Required with `source = \"" + sourcePush + "\"`, and not allowed otherwise.",
				Optional:            true,
				Validators:          []validator.String{kit.IDValidator{Title: "Task ID"}},
			},
			"account": schema.StringAttribute{
				MarkdownDescription: "The UserID of the account that the push was sent to. The service does not document whether it accepts RegistrationIDs. Required with `source = \"" + sourcePush + "\"`, and not allowed otherwise.",
				Optional:            true,
				Validators:          []validator.String{kit.IDValidator{Title: "Account"}},
			},
			"message_id": schema.StringAttribute{
				MarkdownDescription: "The ID of the chat message (`MsgID`). Required with `source = \"" + sourceMessage + "\"`, and not allowed otherwise.",
				Optional:            true,
				Validators:          []validator.String{kit.IDValidator{Title: "Message ID"}},
			},
			"timeouts": kit.Timeouts(kit.OperationRead),
			"devices":  kit.NewObjectListAttribute("What became of the push on each device, in the order of the service.", deviceFields),
			"json": schema.StringAttribute{
				MarkdownDescription: "The complete trace (`InstanceTrace`) as JSON: a list with an object for each device, with the steps of the push that are only partly documented. Device tokens are removed. Use `jsondecode()` to read it.",
				Computed:            true,
			},
		},
	}
}

func (t *trace) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	arguments, diags := readTraceArguments(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(arguments.problems()...)
	}
}

func (t *trace) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	resp.Diagnostics.Append(kit.CheckKnown(req.Config)...)
	arguments, diags := readTraceArguments(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(arguments.problems()...)
	if resp.Diagnostics.HasError() {
		return
	}
	t.ReadInto(ctx, req, resp, kit.Operation{Object: "Push Trace"}, func(ctx context.Context, client *timpush.Client) (map[string]tftypes.Value, diag.Diagnostics, error) {
		read, err := arguments.read(ctx, client)
		if err != nil {
			return nil, nil, err
		}
		return traceResults(ctx, read), unexpected("Trace", read.Unexpected), nil
	})
}
