package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// invocation is an action block that is validated, planned, and invoked as a CLI does
// it.
type invocation struct {
	p    *protocol
	name string
}

func (i invocation) schema() *tfprotov6.Schema { return i.p.schema.ActionSchemas[i.name].Schema }

// actions returns the part of the provider that has the actions.
func (i invocation) actions() tfprotov6.ActionServer {
	i.p.tb.Helper()
	server, ok := i.p.server.(tfprotov6.ActionServer)
	if !ok {
		i.p.tb.Fatal("the provider has no actions")
	}
	return server
}

// validate validates the block.
func (i invocation) validate(arguments values) string {
	i.p.tb.Helper()
	response, err := i.actions().ValidateActionConfig(i.p.tb.Context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: i.name, Config: i.p.block(i.schema(), arguments),
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return render(response.Diagnostics)
}

// plan plans the action, without validating the block.
func (i invocation) plan(config *tfprotov6.DynamicValue, deferral bool) *tfprotov6.PlanActionResponse {
	i.p.tb.Helper()
	response, err := i.actions().PlanAction(i.p.tb.Context(), &tfprotov6.PlanActionRequest{
		ActionType: i.name, Config: config, ClientCapabilities: &tfprotov6.PlanActionClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return response
}

// planned validates and plans the action, and returns all diagnostics.
func (i invocation) planned(arguments values) string {
	i.p.tb.Helper()
	if text := i.validate(arguments); strings.Contains(text, "ERROR ") {
		return text
	}
	return render(i.plan(i.p.block(i.schema(), arguments), false).Diagnostics)
}

// invoke invokes the action, without validating and planning. It returns the progress
// messages, a line for each, and the diagnostics, which come last.
func (i invocation) invoke(ctx context.Context, config *tfprotov6.DynamicValue) (progress string, diagnostics []*tfprotov6.Diagnostic) {
	i.p.tb.Helper()
	stream, err := i.actions().InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: i.name, Config: config})
	if err != nil {
		i.p.tb.Fatal(err)
	}
	completed := false
	for event := range stream.Events {
		if completed {
			i.p.tb.Error("an event follows the end of the action")
		}
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress += event.Message + "\n"
		case tfprotov6.CompletedInvokeActionEventType:
			diagnostics, completed = event.Diagnostics, true
		}
	}
	if !completed {
		i.p.tb.Error("the action does not end")
	}
	return progress, diagnostics
}

// run validates, plans, and invokes the action, and returns all progress messages and
// diagnostics.
func (i invocation) run(arguments values) string {
	i.p.tb.Helper()
	if text := i.planned(arguments); text != "" {
		return text
	}
	return i.invoked(i.p.tb.Context(), arguments)
}

// invoked invokes the action, and returns all progress messages and diagnostics.
func (i invocation) invoked(ctx context.Context, arguments values) string {
	i.p.tb.Helper()
	progress, diagnostics := i.invoke(ctx, i.p.block(i.schema(), arguments))
	return progress + render(diagnostics)
}

func actionKind(t *testing.T, constructor func() action.Action) kind {
	t.Helper()
	var metadata action.MetadataResponse
	constructor().Metadata(t.Context(), action.MetadataRequest{ProviderTypeName: "timpush"}, &metadata)
	name := metadata.TypeName
	return kind{
		title: "action", name: name, operation: kit.OperationInvoke,
		configure: func(ctx context.Context, providerData any) bool {
			configured, ok := constructor().(action.ActionWithConfigure)
			if !ok {
				return false
			}
			var response action.ConfigureResponse
			configured.Configure(ctx, action.ConfigureRequest{ProviderData: providerData}, &response)
			return response.Diagnostics.HasError()
		},
		schema: func(p *protocol) *tfprotov6.Schema { return p.schema.ActionSchemas[name].Schema },
		run: func(p *protocol, config *tfprotov6.DynamicValue, deferral bool) outcome {
			i := invocation{p, name}
			planned := i.plan(config, deferral)
			if planned.Deferred != nil || failed(planned.Diagnostics) {
				return outcome{deferred: planned.Deferred != nil, diagnostics: planned.Diagnostics}
			}
			progress, diagnostics := i.invoke(p.tb.Context(), config)
			return outcome{progress: progress, diagnostics: append(planned.Diagnostics, diagnostics...)}
		},
	}
}
