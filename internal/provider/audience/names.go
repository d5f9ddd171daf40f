package audience

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// wantedName is an attribute name in a condition.
type wantedName struct {
	name string // in Unicode NFC
	path path.Path
}

// wantedNames returns the attribute names in a condition, sorted, each once.
func wantedNames(condition timpush.Condition) (names []wantedName) {
	seen := map[string]bool{}
	for _, part := range []struct {
		argument   string
		attributes map[string]string
	}{{kit.AttributesAnd, condition.AttributesAnd}, {kit.AttributesOr, condition.AttributesOr}} {
		for _, key := range slices.Sorted(maps.Keys(part.attributes)) {
			if name := norm.NFC.String(key); !seen[name] {
				seen[name] = true
				names = append(names, wantedName{name, kit.ConditionPath.AtName(part.argument).AtMapKey(key)})
			}
		}
	}
	slices.SortStableFunc(names, func(a, b wantedName) int { return strings.Compare(a.name, b.name) })
	return names
}

// nameProblems warns of the condition's attribute names that the app does not have,
// and of those for RegistrationIDs that none of the accounts that were read has:
// they are probably UserIDs. It also returns the names that the app does not have.
func nameProblems(condition timpush.Condition, names []timpush.AttributeName, read map[string]map[string]string) (unknown []wantedName, warnings diag.Diagnostics) {
	types := map[string]string{} // by name
	for _, name := range names {
		if _, twice := types[name.Name]; !twice && name.Name != "" {
			types[name.Name] = name.AccountType
		}
	}
	var unused []wantedName
	for _, wanted := range wantedNames(condition) {
		accountType, found := types[wanted.name]
		switch {
		case !found:
			unknown = append(unknown, wanted)
		case accountType == timpush.AccountTypeRegistrationID && len(read) > 0 && !anyHas(read, wanted.name):
			unused = append(unused, wanted)
		}
	}
	if len(unknown) > 0 {
		warnings.Append(unknownNames(unknown, slices.Sorted(maps.Keys(types))))
	}
	if len(unused) > 0 {
		warnings.AddAttributeWarning(pathOf(unused), "Unused Attribute Name", fmt.Sprintf(
			"None of the accounts that were read has the %s, which %s for RegistrationIDs. Check that accounts lists RegistrationIDs, and that the app sets the %s.",
			attributeList(unused), map[bool]string{true: "is", false: "are"}[len(unused) == 1], plural("attribute", unused)))
	}
	return unknown, warnings
}

// unknownNames warns of names that are not among those of the app.
func unknownNames(unknown []wantedName, known []string) diag.Diagnostic {
	const summary = "Unknown Attribute Name"
	cause, fix := "The app has no "+attributeList(unknown), " Correct the "+plural("name", unknown)+", or add the "+plural("attribute", unknown)+" to the app."
	var facts []string
	isListed := true
	for _, wanted := range unknown {
		suggestion := kit.DidYouMean(kit.Suggest(wanted.name, known))
		switch {
		case suggestion == "":
			isListed = false
		case len(unknown) == 1:
			return diag.NewAttributeWarningDiagnostic(wanted.path, summary, cause+suggestion+fix)
		case len(facts) < kit.MostListed:
			facts = append(facts, kit.Quote(wanted.name)+": "+strings.TrimPrefix(suggestion, "; "))
		}
	}
	if !isListed {
		facts = append(facts, "Attribute names of the app: "+kit.QuoteFirst(known))
	}
	return diag.NewAttributeWarningDiagnostic(pathOf(unknown), summary, cause+"."+fix+"\n\n"+strings.Join(facts, "\n"))
}

// anyHas reports whether an account has the attribute.
func anyHas(read map[string]map[string]string, name string) bool {
	for _, attributes := range read {
		if _, has := attributes[name]; has {
			return true
		}
	}
	return false
}

// pathOf returns the path of a warning about names.
func pathOf(names []wantedName) path.Path {
	if len(names) == 1 {
		return names[0].path
	}
	return kit.ConditionPath
}

// attributeList returns, for example, `attribute "city"`.
func attributeList(names []wantedName) string {
	texts := make([]string, len(names))
	for i, wanted := range names {
		texts[i] = wanted.name
	}
	return plural("attribute", names) + " " + kit.QuoteFirst(texts)
}

func plural(noun string, names []wantedName) string {
	if len(names) == 1 {
		return noun
	}
	return noun + "s"
}
