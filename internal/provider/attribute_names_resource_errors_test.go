package provider

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// namesConflicts are names that an app with namesOfConflicts rejects, with the
// error.
var (
	namesOfConflicts = []nameAt{{"sex", 0, ""}, {"city", 1, ""}, {"country", 2, "registration_id"}}

	namesConflicts = map[string]struct {
		names []nameAt
		want  string
	}{
		"taken index": {[]nameAt{{"level", 1, ""}}, `ERROR [AttributeName("attribute_names").ElementKeyString("level").AttributeName("index")] Index Already in Use
attribute_names["level"].index is 1, where the app has the name "city", which this resource does not manage. Set index to a free one, or manage that name: list it in attribute_names with its index and account type, or import the names by SDKAppID. If this plan replaces the resource, the new one manages nothing yet: plan without -replace, or run untaint first.
` + factsOfConflicts},
		"another index": {[]nameAt{{"city", 5, ""}}, `ERROR [AttributeName("attribute_names").ElementKeyString("city").AttributeName("index")] Name Has Another Index
attribute_names["city"].index is 5, but the app has this name at index 1, and the service cannot move or delete names. Set index to 1.
` + factsOfConflicts},
		"another account type": {[]nameAt{{"country", 2, ""}}, `ERROR [AttributeName("attribute_names").ElementKeyString("country").AttributeName("account_type")] Account Type Cannot Change
attribute_names["country"].account_type is "user_id", but index 2 of the app is for accounts of type "registration_id", and the service never changes the type. Set account_type to "registration_id", or use a free index.
` + factsOfConflicts},
		"swap of names of others": {[]nameAt{{"city", 0, ""}, {"sex", 1, ""}}, `ERROR [AttributeName("attribute_names").ElementKeyString("city").AttributeName("index")] Name Has Another Index
attribute_names["city"].index is 0, but the app has this name at index 1, and the service cannot move or delete names. Set index to 1.
` + factsOfConflicts + `ERROR [AttributeName("attribute_names").ElementKeyString("sex").AttributeName("index")] Name Has Another Index
attribute_names["sex"].index is 1, but the app has this name at index 0, and the service cannot move or delete names. Set index to 0.
` + factsOfConflicts},
	}
)

const factsOfConflicts = `
Attribute names of the app: 0 = "sex" (user_id), 1 = "city" (user_id), 2 = "country" (registration_id)
Free indexes: 3, 4, 5, 6, 7, 8, 9
`

// What conflicts with the app is an error in plan.
func TestAttributeNamesConflictInPlan(t *testing.T) {
	t.Parallel()
	for name, test := range namesConflicts {
		app := newNamesApp(t, namesOfConflicts...)
		i := manage(t, app)
		if _, text := i.plan(named(test.names...)); text != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, text, test.want)
		}
		app.check(t, getNames)
	}
}

// What plan does not know is checked in apply before anything is written: all or
// nothing, also of the names that could be set.
func TestAttributeNamesConflictInApply(t *testing.T) {
	t.Parallel()
	for name, test := range namesConflicts {
		app := newNamesApp(t, namesOfConflicts...)
		i := manage(t, app)
		names := named(append(test.names, nameAt{"free", 9, ""})...)
		c := i.planUnknown(t, names)
		app.check(t)
		if text := i.apply(c); text != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, text, test.want)
		}
		app.check(t, getNames)
		if !i.state.IsNull() {
			t.Errorf("%s: the state is %s", name, i.state)
		}
	}
}

// planUnknown plans with values that are not known yet, and then learns them, as a
// CLI does before it applies.
func (i *instance) planUnknown(t *testing.T, names values) *change {
	t.Helper()
	unknown := map[string]any{}
	known := map[string]any{}
	for name, object := range objectsOf(names) {
		unknown[name] = map[string]any{"index": tftypes.UnknownValue, "account_type": tftypes.UnknownValue}
		if object["account_type"] == nil {
			object = map[string]any{"index": object["index"], "account_type": "user_id"}
		}
		known[name] = object
	}
	c, text := i.plan(values{"attribute_names": unknown})
	if text != "" {
		t.Fatal(text)
	}
	if got := c.attribute("attribute_names"); !reflect.DeepEqual(got, any(unknown)) {
		t.Errorf("%v is planned", got)
	}
	c.config = i.decode(i.p.block(i.schema(), names))
	c.planned = i.decode(i.p.block(i.schema(), values{"attribute_names": known}))
	return c
}

// objectsOf returns the elements of attribute_names.
func objectsOf(names values) map[string]map[string]any {
	objects := map[string]map[string]any{}
	all, _ := names["attribute_names"].(map[string]any)
	for name, object := range all {
		objects[name], _ = object.(map[string]any)
	}
	return objects
}

// Values that are unknown in plan are set in apply. Plan sends no request, even if
// it only does not know some of them.
func TestAttributeNamesUnknownInPlan(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t, nameAt{"sex", 0, ""})
	i := manage(t, app)
	names := []nameAt{{"level", 5, "user_id"}, {"sex", 0, "user_id"}}
	c := i.planUnknown(t, named(names...))
	app.check(t)
	if text := i.apply(c); text != "" {
		t.Error(text)
	}
	app.check(t, getNames, `set_attr_name {"AttrNames":{"5":"level"},"AttrTypes":{"5":0}}`)
	i.checkNames(t, names...)
	for _, arguments := range []values{
		{"attribute_names": tftypes.UnknownValue},
		{"attribute_names": map[string]any{"level": map[string]any{"index": 5}, "rank": tftypes.UnknownValue}},
		{"attribute_names": map[string]any{"level": map[string]any{"index": 5}, "rank": map[string]any{"index": tftypes.UnknownValue}}},
	} {
		if c, text := i.plan(arguments); text != "" || c.action != "update" {
			t.Errorf("%v: %s", arguments, text)
		}
		app.check(t, getNames) // refresh
	}
}

// An update moves no name, not even to an index that another planned name leaves, and
// reports the names that it manages like others.
func TestAttributeNamesUpdateConflicts(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	i := manage(t, app, nameAt{"level", 5, ""}, nameAt{"rank", 6, ""})
	conflicts := func(names []nameAt, want ...string) {
		t.Helper()
		_, text := i.plan(named(names...))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("got:\n%s\nwant %s", text, part)
			}
		}
		if count := strings.Count(text, "ERROR"); count != len(want) {
			t.Errorf("%v: got %d errors, want %d:\n%s", names, count, len(want), text)
		}
	}
	conflicts([]nameAt{{"level", 7, ""}, {"rank", 6, ""}},
		`attribute_names["level"].index is 7, but the app has this name at index 5, and the service cannot move or delete names. Set index to 5.`)
	conflicts([]nameAt{{"phone", 5, "registration_id"}, {"rank", 6, ""}},
		`attribute_names["phone"].account_type is "registration_id", but index 5 of the app is for accounts of type "user_id"`)
	conflicts([]nameAt{{"rank", 5, ""}},
		`attribute_names["rank"].index is 5, but the app has this name at index 6`)
	conflicts([]nameAt{{"rank", 5, ""}, {"grade", 6, ""}},
		`attribute_names["rank"].index is 5, but the app has this name at index 6`)
	conflicts([]nameAt{{"rank", 5, ""}, {"level", 6, ""}},
		`attribute_names["level"].index is 6, but the app has this name at index 5`, `attribute_names["rank"].index is 5, but the app has this name at index 6`)
	// Names that somebody else swapped are not swapped back.
	app.become(t, nameAt{"rank", 5, ""}, nameAt{"level", 6, ""})
	conflicts([]nameAt{{"level", 5, ""}, {"rank", 6, ""}},
		`attribute_names["level"].index is 5, but the app has this name at index 6`, `attribute_names["rank"].index is 6, but the app has this name at index 5`)
	// In an app without a free index, the error says so.
	app.become(t, nameAt{"a", 0, ""}, nameAt{"b", 1, ""}, nameAt{"c", 2, ""}, nameAt{"d", 3, ""}, nameAt{"e", 4, ""}, nameAt{"f", 5, ""}, nameAt{"g", 6, ""}, nameAt{"h", 7, ""}, nameAt{"i", 8, ""}, nameAt{"j", 9, ""})
	if _, text := i.plan(named(nameAt{"level", 7, ""})); !strings.Contains(text, "Free indexes: none") {
		t.Error(text)
	}
}

func TestAttributeNamesValidate(t *testing.T) {
	t.Parallel()
	const root = `ERROR [AttributeName("attribute_names")] Invalid Attribute Names
`
	at := func(name string) string {
		return `ERROR [AttributeName("attribute_names").ElementKeyString("` + name + `")] Invalid Attribute Names
`
	}
	index := func(name string) string {
		return `ERROR [AttributeName("attribute_names").ElementKeyString("` + name + `").AttributeName("index")] Invalid Attribute Names
`
	}
	many := map[string]any{}
	for i := range 11 {
		many[strings.Repeat("n", i+1)] = map[string]any{"index": 0}
	}
	long := strings.Repeat("城", 17) // 51 bytes
	one := func(name string, object any) map[string]any { return map[string]any{name: object} }
	for _, test := range []struct {
		names any
		want  string
	}{
		{map[string]any{}, root + "attribute_names is empty. List at least one name, or remove the resource.\n"},
		{many, root + "attribute_names has 11 names, and the limit is 10. Remove some of them.\n"},
		{one("", map[string]any{"index": 0}), at("") + `The name "" is empty. Remove it.` + "\n"},
		{one(long, map[string]any{"index": 0}), at(long) + `The name "` + long + `" has 51 bytes, and the limit is 50. Shorten it.` + "\n"},
		{one("level ", map[string]any{"index": 0}), at("level ") + `The name "level " begins or ends with whitespace. Remove the whitespace, for example with trimspace().` + "\n"},
		{
			map[string]any{"cafe\u0301": map[string]any{"index": 0}, "caf\u00e9": map[string]any{"index": 1}},
			at("caf\u00e9") + `The name "café" is listed twice, with different Unicode characters. Remove one of them.` + "\n",
		},
		{one("level", nil), at("level") + `attribute_names["level"] is null. Set it to an object with an index, or remove the name.` + "\n"},
		{one("level", map[string]any{}), index("level") + `attribute_names["level"].index is null. Set it to a whole number from 0 to 9.` + "\n"},
		{one("level", map[string]any{"index": -1}), index("level") + `attribute_names["level"].index is -1. Set it to a whole number from 0 to 9.` + "\n"},
		{one("level", map[string]any{"index": 5.5}), index("level") + `attribute_names["level"].index is 5.5. Set it to a whole number from 0 to 9.` + "\n"},
		{one("level", map[string]any{"index": cliNumber("1e30")}), index("level") + `attribute_names["level"].index is 1e+30. Set it to a whole number from 0 to 9.` + "\n"},
		{one("level", map[string]any{"index": 10}), index("level") + `attribute_names["level"].index is 10. Set it to a whole number from 0 to 9.` + "\n"},
		{
			map[string]any{"level": map[string]any{"index": 3}, "rank": map[string]any{"index": 3}, "mood": tftypes.UnknownValue},
			index("rank") + `attribute_names["rank"].index is 3, and so is the index of "level". Set one of them to another index.` + "\n",
		},
		{
			one("level", map[string]any{"index": 3, "account_type": "userid"}),
			`ERROR [AttributeName("attribute_names").ElementKeyString("level").AttributeName("account_type")] Invalid Account Type
"userid" is not a valid value of attribute_names["level"].account_type; did you mean "user_id"? Set it to "user_id" or "registration_id".
`,
		},
		{one(strings.Repeat("n", 50), map[string]any{"index": 9, "account_type": "registration_id"}), ""},
		{map[string]any{"a": map[string]any{"index": tftypes.UnknownValue}, "b": map[string]any{"index": tftypes.UnknownValue, "account_type": tftypes.UnknownValue}}, ""},
		{tftypes.UnknownValue, ""},
	} {
		app := newNamesApp(t)
		if text := manage(t, app).validate(values{"attribute_names": test.names}); text != test.want {
			t.Errorf("%v: got:\n%s\nwant:\n%s", test.names, text, test.want)
		}
		app.check(t)
	}
}
