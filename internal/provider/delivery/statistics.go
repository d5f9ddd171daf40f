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
	_ datasource.DataSourceWithConfigure      = (*statistics)(nil)
	_ datasource.DataSourceWithValidateConfig = (*statistics)(nil)
)

// statistics is the data source timpush_push_statistics.
type statistics struct{ kit.DataSource }

func newStatistics() datasource.DataSource { return &statistics{} }

func (s *statistics) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_push_statistics"
}

func (s *statistics) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := attributesOfArguments(timpush.MaxStatisticsWindow)
	attributes["counts"] = kit.NewObjectAttribute("The numbers of everything that the block covers, summed over tasks. All are 0 if the service returns no results. If it omits a number in some of its results, the sum is that of the others.", countsFields)
	attributes["platforms"] = kit.NewObjectsAttribute("The numbers per platform, summed over tasks: "+platformsText, countsFields)
	attributes["tasks"] = kit.NewObjectsAttribute("The numbers per task: a map from task ID, as the service returns it, to its numbers. It has only the tasks that the service returns.", taskFields)
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads how many pushes were sent, delivered, and clicked in a time window: in total, per platform, and per task.\n\n" +
			"The provider calls " + kit.ServiceLink("`all_member_push_statistics`", 71894) + ", or " + kit.ServiceLink("`normal_push_statistics`", 71897) + " with `source = \"" + sourceMessage + "\"`. " +
			lagText + " " + neverDerivedText + " " + unexpectedText,
		Attributes: attributes,
	}
}

func (s *statistics) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(validate(ctx, req.Config, timpush.MaxStatisticsWindow)...)
}

func (s *statistics) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	asked, diags := readQuery(ctx, req.Config, timpush.MaxStatisticsWindow, time.Now())
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	s.ReadInto(ctx, req, resp, kit.Operation{Object: "Push Statistics", Items: tasks}, func(ctx context.Context, client *timpush.Client) (map[string]tftypes.Value, diag.Diagnostics, error) {
		read, err := client.PushStatistics(ctx, asked.source, asked.window, asked.taskIDs)
		if err != nil {
			return nil, nil, err
		}
		return statisticsResults(ctx, read), unexpected("Statistics", read.Unexpected), nil
	})
}
