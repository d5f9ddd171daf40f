package attributenames

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// An app has an attribute name at each of these indexes, or none (60563).
const (
	leastIndex = 0
	mostIndex  = leastIndex + timpush.MaxNames - 1
)

// indexRange is the valid indexes in texts.
var indexRange = fmt.Sprintf("%d to %d", leastIndex, mostIndex)

// slot is an attribute name with its account type, "" if that is unknown.
type slot struct{ name, accountType string }

// is reports whether the slot has a name. Equal names can differ in Unicode.
func (s slot) is(name string) bool {
	return norm.NFC.String(s.name) == norm.NFC.String(name)
}

func (s slot) String() string {
	if s.accountType == "" {
		return kit.Quote(s.name)
	}
	return kit.Quote(s.name) + " (" + s.accountType + ")"
}

// slots are attribute names by index.
type slots map[int64]slot

// slotsOf returns the names of an app. It omits what is not at a valid index.
func slotsOf(names []timpush.AttributeName) slots {
	all := slots{}
	for _, name := range names {
		if index, isIndex := attributeIndex(name.Index); isIndex && name.Name != "" {
			all[*index] = slot{name.Name, kit.AccountTypes[name.AccountType].Value}
		}
	}
	return all
}

// indexes returns the indexes, sorted.
func (s slots) indexes() []int64 { return slices.Sorted(maps.Keys(s)) }

// names returns the names as the client writes them.
func (s slots) names() (names []timpush.AttributeName) {
	for _, index := range s.indexes() {
		name := timpush.AttributeName{Index: strconv.FormatInt(index, 10), Name: s[index].name}
		for number, accountType := range kit.AccountTypes {
			if accountType.Value == s[index].accountType {
				name.AccountType = number
			}
		}
		names = append(names, name)
	}
	return names
}

// without returns the slots whose index is not among the others.
func (s slots) without(others slots) slots {
	rest := maps.Clone(s)
	maps.DeleteFunc(rest, func(index int64, _ slot) bool {
		_, other := others[index]
		return other
	})
	return rest
}

// String lists the names, such as `0 = "sex" (user_id)`.
func (s slots) String() string {
	if len(s) == 0 {
		return "none"
	}
	texts := make([]string, 0, len(s))
	for _, index := range s.indexes() {
		texts = append(texts, fmt.Sprintf("%d = %s", index, s[index]))
	}
	return strings.Join(texts, ", ")
}

// free lists the indexes without a name.
func (s slots) free() string {
	var free []string
	for index := int64(leastIndex); index <= mostIndex; index++ {
		if _, taken := s[index]; !taken {
			free = append(free, strconv.FormatInt(index, 10))
		}
	}
	if free == nil {
		return "none"
	}
	return strings.Join(free, ", ")
}
