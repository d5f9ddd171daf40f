package scheduledpush

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

var (
	_ resource.ResourceWithConfigure   = (*pushResource)(nil)
	_ resource.ResourceWithIdentity    = (*pushResource)(nil)
	_ resource.ResourceWithImportState = (*pushResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*pushResource)(nil)
)

// pushResource is the resource timpush_scheduled_push.
type pushResource struct{ kit.Resource }

func newResource() resource.Resource { return &pushResource{} }

func (r *pushResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + typeName
}

// operation returns an operation on the resource.
func operation(name, verb string, config tfsdk.Config) kit.Operation {
	return kit.Operation{Name: name, Verb: verb, Object: "Scheduled Push", Config: config, Resource: true}
}

// configOf returns a state as the configuration that has its timeouts.
func configOf(state tfsdk.State) tfsdk.Config {
	return tfsdk.Config(state)
}

// checkApp reports that the resource belongs to another app than the provider's. What
// makes no request needs it too: it would record the other app as the push's own.
func (r *pushResource) checkApp(ctx context.Context, private kit.PrivateState) diag.Diagnostics {
	if r.Provider.Config.SDKAppID == 0 {
		return nil // not known yet; nothing is requested before it is
	}
	return r.Provider.CheckApp(ctx, private, "scheduled push")
}

// keepApp records whose push it is, in its private state and identity.
func (r *pushResource) keepApp(ctx context.Context, private kit.PrivateState, identity *tfsdk.ResourceIdentity, taskID string) diag.Diagnostics {
	diags := r.Provider.KeepApp(ctx, private)
	diags.Append(setIdentity(ctx, identity, r.Provider, taskID)...)
	return diags
}

func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, provider *kit.ProviderData, taskID string) diag.Diagnostics {
	diags := identity.SetAttribute(ctx, path.Root(kit.SDKAppID.Name), int64(provider.Config.SDKAppID))
	diags.Append(identity.SetAttribute(ctx, path.Root(taskIDName), taskID)...)
	return diags
}
