package provider

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// instance is a resource that is managed as a CLI does it: refresh, plan, and
// apply, with the CLI's checks of what a provider returns. Unlike a CLI, it needs
// no processes, so that a test can do it thousands of times.
type instance struct {
	p        *protocol
	kind     string
	state    tftypes.Value // null if there is none
	private  []byte
	identity *tfprotov6.ResourceIdentityData // nil if the kind has none
	tainted  bool                            // the create failed although it returned a state
}

// newInstance returns an instance of a kind of resource, without a state.
func (p *protocol) newInstance(kind string) *instance {
	p.tb.Helper()
	i := &instance{p: p, kind: kind}
	i.state = tftypes.NewValue(i.objectType(), nil)
	return i
}

func (i *instance) schema() *tfprotov6.Schema { return i.p.schema.ResourceSchemas[i.kind] }

func (i *instance) objectType() tftypes.Type { return i.schema().ValueType() }

func (i *instance) encode(value tftypes.Value) *tfprotov6.DynamicValue {
	i.p.tb.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(i.objectType(), value)
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return &dynamic
}

func (i *instance) decode(dynamic *tfprotov6.DynamicValue) tftypes.Value {
	i.p.tb.Helper()
	if dynamic == nil {
		return tftypes.NewValue(i.objectType(), nil)
	}
	value, err := dynamic.Unmarshal(i.objectType())
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return value
}

// attribute returns an attribute of the state, as Go values; nil without a state.
func (i *instance) attribute(name string) any {
	i.p.tb.Helper()
	return i.of(i.state, name)
}

func (i *instance) of(object tftypes.Value, name string) any {
	i.p.tb.Helper()
	if object.IsNull() {
		return nil
	}
	return goValue(i.p.tb, i.attributes(object)[name])
}

func (i *instance) attributes(object tftypes.Value) map[string]tftypes.Value {
	i.p.tb.Helper()
	attributes := map[string]tftypes.Value{}
	if err := object.As(&attributes); err != nil {
		i.p.tb.Fatal(err)
	}
	return maps.Clone(attributes) // the map that As returns belongs to the object
}

// validate validates the arguments of the resource.
func (i *instance) validate(arguments values) string {
	i.p.tb.Helper()
	response, err := i.p.server.ValidateResourceConfig(i.p.tb.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: i.kind, Config: i.p.block(i.schema(), arguments),
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return render(response.Diagnostics)
}

// refresh reads the resource.
func (i *instance) refresh() string {
	i.p.tb.Helper()
	if i.state.IsNull() {
		return ""
	}
	response := i.read(false)
	if !failed(response.Diagnostics) {
		i.state, i.private, i.identity = i.decode(response.NewState), response.Private, response.NewIdentity
	}
	return render(response.Diagnostics)
}

func (i *instance) read(deferral bool) *tfprotov6.ReadResourceResponse {
	i.p.tb.Helper()
	response, err := i.p.server.ReadResource(i.p.tb.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: i.kind, CurrentState: i.encode(i.state), Private: i.private, CurrentIdentity: i.identity,
		ClientCapabilities: &tfprotov6.ReadResourceClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return response
}

// change is a planned change.
type change struct {
	i       *instance
	action  string // "create", "update", "replace", "delete", or "none"
	config  tftypes.Value
	planned tftypes.Value
	private []byte
}

// attribute returns an attribute of the planned state, as Go values.
func (c *change) attribute(name string) any { return c.i.of(c.planned, name) }

// plan validates, refreshes, and plans, as `terraform plan` does. Without
// arguments, it plans to destroy. The change is nil if there was an error.
func (i *instance) plan(arguments values) (*change, string) {
	i.p.tb.Helper()
	text := ""
	if arguments != nil {
		if text = i.validate(arguments); text != "" {
			return nil, text
		}
	}
	if text = i.refresh(); strings.Contains(text, "ERROR ") {
		return nil, text // a CLI does not plan then
	}
	config := tftypes.NewValue(i.objectType(), nil)
	if arguments != nil {
		config = i.decode(i.p.block(i.schema(), arguments))
	}
	c, response := i.planFrom(config, false)
	return c, text + render(response.Diagnostics)
}

// planFrom plans without validating and refreshing. The change is nil if there was
// an error.
func (i *instance) planFrom(config tftypes.Value, deferral bool) (*change, *tfprotov6.PlanResourceChangeResponse) {
	i.p.tb.Helper()
	prior := i.state
	if i.tainted {
		prior = tftypes.NewValue(i.objectType(), nil)
	}
	response, err := i.p.server.PlanResourceChange(i.p.tb.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: i.kind, PriorState: i.encode(prior), PriorPrivate: i.private, PriorIdentity: i.identity,
		Config: i.encode(config), ProposedNewState: i.encode(i.proposed(config, prior)),
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	if failed(response.Diagnostics) {
		return nil, response
	}
	c := &change{i: i, config: config, planned: i.decode(response.PlannedState), private: response.PlannedPrivate}
	switch {
	case config.IsNull():
		c.action = "delete"
	case i.state.IsNull():
		c.action = "create"
	case i.tainted || len(response.RequiresReplace) > 0:
		c.action = "replace"
	case c.planned.Equal(prior):
		c.action = "none"
	default:
		c.action = "update"
	}
	i.checkPlan(c, prior)
	if c.action == "replace" && !i.tainted {
		return i.planReplacement(c, response)
	}
	return c, response
}

// planReplacement plans again without the prior state, as a CLI does for a resource that
// is replaced, so that computed attributes are unknown.
func (i *instance) planReplacement(c *change, first *tfprotov6.PlanResourceChangeResponse) (*change, *tfprotov6.PlanResourceChangeResponse) {
	i.p.tb.Helper()
	created := i.p.newInstance(i.kind)
	again, response := created.planFrom(c.config, false)
	response.Diagnostics = append(first.Diagnostics, response.Diagnostics...)
	if again == nil {
		return nil, response
	}
	c.planned, c.private = again.planned, again.private
	return c, response
}

// proposed returns what a CLI proposes: the configuration, and the prior value of
// computed attributes that it does not set, also in maps of objects.
func (i *instance) proposed(config, prior tftypes.Value) tftypes.Value {
	i.p.tb.Helper()
	if config.IsNull() || prior.IsNull() {
		return config
	}
	merged, before := i.attributes(config), i.attributes(prior)
	for _, attribute := range i.schema().Block.Attributes {
		value := merged[attribute.Name]
		switch {
		case attribute.Computed && value.IsNull():
			merged[attribute.Name] = before[attribute.Name]
		case attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap && value.IsKnown() && !value.IsNull() && !before[attribute.Name].IsNull():
			merged[attribute.Name] = i.proposedObjects(attribute.NestedType, value, before[attribute.Name])
		}
	}
	return tftypes.NewValue(i.objectType(), merged)
}

func (i *instance) proposedObjects(nested *tfprotov6.SchemaObject, config, prior tftypes.Value) tftypes.Value {
	i.p.tb.Helper()
	objects, before := i.attributes(config), i.attributes(prior)
	for key, object := range objects {
		if _, existed := before[key]; !existed || object.IsNull() || !object.IsKnown() {
			continue
		}
		fields, old := i.attributes(object), i.attributes(before[key])
		for _, field := range nested.Attributes {
			if field.Computed && fields[field.Name].IsNull() {
				fields[field.Name] = old[field.Name]
			}
		}
		objects[key] = tftypes.NewValue(object.Type(), fields)
	}
	return tftypes.NewValue(config.Type(), objects)
}

// checkPlan makes the test fail where a CLI reports an invalid plan: an argument
// that the configuration sets has its value, or the prior value.
func (i *instance) checkPlan(c *change, prior tftypes.Value) {
	i.p.tb.Helper()
	if c.config.IsNull() {
		return
	}
	config, planned := i.attributes(c.config), i.attributes(c.planned)
	before := map[string]tftypes.Value{}
	if !prior.IsNull() {
		before = i.attributes(prior)
	}
	for _, attribute := range i.schema().Block.Attributes {
		value := config[attribute.Name]
		old, existed := before[attribute.Name]
		switch {
		case attribute.NestedType != nil, value.IsNull() && attribute.Computed, planned[attribute.Name].Equal(value), existed && planned[attribute.Name].Equal(old):
		default:
			i.p.tb.Errorf("invalid plan: %s is %s, the configuration has %s", attribute.Name, planned[attribute.Name], value)
		}
	}
}

// apply applies a change, as `terraform apply` does.
func (i *instance) apply(c *change) string {
	i.p.tb.Helper()
	return i.applyIn(i.p.tb.Context(), c)
}

// applyIn is apply with a context that can end.
func (i *instance) applyIn(ctx context.Context, c *change) string {
	i.p.tb.Helper()
	null := tftypes.NewValue(i.objectType(), nil)
	switch c.action {
	case "none":
		return ""
	case "replace":
		text := render(i.change(ctx, i.state, null, null, nil))
		if !i.state.IsNull() {
			return text
		}
		i.private, i.identity = nil, nil
		return text + render(i.change(ctx, null, c.config, c.planned, c.private))
	default:
		return render(i.change(ctx, i.state, c.config, c.planned, c.private))
	}
}

func (i *instance) change(ctx context.Context, prior, config, planned tftypes.Value, private []byte) []*tfprotov6.Diagnostic {
	i.p.tb.Helper()
	if private == nil {
		private = i.private
	}
	response, err := i.p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.kind, PriorState: i.encode(prior), Config: i.encode(config), PlannedState: i.encode(planned), PlannedPrivate: private,
		PlannedIdentity: i.identity,
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	i.state, i.private, i.identity = i.decode(response.NewState), response.Private, response.NewIdentity
	i.tainted = failed(response.Diagnostics) && prior.IsNull() && !i.state.IsNull()
	if !failed(response.Diagnostics) {
		i.checkApplied(planned)
	}
	return response.Diagnostics
}

// checkApplied makes the test fail where a CLI reports an inconsistent result: the
// new state has every value that the plan had, and no unknown ones.
func (i *instance) checkApplied(planned tftypes.Value) {
	i.p.tb.Helper()
	if planned.IsNull() || i.state.IsNull() {
		if planned.IsNull() != i.state.IsNull() {
			i.p.tb.Errorf("inconsistent result: %s was planned, the state is %s", planned, i.state)
		}
		return
	}
	if !i.state.IsFullyKnown() {
		i.p.tb.Errorf("inconsistent result: the state has unknown values: %s", i.state)
	}
	applied := i.attributes(i.state)
	for name, value := range i.attributes(planned) {
		if value.IsFullyKnown() && !value.Equal(applied[name]) {
			i.p.tb.Errorf("inconsistent result: %s was planned as %s, and is %s", name, value, applied[name])
		}
	}
}

// importState imports by an ID.
func (i *instance) importState(id string) string {
	i.p.tb.Helper()
	return i.importBy(&tfprotov6.ImportResourceStateRequest{TypeName: i.kind, ID: id})
}

func (i *instance) importBy(request *tfprotov6.ImportResourceStateRequest) string {
	i.p.tb.Helper()
	response, err := i.p.server.ImportResourceState(i.p.tb.Context(), request)
	if err != nil {
		i.p.tb.Fatal(err)
	}
	if failed(response.Diagnostics) {
		return render(response.Diagnostics)
	}
	if len(response.ImportedResources) != 1 {
		i.p.tb.Fatalf("%d resources were imported", len(response.ImportedResources))
	}
	imported := response.ImportedResources[0]
	i.state, i.private, i.identity = i.decode(imported.State), imported.Private, imported.Identity
	return render(response.Diagnostics) + i.refresh()
}

func failed(diagnostics []*tfprotov6.Diagnostic) bool {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}
	return false
}

// run plans and applies, and returns the action and all diagnostics.
func (i *instance) run(arguments values) string {
	i.p.tb.Helper()
	c, text := i.plan(arguments)
	if c == nil {
		return text
	}
	return fmt.Sprintf("%s\n%s%s", c.action, text, i.apply(c))
}
