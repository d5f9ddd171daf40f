// Package provider implements the Terraform provider: its configuration and, in
// subpackages, its kinds. Package timpush handles requests and responses.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/attributenames"
	"github.com/timpush/terraform-provider-timpush/internal/provider/attributes"
	"github.com/timpush/terraform-provider-timpush/internal/provider/audience"
	"github.com/timpush/terraform-provider-timpush/internal/provider/delivery"
	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/push"
	"github.com/timpush/terraform-provider-timpush/internal/provider/scheduledpush"
	"github.com/timpush/terraform-provider-timpush/internal/provider/tags"
	"github.com/timpush/terraform-provider-timpush/internal/provider/usersig"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// families are the families of kinds that the provider has.
var families = []kit.Family{
	attributenames.Family,
	attributes.Family,
	audience.Family,
	delivery.Family,
	push.Family,
	scheduledpush.Family,
	tags.Family,
	usersig.Family,
}

var (
	_ provider.Provider                       = (*timpushProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*timpushProvider)(nil)
	_ provider.ProviderWithActions            = (*timpushProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*timpushProvider)(nil)
	_ provider.ProviderWithFunctions          = (*timpushProvider)(nil)
	_ provider.ProviderWithListResources      = (*timpushProvider)(nil)
)

type timpushProvider struct {
	version   string
	getenv    func(string) string
	transport http.RoundTripper // nil for the client's own
}

// New returns a function that creates the provider. version appears in the user
// agent.
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
		MarkdownDescription: "Reads and manages push attribute names, attributes, and tags, and reads delivery statistics, in Tencent Cloud Chat's Push Service (TIMPush).",
		// No argument is marked as required, since the environment can set it.
		Attributes: map[string]schema.Attribute{
			kit.SDKAppID.Name: schema.NumberAttribute{
				MarkdownDescription: "The SDKAppID: the app's ID, as shown in the console. " + wholeNumber(leastSDKAppID, mostSDKAppID) + ". Required in the provider block or in the environment. " + envSentence(kit.SDKAppID),
				Optional:            true,
			},
			kit.Region.Name: schema.StringAttribute{
				MarkdownDescription: "The region of the app's data center, as shown in the console. It determines the host that receives requests. One of `" + strings.Join(timpush.Regions(), "`, `") + "`. " +
					"Required unless `endpoint` is set. " + envSentence(kit.Region),
				Optional: true,
			},
			kit.Endpoint.Name: schema.StringAttribute{
				MarkdownDescription: "The base URL of an emulator or a proxy, in place of the region's host. It starts with `https://`, or with `http://` if the host is a loopback address, and has no user info, query, or fragment. " +
					envSentence(kit.Endpoint) + " If the provider block sets `region` or `endpoint`, the environment variables of both are ignored.",
				Optional: true,
			},
			kit.Identifier.Name: schema.StringAttribute{
				MarkdownDescription: "The UserID of the app administrator that calls the API. Defaults to `" + defaultIdentifier + "`. " + envSentence(kit.Identifier),
				Optional:            true,
			},
			kit.SecretKey.Name: schema.StringAttribute{
				MarkdownDescription: "The app's key, as shown in the console. The provider makes UserSigs, the signatures of requests, from it; the key itself is never sent. " +
					"Set exactly one of `secret_key` and `user_sig`. " +
					envSentence(kit.SecretKey) + " If the provider block sets `secret_key` or `user_sig`, the environment variables of both are ignored.",
				Optional:  true,
				Sensitive: true,
			},
			kit.UserSig.Name: schema.StringAttribute{
				MarkdownDescription: "A ready-made UserSig for `identifier`, in place of the key. The provider cannot renew it: when it has expired, requests fail. " + envSentence(kit.UserSig),
				Optional:            true,
				Sensitive:           true,
			},
			kit.RequestsPerSecond.Name: schema.NumberAttribute{
				MarkdownDescription: "The maximum number of requests in any one second, including retries, for everything that uses this provider configuration. " +
					wholeNumber(leastRequestsPerSecond, mostRequestsPerSecond) + ". Defaults to `" + strconv.Itoa(defaultRequestsPerSecond) + "`, which is the service's limit for an app. " + envSentence(kit.RequestsPerSecond),
				Optional: true,
			},
			kit.MaxRetries.Name: schema.NumberAttribute{
				MarkdownDescription: "The maximum number of times that a request is retried after transient errors. " + wholeNumber(leastMaxRetries, mostMaxRetries) + "; `0` turns retries off. Defaults to `" + strconv.Itoa(defaultMaxRetries) + "`. " + envSentence(kit.MaxRetries),
				Optional:            true,
			},
			kit.RequestTimeout.Name: schema.StringAttribute{
				MarkdownDescription: "The time limit for one attempt of a request. A " + kit.GoDuration + " greater than zero. Defaults to `" + defaultRequestTimeout.String() + "`. " +
					"While the service does not respond at all, a few requests may wait up to `" + kit.FormatDuration(timpush.LongestProbe) + "`: " +
					"see " + kit.GuideLink("Limits and performance", "performance") + ". " + envSentence(kit.RequestTimeout),
				Optional: true,
			},
		},
	}
}

func wholeNumber(least, most int64) string {
	return fmt.Sprintf("A whole number from %d to %d", least, most)
}

// ValidateConfig validates the provider block, but not the environment, so that
// `terraform validate` needs no credentials.
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

func (p *timpushProvider) Actions(context.Context) (all []func() action.Action) {
	for _, family := range families {
		all = append(all, family.Actions...)
	}
	return all
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

func (p *timpushProvider) Functions(context.Context) (all []func() function.Function) {
	for _, family := range families {
		all = append(all, family.Functions...)
	}
	return all
}

func (p *timpushProvider) ListResources(context.Context) (all []func() list.ListResource) {
	for _, family := range families {
		all = append(all, family.ListResources...)
	}
	return all
}

func (p *timpushProvider) Resources(context.Context) (all []func() resource.Resource) {
	for _, family := range families {
		all = append(all, family.Resources...)
	}
	return all
}
