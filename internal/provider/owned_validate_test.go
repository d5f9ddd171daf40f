package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Invalid values are errors on their path, before any request: one for each cause.
func TestOwnedValidate(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 26) // 52 bytes
	eleven, hundred := map[string]any{}, []any{tftypes.UnknownValue, "tag0"}
	for i := range 11 {
		eleven[fmt.Sprintf("name%d", i)] = "v"
	}
	for i := range 100 {
		hundred = append(hundred, fmt.Sprintf("tag%d", i))
	}
	many := map[string]any{}
	for i := range 10_000 {
		many[fmt.Sprintf("user%d\n", i)] = map[string]any{"": ""}
	}
	const a, n = `AttributeName("attributes")`, `AttributeName("tags")`
	alice := `.ElementKeyString("alice")`
	for name, test := range map[string]struct {
		kind  string
		owned any
		want  string
	}{
		"unknown":            {ownedAttributes, tftypes.UnknownValue, ""},
		"unknown account":    {ownedAttributes, map[string]any{"alice": tftypes.UnknownValue}, ""},
		"unknown value":      {ownedAttributes, map[string]any{"alice": map[string]any{"level": tftypes.UnknownValue}}, ""},
		"owns nothing":       {ownedAttributes, map[string]any{"alice": map[string]any{}}, ""},
		"owns no tags":       {ownedTags, map[string]any{"alice": []any{}}, ""},
		"longest":            {ownedAttributes, map[string]any{"alice": one(long[:50], long[:50])}, ""},
		"repeated tags":      {ownedTags, map[string]any{"alice": hundred}, ""},
		"registration ID":    {ownedTags, map[string]any{strings.Repeat("x", 200): []any{"a b "}}, ""},
		"empty account":      {ownedAttributes, map[string]any{"": map[string]any{}}, a + `.ElementKeyString("")] Invalid User Attributes` + "\n" + `attributes[""] is empty. `},
		"null account":       {ownedAttributes, map[string]any{"alice": nil}, a + alice + `] Invalid User Attributes` + "\n" + `attributes["alice"] is null. Remove accounts that are null`},
		"null list":          {ownedTags, map[string]any{"alice": nil}, n + alice + `] Invalid User Tags` + "\n" + `tags["alice"] is null. `},
		"spaced account":     {ownedTags, map[string]any{" alice": []any{}}, n + `.ElementKeyString(" alice")] Invalid User Tags` + "\n" + `tags[" alice"] begins or ends with whitespace. `},
		"null value":         {ownedAttributes, map[string]any{"alice": map[string]any{"level": nil}}, a + alice + `.ElementKeyString("level")] Invalid User Attributes` + "\n" + `attributes["alice"]["level"] is null. Remove values that are null.`},
		"empty value":        {ownedAttributes, map[string]any{"alice": one("level", "")}, a + alice + `.ElementKeyString("level")] Invalid User Attributes` + "\n" + `attributes["alice"]["level"] is empty. `},
		"long value":         {ownedAttributes, map[string]any{"alice": one("level", long)}, a + alice + `.ElementKeyString("level")] Invalid User Attributes` + "\n" + `attributes["alice"]["level"] (52 bytes) is too long. The limit is 50 bytes in UTF-8.`},
		"empty name":         {ownedAttributes, map[string]any{"alice": one("", "v")}, a + alice + `.ElementKeyString("")] Invalid User Attributes` + "\n" + `attributes["alice"][""] has an empty name. `},
		"long name":          {ownedAttributes, map[string]any{"alice": one(long, "v")}, a + alice + `.ElementKeyString("` + long + `")] Invalid User Attributes` + "\n" + `attributes["alice"]["` + long + `"] (52 bytes) has a name that is too long. The limit is 50 bytes`},
		"names in two forms": {ownedAttributes, map[string]any{"alice": map[string]any{"\u00e9": "v", "e\u0301": "v"}}, a + alice + `.ElementKeyString("é")] Invalid User Attributes` + "\n" + `attributes["alice"]["é"] has the same name as another attribute of the account, in another Unicode form. `},
		"many names":         {ownedAttributes, map[string]any{"alice": eleven}, a + alice + `] Invalid User Attributes` + "\n" + `attributes["alice"] has more than 10 attributes. Remove some of them.`},
		"null tag":           {ownedTags, map[string]any{"alice": []any{"a", nil}}, n + alice + `.ElementKeyInt(1)] Invalid User Tags` + "\n" + `tags["alice"][1] is null. `},
		"empty tag":          {ownedTags, map[string]any{"alice": []any{"", ""}}, n + alice + `.ElementKeyInt(0)] Invalid User Tags` + "\n" + `2 tags are empty: tags["alice"][0], tags["alice"][1]. Remove empty tags.`},
		"long tag":           {ownedTags, map[string]any{"alice": []any{long}}, n + alice + `.ElementKeyInt(0)] Invalid User Tags` + "\n" + `tags["alice"][0] (52 bytes) is too long. `},
		"long tags":          {ownedTags, map[string]any{"alice": []any{long, long + "x"}}, n + alice + `.ElementKeyInt(0)] Invalid User Tags` + "\n" + `2 tags are too long: tags["alice"][0] (52 bytes), tags["alice"][1] (53 bytes). The limit is 50 bytes in UTF-8.`},
		"many tags":          {ownedTags, map[string]any{"alice": append(hundred, "one more")}, n + alice + `] Invalid User Tags` + "\n" + `tags["alice"] has more than 100 different tags. `},
		"mode":               {ownedTags, "ignore", `AttributeName("on_account_error")] Invalid Account Error Mode` + "\n" + `"ignore" is not a valid value of on_account_error. Set it to "error" or "warn".`},
		"timeout":            {ownedTags, 0, `AttributeName("timeouts").AttributeName("create")] Invalid Timeout` + "\n"},
	} {
		o := newOwner(t, test.kind, crew(), nil)
		arguments := values{o.argument(): test.owned}
		switch test.owned {
		case "ignore":
			arguments = o.of(map[string]any{}, values{"on_account_error": "ignore"})
		case 0:
			arguments = o.of(map[string]any{}, values{"timeouts": map[string]any{"create": "0"}})
		}
		text := o.validate(arguments)
		if test.want == "" {
			checkText(t, name, text, "")
			continue
		}
		checkParts(t, name, text, "ERROR ["+test.want)
		if strings.Count(text, "ERROR") != 1 {
			t.Errorf("%s: %s", name, text)
		}
		checkNoRequest(t, o.app)
	}

	o := newOwner(t, ownedAttributes, crew(), nil)
	text := o.validate(o.of(many))
	checkParts(t, "many mistakes", text, "10000 accounts begin or end with whitespace, for example ", "10000 attributes have empty names, for example ", "10000 values are empty, for example ")
	if strings.Count(text, "ERROR") != 3 {
		t.Error(text)
	}
	many["one more"] = map[string]any{}
	checkParts(t, "many accounts", o.validate(o.of(many)), "ERROR ["+a+"] Invalid User Attributes\nattributes has 10001 accounts, and the limit is 10000. Split the accounts")
}
