package audience

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// audienceFunction returns which accounts a condition selects. Its parameters are
// dynamic, so that it takes results of data sources, values of mocks, and literals.
type audienceFunction struct{}

func newFunction() function.Function { return audienceFunction{} }

func (audienceFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "audience"
}

// The positions of the parameters.
const (
	conditionParameter = iota
	usersParameter
)

func (audienceFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Returns the accounts that a push with a condition reaches.",
		MarkdownDescription: "Returns the accounts of `users` that a " + kit.ServiceLink("push", 60561) + " with `condition` reaches, sorted.\n\n" +
			"The function makes no request and needs no provider configuration. Use it to compare accounts that a data source has read with several conditions, " +
			"and in modules that are tested with mocks. Accounts that could not be read are not in `users`, so they are not in the result either.\n\n" +
			"The function sees only what was read. If the data source sets `only`, list there all attribute names or tags of the condition; otherwise, the result is wrong. " +
			"The function does not know the app's attribute names: if a name is misspelled, no account matches.\n\n" +
			"Two texts are equal if they have the same characters: case and spaces count. An attribute that is not set does not equal `\"\"`.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "condition",
				MarkdownDescription: "The condition of the push: an object with at least one of these attributes. If there are several, all must hold. Tags and attributes cannot be combined." +
					"\n    - `tags_or` (List of String): the account has at least one of these tags." +
					"\n    - `tags_and` (List of String): the account has all of these tags." +
					"\n    - `tags_not` (List of String): the account has none of these tags. Use only one: the documentation disagrees on whether a push excludes accounts with any or only those with all of several tags. The function leaves out both." +
					"\n    - `attributes_or` (Map of String): at least one of these attributes has this value." +
					"\n    - `attributes_and` (Map of String): all of these attributes have these values. The documentation does not say whether `attributes_or` and `attributes_and` must both match; for the function, both must." +
					fmt.Sprintf("\n\n    A list has at most %d tags, of 1 to %d bytes each. A value has at most %d bytes.", timpush.MaxConditionTags, timpush.MaxTagBytes, timpush.MaxValueBytes),
				CustomType:         rawType{},
				AllowUnknownValues: true, // so that mistakes in the condition are found while users are unknown
			},
			function.DynamicParameter{
				Name: "users",
				MarkdownDescription: "The accounts. For a condition with attributes, `attributes` of " + kit.KindLink("`timpush_user_attributes`", "data-sources", "user_attributes") +
					"; for a condition with tags, `tags` of " + kit.KindLink("`timpush_user_tags`", "data-sources", "user_tags") + ". Do not pass `errors` or `missing_attributes`.",
				CustomType:         rawType{},
				AllowUnknownValues: true,
			},
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (audienceFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var conditionValue, usersValue attr.Value
	if resp.Error = req.Arguments.Get(ctx, &conditionValue, &usersValue); resp.Error != nil {
		return
	}
	var read decoder
	condition := read.condition(rawOf(conditionValue))
	if len(read.problems) > 0 {
		resp.Error = function.NewArgumentFuncError(conditionParameter, strings.Join(read.problems, "; "))
		return
	}
	var reached []attr.Value
	if !read.unknown {
		reached = read.reached(ctx, condition, rawOf(usersValue))
	}
	switch {
	case len(read.problems) > 0:
		resp.Error = function.NewArgumentFuncError(usersParameter, strings.Join(read.problems, "; "))
	case read.unknown:
		resp.Result = function.NewResultData(types.ListUnknown(types.StringType))
	default: // Result.Set would use reflection
		resp.Result = function.NewResultData(types.ListValueMust(types.StringType, reached))
	}
}

// part is a part of a condition.
type part struct {
	name       string
	is         timpush.ConditionPart
	tags       func(*timpush.Condition) *[]string          // nil if the part has attributes
	attributes func(*timpush.Condition) *map[string]string // nil if the part has tags
}

func (p part) String() string { return p.name }

var parts = []part{
	{name: kit.TagsOr, is: timpush.PartTagsOr, tags: func(c *timpush.Condition) *[]string { return &c.TagsOr }},
	{name: kit.TagsAnd, is: timpush.PartTagsAnd, tags: func(c *timpush.Condition) *[]string { return &c.TagsAnd }},
	{name: kit.TagsNot, is: timpush.PartTagsNot, tags: func(c *timpush.Condition) *[]string { return &c.TagsNot }},
	{name: kit.AttributesOr, is: timpush.PartAttributesOr, attributes: func(c *timpush.Condition) *map[string]string { return &c.AttributesOr }},
	{name: kit.AttributesAnd, is: timpush.PartAttributesAnd, attributes: func(c *timpush.Condition) *map[string]string { return &c.AttributesAnd }},
}

// partNames returns the names of the parts.
func partNames() []string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = part.name
	}
	return names
}

// decoder decodes the arguments. It goes on after a problem, and after a value that is
// not known.
type decoder struct {
	problems []string // without a period at the end, which the CLI adds
	unknown  bool
}

func (d *decoder) problem(format string, args ...any) {
	d.problems = append(d.problems, fmt.Sprintf(format, args...))
}

// condition decodes a condition, and validates it if it is known.
func (d *decoder) condition(value tftypes.Value) (condition timpush.Condition) {
	if !value.IsKnown() {
		d.unknown = true
		return condition
	}
	given, ok := elementsByName(value)
	if !ok {
		d.problem("must be an object, such as { attributes_and = { city = \"ShenZhen\" } }, not %s", nameOf(value))
		return condition
	}
	names := partNames()
	var others []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(names, name) {
			others = append(others, name)
		}
	}
	if len(others) == len(given) && len(given) > len(names) {
		d.problem("has %d elements and no part of a condition: pass the condition first, then the users", len(given))
		return condition
	}
	for _, name := range others {
		if suggestion := kit.Suggest(name, names); suggestion != "" {
			d.problem("%s is not part of a condition (did you mean %q?)", kit.Quote(name), suggestion)
		} else {
			d.problem("%s is not part of a condition: the parts are %s", kit.Quote(name), strings.Join(names, ", "))
		}
	}
	for _, part := range parts {
		switch value, isGiven := given[part.name]; {
		case !isGiven || value.IsNull():
		case part.tags != nil:
			*part.tags(&condition) = d.tags(part, value)
		default:
			*part.attributes(&condition) = d.attributes(part, value, nullIsProblem, map[string]string{})
		}
	}
	if len(d.problems) > 0 || d.unknown {
		return condition
	}
	for _, problem := range condition.Problems() {
		if !problem.Warning {
			fix := kit.ConditionFix(condition, problem)
			d.problem("%s %s: %s", whereOf(problem), problem.Text, strings.ToLower(fix[:1])+strings.TrimSuffix(fix[1:], "."))
		}
	}
	return condition
}

// whereOf says what is to blame for a problem with a condition.
func whereOf(problem timpush.ConditionProblem) string {
	where := "it"
	for _, part := range parts {
		if part.is == problem.Part {
			where = part.name
		}
	}
	switch {
	case problem.Tag >= 0:
		where += fmt.Sprintf("[%d]", problem.Tag)
	case problem.Name != "":
		where += "[" + kit.Quote(problem.Name) + "]"
	}
	return where
}

// reached returns the accounts that a condition selects, sorted.
func (d *decoder) reached(ctx context.Context, condition timpush.Condition, value tftypes.Value) (reached []attr.Value) {
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	wanted := usersOf[condition.UsesTags()]
	users, ok := elementsByName(value)
	switch {
	case !ok:
		d.problem("must be a map, not %s: pass %s", nameOf(value), wanted)
		return nil
	case value.Type().Equal(kit.AccountErrorsType(ctx)):
		d.problem("must not be the errors of a data source: pass %s", wanted)
		return nil
	}
	reached = []attr.Value{}
	attributes := map[string]string{} // one for all accounts, which is faster
	for _, account := range slices.Sorted(maps.Keys(users)) {
		where, user := userOf(account), users[account]
		var reason string
		switch {
		case !user.IsKnown():
			d.unknown = true
			continue
		case wanted.holds(user) && condition.UsesTags():
			reason = condition.MissedByTags(d.tags(where, user))
		case wanted.holds(user):
			reason = condition.MissedByAttributes(d.attributes(where, user, nullIsNotSet, attributes))
		default:
			d.problem("%s", wrongUser(where, user, users, condition.UsesTags()))
			return nil // the other accounts probably have the same problem
		}
		if len(d.problems) > 0 {
			d.problem("pass %s", wanted)
			return nil
		}
		if reason == "" {
			reached = append(reached, types.StringValue(account))
		}
	}
	return reached
}

// result is the result of a data source that is needed for a condition.
type result struct {
	name, dataSource string
	noun             string // what a condition selects by
	holds            func(user tftypes.Value) bool
}

// String writes the result as a configuration refers to it.
func (r result) String() string { return "data." + r.dataSource + ".NAME." + r.name }

// usersOf are the results for conditions with tags (true) and with attributes.
var usersOf = map[bool]result{
	true:  {"tags", "timpush_user_tags", "tags", func(user tftypes.Value) bool { _, ok := elements(user); return ok }},
	false: {"attributes", "timpush_user_attributes", "attributes", func(user tftypes.Value) bool { _, ok := elementsByName(user); return ok }},
}

// userOf is the account whose value is decoded. It is written only if needed: for
// 100,000 accounts, that takes a while.
type userOf string

func (u userOf) String() string { return "users[" + kit.Quote(string(u)) + "]" }

// wrongUser says why an account is not as needed, and what to pass instead.
func wrongUser(where userOf, user tftypes.Value, users map[string]tftypes.Value, usesTags bool) string {
	wanted, other := usersOf[usesTags], usersOf[!usesTags]
	_, hasErrors := users["errors"]
	_, hasAccounts := users["accounts"]
	switch {
	case hasErrors && hasAccounts:
		return fmt.Sprintf("must not be a complete data source: pass %s", wanted)
	case other.holds(user):
		return fmt.Sprintf("%s is %s, but the condition selects by %s: pass %s", where, nameOf(user), wanted.noun, wanted)
	default:
		return fmt.Sprintf("%s is %s: pass %s", where, nameOf(user), wanted)
	}
}

// tags decodes a list of tags.
func (d *decoder) tags(where fmt.Stringer, value tftypes.Value) []string {
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	values, ok := elements(value)
	if !ok {
		d.problem("%s must be a list of strings, not %s", where, nameOf(value))
		return nil
	}
	tags := make([]string, len(values))
	for i, value := range values {
		switch {
		case !value.IsKnown():
			d.unknown = true
		default:
			if tags[i], ok = text(value); !ok {
				d.problem("%s[%d] must be a string, not %s", where, i, nameOf(value))
			}
		}
	}
	return tags
}

// What the value null of an attribute means.
const (
	nullIsProblem = false
	nullIsNotSet  = true
)

// attributes decodes a map of attributes, and returns the given map with them.
func (d *decoder) attributes(where fmt.Stringer, value tftypes.Value, null bool, attributes map[string]string) map[string]string {
	clear(attributes)
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	values, ok := elementsByName(value)
	if !ok {
		d.problem("%s must be a map of strings, not %s", where, nameOf(value))
		return nil
	}
	for name, value := range values {
		switch {
		case !value.IsKnown():
			d.unknown = true
		case value.IsNull() && null:
		default:
			if attributes[name], ok = text(value); !ok {
				d.problem("%s[%s] must be a string, not %s", where, kit.Quote(name), nameOf(value))
			}
		}
	}
	return attributes
}
