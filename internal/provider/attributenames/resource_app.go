package attributenames

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// appKey is where private state has the SDKAppID of the app whose names the
// resource owns. Without it, a change of the provider's sdk_app_id would look like
// drift, and an apply would rename the names of the other app. Identities are not
// enough, since older CLIs do not keep them.
const appKey = "sdk_app_id"

type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// checkApp reports that the resource belongs to another app than the provider's.
func (r *namesResource) checkApp(ctx context.Context, private privateState) diag.Diagnostics {
	owner, diags := private.GetKey(ctx, appKey)
	if app := r.app(); owner != nil && string(owner) != app {
		diags.AddError("Another App", fmt.Sprintf(
			"This resource manages the attribute names of SDKAppID %s, but the provider is configured for SDKAppID %s. Use the provider configuration of that app, or remove the resource from the state and create or import it for the new app.\n\nSet by: %s",
			owner, app, kit.SDKAppID.Name+" ("+kit.SDKAppID.Env+")"))
	}
	return diags
}

// keepApp records whose names the resource owns, in its private state and identity.
func (r *namesResource) keepApp(ctx context.Context, private privateState, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	diags := private.SetKey(ctx, appKey, []byte(r.app()))
	diags.Append(identity.SetAttribute(ctx, path.Root(kit.SDKAppID.Name), int64(r.Provider.Config.SDKAppID))...)
	return diags
}

// app returns the SDKAppID of the provider, as text.
func (r *namesResource) app() string {
	return strconv.FormatUint(uint64(r.Provider.Config.SDKAppID), 10)
}
