package provider

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// audienceApp is an app for the tests of the push audience.
var audienceApp = emulator.Seed{
	Accounts: map[string]emulator.Account{
		"a": {Attributes: map[string]string{"city": "ShenZhen", "level": "gold"}, Tags: []string{"A", "B"}},
		"b": {Attributes: map[string]string{"city": "BeiJing"}, Tags: []string{"A", "D"}},
		"c": {Attributes: map[string]string{"level": "gold"}, Tags: []string{"C"}},
	},
	AttributeNames: map[string]emulator.AttributeName{
		"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "sex"}, "3": {Name: "model", Type: "registration_id"}, "4": {Name: "channel", Type: "registration_id"},
	},
}

// newApp returns an emulator of an app.
func newApp(t *testing.T, seed emulator.Seed) *emulator.Emulator {
	t.Helper()
	service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// The calls that a service received.
func called(service *emulator.Emulator) (apis []string) {
	for _, entry := range service.Journal() {
		apis = append(apis, entry.API)
	}
	return apis
}

func TestReadPushAudience(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		condition map[string]any
		reached   []any
		missed    map[string]any
		calls     []string
	}{
		"attributes_and": {
			condition: map[string]any{"attributes_and": map[string]any{"city": "ShenZhen", "level": "gold"}},
			reached:   []any{"a"},
			missed:    map[string]any{"b": `city is "BeiJing", not "ShenZhen"; level is not set`, "c": `city is not set`},
			calls:     []string{"get_attr_name", "get_attr"},
		},
		"attributes_or": {
			condition: map[string]any{"attributes_or": map[string]any{"city": "BeiJing", "level": "gold"}},
			reached:   []any{"c", "a", "b"},
			missed:    map[string]any{},
			calls:     []string{"get_attr_name", "get_attr"},
		},
		"tags": {
			condition: map[string]any{"tags_or": []any{"A", "C"}, "tags_not": []any{"D"}},
			reached:   []any{"c", "a"},
			missed:    map[string]any{"b": `has the excluded tag "D"`},
			calls:     []string{"get_tag"},
		},
		"tags_and": {
			condition: map[string]any{"tags_and": []any{"A", "B"}},
			reached:   []any{"a"},
			missed:    map[string]any{"b": `lacks the tag "B"`, "c": `lacks the tags "A", "B"`},
			calls:     []string{"get_tag"},
		},
	} {
		service := newApp(t, audienceApp)
		p := newConfigured(t, service, nil)
		arguments := values{"accounts": []any{"c", "a", "Mary", "b", "a", "c"}, "condition": test.condition, "on_account_error": "ignore"}
		response := p.read(t.Context(), pushAudience, arguments, false)
		if text := render(response.Diagnostics); text != "" {
			t.Errorf("%s: %s", name, text)
		}
		if got := p.stateOf(pushAudience, response, "reached"); !reflect.DeepEqual(got, any(test.reached)) {
			t.Errorf("%s: reached are %v, want %v", name, got, test.reached)
		}
		if got := p.stateOf(pushAudience, response, "missed"); !reflect.DeepEqual(got, any(test.missed)) {
			t.Errorf("%s: missed are %v, want %v", name, got, test.missed)
		}
		if got := p.stateOf(pushAudience, response, "errors"); !reflect.DeepEqual(got, sampleErrors) {
			t.Errorf("%s: errors are %v, want %v", name, got, sampleErrors)
		}
		if got := called(service); !slices.Equal(got, test.calls) {
			t.Errorf("%s: called were %v, want %v", name, got, test.calls)
		}
	}
}

func TestPushAudienceOnAccountError(t *testing.T) {
	t.Parallel()
	conditions := map[string]map[string]any{
		"attributes": {"attributes_and": map[string]any{"city": "ShenZhen"}},
		"tags":       {"tags_or": []any{"GoldMember"}},
	}
	for object, condition := range conditions {
		problem := strings.Replace(maryProblem(adviceWarn), "attributes", object, 1)
		for policy, want := range map[string]string{
			"":       `WARNING [AttributeName("accounts")] ` + problem,
			"warn":   `WARNING [AttributeName("accounts")] ` + problem,
			"error":  `ERROR [AttributeName("accounts")] ` + strings.Replace(problem, adviceWarn, adviceError, 1),
			"ignore": "",
		} {
			arguments := values{"accounts": sampleAccounts, "condition": condition}
			if policy != "" {
				arguments["on_account_error"] = policy
			}
			p := newConfigured(t, newEmulator(t), nil)
			response := p.read(t.Context(), pushAudience, arguments, false)
			if got := render(response.Diagnostics); got != want {
				t.Errorf("on_account_error %q: got:\n%s\nwant:\n%s", policy, got, want)
			}
			if got := p.stateOf(pushAudience, response, "errors"); !reflect.DeepEqual(got, sampleErrors) {
				t.Errorf("on_account_error %q: errors are %v, want %v", policy, got, sampleErrors)
			}
		}
	}
}

// Empty accounts have empty results, without a request.
func TestPushAudienceOfNobody(t *testing.T) {
	t.Parallel()
	for _, condition := range []any{map[string]any{"tags_or": []any{"A"}}, map[string]any{"attributes_or": map[string]any{"citty": "x"}}} {
		service := newEmulator(t)
		p := newConfigured(t, service, nil)
		response := p.read(t.Context(), pushAudience, values{"accounts": []any{}, "condition": condition}, true)
		if text := render(response.Diagnostics); text != "" || response.Deferred != nil {
			t.Errorf("deferred %v, diagnostics: %s", response.Deferred, text)
		}
		if got := p.stateOf(pushAudience, response, "reached"); !reflect.DeepEqual(got, any([]any{})) {
			t.Errorf("reached are %v", got)
		}
		for _, attribute := range []string{"missed", "errors"} {
			if got := p.stateOf(pushAudience, response, attribute); !reflect.DeepEqual(got, any(map[string]any{})) {
				t.Errorf("%s are %v", attribute, got)
			}
		}
		checkNoRequest(t, service)
	}
}

// Warnings about names say which name, why, and what to do.
func TestPushAudienceWarnsOfNames(t *testing.T) {
	t.Parallel()
	noNames := emulator.Seed{Accounts: map[string]emulator.Account{"a": {}, "b": {}}}
	type attributes = map[string]any
	for name, test := range map[string]struct {
		app       emulator.Seed
		condition map[string]any
		want      string
	}{
		"all names are known and used": {audienceApp, map[string]any{"attributes_and": attributes{"city": "nowhere", "level": "x"}}, ""},
		"near miss": {
			audienceApp,
			map[string]any{"attributes_and": attributes{"citty": "x", "level": "x"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_and").ElementKeyString("citty")] Unknown Attribute Name
The app has no attribute "citty"; did you mean "city"? Correct the name, or add the attribute to the app.
`,
		},
		"other case": {
			audienceApp,
			map[string]any{"attributes_or": attributes{"City": "x"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_or").ElementKeyString("City")] Unknown Attribute Name
The app has no attribute "City"; did you mean "city"? Correct the name, or add the attribute to the app.
`,
		},
		"none is near": {
			audienceApp,
			map[string]any{"attributes_or": attributes{"color": "x", "city": "y"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_or").ElementKeyString("color")] Unknown Attribute Name
The app has no attribute "color". Correct the name, or add the attribute to the app.

Attribute names of the app: "channel", "city", "level", "model", "sex"
`,
		},
		"in both parts": {
			audienceApp,
			map[string]any{"attributes_or": attributes{"color": "x"}, "attributes_and": attributes{"color": "y"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_and").ElementKeyString("color")] Unknown Attribute Name
The app has no attribute "color". Correct the name, or add the attribute to the app.

Attribute names of the app: "channel", "city", "level", "model", "sex"
`,
		},
		"several": {
			audienceApp,
			map[string]any{"attributes_or": attributes{"color": "x", "lvel": "x"}, "attributes_and": attributes{"citty": "x", "city": "x"}},
			`WARNING [AttributeName("condition")] Unknown Attribute Name
The app has no attributes "citty", "color", "lvel". Correct the names, or add the attributes to the app.

"citty": did you mean "city"?
"lvel": did you mean "level"?
Attribute names of the app: "channel", "city", "level", "model", "sex"
`,
		},
		"several, all near": {
			audienceApp,
			map[string]any{"attributes_or": attributes{"lvel": "x", "citty": "x"}},
			`WARNING [AttributeName("condition")] Unknown Attribute Name
The app has no attributes "citty", "lvel". Correct the names, or add the attributes to the app.

"citty": did you mean "city"?
"lvel": did you mean "level"?
`,
		},
		"the app has no names": {
			noNames,
			map[string]any{"attributes_or": attributes{"city": "x"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_or").ElementKeyString("city")] Unknown Attribute Name
The app has no attribute "city". Correct the name, or add the attribute to the app.

Attribute names of the app: none
`,
		},
		"for RegistrationIDs": {
			audienceApp,
			map[string]any{"attributes_and": attributes{"city": "x", "model": "x"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_and").ElementKeyString("model")] Unused Attribute Name
None of the accounts that were read has the attribute "model", which is for RegistrationIDs. Check that accounts lists RegistrationIDs, and that the app sets the attribute.
`,
		},
		"of every cause": {
			audienceApp,
			map[string]any{"attributes_and": attributes{"sex": "x", "model": "x", "channel": "x", "citty": "x"}},
			`WARNING [AttributeName("condition").AttributeName("attributes_and").ElementKeyString("citty")] Unknown Attribute Name
The app has no attribute "citty"; did you mean "city"? Correct the name, or add the attribute to the app.
WARNING [AttributeName("condition")] Unused Attribute Name
None of the accounts that were read has the attributes "channel", "model", which are for RegistrationIDs. Check that accounts lists RegistrationIDs, and that the app sets the attributes.
`,
		},
	} {
		p := newConfigured(t, newApp(t, test.app), nil)
		response := p.read(t.Context(), pushAudience, values{"accounts": []any{"a", "b"}, "condition": test.condition}, false)
		if got := render(response.Diagnostics); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

// A push with a name that the app does not have reaches nobody, also by other parts
// of the condition: the service may reject it. Errors do not hide the warning.
func TestPushAudienceOfUnknownNames(t *testing.T) {
	t.Parallel()
	p := newConfigured(t, newApp(t, audienceApp), nil)
	arguments := values{
		"accounts":  []any{"a", "c"},
		"condition": map[string]any{"attributes_or": map[string]any{"city": "ShenZhen", "citty": "x"}},
	}
	response := p.read(t.Context(), pushAudience, arguments, false)
	missed := map[string]any{
		"a": `the app has no attribute "citty", so the service may reject the push (error code 90033)`,
		"c": `none of these matches: citty is not set; city is not set`,
	}
	if got := p.stateOf(pushAudience, response, "missed"); !reflect.DeepEqual(got, any(missed)) {
		t.Errorf("missed are %v", got)
	}

	arguments["accounts"], arguments["on_account_error"] = []any{"a", "Mary"}, "error"
	response = p.read(t.Context(), pushAudience, arguments, false)
	if got := render(response.Diagnostics); !strings.Contains(got, "ERROR") || !strings.Contains(got, "Unknown Attribute Name") {
		t.Errorf("got:\n%s", got)
	}
}

// If no account could be read, it is not known which attributes accounts have.
func TestPushAudienceWithoutReadAccounts(t *testing.T) {
	t.Parallel()
	p := newConfigured(t, newEmulator(t), nil)
	arguments := values{"accounts": []any{"Mary"}, "condition": map[string]any{"attributes_or": map[string]any{"country": "x"}}, "on_account_error": "ignore"}
	if got := render(p.read(t.Context(), pushAudience, arguments, false).Diagnostics); got != "" {
		t.Errorf("got:\n%s", got)
	}
}

// If the names cannot be read, the read fails, and no account is read.
func TestPushAudienceWithoutNames(t *testing.T) {
	t.Parallel()
	const want = `ERROR Unable to Read Push Audience
The service rejected the request: the call requires an app administrator. Set identifier (TIMPUSH_IDENTIFIER) to one of the app's administrators, which the console lists.

API: get_attr_name
Host: adminapisgp.im.qcloud.com
Error code: 90009
Attempts: 1 in 0s
`
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t)
		service.Script(emulator.Fault{Match: emulator.Match{API: "get_attr_name"}, Effect: emulator.Effect{Code: 90009}})
		p := newConfigured(t, service, nil)
		arguments := values{"accounts": sampleAccounts, "condition": map[string]any{"attributes_or": map[string]any{"city": "x"}}}
		response := p.read(t.Context(), pushAudience, arguments, false)
		if got := render(response.Diagnostics); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
		if got := called(service); !slices.Equal(got, []string{"get_attr_name"}) {
			t.Errorf("called were %v", got)
		}
		for _, attribute := range []string{"reached", "missed", "errors"} {
			if got := p.stateOf(pushAudience, response, attribute); got != nil {
				t.Errorf("%s are %v", attribute, got)
			}
		}
	})
}

// The timeout is for both requests together.
func TestPushAudienceTimeout(t *testing.T) {
	t.Parallel()
	const want = `ERROR [AttributeName("timeouts")] Unable to Read Push Audience
The read timed out after 7s with 0 of 3 accounts done. Set timeouts.read to more than 7s, or read fewer accounts.
`
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: 5 * time.Second}})
		p := newConfigured(t, service, nil)
		started := time.Now()
		arguments := values{"accounts": sampleAccounts, "condition": map[string]any{"attributes_or": map[string]any{"city": "x"}}, "timeouts": map[string]any{"read": "7s"}}
		if got := render(p.read(t.Context(), pushAudience, arguments, false).Diagnostics); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
		if waited := time.Since(started); waited != 7*time.Second {
			t.Errorf("the read ended after %s", waited)
		}
	})
}

// Every account ends up in exactly one of the results, whatever the app, the order
// and the number of accounts, and with as few requests as possible.
func TestPushAudiencePartitions(t *testing.T) {
	t.Parallel()
	for _, count := range []int{0, 1, 2, 3, 5, 8, 13, 99, 100, 101, 250} {
		for round := range 4 {
			t.Run(fmt.Sprintf("%d accounts, round %d", count, round), func(t *testing.T) {
				t.Parallel()
				checkPartition(t, count, rand.New(rand.NewPCG(uint64(count), uint64(round))))
			})
		}
	}
}

func checkPartition(t *testing.T, count int, random *rand.Rand) {
	t.Helper()
	pick := func(texts ...string) string { return texts[random.IntN(len(texts))] }
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}, AttributeNames: audienceApp.AttributeNames}
	var accounts []any
	for i := range count {
		name := fmt.Sprintf("user%d", i)
		accounts = append(accounts, name)
		if random.IntN(5) == 0 {
			continue // does not exist
		}
		account := emulator.Account{Attributes: map[string]string{}}
		for _, attribute := range []string{"city", "level"} {
			if value := pick("", "ShenZhen", "gold"); value != "" {
				account.Attributes[attribute] = value
			}
		}
		for _, tag := range []string{"A", "B", "C"} {
			if random.IntN(2) == 0 {
				account.Tags = append(account.Tags, tag)
			}
		}
		seed.Accounts[name] = account
	}
	random.Shuffle(len(accounts), func(i, j int) { accounts[i], accounts[j] = accounts[j], accounts[i] })
	asked := slices.Clone(accounts)
	for range count / 3 {
		asked = append(asked, accounts[random.IntN(count)]) // again
	}
	byTags := random.IntN(2) == 0
	condition := map[string]any{"attributes_or": map[string]any{"city": "ShenZhen", "level": "gold"}, "attributes_and": map[string]any{"city": pick("ShenZhen", "gold")}}
	if byTags {
		condition = map[string]any{"tags_or": []any{"A", "B"}, "tags_not": []any{pick("A", "B", "C")}}
	}
	service := newApp(t, seed)
	p := newConfigured(t, service, nil)
	response := p.read(t.Context(), pushAudience, values{"accounts": asked, "condition": condition, "on_account_error": "ignore"}, false)
	if len(response.Diagnostics) > 0 && response.Diagnostics[0].Severity == tfprotov6.DiagnosticSeverityError {
		t.Fatal(render(response.Diagnostics))
	}
	reached, _ := p.stateOf(pushAudience, response, "reached").([]any)
	missed, _ := p.stateOf(pushAudience, response, "missed").(map[string]any)
	failed, _ := p.stateOf(pushAudience, response, "errors").(map[string]any)
	var inOrder []any
	for _, account := range accounts {
		name, _ := account.(string)
		reason, isMissed := missed[name]
		_, isFailed := failed[name]
		_, exists := seed.Accounts[name]
		isReached := slices.Contains(reached, account)
		if isReached {
			inOrder = append(inOrder, account)
		}
		if isFailed == exists || isReached == isMissed == exists || isMissed && reason == "" {
			t.Errorf("%s is reached: %t, missed: %t because %q, failed: %t, exists: %t", name, isReached, isMissed, reason, isFailed, exists)
		}
	}
	if len(reached)+len(missed)+len(failed) != count || !slices.Equal(reached, inOrder) {
		t.Errorf("of %d accounts, %d are reached, %d missed, and %d failed; or the order is wrong: %v, asked were %v", count, len(reached), len(missed), len(failed), reached, asked)
	}
	requests := (count + 99) / 100
	if !byTags && count > 0 {
		requests++ // for the names
	}
	if got := called(service); len(got) != requests {
		t.Errorf("called were %v, want %d requests", got, requests)
	}
}
