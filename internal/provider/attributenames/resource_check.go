package attributenames

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// replacedFix is what to do if a resource that owned an index is replaced, which a
// plan cannot know: it gets no state.
const replacedFix = " If this plan replaces the resource, the new one manages nothing yet: plan without -replace, or run untaint first."

// compare compares the planned names with those that the app has. It returns what
// to write, and reports names that cannot be set: those at an index that has
// another name and is not owned, those that another index has now, and those with
// another account type, which the service never changes (60563). owned is nil in a
// create, also if it replaces a resource. A name cannot
// change its index, not even if the app has it at an owned one: accounts' values may
// stay with their index (unverified), and would then belong to another name.
func compare(planned, owned, app slots) (write slots, problems diag.Diagnostics) {
	write = slots{}
	for _, index := range planned.indexes() {
		want := planned[index]
		at, isTaken := app[index]
		_, isOwned := owned[index]
		isThere := isTaken && at.is(want.name)
		elsewhere, isElsewhere := app.find(want.name)
		indexPath, accountTypePath := namePath(want.name).AtName(indexField), namePath(want.name).AtName(accountTypeField)
		switch { // texts name the argument too, since the CLI does not print paths
		case isElsewhere && !isThere:
			problems.AddAttributeError(indexPath, "Name Has Another Index", facts(app, fmt.Sprintf(
				"%s is %d, but the app has this name at index %d, and the service cannot move or delete names. Set index to %d.",
				indexPath, index, elsewhere, elsewhere)))
		case isTaken && !isOwned && !isThere:
			problems.AddAttributeError(indexPath, "Index Already in Use", facts(app, fmt.Sprintf(
				"%s is %d, where the app has the name %s, which this resource does not manage. Set index to a free one, or manage that name: list it in %s with its index and account type, or import the names by SDKAppID.%s",
				indexPath, index, kit.Quote(at.name), namesAttribute, map[bool]string{true: replacedFix}[owned == nil])))
		case isTaken && at.accountType != "" && at.accountType != want.accountType:
			problems.AddAttributeError(accountTypePath, "Account Type Cannot Change", facts(app, fmt.Sprintf(
				"%s is %s, but index %d of the app is for accounts of type %s, and the service never changes the type. Set %s to %s, or use a free index.",
				accountTypePath, kit.Quote(want.accountType), index, kit.Quote(at.accountType), accountTypeField, kit.Quote(at.accountType))))
		case !isThere:
			write[index] = want
		}
	}
	return write, problems
}

// find returns the lowest index of a name.
func (s slots) find(name string) (int64, bool) {
	for _, index := range s.indexes() {
		if s[index].is(name) {
			return index, true
		}
	}
	return 0, false
}

// facts adds what the app has to a text.
func facts(app slots, text string) string {
	return fmt.Sprintf("%s\n\nAttribute names of the app: %s\nFree indexes: %s", text, app, app.free())
}
