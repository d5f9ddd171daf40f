package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// providerModel is the provider block; config.go turns it into the client's
// configuration.
type providerModel struct {
	SDKAppID          types.Number `tfsdk:"sdk_app_id"`
	Region            types.String `tfsdk:"region"`
	Endpoint          types.String `tfsdk:"endpoint"`
	Identifier        types.String `tfsdk:"identifier"`
	SecretKey         types.String `tfsdk:"secret_key"`
	UserSig           types.String `tfsdk:"user_sig"`
	RequestsPerSecond types.Number `tfsdk:"requests_per_second"`
	MaxRetries        types.Number `tfsdk:"max_retries"`
	RequestTimeout    types.String `tfsdk:"request_timeout"`
}
