package provider

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// namesApp is an app whose names tests manage. It records requests.
type namesApp struct {
	*emulator.Emulator

	mu       sync.Mutex
	requests []string // command and body
}

// nameAt is an attribute name in a test.
type nameAt struct {
	name        string
	index       int
	accountType string // "" if the configuration does not set it, or for UserIDs
}

func newNamesApp(t *testing.T, names ...nameAt) *namesApp {
	t.Helper()
	app := &namesApp{}
	app.become(t, names...)
	return app
}

// become changes the app's names, as somebody else does.
func (a *namesApp) become(t *testing.T, names ...nameAt) {
	t.Helper()
	seed := emulator.Seed{AttributeNames: map[string]emulator.AttributeName{}}
	for _, at := range names {
		seed.AttributeNames[strconv.Itoa(at.index)] = emulator.AttributeName{Name: at.name, Type: at.accountType}
	}
	a.Emulator = seededEmulator(t, seed)
}

func (a *namesApp) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	a.mu.Lock()
	a.requests = append(a.requests, request.URL.Path[len("/v4/timpush/"):]+" "+string(body))
	a.mu.Unlock()
	a.Emulator.ServeHTTP(w, request)
}

// check checks the requests since the last check.
func (a *namesApp) check(t *testing.T, want ...string) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if !slices.Equal(a.requests, want) {
		t.Errorf("got the requests %q, want %q", a.requests, want)
	}
	a.requests = nil
}

// getNames is the request that reads an app's names.
const getNames = "get_attr_name {}"

// named returns the arguments of the resource.
func named(names ...nameAt) values {
	all := map[string]any{}
	for _, at := range names {
		object := map[string]any{"index": at.index}
		if at.accountType != "" {
			object["account_type"] = at.accountType
		}
		all[at.name] = object
	}
	return values{"attribute_names": all}
}

// manage returns an instance of the resource in an app, after a create with names,
// if there are any.
func manage(t *testing.T, app *namesApp, names ...nameAt) *instance {
	t.Helper()
	i := newConfigured(t, app, nil).newInstance(attributeNames)
	if len(names) > 0 {
		if text := i.run(named(names...)); text != "create\n" {
			t.Fatal(text)
		}
		app.requests = nil
	}
	return i
}

// checkNames checks the names in the state.
func (i *instance) checkNames(t *testing.T, want ...nameAt) {
	t.Helper()
	all := map[string]any{}
	for _, at := range want {
		all[at.name] = map[string]any{"index": strconv.Itoa(at.index), "account_type": at.accountType}
	}
	if got := i.attribute("attribute_names"); !reflect.DeepEqual(got, any(all)) {
		t.Errorf("the state has %v, want %v", got, all)
	}
}

// checkRun plans and applies, and checks the action and the diagnostics.
func (i *instance) checkRun(t *testing.T, arguments values, want string) {
	t.Helper()
	if got := i.run(arguments); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Names that the app has are adopted, and the others are set in one request. The
// next plan is empty.
func TestAttributeNamesCreate(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t, nameAt{"sex", 0, ""}, nameAt{"country", 2, "registration_id"})
	i := manage(t, app)
	names := named(nameAt{"sex", 0, ""}, nameAt{"phone", 5, "registration_id"}, nameAt{"level", 9, "user_id"})
	i.checkRun(t, names, "create\n")
	app.check(t, getNames, getNames, `set_attr_name {"AttrNames":{"5":"phone","9":"level"},"AttrTypes":{"5":1,"9":0}}`)
	owned := []nameAt{{"sex", 0, "user_id"}, {"phone", 5, "registration_id"}, {"level", 9, "user_id"}}
	i.checkNames(t, owned...)
	i.checkRun(t, names, "none\n")
	app.check(t, getNames)
	i.checkNames(t, owned...)

	// Another instance adopts everything without a write.
	other := manage(t, app)
	other.checkRun(t, names, "create\n")
	app.check(t, getNames, getNames)
	other.checkNames(t, owned...)
}

// The identity is the SDKAppID after create, read, and update.
func TestAttributeNamesIdentity(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	i := manage(t, app)
	check := func(after string) {
		kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"sdk_app_id": tftypes.Number}}
		value, err := i.identity.IdentityData.Unmarshal(kind)
		if err != nil {
			t.Fatal(err)
		}
		if want := tfValue(kind, map[string]any{"sdk_app_id": testSDKAppID}); !value.Equal(want) {
			t.Errorf("after %s, the identity is %s", after, value)
		}
	}
	i.checkRun(t, named(nameAt{"level", 5, ""}), "create\n")
	check("create")
	i.identity = nil // as with an older CLI
	i.refresh()
	check("read")
	i.identity = nil
	c, _ := i.planFrom(i.decode(i.p.block(i.schema(), named(nameAt{"rank", 5, ""}))), false)
	if text := i.apply(c); text != "" {
		t.Fatal(text)
	}
	check("update")
}

// A rename is an update in place. One request has all changes, and only what differs.
func TestAttributeNamesUpdate(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t, nameAt{"city", 1, ""})
	i := manage(t, app, nameAt{"level", 5, ""}, nameAt{"rank", 6, ""}, nameAt{"phone", 7, "registration_id"})
	for _, step := range []struct {
		names []nameAt
		write string
	}{
		{[]nameAt{{"grade", 5, "user_id"}, {"rank", 6, "user_id"}, {"phone", 7, "registration_id"}}, `{"AttrNames":{"5":"grade"},"AttrTypes":{"5":0}}`},
		{[]nameAt{{"level", 5, "user_id"}, {"rank", 6, "user_id"}, {"tablet", 7, "registration_id"}, {"mood", 8, "user_id"}}, `{"AttrNames":{"5":"level","7":"tablet","8":"mood"},"AttrTypes":{"5":0,"7":1,"8":0}}`},
		{[]nameAt{{"level", 5, "user_id"}, {"rank", 6, "user_id"}, {"tablet", 7, "registration_id"}, {"mood", 8, "user_id"}, {"city", 1, "user_id"}}, ""},
	} {
		i.checkRun(t, named(step.names...), "update\n")
		want := []string{getNames, getNames, getNames} // refresh, plan, apply
		if step.write != "" {
			want = append(want, "set_attr_name "+step.write)
		}
		app.check(t, want...)
		i.checkNames(t, step.names...)
		i.checkRun(t, named(step.names...), "none\n")
		app.check(t, getNames)
	}
}

// Another name at an owned index, and an index without a name, are drift that an
// apply repairs. Other indexes are not drift.
func TestAttributeNamesDrift(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	names := []nameAt{{"level", 5, "user_id"}, {"rank", 6, "user_id"}}
	i := manage(t, app, names...)
	app.become(t, nameAt{"other", 5, ""}, nameAt{"city", 1, ""})
	if text := i.refresh(); text != "" {
		t.Error(text)
	}
	i.checkNames(t, nameAt{"other", 5, "user_id"})
	app.check(t, getNames)
	i.checkRun(t, named(names...), "update\n")
	app.check(t, getNames, getNames, getNames, `set_attr_name {"AttrNames":{"5":"level","6":"rank"},"AttrTypes":{"5":0,"6":0}}`)
	i.checkNames(t, names...)

	app.become(t)
	if text := i.refresh(); text != "" {
		t.Error(text)
	}
	i.checkNames(t)
	i.checkRun(t, named(names...), "update\n")
	i.checkNames(t, names...)
}

// Names that leave the configuration remain in the app: plan and apply warn, and
// make no request for them. Of a destroy, only the plan warns.
func TestAttributeNamesRemain(t *testing.T) {
	t.Parallel()
	const warning = `WARNING Attribute Names Remain in the App
The service cannot delete attribute names, so these remain in the app, and this resource no longer manages them: %s. To manage them again, list them with the same indexes and account types.
`
	app := newNamesApp(t)
	i := manage(t, app, nameAt{"level", 5, ""}, nameAt{"rank", 6, ""}, nameAt{"mood", 7, ""})
	removed := fmt.Sprintf(warning, `"rank" (index 6)`)
	i.checkRun(t, named(nameAt{"level", 5, ""}, nameAt{"mood", 7, ""}), "update\n"+removed+removed)
	app.check(t, getNames, getNames, getNames)
	i.checkNames(t, nameAt{"level", 5, "user_id"}, nameAt{"mood", 7, "user_id"})

	destroyed := fmt.Sprintf(warning, `"level" (index 5), "mood" (index 7)`)
	i.checkRun(t, nil, "delete\n"+destroyed)
	app.check(t, getNames)
	if !i.state.IsNull() {
		t.Errorf("the state is %s", i.state)
	}
	i.checkRun(t, named(nameAt{"rank", 6, ""}), "create\n")
	app.check(t, getNames, getNames)
}

// The state of one app is never applied to another.
func TestAttributeNamesOfAnotherApp(t *testing.T) {
	t.Parallel()
	const want = `ERROR Another App
This resource manages the attribute names of SDKAppID 1400000000, but the provider is configured for SDKAppID 1400000001. Use the provider configuration of that app, or remove the resource from the state and create or import it for the new app.

Set by: sdk_app_id (TIMPUSH_SDK_APP_ID)
`
	app := newNamesApp(t)
	i := manage(t, app, nameAt{"level", 5, ""})
	config := i.decode(i.p.block(i.schema(), named(nameAt{"rank", 5, ""})))
	c, _ := i.planFrom(config, false)
	app.requests = nil
	i.p = newConfigured(t, app, values{"sdk_app_id": testSDKAppID + 1})
	i.identity = nil // as with an older CLI
	if text := i.refresh(); text != want {
		t.Errorf("refresh: %s", text)
	}
	if _, response := i.planFrom(config, false); render(response.Diagnostics) != want {
		t.Errorf("plan: %s", render(response.Diagnostics))
	}
	if text := i.apply(c); text != want {
		t.Errorf("apply: %s", text)
	}
	app.check(t)
	i.checkNames(t, nameAt{"level", 5, "user_id"})
}

// importNames imports by ID, or by identity if there is no ID.
func (i *instance) importNames(t *testing.T, id string, sdkAppID int64) string {
	t.Helper()
	request := &tfprotov6.ImportResourceStateRequest{TypeName: i.kind, ID: id}
	if id == "" {
		kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"sdk_app_id": tftypes.Number}}
		data, err := tfprotov6.NewDynamicValue(kind, tfValue(kind, map[string]any{"sdk_app_id": sdkAppID}))
		if err != nil {
			t.Fatal(err)
		}
		request.Identity = &tfprotov6.ResourceIdentityData{IdentityData: &data}
	}
	return i.importBy(request)
}

// An import owns all names of the app.
func TestAttributeNamesImport(t *testing.T) {
	t.Parallel()
	names := []nameAt{{"sex", 0, "user_id"}, {"country", 2, "registration_id"}}
	for id, identity := range map[string]int64{"1400000000": 0, "": testSDKAppID} {
		app := newNamesApp(t, names...)
		i := manage(t, app)
		if text := i.importNames(t, id, identity); text != "" {
			t.Fatalf("%q: %s", id, text)
		}
		app.check(t, getNames, getNames)
		i.checkNames(t, names...)
		i.checkRun(t, named(names...), "none\n")
		i.checkRun(t, named(nameAt{"gender", 0, ""}, names[1]), "update\n")
		i.checkNames(t, nameAt{"gender", 0, "user_id"}, names[1])
	}
}

func TestAttributeNamesImportFails(t *testing.T) {
	t.Parallel()
	const other = "ERROR Invalid Import ID\nThe provider is configured for SDKAppID 1400000000, not 1400000001. Import by SDKAppID 1400000000, or use a provider configuration of the other app.\n"
	const invalid = "ERROR Invalid Import ID\n%q is not an SDKAppID. Import by the SDKAppID of the provider configuration: 1400000000.\n"
	for _, test := range []struct {
		id       string
		identity int64
		want     string
	}{
		{"1400000001", 0, other},
		{"", 1400000001, other},
		{"", -1, fmt.Sprintf(invalid, "-1")},
		{"level", 0, fmt.Sprintf(invalid, "level")},
		{" 1400000000", 0, fmt.Sprintf(invalid, " 1400000000")},
	} {
		app := newNamesApp(t, nameAt{"sex", 0, ""})
		i := manage(t, app)
		if text := i.importNames(t, test.id, test.identity); text != test.want || !i.state.IsNull() {
			t.Errorf("%q, %d: got:\n%s\nwant:\n%s", test.id, test.identity, text, test.want)
		}
		app.check(t)
	}
	i := manage(t, newNamesApp(t))
	if text := i.importState("1400000000"); text != "ERROR Unable to Import Attribute Names\nThe app has no attribute names. Remove the import; apply sets the names.\n" {
		t.Error(text)
	}
}
