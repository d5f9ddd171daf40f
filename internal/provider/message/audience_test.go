package message

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func TestAudience(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]Audience{
		`{"everyone": true}`:            {Everyone: true},
		`{"accounts": ["b", "a", "b"]}`: {Accounts: []string{"b", "a", "b"}},
		`{"condition": {"tags_or": ["A", "B"], "tags_and": ["C"], "tags_not": ["D"]}}`: {Condition: &timpush.Condition{TagsOr: []string{"A", "B"}, TagsAnd: []string{"C"}, TagsNot: []string{"D"}}},
		`{"condition": {"attributes_or": {"a": "1"}, "attributes_and": {"b": ""}}}`:    {Condition: &timpush.Condition{AttributesOr: map[string]string{"a": "1"}, AttributesAnd: map[string]string{"b": ""}}},
	} {
		value := audienceOf(t, arguments)
		if got := summary(validate(t, "audience", AudienceAttribute(), value)); got != "" {
			t.Errorf("%s is rejected: %s", arguments, got)
		}
		if got, known := ReadAudience(value); !known || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %+v", arguments, got)
		}
		if got := AudienceValue(want); !got.Equal(value) {
			t.Errorf("%+v is %s", want, got)
		}
		sameType(t, AudienceAttribute(), AudienceValue(want))
	}
}

const (
	oneAudience = "Set exactly one of everyone, condition, and accounts."
	misspelled  = " Terraform ignores misspelled arguments."
)

// Exactly one kind of audience is set. Nothing that is null, false, or empty means
// everyone.
func TestAudienceIsInvalid(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`{}`: `audience: audience is empty, which does not mean everyone. ` + oneAudience + misspelled,
		`{"everyone": null, "condition": null, "accounts": null}`: `audience: audience is empty, which does not mean everyone. ` + oneAudience + misspelled,
		`{"everyone": false}`:                                `audience.everyone: audience.everyone is false. Set it to true to push to all accounts of the app, or remove it and set condition or accounts.`,
		`{"everyone": true, "accounts": ["a"]}`:              `audience: audience has everyone and accounts. ` + oneAudience,
		`{"everyone": true, "condition": {"tags_or":["A"]}}`: `audience: audience has everyone and condition. ` + oneAudience,
		`{"condition": {"tags_or":["A"]}, "accounts":["a"]}`: `audience: audience has condition and accounts. ` + oneAudience,
		`{"everyone": false, "accounts": ["a"]}`:             `audience: audience has everyone and accounts. ` + oneAudience,
		`{"accounts": []}`:                                   `audience.accounts: audience.accounts is empty. Add an account, or push only if there are some, for example with count.`,
		`{"accounts": ["a", null]}`:                          `audience.accounts: audience.accounts[1] is null. Remove null elements, for example with compact().`,
		`{"accounts": ["a "]}`:                               `audience.accounts: audience.accounts[0] ("a ") begins or ends with whitespace. Remove the whitespace, for example with trimspace().`,
		`{"condition": {}}`:                                  `audience.condition: audience.condition has neither tags nor attributes. Set at least one of its arguments: tags_or, tags_and, tags_not, attributes_or, or attributes_and.` + misspelled,
		`{"condition": {"tags_or": [null]}}`:                 `audience.condition.tags_or[0]: audience.condition.tags_or[0] is null. Remove null tags, for example with compact().`,
		`{"condition": {"tags_or": ["A "]}}`:                 `audience.condition.tags_or[0]: !audience.condition.tags_or[0] begins or ends with whitespace, which counts in the comparison. Remove the whitespace, unless the accounts have it too.`,
		`{"condition": {"attributes_or":{}}}`:                `audience.condition.attributes_or: audience.condition.attributes_or is empty. Remove it, set it to null, or add an attribute.`,
	} {
		value := audienceOf(t, arguments)
		if got := summary(validate(t, "audience", AudienceAttribute(), value)); got != want {
			t.Errorf("%s: %s", arguments, got)
		}
		if got, _ := ReadAudience(value); got.Everyone {
			t.Errorf("%s is for everyone", arguments)
		}
	}
	if got, known := ReadAudience(types.Object{}); !known || !reflect.DeepEqual(got, Audience{}) {
		t.Errorf("the zero value is read as %+v", got)
	}
}

// What is unknown anywhere makes the audience unknown, and is no mistake. What is null
// anywhere never makes it one for everyone.
func TestAudienceUnknownAndNull(t *testing.T) {
	t.Parallel()
	attribute := AudienceAttribute()
	for _, arguments := range []string{
		`{"everyone": true}`, `{"accounts": ["a", "b"]}`, `{"condition": {"tags_or": ["A"], "tags_not": ["B"]}}`, `{"condition": {"attributes_or": {"a": "1"}}}`,
	} {
		all := rawOf(t, attribute, arguments)
		isSet := places(t, all)
		for _, at := range isSet {
			value := objectOf(t, attribute, with(t, all, at, tftypes.UnknownValue))
			if got, known := ReadAudience(value); known || !reflect.DeepEqual(got, Audience{}) {
				t.Errorf("%s: %s is unknown: %+v", arguments, at, got)
			}
			if got := summary(validate(t, "audience", attribute, value)); got != "" {
				t.Errorf("%s: %s is unknown: %s", arguments, at, got)
			}
			value = objectOf(t, attribute, with(t, all, at, nil))
			got, known := ReadAudience(value)
			if !known || got.Everyone && !value.Attributes()["everyone"].Equal(types.BoolValue(true)) {
				t.Errorf("%s: %s is null: %+v", arguments, at, got)
			}
			validate(t, "audience", attribute, value)
		}
	}
	if got := summary(validate(t, "audience", attribute, audienceOf(t, "null"))); got != "" {
		t.Errorf("null is reported twice: %s", got)
	}
}

// Many accounts take linear time: quadratic time would be minutes.
func TestManyAccounts(t *testing.T) {
	t.Parallel()
	accounts := make([]string, 100_000)
	for i := range accounts {
		accounts[i] = fmt.Sprintf("account-%06d", i)
	}
	start := time.Now()
	value := AudienceValue(Audience{Accounts: accounts})
	diags := validate(t, "audience", AudienceAttribute(), value)
	got, known := ReadAudience(value)
	if elapsed := time.Since(start); elapsed > time.Minute {
		t.Errorf("it takes %s", elapsed)
	}
	if diags != nil || !known || !slices.Equal(got.Accounts, accounts) {
		t.Errorf("the accounts are not read: %s", summary(diags))
	}
}
