package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const (
	ownedAttributes = "timpush_user_attributes"
	ownedTags       = "timpush_user_tags"
)

// owner is an app with test accounts, and a resource that owns some of what they
// have.
type owner struct {
	*instance

	app  *emulator.Emulator
	wire *requestLog
}

// crew is an app with three users and an installation. bob has an attribute and a
// tag of the app's own.
func crew() emulator.Seed {
	return emulator.Seed{
		Accounts: map[string]emulator.Account{
			"alice": {}, "carol": {},
			"bob":     {Attributes: map[string]string{"city": "Rome"}, Tags: []string{"staff"}},
			"install": {Type: "registration_id"},
		},
		AttributeNames: map[string]emulator.AttributeName{
			"0": {Name: "level"}, "1": {Name: "city"}, "2": {Name: "model", Type: "registration_id"},
		},
	}
}

func newOwner(t *testing.T, kind string, seed emulator.Seed, provider values) *owner {
	t.Helper()
	app := newApp(t, seed)
	recorded := &requestLog{Handler: app}
	if provider == nil {
		provider = values{"max_retries": 0}
	}
	return &owner{newConfigured(t, recorded, provider).newInstance(kind), app, recorded}
}

// become replaces the app by another one, as if others had changed it.
func (o *owner) become(t *testing.T, accounts map[string]emulator.Account) {
	t.Helper()
	seed := crew()
	seed.Accounts = accounts
	o.app = newApp(t, seed)
	o.wire.Handler = o.app
}

// other returns another resource of the same app.
func (o *owner) other(kind string) *owner {
	return &owner{o.p.newInstance(kind), o.app, o.wire}
}

// has returns what accounts have at the service, sorted.
func (o *owner) has(accounts ...string) string {
	o.p.tb.Helper()
	list := make([]any, len(accounts))
	for i, account := range accounts {
		list[i] = account
	}
	argument := o.argument()
	response := o.p.read(o.p.tb.Context(), o.kind, values{"accounts": list}, false)
	if text := render(response.Diagnostics); failed(response.Diagnostics) {
		o.p.tb.Fatal(text)
	}
	o.wire.taken()
	return show(o.p.stateOf(o.kind, response, argument))
}

func (o *owner) argument() string {
	return strings.TrimPrefix(o.kind, "timpush_user_")
}

// owns returns what the state has.
func (o *owner) owns() string {
	o.p.tb.Helper()
	return show(o.attribute(o.argument()))
}

// show returns Go values as text, in a fixed order.
func show(value any) string {
	return strings.ReplaceAll(fmt.Sprint(value), "map[", "{")
}

// of returns the arguments of a resource.
func (o *owner) of(owned map[string]any, more ...values) values {
	arguments := values{o.argument(): owned}
	for _, m := range more {
		for name, value := range m {
			arguments[name] = value
		}
	}
	return arguments
}

// listing is a response with an account in ErrorList, and more fields.
func listing(account, failure string, more ...string) string {
	fields := append(more, `"ErrorList":[{"To_Account":"`+account+`",`+failure+`}]`)
	return `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,` + strings.Join(fields, ",") + `}`
}

func one(name, value string) map[string]any { return map[string]any{name: value} }

// checkText checks a text, such as diagnostics.
func checkText(t *testing.T, when, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", when, got, want)
	}
}

// checkParts checks that a text contains parts, in this order.
func checkParts(t *testing.T, when, got string, parts ...string) {
	t.Helper()
	rest := got
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("%s: there is no %q in\n%s", when, part, got)
			return
		}
		rest = after
	}
}
