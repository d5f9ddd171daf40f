package delivery

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ datasource.DataSourceWithConfigure      = (*losses)(nil)
	_ datasource.DataSourceWithValidateConfig = (*losses)(nil)
)

// losses is the data source timpush_push_losses.
type losses struct{ kit.DataSource }

func newLosses() datasource.DataSource { return &losses{} }

func (l *losses) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_push_losses"
}

func (l *losses) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := attributesOfArguments(timpush.MaxLossesWindow)
	attributes["losses"] = kit.NewObjectListAttribute("The losses, summed over tasks, with the largest `count` first.", lossFields)
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads why pushes were lost in a time window, and how many: before they were sent, or after.\n\n" +
			"The provider calls " + kit.ServiceLink("`all_member_push_loss`", 71895) + ", or " + kit.ServiceLink("`normal_push_loss`", 71898) + " with `source = \"" + sourceMessage + "\"`. " +
			lagText + " " + unexpectedText,
		Attributes: attributes,
	}
}

func (l *losses) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(validate(ctx, req.Config, timpush.MaxLossesWindow)...)
}

func (l *losses) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	asked, diags := readQuery(ctx, req.Config, timpush.MaxLossesWindow, time.Now())
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	l.ReadInto(ctx, req, resp, kit.Operation{Object: "Push Losses", Items: tasks}, func(ctx context.Context, client *timpush.Client) (map[string]tftypes.Value, diag.Diagnostics, error) {
		read, err := client.PushLosses(ctx, asked.source, asked.window, asked.taskIDs)
		if err != nil {
			return nil, nil, err
		}
		return lossesResults(ctx, read), unexpected("Losses", read.Unexpected), nil
	})
}
