// Command floor is a provider that makes no request. It has a timpush_user_attributes
// data source, which returns the real one's results as raw values, a resource of the
// same name, and the function audience, which answers at once. The duration of a plan
// with it is the time of the CLI and the plugin framework, the floor to which the real
// provider is compared.
package main

import (
	"context"
	"log"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func main() {
	// As in the provider's main: the framework's trace log takes quadratic time.
	const framework = "TF_LOG_SDK_FRAMEWORK"
	if _, set := os.LookupEnv(framework); !set {
		if err := os.Setenv(framework, "off"); err != nil {
			log.Fatal(err)
		}
	}
	err := tf6server.Serve("registry.terraform.io/timpush/timpush", func() tfprotov6.ProviderServer {
		return server{providerserver.NewProtocol6(emptyProvider{})()}
	})
	if err != nil {
		log.Fatal(err)
	}
}

type emptyProvider struct{}

func (emptyProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "timpush"
}

func (emptyProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (emptyProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (emptyProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return userAttributes{} }}
}

func (emptyProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return managedAttributes{} }}
}

func (emptyProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return audience{} }}
}

// failure is why an account failed.
var failure = types.ObjectType{AttrTypes: map[string]attr.Type{"code": types.Int64Type, "message": types.StringType}}

type userAttributes struct{}

func (userAttributes) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "timpush_user_attributes"
}

func (userAttributes) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"accounts":   schema.ListAttribute{ElementType: types.StringType, Required: true},
		"attributes": schema.MapAttribute{ElementType: types.MapType{ElemType: types.StringType}, Computed: true},
		"errors":     schema.MapAttribute{ElementType: failure, Computed: true},
	}}
}

func (userAttributes) Read(_ context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	state, err := results(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read", err.Error())
		return
	}
	resp.State.Raw = state
}

// results returns the configuration, with the same two attributes for each account.
func results(config tftypes.Value) (tftypes.Value, error) {
	var values map[string]tftypes.Value
	if err := config.As(&values); err != nil {
		return tftypes.Value{}, err
	}
	var accounts []tftypes.Value
	if err := values["accounts"].As(&accounts); err != nil {
		return tftypes.Value{}, err
	}
	attributesType := tftypes.Map{ElementType: tftypes.String}
	attributes := make(map[string]tftypes.Value, len(accounts))
	for _, account := range accounts {
		var name string
		if err := account.As(&name); err != nil {
			return tftypes.Value{}, err
		}
		attributes[name] = tftypes.NewValue(attributesType, map[string]tftypes.Value{
			"sex":  tftypes.NewValue(tftypes.String, "male"),
			"city": tftypes.NewValue(tftypes.String, "ShenZhen"),
		})
	}
	values = maps.Clone(values) // As returns the configuration's own map
	values["attributes"] = tftypes.NewValue(tftypes.Map{ElementType: attributesType}, attributes)
	values["errors"] = tftypes.NewValue(values["errors"].Type(), map[string]tftypes.Value{})
	return tftypes.NewValue(config.Type(), values), nil
}
