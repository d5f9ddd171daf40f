package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// audience calls the function, and returns the result as Go values, or the error with
// the position of the argument before it.
func (p *protocol) audience(condition, users any) (result any, problem string) {
	p.tb.Helper()
	response, err := p.server.CallFunction(p.tb.Context(), &tfprotov6.CallFunctionRequest{
		Name:      "audience",
		Arguments: []*tfprotov6.DynamicValue{dynamic(p.tb, literal(condition)), dynamic(p.tb, literal(users))},
	})
	if err != nil {
		p.tb.Fatal(err)
	}
	if response.Error != nil {
		if response.Error.FunctionArgument == nil {
			p.tb.Fatalf("the error is of no argument: %s", response.Error.Text)
		}
		return nil, fmt.Sprintf("%d %s", *response.Error.FunctionArgument, response.Error.Text)
	}
	value, err := response.Result.Unmarshal(tftypes.List{ElementType: tftypes.String})
	if err != nil {
		p.tb.Fatal(err)
	}
	return goValue(p.tb, value), ""
}

type (
	object = map[string]any
	tuple  = []any
)

// mapOf and listOf are what data sources give, in place of the objects and tuples of
// literals.
func mapOf(kind tftypes.Type, elements object) tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, element := range elements {
		values[name] = literal(element)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: kind}, values)
}

func listOf(elements ...any) tftypes.Value {
	return tfValue(tftypes.List{ElementType: tftypes.String}, elements)
}

func setOf(element string) tftypes.Value {
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, element)})
}

func TestAudience(t *testing.T) {
	t.Parallel()
	attributes, tags := tftypes.Map{ElementType: tftypes.String}, tftypes.List{ElementType: tftypes.String}
	byCity := object{"attributes_and": object{"city": "ShenZhen"}}
	gold := object{"tags_or": tuple{"gold"}}
	p := newProtocol(t, nil, nil) // no environment, and no provider block
	for name, test := range map[string]struct {
		condition, users any
		want             []any
	}{
		"attributes of the data source": {
			byCity, mapOf(attributes, object{
				"xiaoming": mapOf(tftypes.String, object{"sex": "male", "city": "ShenZhen"}),
				"xiaohua":  mapOf(tftypes.String, object{}),
				"a":        mapOf(tftypes.String, object{"city": "ShenZhen"}),
				"Z":        mapOf(tftypes.String, object{"city": "ShenZhen"}),
			}),
			tuple{"Z", "a", "xiaoming"},
		},
		"tags of the data source": {
			gold, mapOf(tags, object{"xiaoming": listOf("gold", "new"), "xiaohua": listOf()}),
			tuple{"xiaoming"},
		},
		"no users":                    {byCity, mapOf(attributes, object{}), tuple{}},
		"no users, a literal":         {gold, object{}, tuple{}},
		"literals":                    {byCity, object{"a": object{"city": "ShenZhen", "level": "gold"}, "b": object{}}, tuple{"a"}},
		"literals with tags":          {gold, object{"b": tuple{}, "a": tuple{"gold", "new"}}, tuple{"a"}},
		"sets":                        {object{"tags_or": setOf("gold")}, mapOf(tftypes.Set{ElementType: tftypes.String}, object{"a": setOf("gold"), "b": setOf("new")}), tuple{"a"}},
		"condition with maps":         {mapOf(attributes, object{"attributes_or": mapOf(tftypes.String, object{"city": "ShenZhen", "level": "gold"})}), object{"a": object{"level": "gold"}}, tuple{"a"}},
		"null parts":                  {object{"tags_or": tuple{"gold"}, "tags_and": nil, "attributes_or": nil, "tags_not": tftypes.NewValue(tags, nil)}, object{"a": tuple{"gold"}}, tuple{"a"}},
		"null values":                 {byCity, object{"a": object{"city": nil}, "b": object{"city": "ShenZhen", "level": nil}}, tuple{"b"}},
		"null is not empty":           {object{"attributes_and": object{"city": ""}}, object{"a": object{"city": nil}, "b": object{"city": ""}, "c": object{}}, tuple{"b"}},
		"values do not linger":        {byCity, object{"a": object{"city": "ShenZhen"}, "b": object{}}, tuple{"a"}},
		"not needed, null or a bool":  {byCity, object{"a": object{"city": "ShenZhen", "level": nil, "vip": true, "age": tftypes.NewValue(tags, nil)}}, tuple{"a"}},
		"not needed, unknown":         {byCity, object{"a": object{"city": "ShenZhen", "level": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}}, tuple{"a"}},
		"numbers and bools":           {object{"attributes_and": object{"level": 3, "vip": "true"}}, object{"a": object{"level": "3", "vip": true}}, tuple{"a"}},
		"other numbers":               {object{"attributes_and": object{"level": 0.1, "points": 1e21}}, object{"a": object{"level": "0.1", "points": "1000000000000000000000"}}, tuple{"a"}},
		"accounts named like results": {object{"tags_or": tuple{"A"}}, object{"errors": tuple{"A"}, "x": tuple{}}, tuple{"errors"}},
		"whitespace is no error":      {object{"attributes_and": object{"city": " Shenzhen "}}, object{"a": object{"city": " Shenzhen "}, "b": object{"city": "Shenzhen"}}, tuple{"a"}},
		"all parts with tags":         {object{"tags_or": tuple{"A", "B"}, "tags_and": tuple{"C"}, "tags_not": tuple{"D"}}, object{"a": tuple{"A", "C"}, "b": tuple{"A", "C", "D"}, "c": tuple{"A"}, "d": tuple{"C"}}, tuple{"a"}},
		"both with attributes":        {object{"attributes_or": object{"a": "1", "b": "1"}, "attributes_and": object{"c": "1"}}, object{"x": object{"a": "1", "c": "1"}, "y": object{"c": "1"}, "z": object{"b": "1"}}, tuple{"x"}},
		"open meaning of tags":        {object{"tags_not": tuple{"A", "B"}}, object{"a": tuple{"A"}, "b": tuple{"C"}}, tuple{"b"}},
	} {
		got, problem := p.audience(test.condition, test.users)
		if problem != "" || fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: the result is %v, not %v: %s", name, got, test.want, problem)
		}
	}
}

func TestAudienceOfUnknownValues(t *testing.T) {
	t.Parallel()
	unknown := func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, tftypes.UnknownValue) }
	attributes := tftypes.Map{ElementType: tftypes.String}
	byCity := object{"attributes_and": object{"city": "ShenZhen"}}
	p := newProtocol(t, nil, nil)
	for name, test := range map[string]struct {
		condition, users any
		problem          string // a mistake that is found although something else is unknown
	}{
		"condition":           {unknown(tftypes.DynamicPseudoType), object{}, ""},
		"part":                {object{"tags_or": unknown(tftypes.DynamicPseudoType)}, object{"a": tuple{}}, ""},
		"attributes":          {object{"attributes_or": unknown(attributes)}, object{"a": object{}}, ""},
		"tag":                 {object{"tags_or": tuple{"A", unknown(tftypes.String)}}, object{"a": tuple{"A"}}, ""},
		"value":               {object{"attributes_and": object{"city": unknown(tftypes.String)}}, object{}, ""},
		"users":               {byCity, unknown(tftypes.Map{ElementType: attributes}), ""},
		"users of any type":   {byCity, unknown(tftypes.DynamicPseudoType), ""},
		"user":                {byCity, object{"a": unknown(attributes), "b": object{}}, ""},
		"attribute of a user": {byCity, object{"a": object{"city": unknown(tftypes.String)}}, ""},
		"tag of a user":       {object{"tags_or": tuple{"A"}}, object{"a": tuple{unknown(tftypes.String)}}, ""},
		"users, with a mistake": {
			object{"attributes_and": object{}},
			unknown(tftypes.DynamicPseudoType),
			"0 attributes_and is empty: remove it, set it to null, or add an attribute",
		},
		"part, with a mistake": {
			object{"tags_or": unknown(tftypes.DynamicPseudoType), "tags_and": "A"},
			object{},
			"0 tags_and must be a list of strings, not a string",
		},
		"user, with a mistake": {
			byCity,
			object{"a": unknown(attributes), "b": 1},
			`1 users["b"] is a number: pass data.timpush_user_attributes.NAME.attributes`,
		},
	} {
		got, problem := p.audience(test.condition, test.users)
		if problem != test.problem || problem == "" && got != tftypes.UnknownValue {
			t.Errorf("%s: the result is %v, the problem %q, not %q", name, got, problem, test.problem)
		}
	}
}

func TestAudienceOfWrongArguments(t *testing.T) {
	t.Parallel()
	const (
		byTags       = "data.timpush_user_tags.NAME.tags"
		byAttributes = "data.timpush_user_attributes.NAME.attributes"
		setOne       = ": set at least one of its arguments: tags_or, tags_and, tags_not, attributes_or, or attributes_and"
		setEither    = ": set only tags_or, tags_and, and tags_not, or only attributes_or and attributes_and"
	)
	attributes := tftypes.Map{ElementType: tftypes.String}
	accountErrors := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"code": tftypes.Number, "message": tftypes.String}}
	byCity := object{"attributes_and": object{"city": "ShenZhen"}}
	gold := object{"tags_or": tuple{"gold"}}
	source := object{"accounts": tuple{"a"}, "attributes": object{}, "tags": object{}, "errors": object{}, "on_account_error": nil, "timeouts": nil}
	// The first of many wrong accounts is reported, in whichever order they are compared.
	lists := object{"b": object{}}
	for i := range 100 {
		lists[fmt.Sprintf("c%02d", i)] = tuple{"x"}
	}
	p := newProtocol(t, nil, nil)
	for _, test := range []struct {
		condition, users any
		want             string
	}{
		// The condition.
		{nil, object{}, `0 must be an object, such as { attributes_and = { city = "ShenZhen" } }, not null`},
		{"x", object{}, `0 must be an object, such as { attributes_and = { city = "ShenZhen" } }, not a string`},
		{tuple{"x"}, object{}, `0 must be an object, such as { attributes_and = { city = "ShenZhen" } }, not a list`},
		{object{}, object{}, "0 it has neither tags nor attributes" + setOne},
		{object{"tags_or": nil}, object{}, "0 it has neither tags nor attributes" + setOne},
		{object{"tags_or": tuple{"A"}, "attributes_or": object{"a": "b"}}, object{}, "0 it has both tags and attributes, which the service does not accept together (error code 90039)" + setEither},
		{object{"attribute_and": object{}, "x": 1}, object{}, `0 "attribute_and" is not part of a condition (did you mean "attributes_and"?); "x" is not part of a condition: the parts are tags_or, tags_and, tags_not, attributes_or, attributes_and`},
		{object{"TagsOr": tuple{"A"}}, object{}, `0 "TagsOr" is not part of a condition (did you mean "tags_or"?)`},
		{object{"tags_or": "gold"}, object{}, "0 tags_or must be a list of strings, not a string"},
		{object{"tags_and": object{"a": "b"}}, object{}, "0 tags_and must be a list of strings, not a map"},
		{object{"attributes_or": tuple{"a"}}, object{}, "0 attributes_or must be a map of strings, not a list"},
		{object{"tags_not": tuple{"A", nil, tuple{}}}, object{}, "0 tags_not[1] must be a string, not null; tags_not[2] must be a string, not a list"},
		{object{"attributes_and": object{"city": nil}}, object{}, `0 attributes_and["city"] must be a string, not null`},
		{object{"attributes_and": object{"a\x1b": object{}}}, object{}, `0 attributes_and["a\x1b"] must be a string, not a map`},
		{object{"tags_or": tuple{}}, object{}, "0 tags_or is empty: remove it, set it to null, or add a tag"},
		{object{"tags_or": tuple{"A", ""}, "tags_and": tuple{"A"}}, object{}, "0 tags_or[1] is empty (error code 90040): remove empty tags, for example with compact(); tags_and[0] is in both lists of tags to have (error code 90022): remove it from tags_or or from tags_and"},
		{object{"attributes_or": object{"city": strings.Repeat("长", 17)}}, object{}, `0 attributes_or["city"] has 51 bytes, and the limit is 50: shorten the value`},
		{object{"attributes_or": object{"": "x"}}, object{}, "0 attributes_or has an empty name: remove the empty name"},
		{object{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}, object{}, "0 has 6 elements and no part of a condition: pass the condition first, then the users"},

		// The users.
		{byCity, nil, "1 must be a map, not null: pass " + byAttributes},
		{gold, tuple{"a"}, "1 must be a map, not a list: pass " + byTags},
		{gold, "a", "1 must be a map, not a string: pass " + byTags},
		{byCity, lists, `1 users["c00"] is a list, but the condition selects by attributes: pass ` + byAttributes},
		{gold, object{"a\"": object{"city": "x"}}, `1 users["a\""] is a map, but the condition selects by tags: pass ` + byTags},
		{byCity, object{"a": nil}, `1 users["a"] is null: pass ` + byAttributes},
		{gold, object{"a": "gold"}, `1 users["a"] is a string: pass ` + byTags},
		{gold, object{"a": tuple{"A", nil}}, `1 users["a"][1] must be a string, not null; pass ` + byTags},
		{byCity, object{"a": object{"city": tuple{"x"}}}, `1 users["a"]["city"] must be a string, not a list; pass ` + byAttributes},
		{byCity, object{"a": object{"city": "ShenZhen", "level": tuple{"x"}}}, `1 users["a"]["level"] must be a string, not a list; pass ` + byAttributes},
		{byCity, object{"x": source, "y": source}, `1 users["x"]["accounts"] must be a string, not a list; pass ` + byAttributes}, // with for_each
		{byCity, object{"x": mapOf(attributes, object{"a": mapOf(tftypes.String, object{"city": "ShenZhen"})})}, `1 users["x"] must be a map of strings, but its elements are of another type; pass ` + byAttributes},
		{byCity, mapOf(tftypes.Map{ElementType: attributes}, object{"x": mapOf(attributes, object{})}), `1 users["x"] must be a map of strings, but its elements are of another type; pass ` + byAttributes},
		{byCity, object{"errors": 1}, `1 users["errors"] is a number: pass ` + byAttributes},
		{byCity, mapOf(accountErrors, object{}), "1 must not be the errors of a data source: pass " + byAttributes},
		{byCity, source, "1 must not be a complete data source: pass " + byAttributes},
		{gold, source, "1 must not be a complete data source: pass " + byTags},

		// Both: the condition comes first.
		{object{}, nil, "0 it has neither tags nor attributes" + setOne},
	} {
		if got, problem := p.audience(test.condition, test.users); problem != test.want {
			t.Errorf("%v, %v: the result is %v, the problem\n%s\nnot\n%s", test.condition, test.users, got, problem, test.want)
		}
	}
}

// literal converts a Go value to what the CLI makes of a literal: objects and tuples.
// nil is null, and a tftypes.Value stays as it is.
func literal(value any) tftypes.Value {
	switch value := value.(type) {
	case tftypes.Value:
		return value
	case []any:
		elements, kinds := make([]tftypes.Value, len(value)), make([]tftypes.Type, len(value))
		for i, element := range value {
			elements[i] = literal(element)
			kinds[i] = elements[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, elements)
	case map[string]any:
		attributes, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for name, attribute := range value {
			attributes[name] = literal(attribute)
			kinds[name] = attributes[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, attributes)
	case string:
		return tftypes.NewValue(tftypes.String, value)
	case int, float64:
		return tftypes.NewValue(tftypes.Number, value)
	case bool:
		return tftypes.NewValue(tftypes.Bool, value)
	default:
		return tftypes.NewValue(tftypes.DynamicPseudoType, value)
	}
}

// dynamic encodes a value for a parameter of any type.
func dynamic(tb testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	tb.Helper()
	encoded, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, value)
	if err != nil {
		tb.Fatal(err)
	}
	return &encoded
}
