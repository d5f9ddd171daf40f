package attributenames

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ImportState imports all names of the app, by its SDKAppID, which must be the
// provider's. The refresh that a CLI runs next records the app.
func (r *namesResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	// What to import is checked once the provider's configuration is known.
	operation := kit.Operation{
		Name: kit.OperationRead, Verb: "import", Object: object, Resource: true, MayDefer: req.ClientCapabilities.DeferralAllowed,
		Config: tfsdk.Config{Schema: resp.State.Schema, Raw: resp.State.Raw}, Timeouts: kit.NoTimeouts,
	}
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		resp.Diagnostics.Append(r.checkImport(ctx, req)...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		names, err := client.GetAttributeNames(ctx)
		if err != nil {
			return err
		}
		all := slotsOf(names)
		if len(all) == 0 {
			resp.Diagnostics.AddError(operation.Summary(), "The app has no attribute names. Remove the import; apply sets the names.")
			return nil
		}
		value, diags := namesOf(ctx, all)
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(namesAttribute), value)...)
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// checkImport checks that the ID or the identity is the provider's SDKAppID.
func (r *namesResource) checkImport(ctx context.Context, req resource.ImportStateRequest) (diags diag.Diagnostics) {
	const summary = "Invalid Import ID"
	id := req.ID
	if id == "" {
		var number types.Int64
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(kit.SDKAppID.Name), &number)...)
		id = strconv.FormatInt(number.ValueInt64(), 10)
	}
	app := r.Provider.App()
	switch _, err := strconv.ParseUint(id, 10, 32); {
	case diags.HasError() || id == app:
	case err != nil:
		diags.AddError(summary, fmt.Sprintf("%s is not an SDKAppID. Import by the SDKAppID of the provider configuration: %s.", kit.Quote(id), app))
	default:
		diags.AddError(summary, fmt.Sprintf(
			"The provider is configured for SDKAppID %s, not %s. Import by SDKAppID %s, or use a provider configuration of the other app.", app, id, app))
	}
	return diags
}
