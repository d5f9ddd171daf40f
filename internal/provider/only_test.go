package provider

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// readBoth reads a data source and the ephemeral resource of the same name, and
// returns the value of attributes, which must be the same. Neither may have a
// diagnostic.
func (p *protocol) readBoth(name string, arguments values, attributes ...string) (results []any) {
	p.tb.Helper()
	read := p.read(p.tb.Context(), name, arguments, false)
	opened, text := p.open(name, arguments, false)
	if text += render(read.Diagnostics); text != "" {
		p.tb.Fatal(text)
	}
	for _, attribute := range attributes {
		result := p.stateOf(name, read, attribute)
		if other := p.opened(name, opened, attribute); !reflect.DeepEqual(result, other) {
			p.tb.Errorf("%s: the data source returns %v, the ephemeral resource %v", attribute, result, other)
		}
		results = append(results, result)
	}
	return results
}

// Required attributes are checked before only drops attributes. Names are compared
// in NFC.
func TestOnlyAndRequiredAttributes(t *testing.T) {
	t.Parallel()
	type (
		list    = []any
		results = map[string]any
	)
	all := results{"a": results{"city": "Tokyo", "sex": ""}, "b": results{"caf\u00e9": "yes"}, "c": results{}}
	for name, test := range map[string]struct {
		arguments           values
		attributes, missing results
	}{
		"neither":        {values{}, all, results{}},
		"nothing":        {values{"only": list{}, "required_attributes": list{}}, results{"a": results{}, "b": results{}, "c": results{}}, results{}},
		"one name":       {values{"only": list{"city", "lost"}}, results{"a": results{"city": "Tokyo"}, "b": results{}, "c": results{}}, results{}},
		"NFD":            {values{"only": list{"cafe\u0301"}, "required_attributes": list{"cafe\u0301"}}, results{"a": results{}, "b": results{"caf\u00e9": "yes"}, "c": results{}}, results{"a": list{"caf\u00e9"}, "c": list{"caf\u00e9"}}},
		"required":       {values{"required_attributes": list{"city"}}, all, results{"b": list{"city"}, "c": list{"city"}}},
		"in their order": {values{"required_attributes": list{"sex", "city", "sex", "caf\u00e9", "city", "cafe\u0301"}}, all, results{"a": list{"sex", "caf\u00e9"}, "b": list{"sex", "city"}, "c": list{"sex", "city", "caf\u00e9"}}},
		"required only":  {values{"only": list{}, "required_attributes": list{"city"}}, results{"a": results{}, "b": results{}, "c": results{}}, results{"b": list{"city"}, "c": list{"city"}}},
		"others":         {values{"only": list{"sex"}, "required_attributes": list{"city"}}, results{"a": results{"sex": ""}, "b": results{}, "c": results{}}, results{"b": list{"city"}, "c": list{"city"}}},
		"both":           {values{"only": list{"city", "sex"}, "required_attributes": list{"city"}}, results{"a": results{"city": "Tokyo", "sex": ""}, "b": results{}, "c": results{}}, results{"b": list{"city"}, "c": list{"city"}}},
		"no accounts":    {values{"accounts": list{}, "only": list{"city"}, "required_attributes": list{"city"}}, results{}, results{}},
	} {
		service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey})
		if err != nil {
			t.Fatal(err)
		}
		service.Script(emulator.Fault{Match: emulator.Match{API: "get_attr"}, Effect: emulator.Effect{
			Body: `{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":{"city":"Tokyo","sex":null}},{"To_Account":"b","Attrs":{"cafe\u0301":"yes"}},{"To_Account":"c"}],"ErrorList":[{"To_Account":"d","ErrorCode":70107}]}`,
		}})
		if test.arguments["accounts"] == nil {
			test.arguments["accounts"] = list{"a", "b", "c", "d"}
		}
		test.arguments["on_account_error"] = "ignore" // d is in neither result
		got := newConfigured(t, service, nil).readBoth(userAttributes, test.arguments, "attributes", "missing_attributes")
		if !reflect.DeepEqual(got, []any{test.attributes, test.missing}) {
			t.Errorf("%s: got %v, want %v, %v", name, got, test.attributes, test.missing)
		}
	}
}

func TestOnlyTags(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		only any
		want []any // of xiaoming
	}{
		"no only": {nil, []any{"GoldMember", "WeekPassUser"}},
		"nothing": {[]any{}, []any{}},
		"one tag": {[]any{"WeekPassUser", "goldmember", "WeekPassUser"}, []any{"WeekPassUser"}},
	} {
		p := newConfigured(t, newEmulator(t), nil)
		got := p.readBoth(userTags, values{"accounts": []any{"xiaoming"}, "only": test.only}, "tags")
		if want := []any{map[string]any{"xiaoming": test.want}}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// Errors about elements of a response do not show what only drops, or keeps.
func TestOnlyInvalidRow(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"xiaoming","Attrs":["canary"]}]}`}})
	response := newConfigured(t, service, nil).read(t.Context(), userAttributes, values{"accounts": []any{"xiaoming"}, "only": []any{}, "required_attributes": []any{"city"}}, false)
	const want = `WARNING [AttributeName("accounts")] Some Accounts Could Not Be Read
The attributes of 1 of 1 accounts could not be read. The accounts are listed in ` + "`errors`" + `.

No error code (the response for this account contains a field Attrs of the wrong JSON type, array): "xiaoming"
Fix: Try again; if the problem persists, contact Tencent Cloud support.
`
	if got := render(response.Diagnostics); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Names are validated before any request.
func TestInvalidNames(t *testing.T) {
	t.Parallel()
	for _, argument := range []struct{ kind, name, title string }{
		{userAttributes, "only", "Attribute Names"}, {userAttributes, "required_attributes", "Attribute Names"}, {userTags, "only", "Tags"},
	} {
		for name, test := range map[string]struct {
			names any
			want  string // with % for the name of the argument, and # for the title
		}{
			"null":      {nil, ""},
			"empty":     {[]any{}, ""},
			"unknown":   {tftypes.UnknownValue, ""},
			"valid":     {[]any{"city", "a b", "城市", "\u200b", "city", tftypes.UnknownValue}, ""},
			"null name": {[]any{"city", nil}, "ERROR [AttributeName(\"%\")] Invalid #\n%[1] is null. Remove null elements, for example with compact().\n"},
			"no name":   {[]any{"", "city"}, "ERROR [AttributeName(\"%\")] Invalid #\n%[0] is empty. Remove empty elements, for example with compact().\n"},
			"many": {
				[]any{"", nil, "", nil, "", "\n"},
				"ERROR [AttributeName(\"%\")] Invalid #\n2 elements are null: %[1], %[3]. Remove null elements, for example with compact().\n" +
					"ERROR [AttributeName(\"%\")] Invalid #\n3 elements are empty: %[0], %[2], %[4]. Remove empty elements, for example with compact().\n" +
					"WARNING [AttributeName(\"%\")] Whitespace Around #\n%[5] (\"\\n\") begins or ends with whitespace. Remove the whitespace, for example with trimspace(), unless it is intended.\n",
			},
			"whitespace": {
				[]any{"city ", " city", "city\r", "city", "\u3000city"},
				"WARNING [AttributeName(\"%\")] Whitespace Around #\n4 elements begin or end with whitespace, for example %[0] (\"city \"), %[1] (\" city\"), %[2] (\"city\\r\"). Remove the whitespace, for example with trimspace(), unless it is intended.\n",
			},
		} {
			want := strings.NewReplacer("%", argument.name, "#", argument.title).Replace(test.want)
			service := newEmulator(t)
			p := newConfigured(t, service, nil)
			arguments := values{"accounts": []any{"xiaoming"}, argument.name: test.names}
			if got := p.validate(argument.kind, arguments); got != want {
				t.Errorf("%s of %s, %s: got:\n%s\nwant:\n%s", argument.name, argument.kind, name, got, want)
			}
			checkNoRequest(t, service)
		}
	}
}

// The log does not grow with the number of accounts that lack attributes.
func TestLogDoesNotGrowWithMissingAttributes(t *testing.T) {
	t.Setenv(frameworkLogEnv, "TRACE")
	lines := func(count int) int {
		seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
		accounts := make([]any, count)
		for i := range accounts {
			name := fmt.Sprint(i)
			accounts[i] = name
			seed.Accounts[name] = emulator.Account{}
		}
		service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		p := newConfigured(t, service, nil)
		response := p.read(tfsdklogtest.RootLogger(t.Context(), &log), userAttributes, values{"accounts": accounts, "only": []any{}, "required_attributes": []any{"city", "sex"}}, false)
		if missing, _ := p.state(response, "missing_attributes").(map[string]any); len(missing) != count {
			t.Errorf("%d of %d accounts lack attributes", len(missing), count)
		}
		return bytes.Count(log.Bytes(), []byte("\n"))
	}
	if few, many := lines(1), lines(8); few == 0 || many != few {
		t.Errorf("%d lines for one account, %d for eight", few, many)
	}
}
