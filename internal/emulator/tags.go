package emulator

import "slices"

// addTag is add_tag (67821, 60568). With Replace it sets all of an account's tags. Picks: Replace is 0 or 1, anything else
// 90001; of a tag that is given twice the account gets one, but both count for the limit on a call; a call that
// replaces by no tags leaves none. Which tags an account may have: see holdTags.
func (s *state) addTag(body object) answer {
	replace := 0
	if data, given := body["Replace"]; given {
		var good bool
		if replace, good = readJSON[int](data); !good || replace != 0 && replace != 1 {
			return fail(codeBadJSON)
		}
	}
	// The page's text allows 10 per account and call, but its table of fields 100 with Replace 1 (pick: the table).
	limit := maxAdded
	if replace == 1 {
		limit = maxTags
	}
	items, code := readTags(body)
	if code != 0 {
		return fail(code)
	}
	for _, item := range items {
		if len(item.content) > limit {
			return fail(codeManyTags) // pick: for the whole call; over 100 too
		}
	}
	return ok(writeReply{done, each(s, items, func(a *account, item item[[]string]) int {
		var tags []string
		if replace == 0 {
			tags = slices.Clone(a.tags)
		}
		for _, tag := range item.content {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		return s.holdTags(a, tags)
	})})
}

// removeTag is remove_tag (60569, 67822), for any number of tags. Pick: a tag that the account does not have is removed
// all the same.
func (s *state) removeTag(body object) answer {
	items, code := readTags(body)
	if code != 0 {
		return fail(code)
	}
	return ok(writeReply{done, each(s, items, func(a *account, item item[[]string]) int {
		return s.holdTags(a, slices.DeleteFunc(slices.Clone(a.tags), func(tag string) bool {
			return slices.Contains(item.content, tag)
		}))
	})})
}

// clearAllTags is clear_all_tags (60570, 67823).
func (s *state) clearAllTags(body object) answer {
	items, code := readAccounts(body)
	if code != 0 {
		return fail(code)
	}
	return ok(writeReply{done, each(s, items, func(a *account, _ item[nothing]) int {
		return s.holdTags(a, nil)
	})})
}

// readTags reads UserTags, and checks what holds for a tag anywhere. Picks: a tag that is too long (90020) or empty (90040,
// which is documented for the conditions of a push) refuses the whole call.
func readTags(body object) ([]item[[]string], int) {
	items, code := readItems(body, "UserTags", "Tags", readStrings)
	for _, item := range items {
		for _, tag := range item.content {
			switch {
			case tag == "":
				return nil, codeEmptyTag
			case len(tag) > maxTag:
				return nil, codeLongTag
			}
		}
	}
	return items, code
}
