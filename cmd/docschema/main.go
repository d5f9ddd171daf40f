// Command docschema writes the schemas of the provider in the format of `terraform
// providers schema -json`, for tfplugindocs: scripts/docs.sh runs it. It asks the
// provider itself, since a CLI prints only the kinds that it knows, and no
// descriptions of the fields of objects ([kit.Described]).
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider"
	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// providerName is what tfplugindocs looks the provider up by.
const providerName = "timpush"

func main() {
	written := document{FormatVersion: "1.0", Schemas: map[string]schemas{providerName: schemasOf(context.Background())}}
	if err := json.NewEncoder(os.Stdout).Encode(written); err != nil {
		log.Fatal(err)
	}
}

// The format, as terraform-json reads it.
type (
	document struct {
		FormatVersion string             `json:"format_version"`
		Schemas       map[string]schemas `json:"provider_schemas"`
	}
	schemas struct {
		Provider           kind                 `json:"provider"`
		DataSources        map[string]kind      `json:"data_source_schemas"`
		Resources          map[string]kind      `json:"resource_schemas"`
		Identities         map[string]identity  `json:"resource_identity_schemas"` // by resource that has one
		EphemeralResources map[string]kind      `json:"ephemeral_resource_schemas"`
		Actions            map[string]kind      `json:"action_schemas"`
		ListResources      map[string]kind      `json:"list_resource_schemas"`
		Functions          map[string]signature `json:"functions"`
	}
	identity struct {
		Attributes map[string]identityAttribute `json:"attributes"`
	}
	identityAttribute struct {
		Type     tftypes.Type `json:"type"`
		Text     string       `json:"description"`
		Required bool         `json:"required_for_import,omitempty"`
		Optional bool         `json:"optional_for_import,omitempty"`
	}
	signature struct {
		Summary    string       `json:"summary"`
		Text       string       `json:"description"`
		Return     tftypes.Type `json:"return_type"`
		Parameters []parameter  `json:"parameters"`
	}
	parameter struct {
		Name     string       `json:"name"`
		Text     string       `json:"description"`
		Type     tftypes.Type `json:"type"`
		Nullable bool         `json:"is_nullable,omitempty"`
	}
	kind struct {
		Block block `json:"block"`
	}
	block struct {
		Attributes map[string]attribute `json:"attributes"`
		description
	}
	attribute struct {
		Type      tftypes.Type `json:"type,omitempty"`        // nil if Nested is set
		Nested    *nested      `json:"nested_type,omitempty"` // nil if Type is set
		Required  bool         `json:"required,omitempty"`
		Optional  bool         `json:"optional,omitempty"`
		Computed  bool         `json:"computed,omitempty"`
		Sensitive bool         `json:"sensitive,omitempty"`
		WriteOnly bool         `json:"write_only,omitempty"`
		description
	}
	nested struct {
		Mode       string               `json:"nesting_mode"`
		Attributes map[string]attribute `json:"attributes"`
	}
	description struct {
		Text       string `json:"description"`
		Kind       string `json:"description_kind"`
		Deprecated bool   `json:"deprecated,omitempty"`
	}
)

// schemasOf returns the schemas of the provider and of all its kinds.
func schemasOf(ctx context.Context) schemas {
	p := provider.New("docs")()
	all := schemas{
		DataSources: map[string]kind{}, Resources: map[string]kind{}, Identities: map[string]identity{},
		EphemeralResources: map[string]kind{}, Actions: map[string]kind{}, ListResources: map[string]kind{}, Functions: map[string]signature{},
	}

	var resp frameworkprovider.SchemaResponse
	p.Schema(ctx, frameworkprovider.SchemaRequest{}, &resp)
	all.Provider = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())

	for _, constructor := range p.DataSources(ctx) {
		var metadata datasource.MetadataResponse
		constructor().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: providerName}, &metadata)
		var resp datasource.SchemaResponse
		constructor().Schema(ctx, datasource.SchemaRequest{}, &resp)
		all.DataSources[metadata.TypeName] = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())
	}
	for _, constructor := range p.Resources(ctx) {
		var metadata resource.MetadataResponse
		constructor().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: providerName}, &metadata)
		var resp resource.SchemaResponse
		constructor().Schema(ctx, resource.SchemaRequest{}, &resp)
		all.Resources[metadata.TypeName] = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())
		if r, ok := constructor().(resource.ResourceWithIdentity); ok {
			var resp resource.IdentitySchemaResponse
			r.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &resp)
			all.Identities[metadata.TypeName] = identityOf(ctx, resp.IdentitySchema)
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithEphemeralResources); ok {
		for _, constructor := range p.EphemeralResources(ctx) {
			var metadata ephemeral.MetadataResponse
			constructor().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: providerName}, &metadata)
			var resp ephemeral.SchemaResponse
			constructor().Schema(ctx, ephemeral.SchemaRequest{}, &resp)
			all.EphemeralResources[metadata.TypeName] = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithActions); ok {
		for _, constructor := range p.Actions(ctx) {
			var metadata action.MetadataResponse
			constructor().Metadata(ctx, action.MetadataRequest{ProviderTypeName: providerName}, &metadata)
			var resp action.SchemaResponse
			constructor().Schema(ctx, action.SchemaRequest{}, &resp)
			all.Actions[metadata.TypeName] = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithListResources); ok {
		for _, constructor := range p.ListResources(ctx) {
			var metadata resource.MetadataResponse
			constructor().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: providerName}, &metadata)
			var resp list.ListResourceSchemaResponse
			constructor().ListResourceConfigSchema(ctx, list.ListResourceSchemaRequest{}, &resp)
			all.ListResources[metadata.TypeName] = kindOf(ctx, resp.Schema, resp.Schema.GetAttributes())
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithFunctions); ok {
		for _, constructor := range p.Functions(ctx) {
			var metadata function.MetadataResponse
			constructor().Metadata(ctx, function.MetadataRequest{}, &metadata)
			var resp function.DefinitionResponse
			constructor().Definition(ctx, function.DefinitionRequest{}, &resp)
			all.Functions[metadata.Name] = signatureOf(ctx, resp.Definition)
		}
	}
	return all
}

func identityOf(ctx context.Context, identitySchema identityschema.Schema) identity {
	written := identity{Attributes: make(map[string]identityAttribute, len(identitySchema.Attributes))}
	for name, a := range identitySchema.Attributes {
		written.Attributes[name] = identityAttribute{
			Type: a.GetType().TerraformType(ctx), Text: a.GetDescription(),
			Required: a.IsRequiredForImport(), Optional: a.IsOptionalForImport(),
		}
	}
	return written
}

func signatureOf(ctx context.Context, definition function.Definition) signature {
	written := signature{
		Summary: definition.Summary, Text: definition.MarkdownDescription,
		Return: definition.Return.GetType().TerraformType(ctx),
	}
	for _, p := range definition.Parameters {
		written.Parameters = append(written.Parameters, parameter{
			Name: p.GetName(), Text: p.GetMarkdownDescription(), Type: p.GetType().TerraformType(ctx), Nullable: p.GetAllowNullValue(),
		})
	}
	return written
}

// described is what schemas and attributes of all kinds have.
type described interface {
	GetMarkdownDescription() string
	GetDeprecationMessage() string
}

func descriptionOf(d described) description {
	return description{Text: d.GetMarkdownDescription(), Kind: "markdown", Deprecated: d.GetDeprecationMessage() != ""}
}

// kindOf returns a schema of the framework. All kinds have attributes of one
// interface, which only the framework can name.
func kindOf[Attribute schema.Attribute](ctx context.Context, d described, attributes map[string]Attribute) kind {
	return kind{Block: block{Attributes: attributesOf(ctx, attributes), description: descriptionOf(d)}}
}

func attributesOf[Attribute schema.Attribute](ctx context.Context, attributes map[string]Attribute) map[string]attribute {
	all := make(map[string]attribute, len(attributes))
	for name, a := range attributes {
		all[name] = attributeOf(ctx, a)
	}
	return all
}

func attributeOf(ctx context.Context, a schema.Attribute) attribute {
	written := attribute{
		Required: a.IsRequired(), Optional: a.IsOptional(), Computed: a.IsComputed(),
		Sensitive: a.IsSensitive(), WriteOnly: a.IsWriteOnly(),
		description: descriptionOf(a),
	}
	valueType := a.GetType().TerraformType(ctx)
	switch a := a.(type) {
	case schema.NestedAttribute:
		written.Nested = &nested{Mode: nestingMode(valueType), Attributes: attributesOf(ctx, a.GetNestedObject().GetAttributes())}
	case interface{ Details() kit.Described }:
		details := a.Details()
		written.Nested = &nested{Mode: nestingMode(valueType), Attributes: fieldsOf(ctx, details.Fields)}
		written.Text = details.Text
	default:
		written.Type = valueType
	}
	return written
}

// fieldsOf returns fields as if they were nested attributes.
func fieldsOf(ctx context.Context, fields kit.Fields) map[string]attribute {
	all := make(map[string]attribute, len(fields))
	for name, field := range fields {
		written := attribute{Computed: true, description: description{Text: field.MarkdownDescription, Kind: "markdown"}}
		valueType := field.Type.TerraformType(ctx)
		if field.Fields != nil {
			written.Nested = &nested{Mode: nestingMode(valueType), Attributes: fieldsOf(ctx, field.Fields)}
		} else {
			written.Type = valueType
		}
		all[name] = written
	}
	return all
}

func nestingMode(valueType tftypes.Type) string {
	switch {
	case valueType.Is(tftypes.List{}):
		return "list"
	case valueType.Is(tftypes.Map{}):
		return "map"
	case valueType.Is(tftypes.Set{}):
		return "set"
	default:
		return "single"
	}
}
