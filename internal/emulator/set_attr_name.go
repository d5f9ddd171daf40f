package emulator

import (
	"fmt"
	"maps"
	"slices"
)

// setAttrName is set_attr_name (60563, 67816): all of it or nothing. It merges into what the app has, as the failure
// sample shows: a name could not "already exist" otherwise. What is wrong with an attribute is 90033, which the page
// gives for a repeated name and a changed type only (pick). More picks:
//   - An index that is in use may get another name, the attribute's values staying with it, or the same once more.
//   - Names are compared as they are after the whole call, so one call may exchange two.
//   - An empty name is refused: it deletes nothing.
//   - An index in use, given without a type, keeps its type.
func (s *state) setAttrName(body object) answer {
	names, good := readStringMap(body["AttrNames"])
	if !good || len(names) == 0 {
		return fail(codeBadJSON)
	}
	types, good := readKinds(body)
	if !good {
		return fail(codeBadJSON)
	}
	for index := range types {
		if _, named := names[index]; !named { // "its keys must occur in AttrNames"
			return fail(codeBadAttribute)
		}
	}
	after := s.attributes // a copy
	for index, name := range names {
		i, good := readIndex(index)
		if !good || name == "" || len(name) > maxName {
			return fail(codeBadAttribute)
		}
		k, typed := types[index]
		switch {
		case !typed:
			k = after[i].kind // of a free index: 0, the documented default
		case k != userID && k != registrationID:
			return fail(codeBadAttribute)
		case after[i].name != "" && k != after[i].kind:
			return fail(codeBadAttribute) // "cannot be changed once set"
		}
		after[i] = attribute{name, k}
	}
	// In order, so that the same call is always refused in the same words.
	for _, index := range slices.Sorted(maps.Keys(names)) {
		for other, a := range after {
			_, given := names[indexes[other]]
			// Of two indexes in the call, the later one is to blame; else the one in the call.
			if a.name == names[index] && (!given || indexes[other] < index) {
				return failWith(codeBadAttribute, fmt.Sprintf("attrName:%s already exists at index:%d", a.name, other))
			}
		}
	}
	s.attributes = after
	return ok(done)
}

// readKinds reads AttrTypes, which may be missing. Pick: a type that is no whole number is 90001.
func readKinds(body object) (kinds map[string]kind, good bool) {
	data, given := body["AttrTypes"]
	if !given {
		return nil, true
	}
	types, good := readJSON[object](data)
	kinds = make(map[string]kind, len(types))
	for index, data := range types {
		number, isNumber := readJSON[int](data)
		good = good && isNumber
		kinds[index] = kind(number)
	}
	return kinds, good
}
