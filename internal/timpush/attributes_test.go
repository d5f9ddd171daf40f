package timpush

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// golden returns a sample body from an API page, which the emulator's tests use
// too. It removes comments, which are not valid JSON.
func golden(tb testing.TB, name string) []byte {
	tb.Helper()
	body, err := os.ReadFile(filepath.Join("..", "emulator", "testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

// accountError returns an account's error with a code from the common table.
func accountError(code int64, info string) AccountError {
	return AccountError{Code: &code, Meaning: Meaning(code), Info: info}
}

var _ = registerRead("get_attr", (*Client).GetUserAttributes)

func TestGetUserAttributesSample(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses(string(golden(t, "get_attr_response.json")))))
	got, err := client.GetUserAttributes(t.Context(), []string{"Mary", "xiaoming", "xiaohua"}, nil, 0)
	want := &UserAttributes{
		Read:   map[string]map[string]string{"xiaoming": {"sex": "male", "city": "ShenZhen"}, "xiaohua": {}},
		Errors: map[string]AccountError{"Mary": accountError(70107, "")},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestPartition(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		userAttrs, errorList string
		attributes           map[string]map[string]string
		errors               map[string]AccountError
	}{
		"in neither list": {
			userAttrs: `[]`, errorList: `[]`,
			errors: map[string]AccountError{"a": {}, "b": {}},
		},
		"in both lists": {
			userAttrs:  `[{"To_Account":"a","Attrs":{"x":"1"}},{"To_Account":"b","Attrs":{}}]`,
			errorList:  `[{"To_Account":"a","ErrorCode":70107,"ErrorInfo":"no such user"}]`,
			attributes: map[string]map[string]string{"b": {}},
			errors:     map[string]AccountError{"a": accountError(70107, "no such user")},
		},
		"not asked for": {
			userAttrs:  `[{"To_Account":"a","Attrs":{}},{"To_Account":"b","Attrs":{}},{"To_Account":"c","Attrs":{}}]`,
			errorList:  `[{"To_Account":"d","ErrorCode":70107}]`,
			attributes: map[string]map[string]string{"a": {}, "b": {}},
		},
		"twice in a list: the last counts": {
			userAttrs:  `[{"To_Account":"a","Attrs":{"x":"1"}},{"To_Account":"a","Attrs":{"x":"2"}}]`,
			errorList:  `[{"To_Account":"b","ErrorCode":1},{"To_Account":"b","ErrorCode":70107}]`,
			attributes: map[string]map[string]string{"a": {"x": "2"}},
			errors:     map[string]AccountError{"b": accountError(70107, "")},
		},
		"codes without a text": {
			userAttrs: `[]`,
			errorList: `[{"To_Account":"a","ErrorCode":90035,"ErrorInfo":""},{"To_Account":"b","ErrorCode":12345}]`,
			errors: map[string]AccountError{
				"a": accountError(90035, ""),
				"b": accountError(12345, ""),
			},
		},
		"values of all kinds": {
			userAttrs:  `[{"To_Account":"a","Attrs":{"n":12345678901234567890,"t":true,"z":null,"o":{"k": [1]}}},{"To_Account":"b","Attrs":{"":""}}]`,
			errorList:  `[]`,
			attributes: map[string]map[string]string{"a": {"n": "12345678901234567890", "t": "true", "z": "", "o": `{"k":[1]}`}, "b": {"": ""}},
		},
		"a secret in names, values and texts": {
			userAttrs:  `[{"To_Account":"a","Attrs":{"` + testKey + `":"` + testKey + `"}}]`,
			errorList:  `[{"To_Account":"b","ErrorCode":1,"ErrorInfo":"` + testKey + `"}]`,
			attributes: map[string]map[string]string{"a": {redacted: redacted}},
			errors:     map[string]AccountError{"b": accountError(1, redacted)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newTestClient(t, testConfig(responses(
				`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":`+test.userAttrs+`,"ErrorList":`+test.errorList+`}`)))
			got, err := client.GetUserAttributes(t.Context(), []string{"a", "b"}, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			if !maps.EqualFunc(got.Read, test.attributes, maps.Equal) {
				t.Errorf("attributes: got %v, want %v", got.Read, test.attributes)
			}
			if !reflect.DeepEqual(got.Errors, test.errors) && len(got.Errors)+len(test.errors) > 0 {
				t.Errorf("errors: got %+v, want %+v", got.Errors, test.errors)
			}
		})
	}
}

func TestGetUserAttributesInBatches(t *testing.T) {
	t.Parallel()
	for accounts, requests := range map[int]int{0: 0, 1: 1, 99: 1, 100: 1, 101: 2, 250: 3} {
		seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
		asked := numbered(accounts)
		for i, account := range asked {
			if i%3 != 0 { // every third account does not exist
				seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"name": account}}
			}
		}
		service := newEmulator(t, seed)
		client := newTestClient(t, testConfig(handlerTransport{service}))
		got, err := client.GetUserAttributes(t.Context(), slices.Concat(asked, asked), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if journal := service.Journal(); len(journal) != requests {
			t.Errorf("%d accounts took %d requests, want %d", accounts, len(journal), requests)
		}
		for i, account := range asked {
			attributes, read := got.Read[account]
			failure, failed := got.Errors[account]
			if i%3 != 0 && (!read || failed || attributes["name"] != account) ||
				i%3 == 0 && (read || !failed || *failure.Code != 70107) {
				t.Fatalf("%d accounts: %s has attributes %v, error %+v", accounts, account, attributes, failure)
			}
		}
		if len(got.Read)+len(got.Errors) != accounts {
			t.Errorf("%d accounts give %d results", accounts, len(got.Read)+len(got.Errors))
		}
	}
}

func TestGetUserAttributesKeepsNames(t *testing.T) {
	t.Parallel()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	names := []string{`with space`, `quote"and'`, `a&b=c?d#e%20`, `小明`, `<script>`, `back\slash`, `379C2F0D-290D-47AE-94D1-919058C39C77`}
	for _, name := range names {
		seed.Accounts[name] = emulator.Account{Attributes: map[string]string{"name": name}}
	}
	client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, seed)}))
	got, err := client.GetUserAttributes(t.Context(), names, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if got.Read[name]["name"] != name {
			t.Errorf("%q came back as %v", name, got.Read[name])
		}
	}
}

// Names that differ only in Unicode normalization become one name, and always the
// same one wins.
func TestGetUserAttributesNormalizesNames(t *testing.T) {
	t.Parallel()
	const response = `{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":{"caf\u00e9":"2","cafe\u0301":"1","city":"3"}}]}`
	want := map[string]string{"caf\u00e9": "1", "city": "3"}
	for range 20 {
		got, err := newTestClient(t, testConfig(responses(response))).GetUserAttributes(t.Context(), []string{"a"}, nil, 0)
		if err != nil || !maps.Equal(got.Read["a"], want) {
			t.Fatalf("got %q, %v; want %q", got.Read["a"], err, want)
		}
	}
}

// A filter keeps the attributes whose names are equal in NFC, and drops the
// others. It does not affect which accounts are read, or why others are not.
func TestGetUserAttributesKeepsOnly(t *testing.T) {
	t.Parallel()
	const response = `{"ActionStatus":"OK","ErrorCode":0,
		"UserAttrs":[
			{"To_Account":"a","Attrs":{"city":"1","cafe\u0301":"2","City":"canary","canary":"3","` + testKey + `":"4"}},
			{"To_Account":"b","Attrs":{"canary":{"a":"canary"}}},
			{"To_Account":"c","Attrs":["canary"]},
			{"To_Account":"d","Attrs":"canary"},
			{"To_Account":"e","Attrs":{"city":null}}],
		"ErrorList":[{"To_Account":"f","ErrorCode":70107}]}`
	failed := map[string]AccountError{
		"c": {Problem: "contains a field Attrs of the wrong JSON type, array"},
		"d": {Problem: "contains a field Attrs of the wrong JSON type, string"},
		"f": accountError(70107, ""),
	}
	for name, test := range map[string]struct {
		keep Filter
		want map[string]map[string]string
	}{
		"nothing":               {KeepOnly(nil), map[string]map[string]string{"a": {}, "b": {}, "e": {}}},
		"an empty filter":       {Filter{}, map[string]map[string]string{"a": {}, "b": {}, "e": {}}},
		"one name":              {KeepOnly([]string{"city"}), map[string]map[string]string{"a": {"city": "1"}, "b": {}, "e": {"city": ""}}},
		"names twice, in NFC":   {KeepOnly([]string{"caf\u00e9", "city", "city"}), map[string]map[string]string{"a": {"city": "1", "caf\u00e9": "2"}, "b": {}, "e": {"city": ""}}},
		"a name in NFD":         {KeepOnly([]string{"cafe\u0301"}), map[string]map[string]string{"a": {"caf\u00e9": "2"}, "b": {}, "e": {}}},
		"another name":          {KeepOnly([]string{"CITY", ""}), map[string]map[string]string{"a": {}, "b": {}, "e": {}}},
		"the name for a secret": {KeepOnly([]string{redacted}), map[string]map[string]string{"a": {redacted: "4"}, "b": {}, "e": {}}},
	} {
		got, err := newTestClient(t, testConfig(responses(response))).GetUserAttributes(t.Context(), []string{"a", "b", "c", "d", "e", "f"}, test.keep, 0)
		if err != nil || !reflect.DeepEqual(got, &UserAttributes{Read: test.want, Errors: failed}) {
			t.Errorf("%s: got %+v, %v; want %v", name, got, err, test.want)
		}
	}
}

func TestAccountErrorMessage(t *testing.T) {
	t.Parallel()
	for want, test := range map[string]AccountError{
		"no such user":                          accountError(70107, "no such user"),
		"the account does not exist in the app": accountError(70107, ""),
		"the service gave no reason, and the code is not documented":        accountError(12345, ""),
		"the response does not include this account":                        {},
		"the response for this account contains an error without ErrorCode": {Problem: errNoCode.Error()},
	} {
		if got := test.Message(); got != want {
			t.Errorf("%+v has the message %q, want %q", test, got, want)
		}
	}
}
