package emulator

import "maps"

// setAttr is set_attr (60565, 67818). Picks: each attribute is set without touching the others, as the page of the legacy
// call says (37165); what is wrong with a name or value is 90033 for the whole call, since it does not depend on
// the account: a name that the app does not have, a value that is too long; an empty value is a value. An account that
// does not exist is 70107, as in the other calls. One that gets attributes of both kinds gets none of them.
func (s *state) setAttr(body object) answer {
	items, code := readItems(body, "UserAttrs", "Attrs", readStringMap)
	if code != 0 {
		return fail(code)
	}
	for _, item := range items {
		for name, value := range item.content {
			if _, found := s.index(name); !found || len(value) > maxValue {
				return fail(codeBadAttribute)
			}
		}
	}
	return ok(writeReply{done, each(s, items, func(a *account, item item[map[string]string]) int {
		values := maps.Clone(a.values)
		for name, value := range item.content {
			index, _ := s.index(name)
			if s.attributes[index].kind != a.kind {
				return codeOtherKind
			}
			values[index] = value
		}
		a.values = values
		return 0
	})})
}

// removeAttr is remove_attr (60566, 67819), where Attrs is an array of names. Picks: a name that the app does not have is
// 90033 for the whole call, as in set_attr; an attribute that the account does not have, be it of the other kind, is
// removed all the same. The page does not have 90035.
func (s *state) removeAttr(body object) answer {
	items, code := readItems(body, "UserAttrs", "Attrs", readStrings)
	if code != 0 {
		return fail(code)
	}
	for _, item := range items {
		for _, name := range item.content {
			if _, found := s.index(name); !found {
				return fail(codeBadAttribute)
			}
		}
	}
	return ok(writeReply{done, each(s, items, func(a *account, item item[[]string]) int {
		for _, name := range item.content {
			index, _ := s.index(name)
			delete(a.values, index)
		}
		return 0
	})})
}
