package audience

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// reached returns the accounts that a condition selects, sorted.
func (d *decoder) reached(ctx context.Context, condition timpush.Condition, value tftypes.Value) (reached []string) {
	if !value.IsKnown() {
		d.unknown = true
		return nil
	}
	wanted := usersOf[condition.UsesTags()]
	all, ok := elementsByName(value)
	switch {
	case !ok:
		d.problem("must be a map, not %s: pass %s", nameOf(value), wanted)
		return nil
	case value.Type().Equal(kit.AccountErrorsType(ctx)):
		d.problem("must not be the errors of a data source: pass %s", wanted)
		return nil
	}
	compared := users{
		all:        all,
		byTags:     condition.UsesTags(),
		selector:   condition.Selector(),
		names:      condition.AttributeNames(),
		attributes: map[string]string{},
	}
	var first string // the first account with a problem
	for account, user := range all {
		var one decoder
		isSelected := compared.selects(&one, account, user)
		d.unknown = d.unknown || one.unknown
		switch {
		case len(one.problems) > 0: // the other accounts probably have the same problem
			if len(d.problems) == 0 || account < first {
				first, d.problems = account, one.problems
			}
		case isSelected:
			reached = append(reached, account)
		}
	}
	slices.Sort(reached) // only these: sorting 100,000 accounts takes a while
	return reached
}

// users are the accounts to compare with a condition.
type users struct {
	all      map[string]tftypes.Value
	byTags   bool
	selector *timpush.Selector
	names    []string // the attributes that the condition needs

	attributes map[string]string // of one account, and then of the next one, which is faster
}

// selects decodes what the condition needs of an account, and compares it.
func (u *users) selects(d *decoder, account string, user tftypes.Value) (isSelected bool) {
	where := userOf(account)
	tags, isList := elements(user)
	attributes, isMap := elementsByName(user)
	switch {
	case !user.IsKnown():
		d.unknown = true
	case u.byTags && isList:
		isSelected = u.selector.SelectsTags(d.texts(where, tags))
	case !u.byTags && isMap:
		if d.checkTypes(where, user.Type(), attributes); len(d.problems) == 0 {
			isSelected = u.selector.SelectsAttributes(u.needed(d, where, attributes))
		}
	default: // a list or a map is what a condition of the other kind needs
		d.problem("%s", u.wrongUser(where, user, isList || isMap))
		return false
	}
	if len(d.problems) > 0 {
		d.problem("pass %s", usersOf[u.byTags])
	}
	return isSelected
}

// checkTypes checks all attributes of an account, without decoding them: an attribute
// that is no text is a sign of another result than the one that the condition needs.
// Null is not set.
func (d *decoder) checkTypes(where fmt.Stringer, kind tftypes.Type, attributes map[string]tftypes.Value) {
	if kind, isMap := kind.(tftypes.Map); isMap && !kind.ElementType.Is(tftypes.DynamicPseudoType) {
		if !isText(kind.ElementType) {
			d.problem("%s must be a map of strings, but its elements are of another type", where)
		}
		return
	}
	var wrong []string
	for name, value := range attributes {
		if value.IsKnown() && !value.IsNull() && !isText(value.Type()) {
			wrong = append(wrong, name)
		}
	}
	if len(wrong) > 0 { // the other ones probably have the same cause
		name := slices.Min(wrong)
		d.problem("%s[%s] must be a string, not %s", where, kit.Quote(name), nameOf(attributes[name]))
	}
}

// needed decodes the attributes that the condition needs. Null is not set.
func (u *users) needed(d *decoder, where fmt.Stringer, attributes map[string]tftypes.Value) map[string]string {
	clear(u.attributes)
	for _, name := range u.names {
		if value, isSet := attributes[name]; isSet && !value.IsNull() {
			d.attribute(where, name, value, u.attributes)
		}
	}
	return u.attributes
}

// result is the result of a data source that is needed for a condition.
type result struct {
	name, dataSource string
	noun             string // what a condition selects by
}

// String writes the result as a configuration refers to it.
func (r result) String() string { return "data." + r.dataSource + ".NAME." + r.name }

// usersOf are the results for conditions with tags (true) and with attributes.
var usersOf = map[bool]result{
	true:  {"tags", "timpush_user_tags", "tags"},
	false: {"attributes", "timpush_user_attributes", "attributes"},
}

// userOf is the account whose value is decoded. It is written only if needed: for
// 100,000 accounts, that takes a while.
type userOf string

func (u userOf) String() string { return "users[" + kit.Quote(string(u)) + "]" }

// wrongUser says why an account is not as needed, and what to pass instead.
func (u *users) wrongUser(where userOf, user tftypes.Value, isOther bool) string {
	wanted := usersOf[u.byTags]
	_, hasErrors := u.all["errors"]
	_, hasAccounts := u.all["accounts"]
	switch {
	case hasErrors && hasAccounts:
		return fmt.Sprintf("must not be a complete data source: pass %s", wanted)
	case isOther:
		return fmt.Sprintf("%s is %s, but the condition selects by %s: pass %s", where, nameOf(user), wanted.noun, wanted)
	default:
		return fmt.Sprintf("%s is %s: pass %s", where, nameOf(user), wanted)
	}
}
