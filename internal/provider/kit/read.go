package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ReadInto runs the read of a data source: it calls the client within the block's
// timeout, and adds the results to the state. operation needs only Object, and
// Items if the client counts them.
func (d *DataSource) ReadInto(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, operation Operation,
	read func(context.Context, *timpush.Client) (map[string]tftypes.Value, diag.Diagnostics, error),
) {
	operation.Name, operation.Verb = OperationRead, "read"
	operation.Config, operation.MayDefer = req.Config, req.ClientCapabilities.DeferralAllowed
	var (
		results  map[string]tftypes.Value
		warnings diag.Diagnostics
	)
	deferred, diags := d.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		results, warnings, err = read(ctx, client)
		return err
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = DeferDataSource()
	}
	if deferred || resp.Diagnostics.HasError() {
		return
	}
	state, diags := WithResults(req.Config, results)
	resp.Diagnostics.Append(warnings...)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}

// CheckKnown reports a block with unknown values, which a CLI never reads. Nothing
// may be derived from them: an unknown list would be read as an empty one.
func CheckKnown(config tfsdk.Config) (diags diag.Diagnostics) {
	if !config.Raw.IsFullyKnown() {
		diags.AddError("Unknown Arguments", "The block has a value that is not known. "+fixBug)
	}
	return diags
}
