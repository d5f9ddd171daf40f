package app

import "slices"

// getTagResponse is the response of get_tag, in the page's order of fields (60567).
type getTagResponse struct {
	envelope
	UserTags  []userTags     // pick: [] if no account exists
	ErrorList []accountError `json:",omitempty"`
}

// userTags are the tags of one account, in the order in which they were added (pick).
type userTags struct {
	ToAccount string   `json:"To_Account"`
	Tags      []string // pick: [] if the account has none, like {} of get_attr (60564)
}

// getTag is get_tag (60567, 67820). The picks are those of getAttr.
func (app *App) getTag(request Request) Response {
	items, code := readAccounts(request.Body, maxAccounts)
	if code != 0 {
		return reject(code)
	}
	response := getTagResponse{envelope: okEnvelope, UserTags: []userTags{}}
	response.ErrorList = each(app, items, func(a *account, _ nothing) int {
		response.UserTags = append(response.UserTags, userTags{a.name, a.tags})
		return 0
	})
	return success(response)
}

// addTag is add_tag (67821, 60568). With Replace, it replaces all tags of an account. Picks: a Replace other than 0 or 1 is
// 90001. A duplicate tag is ignored, but counts toward the limit on a request. Replace without tags removes all tags.
func (app *App) addTag(request Request) Response {
	replace := 0
	if data, given := request.Body["Replace"]; given {
		var isInt bool
		if replace, isInt = readJSON[int](data); !isInt || replace != 0 && replace != 1 {
			return reject(codeBadJSON)
		}
	}
	// The page's text allows 10 per account and request, but its table of fields 100 with Replace 1 (pick: the table).
	limit := maxAdded
	if replace == 1 {
		limit = maxTags
	}
	items, code := readTags(request.Body)
	if code != 0 {
		return reject(code)
	}
	for _, item := range items {
		if len(item.content) > limit {
			return reject(codeManyTags) // pick: rejects the complete request, even above 100
		}
	}
	return success(writeResponse{okEnvelope, each(app, items, func(a *account, added []string) int {
		var tags []string
		if replace == 0 {
			tags = slices.Clone(a.tags)
		}
		for _, tag := range added {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		return app.setTags(a, tags)
	})})
}

// removeTag is remove_tag (60569, 67822). The number of tags is not limited. Pick: a tag that the account does not have is
// ignored.
func (app *App) removeTag(request Request) Response {
	items, code := readTags(request.Body)
	if code != 0 {
		return reject(code)
	}
	return success(writeResponse{okEnvelope, each(app, items, func(a *account, removed []string) int {
		return app.setTags(a, slices.DeleteFunc(slices.Clone(a.tags), func(tag string) bool {
			return slices.Contains(removed, tag)
		}))
	})})
}

// clearAllTags is clear_all_tags (60570, 67823).
func (app *App) clearAllTags(request Request) Response {
	items, code := readAccounts(request.Body, maxAccounts)
	if code != 0 {
		return reject(code)
	}
	return success(writeResponse{okEnvelope, each(app, items, func(a *account, _ nothing) int {
		return app.setTags(a, nil)
	})})
}

// readTags reads the items of a request that writes tags. Picks: a tag that is too long (90020) or empty (90040, which is
// documented for the conditions of a push) rejects the complete request.
func readTags(body Body) (items []item[[]string], code int) {
	items, code = readItems(body, fieldTags, "Tags", readStrings)
	for _, item := range items {
		for _, tag := range item.content {
			if code := checkTag(tag); code != 0 {
				return nil, code
			}
		}
	}
	return items, code
}

// checkTag returns the code for an invalid tag, or 0.
func checkTag(tag string) int {
	if tag == "" {
		return codeEmptyTag
	}
	if len(tag) > maxTag {
		return codeLongTag
	}
	return 0
}

// setTags replaces the tags of an account. If the account cannot have them, it changes nothing and returns the code.
// Pick: too many tags for the account or the app are 90032 for the account; no page has a code for that. For the app, a
// tag counts once, however many accounts have it.
func (app *App) setTags(a *account, tags []string) int {
	different := len(app.tags)
	for _, name := range a.tags {
		if app.tags[name].holders == 1 && !slices.Contains(tags, name) {
			different-- // no other account has it
		}
	}
	for _, name := range tags {
		t, used := app.tags[name]
		if !used {
			different++
		} else if t.kind != a.kind {
			return codeOtherKind
		}
	}
	if len(tags) > maxTags || different > maxAppTags {
		return codeManyTags
	}
	app.releaseTags(a)
	for _, name := range tags {
		app.tags[name] = tag{a.kind, app.tags[name].holders + 1}
	}
	a.tags = append([]string{}, tags...)
	return 0
}

// releaseTags no longer counts the account as a holder of its tags. It leaves the account as it is.
func (app *App) releaseTags(a *account) {
	for _, name := range a.tags {
		if app.tags[name].holders == 1 {
			delete(app.tags, name)
		} else {
			app.tags[name] = tag{a.kind, app.tags[name].holders - 1}
		}
	}
}
