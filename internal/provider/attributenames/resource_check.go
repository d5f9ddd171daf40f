package attributenames

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// compare compares the planned names with those that the app has. It returns what
// to write, and reports names that cannot be set: those at an index that has
// another name and is not owned, those that another index has, and those with
// another account type, which the service never changes (60563).
func compare(planned, owned, app slots) (write slots, problems diag.Diagnostics) {
	write, after := slots{}, maps.Clone(app)
	maps.Copy(after, planned)
	for _, index := range planned.indexes() {
		want := planned[index]
		at, isTaken := app[index]
		_, isOwned := owned[index]
		elsewhere, isElsewhere := after.find(want.name, index)
		switch {
		case isTaken && !isOwned && !at.is(want.name):
			problems.AddAttributeError(namePath(want.name).AtName(indexField), "Index Already in Use", facts(app, fmt.Sprintf(
				"Index %d of the app has the name %s, which this resource does not manage. Set index to a free one, or manage that name: list it in %s with its index and account type, or import it.",
				index, kit.Quote(at.name), namesAttribute)))
		case isElsewhere:
			problems.AddAttributeError(namePath(want.name).AtName(indexField), "Name Has Another Index", facts(app, fmt.Sprintf(
				"The app has the name %s at index %d, and the service cannot move or delete names. Set index to %d.",
				kit.Quote(want.name), elsewhere, elsewhere)))
		case isTaken && at.accountType != "" && at.accountType != want.accountType:
			problems.AddAttributeError(namePath(want.name).AtName(accountTypeField), "Account Type Cannot Change", facts(app, fmt.Sprintf(
				"Index %d of the app is for accounts of type %s, not %s, and the service never changes the type. Set %s to %s, or use a free index.",
				index, at.accountType, want.accountType, accountTypeField, kit.Quote(at.accountType))))
		case !isTaken || !at.is(want.name):
			write[index] = want
		}
	}
	return write, problems
}

// find returns the index of a name, other than the given one.
func (s slots) find(name string, other int64) (int64, bool) {
	for _, index := range s.indexes() {
		if index != other && s[index].is(name) {
			return index, true
		}
	}
	return 0, false
}

// facts adds what the app has to a text.
func facts(app slots, text string) string {
	return fmt.Sprintf("%s\n\nAttribute names of the app: %s\nFree indexes: %s", text, app, app.free())
}
