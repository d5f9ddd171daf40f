package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// anotherApp is what operations report that would touch another app.
const anotherApp = "ERROR Another App\nThis resource manages the test accounts of SDKAppID 1400000000, but the provider is configured for SDKAppID 1400000001."

// switchApp points the provider at another app, which it returns.
func (o *owner) switchApp(t *testing.T, seed emulator.Seed) *emulator.Emulator {
	t.Helper()
	app, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID + 1, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	o.p = newConfigured(t, app, values{"sdk_app_id": testSDKAppID + 1})
	return app
}

// planNow plans without a refresh.
func (o *owner) planNow(owned map[string]any) (*change, string) {
	o.p.tb.Helper()
	config := tftypes.NewValue(o.objectType(), nil)
	if owned != nil {
		config = o.decode(o.p.block(o.schema(), o.of(owned)))
	}
	c, response := o.planFrom(config, false)
	return c, render(response.Diagnostics)
}

// A resource does not touch another app: there, the same accounts belong to others.
// It belongs to an app as soon as it was created or imported.
func TestOwnedAnotherApp(t *testing.T) {
	t.Parallel()
	seed := crew()
	seed.Accounts["alice"] = emulator.Account{Tags: []string{"a"}}
	for name, make := range map[string]func(*owner) string{
		"created":  func(o *owner) string { return o.run(o.of(map[string]any{"alice": []any{"a"}})) },
		"imported": func(o *owner) string { return "create\n" + o.importState(`{"accounts":["alice"],"tags":["a"]}`) },
		"updated": func(o *owner) string { // the create made no request
			configured := o.p
			env := testEnvironment()
			maps.DeleteFunc(env, func(name, _ string) bool { return strings.HasPrefix(name, "TIMPUSH_") })
			o.p = newConfiguredIn(t, env, o.wire, nil)
			text := o.run(o.of(map[string]any{}))
			o.p = configured
			c, problem := o.planNow(map[string]any{"alice": []any{"a"}})
			if c == nil {
				return problem
			}
			return text + o.apply(c)
		},
	} {
		o := newOwner(t, ownedTags, seed, nil)
		checkText(t, name, make(o), "create\n")
		update, _ := o.planNow(map[string]any{"alice": []any{"b"}})
		destroy, _ := o.planNow(nil)
		app := o.switchApp(t, seed)
		checkParts(t, name+", refresh", o.refresh(), anotherApp)
		checkParts(t, name+", plan", second(o.planNow(map[string]any{"carol": []any{"b"}})), anotherApp)
		checkParts(t, name+", update", o.apply(update), anotherApp)
		checkParts(t, name+", refresh after the update", o.refresh(), anotherApp)
		checkParts(t, name+", destroy", o.apply(destroy), anotherApp)
		checkNoRequest(t, app)
	}
}

func second[First, Second any](_ First, s Second) Second { return s }
