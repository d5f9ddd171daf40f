package app

import (
	"encoding/json"

	"golang.org/x/text/unicode/norm"
)

// Readings decide what the service does where the pages contradict each other, or say nothing. The zero value is the pick; of a
// condition, it selects fewer accounts.
type Readings struct {
	// TagsNotAll excludes only accounts that have all tags of TagsNot, as in the sample of 60561. The pick is that one of them
	// is enough.
	TagsNotAll bool

	// AttrsEither selects accounts that match AttrsOr or AttrsAnd if a condition has both. The pick is that both must match.
	AttrsEither bool

	// CamelCaseOrder accepts only "createAt" and "schedAt" as OrderBy (269/130281). The pick is only "createat" and "schedat"
	// (78843).
	CamelCaseOrder bool

	// MergesContent keeps what the Content of modify_sched_task lacks, in objects at any depth. The pick is that Content
	// replaces the old one (no page says; 78840).
	MergesContent bool
}

// tagLists are the tags of a condition, nil if they are not given.
type tagLists struct{ or, and, not []string }

// pair is a value that a condition wants for the attribute with this index.
type pair struct {
	index int
	value string
}

// readCondition reads the Condition of a push (60561, 37166), and returns which accounts it selects: all without a
// condition, or those for which all its parts hold. Picks: null, a condition without parts, and an empty part are 90001, so
// that a mistake never sends a push to everybody. More than one code can apply; the order of checks is that of this function.
func (app *App) readCondition(body Body) (selects func(*account) bool, code int) {
	data, given := body["Condition"]
	if !given {
		return func(*account) bool { return true }, 0
	}
	var tags tagLists
	var or, and map[string]string
	fields, ok := readJSON[Body](data)
	ok = ok && readPart(fields, "TagsOr", readStrings, &tags.or) && readPart(fields, "TagsAnd", readStrings, &tags.and) &&
		readPart(fields, "TagsNot", readStrings, &tags.not) &&
		readPart(fields, "AttrsOr", readStringMap, &or) && readPart(fields, "AttrsAnd", readStringMap, &and)
	byTags, byAttributes := tags.or != nil || tags.and != nil || tags.not != nil, or != nil || and != nil
	switch {
	case !ok || !byTags && !byAttributes:
		return nil, codeBadJSON
	case byTags && byAttributes:
		return nil, codeTwoKinds
	case byTags:
		return tags.selects(app.Readings), tags.check()
	default:
		return app.selectByAttributes(or, and)
	}
}

// readPart reads a part of a condition, if it is given. It returns false if the part is empty or of another type.
func readPart[T []string | map[string]string](fields Body, name string, read func(json.RawMessage) (T, bool), into *T) bool {
	data, given := fields[name]
	if !given {
		return true
	}
	value, ok := read(data)
	*into = value
	return ok && len(value) > 0
}

// check returns the code for invalid tags, or 0. Pick: a duplicate in a list counts.
func (tags tagLists) check() (code int) {
	for _, list := range [][]string{tags.or, tags.and, tags.not} {
		if len(list) > maxListed {
			return codeManyTags
		}
		for _, tag := range list {
			if code := checkTag(tag); code != 0 {
				return code
			}
		}
	}
	for _, tag := range tags.or {
		for _, other := range tags.and {
			if equal(tag, other) {
				return codeTagTwice
			}
		}
	}
	return 0
}

// selects returns which accounts the tags select.
func (tags tagLists) selects(readings Readings) func(*account) bool {
	return func(a *account) bool {
		or, and, not := a.countTags(tags.or), a.countTags(tags.and), a.countTags(tags.not)
		excluded := not > 0
		if readings.TagsNotAll {
			excluded = not > 0 && not == len(tags.not)
		}
		return (tags.or == nil || or > 0) && and == len(tags.and) && !excluded
	}
}

// countTags returns how many tags of a list the account has.
func (a *account) countTags(list []string) (n int) {
	for _, wanted := range list {
		for _, tag := range a.tags {
			if equal(tag, wanted) {
				n++
				break
			}
		}
	}
	return n
}

// selectByAttributes returns which accounts these attributes select. Picks: an attribute that the app lacks, or a value that
// is too long, is 90033, as in set_attr; an empty value is a value.
func (app *App) selectByAttributes(or, and map[string]string) (selects func(*account) bool, code int) {
	orPairs, orOK := app.pairs(or)
	andPairs, andOK := app.pairs(and)
	if !orOK || !andOK {
		return nil, codeBadAttribute
	}
	either := app.Readings.AttrsEither && or != nil && and != nil
	return func(a *account) bool {
		some, all := a.countPairs(orPairs) > 0, a.countPairs(andPairs) == len(andPairs)
		if either {
			return some || all
		}
		return (or == nil || some) && all
	}, 0
}

// pairs returns the attributes by index. It returns false if one is invalid.
func (app *App) pairs(attributes map[string]string) (pairs []pair, ok bool) {
	for name, value := range attributes {
		index := 0
		for index < maxNames && (app.attributes[index].name == "" || !equal(app.attributes[index].name, name)) {
			index++
		}
		if index == maxNames || len(value) > maxValue {
			return nil, false
		}
		pairs = append(pairs, pair{index, value})
	}
	return pairs, true
}

// countPairs returns how many of the values the account has.
func (a *account) countPairs(pairs []pair) (n int) {
	for _, wanted := range pairs {
		if value, set := a.values[wanted.index]; set && equal(value, wanted.value) {
			n++
		}
	}
	return n
}

// equal compares two texts of a condition. Pick: they are equal if their bytes are, after Unicode normalization (NFC). No
// page mentions normalization.
func equal(a, b string) bool { return a == b || norm.NFC.String(a) == norm.NFC.String(b) }
