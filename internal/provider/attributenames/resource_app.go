package attributenames

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// checkApp reports that the resource belongs to another app than the provider's.
func (r *namesResource) checkApp(ctx context.Context, private kit.PrivateState) diag.Diagnostics {
	return r.Provider.CheckApp(ctx, private, "attribute names")
}

// keepApp records whose names the resource owns, in its private state and identity.
func (r *namesResource) keepApp(ctx context.Context, private kit.PrivateState, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	diags := r.Provider.KeepApp(ctx, private)
	diags.Append(identity.SetAttribute(ctx, path.Root(kit.SDKAppID.Name), int64(r.Provider.Config.SDKAppID))...)
	return diags
}
