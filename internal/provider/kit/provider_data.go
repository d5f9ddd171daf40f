package kit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ProviderData is what the provider's Configure passes to every kind.
type ProviderData struct {
	Client *timpush.Client // nil if there are gaps
	Config timpush.Config  // as far as it is known
	Gaps   []Gap           // why requests cannot be sent
	Notes  Notes           // facts about the configuration for errors of requests
}

// Gap is a value of the provider's configuration that is unknown, missing or
// unusable. It is an error only if an operation needs it.
type Gap struct {
	Name    string          // the argument or environment variable; "" if every operation needs it
	Unknown bool            // the value is not known before apply
	Problem diag.Diagnostic // the error, unless the value is unknown
}

// GapsOf returns the gaps of an operation that needs only these arguments.
func (d *ProviderData) GapsOf(arguments ...Argument) []Gap {
	var gaps []Gap
	for _, gap := range d.Gaps {
		if gap.Name == "" || slices.ContainsFunc(arguments, func(a Argument) bool { return a.Name == gap.Name }) {
			gaps = append(gaps, gap)
		}
	}
	return gaps
}

// MakeUserSig makes a UserSig. It does not need a complete configuration.
func (d *ProviderData) MakeUserSig(userID string, validity time.Duration) (userSig string, end time.Time, err error) {
	if d.Client != nil { // the client redacts the UserSig
		return d.Client.MakeUserSig(userID, validity)
	}
	return timpush.MakeUserSig(d.Config.SDKAppID, d.Config.SecretKey, userID, validity)
}

// Action is the base of actions. It keeps the provider's data.
type Action struct{ Provider *ProviderData }

// Configure implements action.ActionWithConfigure.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	a.Provider = data
}

// DataSource is the base of data sources. It keeps the provider's data.
type DataSource struct{ Provider *ProviderData }

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	d.Provider = data
}

// EphemeralResource is the base of ephemeral resources. It keeps the provider's
// data.
type EphemeralResource struct{ Provider *ProviderData }

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *EphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	e.Provider = data
}

// Resource is the base of resources and list resources. It keeps the provider's data.
type Resource struct{ Provider *ProviderData }

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	data, diags := toProviderData(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	r.Provider = data
}

// notConfigured is the data before the provider is configured, such as in
// `terraform validate`, which runs no operation.
var notConfigured = &ProviderData{Gaps: []Gap{{Problem: diag.NewErrorDiagnostic(
	"Provider Not Configured",
	"The provider was used before it was configured. Report this as a bug in the CLI or the provider.",
)}}}

// toProviderData converts the value that the provider's Configure passed on.
func toProviderData(value any) (*ProviderData, diag.Diagnostics) {
	if value == nil {
		return notConfigured, nil
	}
	data, ok := value.(*ProviderData)
	if !ok {
		return notConfigured, diag.Diagnostics{diag.NewErrorDiagnostic(
			"Unexpected Provider Data",
			fmt.Sprintf("The provider passed on a %T instead of its own data. %s", value, fixBug),
		)}
	}
	return data, nil
}
