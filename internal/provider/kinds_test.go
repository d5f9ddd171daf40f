package provider

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// kind is a kind of block that a family registers. Tests derive everything from
// its schema, so that a new kind needs no changes here.
type kind struct {
	title, name string
	variant     string // of a kind that is tested with several values of an argument
	arguments   values // those of the variant
	operation   string // of a resource, for which there is a kind for each, or of an action
	configure   func(ctx context.Context, providerData any) (failed bool)
	schema      func(*protocol) *tfprotov6.Schema
	run         func(p *protocol, config *tfprotov6.DynamicValue, deferral bool) outcome
}

// outcome is the outcome of reading a kind, or of an operation of a resource or an
// action.
type outcome struct {
	deferred    bool
	result      *tfprotov6.DynamicValue // nil for an action or a list
	progress    string                  // the lines of an action
	diagnostics []*tfprotov6.Diagnostic
}

// kinds returns all kinds that are registered.
func kinds(t *testing.T) (all []kind) {
	t.Helper()
	for _, family := range families {
		for _, constructor := range family.DataSources {
			all = append(all, variants(t, dataSourceKind(t, constructor))...)
		}
		for _, constructor := range family.EphemeralResources {
			all = append(all, ephemeralKind(t, constructor))
		}
		for _, constructor := range family.Resources {
			all = append(all, resourceKinds(t, constructor)...)
		}
		for _, constructor := range family.Actions {
			all = append(all, variants(t, actionKind(t, constructor))...)
		}
		for _, constructor := range family.ListResources {
			all = append(all, listKind(t, constructor))
		}
	}
	return all
}

// variants returns a kind with each value of an argument that decides which
// commands it calls, and the arguments that it needs although the schema does not
// say so.
func variants(t *testing.T, k kind) []kind {
	t.Helper()
	p := newProtocol(t, nil, newEmulator(t))
	with := func(variant string, arguments values) kind {
		varied := k
		varied.variant, varied.arguments = variant, arguments
		return varied
	}
	switch {
	case k.has(p, "condition"):
		return []kind{
			with("by tags", values{"condition": map[string]any{"tags_or": []any{"GoldMember"}}}),
			with("by attributes", values{"condition": map[string]any{"attributes_and": map[string]any{"city": "ShenZhen"}}}),
		}
	case k.has(p, "audience") && k.operation == kit.OperationInvoke:
		return []kind{
			with("to everyone", values{"audience": map[string]any{"everyone": true}}),
			with("by condition", values{"audience": map[string]any{"condition": map[string]any{"tags_or": []any{"GoldMember"}}}}),
			with("to accounts", nil),
		}
	case k.operation == kit.OperationInvoke:
		return []kind{with("", values{"task_id": earlierPush})}
	case k.has(p, "last"):
		return []kind{
			with("of pushes", values{"last": "24h"}),
			with("of messages", values{"source": "message", "last": "24h"}),
		}
	case k.has(p, "message_id"):
		return []kind{
			with("of a push", values{"task_id": "task", "account": "xiaoming"}),
			with("of a message", values{"source": "message", "message_id": "message"}),
		}
	default:
		return []kind{k}
	}
}

// functions returns the names of all functions that are registered.
func functions(t *testing.T) (names []string) {
	t.Helper()
	for _, family := range families {
		for _, constructor := range family.Functions {
			var metadata function.MetadataResponse
			constructor().Metadata(t.Context(), function.MetadataRequest{}, &metadata)
			names = append(names, metadata.Name)
		}
	}
	return names
}

func dataSourceKind(t *testing.T, constructor func() datasource.DataSource) kind {
	t.Helper()
	var metadata datasource.MetadataResponse
	constructor().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "timpush"}, &metadata)
	name := metadata.TypeName
	return kind{
		title: "data source", name: name,
		configure: func(ctx context.Context, providerData any) bool {
			source, ok := constructor().(datasource.DataSourceWithConfigure)
			if !ok {
				return false
			}
			var response datasource.ConfigureResponse
			source.Configure(ctx, datasource.ConfigureRequest{ProviderData: providerData}, &response)
			return response.Diagnostics.HasError()
		},
		schema: func(p *protocol) *tfprotov6.Schema { return p.schema.DataSourceSchemas[name] },
		run: func(p *protocol, config *tfprotov6.DynamicValue, deferral bool) outcome {
			response, err := p.server.ReadDataSource(p.tb.Context(), &tfprotov6.ReadDataSourceRequest{
				TypeName: name, Config: config,
				ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: deferral},
			})
			if err != nil {
				p.tb.Fatal(err)
			}
			return outcome{deferred: response.Deferred != nil, result: response.State, diagnostics: response.Diagnostics}
		},
	}
}

func ephemeralKind(t *testing.T, constructor func() ephemeral.EphemeralResource) kind {
	t.Helper()
	var metadata ephemeral.MetadataResponse
	constructor().Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: "timpush"}, &metadata)
	name := metadata.TypeName
	return kind{
		title: "ephemeral resource", name: name,
		configure: func(ctx context.Context, providerData any) bool {
			resource, ok := constructor().(ephemeral.EphemeralResourceWithConfigure)
			if !ok {
				return false
			}
			var response ephemeral.ConfigureResponse
			resource.Configure(ctx, ephemeral.ConfigureRequest{ProviderData: providerData}, &response)
			return response.Diagnostics.HasError()
		},
		schema: func(p *protocol) *tfprotov6.Schema { return p.schema.EphemeralResourceSchemas[name] },
		run: func(p *protocol, config *tfprotov6.DynamicValue, deferral bool) outcome {
			response, err := p.server.OpenEphemeralResource(p.tb.Context(), &tfprotov6.OpenEphemeralResourceRequest{
				TypeName: name, Config: config,
				ClientCapabilities: &tfprotov6.OpenEphemeralResourceClientCapabilities{DeferralAllowed: deferral},
			})
			if err != nil {
				p.tb.Fatal(err)
			}
			return outcome{deferred: response.Deferred != nil, result: response.Result, diagnostics: response.Diagnostics}
		},
	}
}

// read reads the kind, or runs its operation, with a value for each required
// argument, and the given values.
func (k kind) read(p *protocol, given values, deferral bool) outcome {
	p.tb.Helper()
	return k.readFor(p, "xiaoming", given, deferral)
}

// readFor is read, with the account where the kind has accounts.
func (k kind) readFor(p *protocol, account string, given values, deferral bool) outcome {
	p.tb.Helper()
	arguments := values{}
	for _, attribute := range k.schema(p).Block.Attributes {
		value, isGiven := given[attribute.Name]
		ofVariant, isOfVariant := k.arguments[attribute.Name]
		switch {
		case isGiven:
			arguments[attribute.Name] = value
		case isOfVariant:
			arguments[attribute.Name] = ofVariant
		case attribute.Required:
			arguments[attribute.Name] = k.valueOf(p, attribute, account)
		}
	}
	return k.run(p, p.block(k.schema(p), arguments), deferral)
}

// valueOf returns a value for a required argument.
func (k kind) valueOf(p *protocol, attribute *tfprotov6.SchemaAttribute, account string) any {
	p.tb.Helper()
	list := tftypes.List{ElementType: tftypes.String}
	switch {
	case attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap:
		return map[string]any{"level": map[string]any{"index": 5}} // an attribute name
	case attribute.Name == "audience":
		return map[string]any{"accounts": []any{account}}
	case attribute.Name == "notification":
		return map[string]any{"title": "Title", "description": "Text"}
	case attribute.Name == "send_at":
		return in(24 * time.Hour)
	case attribute.NestedType != nil:
	case attribute.Type.Is(tftypes.String):
		return account
	case attribute.Type.Equal(list):
		return []any{account}
	case attribute.Type.Equal(tftypes.Map{ElementType: list}):
		return map[string]any{account: []any{"tester"}}
	case attribute.Type.Equal(tftypes.Map{ElementType: tftypes.Map{ElementType: tftypes.String}}):
		return map[string]any{account: map[string]any{"city": "BeiJing"}}
	}
	p.tb.Fatalf("%s: %s is of a type that these tests do not know yet", k, attribute.Name)
	return nil
}

// writes reports whether the kind writes with an API command, rather than reading
// what it needs to know before.
func (k kind) writes(api string) bool {
	return k.operation != "" && !strings.HasPrefix(api, "get_")
}

// warns reports whether a failure of an API command can be a warning: that of a write,
// or of a read after a create or an update.
func (k kind) warns(api string) bool {
	return k.writes(api) || k.operation != kit.OperationRead && api == "get_sched_task"
}

// completes reports whether a request in flight is completed after a timeout.
func completes(api string) bool {
	return faults.Once(api) || api == "modify_sched_task" || api == "delete_sched_task"
}

// expects reports whether a rejection by an API command is no failure: that something
// does not exist any more.
func (k kind) expects(api string, code int) bool {
	return k.operation == kit.OperationRead && api == "get_sched_task" && code == timpush.CodeBadScheduledPush
}

// defers reports whether the kind can be deferred. A list cannot, and there is nothing
// to defer in a plan to destroy.
func (k kind) defers() bool { return k.operation != kit.OperationDelete && k.title != listTitle }

func (k kind) String() string { return strings.TrimSpace(k.title + " " + k.name + " " + k.variant) }

// readsAccounts reports whether the kind reads accounts in an argument.
func (k kind) readsAccounts(p *protocol) bool { return k.has(p, "accounts") }

// has reports whether the kind has an attribute.
func (k kind) has(p *protocol, name string) bool {
	return slices.ContainsFunc(k.schema(p).Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
}

// timeout returns the name of the kind's timeout, or "" if it has none.
func (k kind) timeout(p *protocol) string {
	for _, attribute := range k.schema(p).Block.Attributes {
		if attribute.Name != "timeouts" {
			continue
		}
		for _, timeout := range attribute.NestedType.Attributes {
			if k.operation == "" || timeout.Name == k.operation {
				return timeout.Name
			}
		}
	}
	return ""
}

// apis returns the commands that the kind calls, in order, each once.
func (k kind) apis(t *testing.T) (apis []string) {
	t.Helper()
	service := newEmulator(t)
	got := k.read(newConfigured(t, service, nil), nil, false)
	if len(got.diagnostics) > 0 && k.operation == "" || failed(got.diagnostics) {
		t.Fatalf("%s: %s", k, render(got.diagnostics))
	}
	for _, entry := range service.Journal() {
		if !slices.Contains(apis, entry.API) {
			apis = append(apis, entry.API)
		}
	}
	return apis
}

// needsNothing reports whether the kind is the delete of a resource that only
// forgets.
func (k kind) needsNothing(t *testing.T) bool {
	t.Helper()
	return k.operation == kit.OperationDelete && len(k.apis(t)) == 0
}

// The provider has exactly the registered kinds, each once.
func TestKindsAreRegistered(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	var registered, offered []string
	for _, kind := range kinds(t) {
		registered = append(registered, kind.title+" "+kind.name)
		if !strings.HasPrefix(kind.name, "timpush_") {
			t.Errorf("%s has another prefix", kind)
		}
	}
	for name := range p.schema.DataSourceSchemas {
		offered = append(offered, "data source "+name)
	}
	for name := range p.schema.EphemeralResourceSchemas {
		offered = append(offered, "ephemeral resource "+name)
	}
	for name := range p.schema.ResourceSchemas {
		offered = append(offered, "resource "+name)
	}
	for name := range p.schema.ActionSchemas {
		offered = append(offered, "action "+name)
	}
	for name := range p.schema.ListResourceSchemas {
		offered = append(offered, listTitle+" "+name)
	}
	for _, name := range functions(t) {
		registered = append(registered, "function "+name)
	}
	for name := range p.schema.Functions {
		offered = append(offered, "function "+name)
	}
	slices.Sort(registered)
	slices.Sort(offered)
	if !slices.Equal(slices.Compact(registered), offered) { // a kind can have variants
		t.Errorf("registered are %v, offered %v", registered, offered)
	}
}

// Schemas follow this project's rules.
func TestSchemas(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for _, kind := range kinds(t) {
		block := kind.schema(p).Block
		if block.Description == "" || len(block.BlockTypes) > 0 {
			t.Errorf("%s is not described, or has blocks", kind)
		}
		for _, attribute := range block.Attributes {
			checkAttribute(t, kind.String()+": "+attribute.Name, attribute)
			if attribute.Name == "id" {
				t.Errorf("%s has an id", kind)
			}
			// Terraform's mock_provider leaves computed collections of nested attributes
			// empty, so modules that use them could not be tested.
			if attribute.Computed && attribute.NestedType != nil {
				t.Errorf("%s: %s is computed and nested", kind, attribute.Name)
			}
		}
	}
}

// checkAttribute checks that an attribute has a description and is not a set,
// since sets take quadratic time in the framework.
func checkAttribute(t *testing.T, where string, attribute *tfprotov6.SchemaAttribute) {
	t.Helper()
	if attribute.Description == "" || attribute.DescriptionKind != tfprotov6.StringKindMarkdown {
		t.Errorf("%s is not described", where)
	}
	if attribute.NestedType == nil {
		if strings.Contains(attribute.Type.String(), "Set[") {
			t.Errorf("%s is or contains a set", where)
		}
		return
	}
	if attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSet {
		t.Errorf("%s is a set", where)
	}
	for _, nested := range attribute.NestedType.Attributes {
		checkAttribute(t, where+"."+nested.Name, nested)
	}
}

// Every attribute of a schema is implemented: arguments are read, and computed
// attributes have a value.
func TestSchemasAndModelsAgree(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds(t) {
		p := newConfigured(t, newEmulator(t), nil)
		got := kind.read(p, nil, false)
		if text := render(got.diagnostics); text != "" && (kind.operation == "" || failed(got.diagnostics)) {
			t.Errorf("%s: %s", kind, text)
			continue
		}
		if got.result == nil || kind.operation == kit.OperationDelete {
			continue // there is no result
		}
		for _, attribute := range kind.schema(p).Block.Attributes {
			value := p.attribute(got.result, kind.schema(p), attribute.Name)
			if attribute.Computed && (value == nil || value == tftypes.UnknownValue) {
				t.Errorf("%s: %s is %v", kind, attribute.Name, value)
			}
		}
	}
}

// Functions are described, and check arguments as soon as they are known.
func TestFunctions(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for _, name := range functions(t) {
		served := p.schema.Functions[name]
		if served.Summary == "" || served.Description == "" || served.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s is not described", name)
		}
		for _, parameter := range served.Parameters {
			if parameter.Description == "" || parameter.DescriptionKind != tfprotov6.StringKindMarkdown || !parameter.AllowUnknownValues || parameter.AllowNullValue {
				t.Errorf("%s: %s is not described, or accepts other values: %+v", name, parameter.Name, parameter)
			}
		}
	}
}

func TestWrongProviderDataIsAnError(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds(t) {
		if !kind.configure(t.Context(), "wrong") {
			t.Errorf("%s accepts it", kind)
		}
		if kind.configure(t.Context(), nil) {
			t.Errorf("%s does not accept none, as in validate", kind)
		}
	}
}

// Kinds that call the service have a timeout, and faults to test them with. Each
// command of the client has a kind that calls it.
func TestKindsThatCall(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	called := map[string]bool{}
	for _, kind := range kinds(t) {
		apis := kind.apis(t)
		if (len(apis) > 0) != (kind.timeout(p) != "") {
			t.Errorf("%s calls %q, its timeout is %q", kind, apis, kind.timeout(p))
		}
		for _, api := range apis {
			called[api] = true
			if !slices.Contains(faults.APIs(), api) {
				t.Errorf("%s calls %s, which has no faults: register them in internal/test/faults/%s.go", kind, api, api)
			}
		}
	}
	for _, command := range timpush.Commands() {
		if !called[command] {
			t.Errorf("no kind calls %s: register one in a family, and the family in internal/provider/provider.go", command)
		}
	}
}

func TestEveryKindHonorsTimeout(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds(t) {
		operation := kind.timeout(newProtocol(t, nil, newEmulator(t)))
		if operation == "" {
			continue
		}
		for timeout, want := range map[string]time.Duration{"": 5 * time.Minute, "7s": 7 * time.Second} {
			synctest.Test(t, func(t *testing.T) {
				service, retries, latest := newEmulator(t), 0, want
				for _, api := range kind.apis(t) {
					effect := emulator.Effect{Delay: time.Hour}
					if completes(api) { // such a request is completed, and the timeout ends its retries
						effect = emulator.Effect{Delay: time.Minute, Code: timpush.CodeTooFrequent}
						retries, latest = 10, want+time.Minute
					}
					// The reads of a plan before a write have a timeout of their own.
					if operation == kit.OperationRead || operation == kit.OperationOpen || kind.writes(api) {
						service.Script(emulator.Fault{Match: emulator.Match{API: api}, Effect: effect})
					}
				}
				p := newConfigured(t, service, values{"request_timeout": "1h", "max_retries": retries})
				arguments := values{}
				if timeout != "" {
					arguments["timeouts"] = map[string]any{operation: timeout}
				}
				started := time.Now()
				text := render(kind.read(p, arguments, false).diagnostics)
				if elapsed := time.Since(started); elapsed < want || elapsed > latest {
					t.Errorf("%s, timeout %q: it ended after %s", kind, timeout, elapsed)
				}
				parts := []string{"timed out after " + kit.FormatDuration(want), "Set timeouts." + operation, " to more than " + kit.FormatDuration(want)}
				if kind.title == "resource" && (operation == kit.OperationRead || operation == kit.OperationDelete) {
					parts = append(parts, "apply once with -refresh=false") // a CLI sends the timeouts in the state only
				}
				for _, part := range parts {
					if !strings.Contains(text, part) {
						t.Errorf("%s, timeout %q: the text does not say %q:\n%s", kind, timeout, part, text)
					}
				}
			})
		}
	}
}

// Unknown values that a kind needs defer it if the CLI allows that, and are an
// error otherwise.
func TestEveryKindWithUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds(t) {
		if kind.needsNothing(t) {
			continue
		}
		service := newEmulator(t)
		p := newConfigured(t, service, values{"sdk_app_id": tftypes.UnknownValue}) // needed by every kind
		if got := kind.read(p, nil, true); kind.defers() && (!got.deferred || len(got.diagnostics) > 0) {
			t.Errorf("%s is not deferred:\n%s", kind, render(got.diagnostics))
		}
		if got := kind.read(p, nil, false); got.deferred || !strings.Contains(render(got.diagnostics), "\n\nKnown only after apply: sdk_app_id\n") {
			t.Errorf("%s is deferred (%t), or the error is another:\n%s", kind, got.deferred, render(got.diagnostics))
		} else if advised := strings.Contains(render(got.diagnostics), "depends_on"); advised != (kind.title == "data source") {
			t.Errorf("%s: depends_on is advised: %t", kind, advised) // it defers the reads of data sources only
		}
		checkNoRequest(t, service)
	}
}

// Missing values are an error in every kind that needs them, and only there.
func TestEveryKindWithoutProviderConfiguration(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds(t) {
		if kind.needsNothing(t) {
			continue
		}
		p := newProtocol(t, nil, newEmulator(t))
		if text := p.configure(nil); text != "" {
			t.Fatalf("the provider needs a configuration: %s", text)
		}
		for _, deferral := range []bool{true, false} {
			got := kind.read(p, nil, deferral)
			text := render(got.diagnostics)
			if got.deferred || !strings.HasPrefix(text, "ERROR Missing SDKAppID\n") || !strings.Contains(text, "TIMPUSH_SECRET_KEY") {
				t.Errorf("%s is deferred (%t), or the error is another:\n%s", kind, got.deferred, text)
			}
		}
	}
}

// A read without accounts needs no provider configuration.
func TestNoAccountsNeedNoConfiguration(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]values{"missing": nil, "unknown": {"secret_key": tftypes.UnknownValue, "region": tftypes.UnknownValue}} {
		for _, kind := range kinds(t) {
			p := newProtocol(t, nil, newEmulator(t))
			if !kind.readsAccounts(p) {
				continue
			}
			if text := p.configure(arguments); text != "" {
				t.Fatal(text)
			}
			for _, deferral := range []bool{true, false} {
				if got := kind.read(p, values{"accounts": []any{}}, deferral); got.deferred || len(got.diagnostics) > 0 {
					t.Errorf("%s, values %s: deferred %t, %s", kind, name, got.deferred, render(got.diagnostics))
				}
			}
		}
	}
}

// signatures records the UserSigs that a service receives.
type signatures struct {
	http.Handler

	mu   sync.Mutex
	seen []string
}

func (s *signatures) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	s.mu.Lock()
	userSig := request.URL.Query().Get("usersig")
	s.seen = append(s.seen, userSig, url.QueryEscape(userSig), userSig[:40], userSig[100:140])
	s.mu.Unlock()
	s.Handler.ServeHTTP(w, request)
}

// count returns how many texts there are to search for.
func (s *signatures) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.seen)
}

// check searches a text for the key and for the UserSigs.
func (s *signatures) check(t *testing.T, text string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range append(s.seen, testKey) {
		if at := strings.Index(text, secret); at >= 0 {
			t.Fatalf("a secret comes after ...%s", text[max(0, at-200):at])
		}
	}
}
