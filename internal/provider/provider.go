// Package provider is the Terraform side of the provider: its configuration, and
// below it a package for each family of kinds. Requests and responses are the
// business of package timpush.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/attributenames"
	"github.com/timpush/terraform-provider-timpush/internal/provider/attributes"
	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/tags"
	"github.com/timpush/terraform-provider-timpush/internal/provider/usersig"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// families are all that the provider offers.
var families = []kit.Family{
	attributenames.Family,
	attributes.Family,
	tags.Family,
	usersig.Family,
}

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
			kit.SDKAppID.Name: schema.NumberAttribute{
				MarkdownDescription: "The app's SDKAppID, " + wholeNumbers(leastSDKAppID, mostSDKAppID) + ". Required, here or in the environment. " + envSentence(kit.SDKAppID),
				Optional:            true,
			},
			kit.Region.Name: schema.StringAttribute{
				MarkdownDescription: "The region of the app's data center: `" + strings.Join(timpush.Regions(), "`, `") + "`. Required unless `endpoint` is set. " + envSentence(kit.Region),
				Optional:            true,
			},
			kit.Endpoint.Name: schema.StringAttribute{
				MarkdownDescription: "A base URL that replaces the region's host: `https`, or `http` on a loopback address only; without user info, query or fragment. " +
					envSentence(kit.Endpoint) + " If the block sets `region` or `endpoint`, both environment variables are ignored.",
				Optional: true,
			},
			kit.Identifier.Name: schema.StringAttribute{
				MarkdownDescription: "The app admin account that calls the API. Defaults to `" + defaultIdentifier + "`. " + envSentence(kit.Identifier),
				Optional:            true,
			},
			kit.SecretKey.Name: schema.StringAttribute{
				MarkdownDescription: "The app's key, as the console shows it. The provider makes UserSigs from it; the key itself is never sent. Exactly one of `secret_key` and `user_sig` is needed. " +
					envSentence(kit.SecretKey) + " If the block sets `secret_key` or `user_sig`, both environment variables are ignored.",
				Optional:  true,
				Sensitive: true,
			},
			kit.UserSig.Name: schema.StringAttribute{
				MarkdownDescription: "A ready-made UserSig for `identifier`, in place of the key. It cannot be renewed: a read that outlives it fails. " + envSentence(kit.UserSig),
				Optional:            true,
				Sensitive:           true,
			},
			kit.RequestsPerSecond.Name: schema.NumberAttribute{
				MarkdownDescription: "The most requests in any one second, retries included, over everything that uses this provider configuration: " + wholeNumbers(leastRequestsPerSecond, mostRequestsPerSecond) + ". Defaults to `" + strconv.Itoa(defaultRequestsPerSecond) + "`, the service's own limit. " + envSentence(kit.RequestsPerSecond),
				Optional:            true,
			},
			kit.MaxRetries.Name: schema.NumberAttribute{
				MarkdownDescription: "How often a request is retried after a transient error: " + wholeNumbers(leastMaxRetries, mostMaxRetries) + ", where 0 turns it off. Defaults to `" + strconv.Itoa(defaultMaxRetries) + "`. " + envSentence(kit.MaxRetries),
				Optional:            true,
			},
			kit.RequestTimeout.Name: schema.StringAttribute{
				MarkdownDescription: "How long one attempt of a request may take, a [Go duration](https://pkg.go.dev/time#ParseDuration) above zero. Defaults to `" + defaultRequestTimeout.String() + "`. " + envSentence(kit.RequestTimeout),
				Optional:            true,
			},
		},
	}
}

func wholeNumbers(least, most int64) string {
	return fmt.Sprintf("a whole number from %d to %d", least, most)
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
	read := resolver{getenv: p.getenv}
	read.resolve(config)
	resp.Diagnostics.Append(read.diags...)
	agent, diags := userAgent(p.version, req.TerraformVersion, p.getenv(userAgentEnv))
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data := &kit.ProviderData{Config: read.config, Gaps: read.gaps, Notes: read.notes}
	if len(data.Gaps) == 0 {
		read.config.UserAgent = agent
		read.config.Transport = p.transport
		read.config.Logger = logger{}
		client, err := timpush.New(read.config)
		if err != nil {
			resp.Diagnostics.AddError("Unable to Configure Provider", "The client rejected the configuration. Report this as a bug in the provider.\n\nError: "+err.Error())
			return
		}
		data.Client = client
	}
	resp.DataSourceData = data
	resp.ResourceData = data
	resp.EphemeralResourceData = data
	resp.ActionData = data
	resp.ListResourceData = data
}

func (p *timpushProvider) DataSources(context.Context) (all []func() datasource.DataSource) {
	for _, family := range families {
		all = append(all, family.DataSources...)
	}
	return all
}

func (p *timpushProvider) EphemeralResources(context.Context) (all []func() ephemeral.EphemeralResource) {
	for _, family := range families {
		all = append(all, family.EphemeralResources...)
	}
	return all
}

func (p *timpushProvider) Resources(context.Context) (all []func() resource.Resource) {
	for _, family := range families {
		all = append(all, family.Resources...)
	}
	return all
}
