package provider

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// resourceKinds returns a kind for each operation of a resource.
func resourceKinds(t *testing.T, constructor func() resource.Resource) (all []kind) {
	t.Helper()
	var metadata resource.MetadataResponse
	constructor().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "timpush"}, &metadata)
	name := metadata.TypeName
	for _, operation := range []string{kit.OperationCreate, kit.OperationRead, kit.OperationUpdate, kit.OperationDelete} {
		all = append(all, kind{
			title: "resource", name: name, variant: operation, operation: operation,
			configure: func(ctx context.Context, providerData any) bool {
				configured, ok := constructor().(resource.ResourceWithConfigure)
				if !ok {
					return false
				}
				var response resource.ConfigureResponse
				configured.Configure(ctx, resource.ConfigureRequest{ProviderData: providerData}, &response)
				return response.Diagnostics.HasError()
			},
			schema: func(p *protocol) *tfprotov6.Schema { return p.schema.ResourceSchemas[name] },
			run: func(p *protocol, config *tfprotov6.DynamicValue, deferral bool) outcome {
				return runOperation(p, name, operation, config, deferral)
			},
		})
	}
	return all
}

// runOperation runs an operation of a resource with the configuration. A resource
// that has to exist before was created at another service, so that only the
// operation itself calls this one.
func runOperation(p *protocol, name, operation string, block *tfprotov6.DynamicValue, deferral bool) outcome {
	p.tb.Helper()
	i := p.newInstance(name)
	config := i.decode(block)
	if operation != kit.OperationCreate {
		i.exist(config)
	}
	switch operation {
	case kit.OperationRead:
		response := i.read(deferral)
		return outcome{deferred: response.Deferred != nil, result: response.NewState, diagnostics: response.Diagnostics}
	case kit.OperationUpdate:
		i.outdate()
	case kit.OperationDelete:
		config = tftypes.NewValue(i.objectType(), nil)
	}
	c, planned := i.planFrom(config, deferral)
	if c == nil || planned.Deferred != nil {
		return outcome{deferred: planned.Deferred != nil, result: i.encode(i.state), diagnostics: planned.Diagnostics}
	}
	diagnostics := i.change(p.tb.Context(), i.state, c.config, c.planned, c.private)
	return outcome{result: i.encode(i.state), diagnostics: append(planned.Diagnostics, diagnostics...)}
}

// exist gives the instance the state that it has after a create.
func (i *instance) exist(config tftypes.Value) {
	i.p.tb.Helper()
	p := newProtocol(i.p.tb, testEnvironment(), seededEmulator(i.p.tb, withAccount("user0")))
	if text := p.configure(nil); text != "" {
		i.p.tb.Fatal(text)
	}
	created := p.newInstance(i.kind)
	c, planned := created.planFrom(config, false)
	if c == nil {
		i.p.tb.Fatal(render(planned.Diagnostics))
	}
	if text := created.apply(c); text != "" {
		i.p.tb.Fatal(text)
	}
	i.state, i.private, i.identity = created.state, created.private, created.identity
	if i.attribute("task_id") != nil { // the service has another ID for it
		i.state, i.identity = i.changed("task_id", sampleTask), scheduledIdentity(i.p.tb, testSDKAppID, sampleTask)
	}
}

// outdate removes everything that the instance owns from its state, or changes it, so
// that there is an update.
func (i *instance) outdate() {
	i.p.tb.Helper()
	attributes := i.attributes(i.state)
	for _, attribute := range i.schema().Block.Attributes {
		switch value := attributes[attribute.Name]; {
		case attribute.Name == "notification":
			attributes[attribute.Name] = tfValue(value.Type(), map[string]any{"title": "Other", "description": "Text"})
		case attribute.Required && value.Type().Is(tftypes.Map{}):
			attributes[attribute.Name] = tftypes.NewValue(attributes[attribute.Name].Type(), map[string]tftypes.Value{})
		}
	}
	i.state = tftypes.NewValue(i.objectType(), attributes)
}
