package provider

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"go.uber.org/goleak"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

func TestMain(m *testing.M) {
	err := TurnOffFrameworkLog() // as main does
	if err != nil {
		log.Fatal(err)
	}
	if binaries, err = os.MkdirTemp("", "timpush-test"); err != nil {
		log.Fatal(err)
	}
	// Providers that the testing library serves in this process keep reading its
	// standard streams.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan"), goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(binaries)
		os.Exit(code) //nolint:forbidigo // this is the test binary's main
	}))
}

const (
	testSDKAppID = 1400000000
	testKey      = faults.Key
)

// earlierPush is the task ID of a push that can be revoked.
const earlierPush = "5f0d0000_1"

// newEmulator returns an emulator with the sample accounts of the API page.
func newEmulator(tb testing.TB) *emulator.Emulator {
	tb.Helper()
	return seededEmulator(tb, sampleSeed())
}

// sampleTask is the ID of a scheduled push that is pending: the one in the responses of
// package faults.
const sampleTask = "1234567890"

// sampleSeed returns the sample accounts of the API page, an earlier push, and a
// scheduled one.
func sampleSeed() emulator.Seed {
	seed := emulator.SampleSeed()
	seed.Statistics = []emulator.Statistics{{TaskID: earlierPush, Age: "1h"}}
	seed.ScheduledPushes = map[string]*emulator.ScheduledPush{sampleTask: {
		In: "24h", Type: "User", Content: []byte(`{"To_Account":["xiaoming"],"OfflinePushInfo":{"Title":"Title","Desc":"Text"}}`),
	}}
	return seed
}

func seededEmulator(tb testing.TB, seed emulator.Seed) *emulator.Emulator {
	tb.Helper()
	service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
	if err != nil {
		tb.Fatal(err)
	}
	return service
}

// withAccount returns the sample seed with another account.
func withAccount(name string) emulator.Seed {
	seed := sampleSeed()
	seed.Accounts[name] = emulator.Account{}
	return seed
}

// checkNoRequest checks that the service received no request.
func checkNoRequest(t *testing.T, service *emulator.Emulator) {
	t.Helper()
	if requests := len(service.Journal()); requests != 0 {
		t.Errorf("%d requests were made", requests)
	}
}

// handlerTransport passes requests to a handler in memory, so that synctest's
// virtual time works.
type handlerTransport struct{ http.Handler }

func (h handlerTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(request.Context()); trace != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	return recorder.Result(), request.Context().Err()
}

// environment is the environment of a provider.
type environment map[string]string

// testEnvironment returns the variables for an emulator of [newEmulator].
func testEnvironment() environment {
	return environment{
		"TIMPUSH_SDK_APP_ID": fmt.Sprint(testSDKAppID),
		"TIMPUSH_REGION":     "singapore",
		"TIMPUSH_SECRET_KEY": testKey,
	}
}

// testProvider returns a provider with the environment, whose requests go to the
// handler.
func testProvider(env environment, handler http.Handler) *timpushProvider {
	return &timpushProvider{
		version:   "test",
		getenv:    func(name string) string { return env[name] },
		transport: handlerTransport{handler},
	}
}

// protocol calls a provider as a CLI does.
type protocol struct {
	tb     testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

func newProtocol(tb testing.TB, env environment, handler http.Handler) *protocol {
	tb.Helper()
	return newProtocolOf(tb, testProvider(env, handler))
}

func newProtocolOf(tb testing.TB, p provider.Provider) *protocol {
	tb.Helper()
	server, err := providerserver.NewProtocol6WithError(p)()
	if err != nil {
		tb.Fatal(err)
	}
	schema, err := served()
	if err != nil {
		tb.Fatal(err)
	}
	if text := render(schema.Diagnostics); text != "" {
		tb.Fatal(text)
	}
	return &protocol{tb: tb, server: server, schema: schema}
}

// served returns the schema, which is the same for every provider. Tests start
// thousands of them.
var served = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := providerserver.NewProtocol6WithError(New("test")())()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// newConfigured returns a configured provider that reads from the service.
func newConfigured(t *testing.T, service http.Handler, arguments values) *protocol {
	t.Helper()
	return newConfiguredIn(t, testEnvironment(), service, arguments)
}

// newConfiguredIn is newConfigured with another environment.
func newConfiguredIn(t *testing.T, env environment, service http.Handler, arguments values) *protocol {
	t.Helper()
	p := newProtocol(t, env, service)
	if text := p.configure(arguments); text != "" {
		t.Fatal(text)
	}
	return p
}

// values are the arguments of a block; missing ones are null.
type values map[string]any

// block encodes the arguments of a block as the CLI does.
func (p *protocol) block(schema *tfprotov6.Schema, arguments values) *tfprotov6.DynamicValue {
	p.tb.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		p.tb.Fatalf("the schema is of type %T", schema.ValueType())
	}
	block := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, kind := range object.AttributeTypes {
		block[name] = tfValue(kind, arguments[name])
	}
	for name := range arguments {
		if _, ok := object.AttributeTypes[name]; !ok {
			p.tb.Fatalf("the schema has no argument %s", name)
		}
	}
	dynamic, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, block))
	if err != nil {
		p.tb.Fatal(err)
	}
	return &dynamic
}

// tfValue converts a Go value to the type. nil is null and tftypes.UnknownValue
// is unknown, also in []any and map[string]any; missing attributes are null.
func tfValue(kind tftypes.Type, value any) tftypes.Value {
	switch value := value.(type) {
	case []any:
		list, _ := kind.(tftypes.List)
		elements := make([]tftypes.Value, len(value))
		for i, element := range value {
			elements[i] = tfValue(list.ElementType, element)
		}
		return tftypes.NewValue(kind, elements)
	case map[string]any:
		elements := make(map[string]tftypes.Value, len(value))
		if object, isObject := kind.(tftypes.Object); isObject {
			for name, attribute := range object.AttributeTypes {
				elements[name] = tfValue(attribute, value[name])
			}
			return tftypes.NewValue(kind, elements)
		}
		of, _ := kind.(tftypes.Map)
		for name, element := range value {
			elements[name] = tfValue(of.ElementType, element)
		}
		return tftypes.NewValue(kind, elements)
	default:
		return tftypes.NewValue(kind, value)
	}
}

// configure validates and configures the provider, as a CLI does in plan.
func (p *protocol) configure(arguments values) string {
	p.tb.Helper()
	if text := p.validateProvider(arguments); text != "" {
		return text
	}
	configured, err := p.server.ConfigureProvider(p.tb.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: p.block(p.schema.Provider, arguments),
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	return render(configured.Diagnostics)
}

// validateProvider validates the provider block, as `terraform validate` does.
func (p *protocol) validateProvider(arguments values) string {
	p.tb.Helper()
	response, err := p.server.ValidateProviderConfig(p.tb.Context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: p.block(p.schema.Provider, arguments),
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	return render(response.Diagnostics)
}

// validate validates a data source.
func (p *protocol) validate(name string, arguments values) string {
	p.tb.Helper()
	response, err := p.server.ValidateDataResourceConfig(p.tb.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: name, Config: p.block(p.schema.DataSourceSchemas[name], arguments),
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	return render(response.Diagnostics)
}

// read reads a data source.
func (p *protocol) read(ctx context.Context, name string, arguments values, deferral bool) *tfprotov6.ReadDataSourceResponse {
	p.tb.Helper()
	response, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: name, Config: p.block(p.schema.DataSourceSchemas[name], arguments),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	return response
}

// open validates and opens an ephemeral resource, and returns its result and
// diagnostics.
func (p *protocol) open(name string, arguments values, deferral bool) (*tfprotov6.OpenEphemeralResourceResponse, string) {
	p.tb.Helper()
	config := p.block(p.schema.EphemeralResourceSchemas[name], arguments)
	validated, err := p.server.ValidateEphemeralResourceConfig(p.tb.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: name, Config: config})
	if err != nil {
		p.tb.Fatal(err)
	}
	if text := render(validated.Diagnostics); text != "" {
		return nil, text
	}
	response, err := p.server.OpenEphemeralResource(p.tb.Context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: name, Config: config,
		ClientCapabilities: &tfprotov6.OpenEphemeralResourceClientCapabilities{DeferralAllowed: deferral},
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	return response, render(response.Diagnostics)
}

// opened returns an attribute of an ephemeral resource's result, as Go values.
func (p *protocol) opened(name string, response *tfprotov6.OpenEphemeralResourceResponse, attribute string) any {
	p.tb.Helper()
	return p.attribute(response.Result, p.schema.EphemeralResourceSchemas[name], attribute)
}

// state returns an attribute of a result of timpush_user_attributes, as Go
// values.
func (p *protocol) state(response *tfprotov6.ReadDataSourceResponse, attribute string) any {
	p.tb.Helper()
	return p.stateOf(userAttributes, response, attribute)
}

// stateOf returns an attribute of a data source's result, as Go values.
func (p *protocol) stateOf(name string, response *tfprotov6.ReadDataSourceResponse, attribute string) any {
	p.tb.Helper()
	return p.attribute(response.State, p.schema.DataSourceSchemas[name], attribute)
}

func (p *protocol) attribute(block *tfprotov6.DynamicValue, schema *tfprotov6.Schema, attribute string) any {
	p.tb.Helper()
	value, err := block.Unmarshal(schema.ValueType())
	if err != nil {
		p.tb.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		p.tb.Fatal(err)
	}
	return goValue(p.tb, attributes[attribute])
}

func goValue(tb testing.TB, value tftypes.Value) any {
	tb.Helper()
	switch {
	case value.IsNull():
		return nil
	case !value.IsKnown():
		return tftypes.UnknownValue
	case value.Type().Is(tftypes.String):
		var text string
		if err := value.As(&text); err != nil {
			tb.Fatal(err)
		}
		return text
	case value.Type().Is(tftypes.Bool):
		var is bool
		if err := value.As(&is); err != nil {
			tb.Fatal(err)
		}
		return is
	case value.Type().Is(tftypes.Number):
		return strings.TrimSuffix(strings.TrimPrefix(value.String(), `tftypes.Number<"`), `">`)
	}
	if value.Type().Is(tftypes.List{}) {
		var elements []tftypes.Value
		if err := value.As(&elements); err != nil {
			tb.Fatal(err)
		}
		all := make([]any, len(elements))
		for i, element := range elements {
			all[i] = goValue(tb, element)
		}
		return all
	}
	var elements map[string]tftypes.Value
	if err := value.As(&elements); err != nil {
		tb.Fatal(err)
	}
	all := make(map[string]any, len(elements))
	for name, element := range elements {
		all[name] = goValue(tb, element)
	}
	return all
}

// render formats diagnostics as text: severity, path in brackets if there is one,
// summary, and the detail on the lines below.
func render(diagnostics []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&text, "%s", d.Severity)
		if d.Attribute != nil {
			fmt.Fprintf(&text, " [%s]", d.Attribute)
		}
		fmt.Fprintf(&text, " %s\n%s\n", d.Summary, d.Detail)
	}
	return text.String()
}
