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
	users := users{all, condition.UsesTags(), condition.Selector(), condition.AttributeNames(), map[string]string{}}
	var first string // the first account with a problem
	for account, user := range all {
		var one decoder
		isSelected := users.selects(&one, account, user)
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
		isSelected = u.selector.SelectsAttributes(u.needed(d, where, attributes))
	default:
		d.problem("%s", wrongUser(where, user, u.all, u.byTags))
		return false
	}
	if len(d.problems) > 0 {
		d.problem("pass %s", usersOf[u.byTags])
	}
	return isSelected
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
