package kit

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateState is the private state of a resource, whose type the framework does not
// export.
type PrivateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// appKey is where private state has the SDKAppID of the app that a resource belongs
// to. Without it, a change of the provider's sdk_app_id would look like drift, and an
// apply would change the other app. Identities are not enough, since older CLIs do
// not keep them.
const appKey = "sdk_app_id"

// CheckApp reports that a resource belongs to another app than the provider's. what
// is what it manages: "attribute names".
func (d *ProviderData) CheckApp(ctx context.Context, private PrivateState, what string) diag.Diagnostics {
	owner, diags := private.GetKey(ctx, appKey)
	if app := d.App(); owner != nil && string(owner) != app {
		diags.AddError("Another App", fmt.Sprintf(
			"This resource manages the %s of SDKAppID %s, but the provider is configured for SDKAppID %s. Use the provider configuration of that app, or remove the resource from the state and create or import it for the new app.\n\nSet by: %s",
			what, owner, app, SDKAppID.Name+" ("+SDKAppID.Env+")"))
	}
	return diags
}

// KeepApp records which app a resource belongs to.
func (d *ProviderData) KeepApp(ctx context.Context, private PrivateState) diag.Diagnostics {
	if d.Config.SDKAppID == 0 {
		return nil // not known yet, since the operation needed no app
	}
	return private.SetKey(ctx, appKey, []byte(d.App()))
}

// App returns the SDKAppID as text.
func (d *ProviderData) App() string { return strconv.FormatUint(uint64(d.Config.SDKAppID), 10) }
