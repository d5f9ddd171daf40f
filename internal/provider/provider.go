// Package provider is the Terraform side of the provider: schemas, models and
// diagnostics. What the service is told and what it answers is the business of
// package timpush.
package provider

import (
	"context"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ provider.Provider                       = (*timpushProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*timpushProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*timpushProvider)(nil)
)

type timpushProvider struct {
	version   string
	getenv    func(string) string
	transport http.RoundTripper // nil: the client's own
}

// New returns what serves the provider; version goes into the user agent.
func New(version string) func() provider.Provider {
	return func() provider.Provider {
		return &timpushProvider{version: version, getenv: os.Getenv}
	}
}

func (p *timpushProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "timpush"
	resp.Version = p.version
}

func (p *timpushProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads from the Push Service of Tencent Cloud Chat (TIMPush).",
		// No argument is marked as required: the environment may hold it.
		Attributes: map[string]schema.Attribute{
			argSDKAppID.name: schema.NumberAttribute{
				MarkdownDescription: "The app's SDKAppID, a whole number from 1 to 4294967295. Required, here or in the environment. " + argSDKAppID.environment(),
				Optional:            true,
			},
			argRegion.name: schema.StringAttribute{
				MarkdownDescription: "The region of the app's data center: `" + strings.Join(timpush.Regions(), "`, `") + "`. Required unless `endpoint` is set. " + argRegion.environment(),
				Optional:            true,
			},
			argEndpoint.name: schema.StringAttribute{
				MarkdownDescription: "A base URL that replaces the region's host: `https`, or `http` on a loopback address only; without user info, query or fragment. " +
					argEndpoint.environment() + " `region` and `endpoint` are looked at as a pair: what the configuration says of one hides what the environment says of the other.",
				Optional: true,
			},
			argIdentifier.name: schema.StringAttribute{
				MarkdownDescription: "The app admin account that calls the API. Defaults to `" + defaultIdentifier + "`. " + argIdentifier.environment(),
				Optional:            true,
			},
			argSecretKey.name: schema.StringAttribute{
				MarkdownDescription: "The app's key, as the console shows it. The provider makes UserSigs from it; the key itself is never sent. Exactly one of `secret_key` and `user_sig` is needed. " +
					argSecretKey.environment() + " `secret_key` and `user_sig` are looked at as a pair: what the configuration says of one hides what the environment says of the other.",
				Optional:  true,
				Sensitive: true,
			},
			argUserSig.name: schema.StringAttribute{
				MarkdownDescription: "A ready-made UserSig for `identifier`, in place of the key. It cannot be renewed: a read that outlives it fails. " + argUserSig.environment(),
				Optional:            true,
				Sensitive:           true,
			},
			argRequestsPerSecond.name: schema.NumberAttribute{
				MarkdownDescription: "The most requests in any one second, repeats included, over everything that uses this provider configuration: a whole number from 1 to 100. Defaults to `" + strconv.Itoa(defaultRequestsPerSecond) + "`, the service's own limit. " + argRequestsPerSecond.environment(),
				Optional:            true,
			},
			argMaxRetries.name: schema.NumberAttribute{
				MarkdownDescription: "How often a request is repeated after a passing fault: a whole number from 0 to 10, where 0 turns it off. Defaults to `" + strconv.Itoa(defaultMaxRetries) + "`. " + argMaxRetries.environment(),
				Optional:            true,
			},
			argRequestTimeout.name: schema.StringAttribute{
				MarkdownDescription: "How long one attempt of a request may take, a [Go duration](https://pkg.go.dev/time#ParseDuration) above zero. Defaults to `" + defaultRequestTimeout.String() + "`. " + argRequestTimeout.environment(),
				Optional:            true,
			},
		},
	}
}

// ValidateConfig looks at what the configuration itself says. The environment
// stays out of it, so that `terraform validate` needs no credentials.
func (p *timpushProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	read := resolver{getenv: func(string) string { return "" }}
	read.resolve(config)
	resp.Diagnostics.Append(read.diags...)
}

func (p *timpushProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	read := resolver{getenv: p.getenv, complete: true}
	read.resolve(config)
	resp.Diagnostics.Append(read.diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data := &providerData{config: read.config, unknown: read.unknown}
	if len(data.unknown) == 0 {
		agent, diags := userAgent(p.version, req.TerraformVersion, p.getenv(userAgentEnv))
		resp.Diagnostics.Append(diags...)
		if resp.Diagnostics.HasError() {
			return
		}
		read.config.UserAgent = agent
		read.config.Transport = p.transport
		read.config.Logger = logger{}
		client, err := timpush.New(read.config)
		if err != nil {
			resp.Diagnostics.AddError("Unable to Configure the Provider", "The client refused the configuration, which is a bug in the provider: please report it.\n\nError: "+err.Error())
			return
		}
		data.client = client
	}
	resp.DataSourceData, resp.EphemeralResourceData = data, data
}

func (p *timpushProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newUserAttributesDataSource, newAttributeNamesDataSource, newUserTagsDataSource}
}

func (p *timpushProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{newUserAttributesEphemeralResource, newUserSigEphemeralResource}
}

func (p *timpushProvider) Resources(context.Context) []func() resource.Resource { return nil }
