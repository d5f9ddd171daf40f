package app

import "maps"

// getAttrResponse is the response of get_attr, in the page's order of fields (60564).
type getAttrResponse struct {
	envelope
	UserAttrs []userAttrs    // pick: [] if no account exists
	ErrorList []accountError `json:",omitempty"`
}

// userAttrs are the attributes of one account, in no particular order.
type userAttrs struct {
	ToAccount string            `json:"To_Account"`
	Attrs     map[string]string // {} if the account has none
}

// getAttr is get_attr (60564, 67817). Picks: accounts come in the order of the request; a duplicate is ignored; the
// request is OK even if no account exists; an empty name is an unknown account.
func (app *App) getAttr(request Request) Response {
	items, code := readAccounts(request.Body, maxAccounts)
	if code != 0 {
		return reject(code)
	}
	response := getAttrResponse{envelope: okEnvelope, UserAttrs: []userAttrs{}}
	response.ErrorList = each(app, items, func(a *account, _ nothing) int {
		attrs := make(map[string]string, len(a.values))
		for index, value := range a.values {
			attrs[app.attributes[index].name] = value
		}
		response.UserAttrs = append(response.UserAttrs, userAttrs{a.name, attrs})
		return 0
	})
	return success(response)
}

// setAttr is set_attr (60565, 67818). Picks: other attributes of the account keep their values, as for the legacy
// command (37165). An unknown name or a value that is too long is 90033 for the complete request, because neither depends
// on the account. Empty values are allowed. An account that does not exist is 70107, as in the other commands. If the
// request gives an account attributes of both kinds, none of them is set.
func (app *App) setAttr(request Request) Response {
	items, code := readItems(request.Body, fieldAttrs, "Attrs", readStringMap)
	if code != 0 {
		return reject(code)
	}
	for _, item := range items {
		for name, value := range item.content {
			if _, found := app.index(name); !found || len(value) > maxValue {
				return reject(codeBadAttribute)
			}
		}
	}
	return success(writeResponse{okEnvelope, each(app, items, func(a *account, attrs map[string]string) int {
		values := maps.Clone(a.values)
		for name, value := range attrs {
			index, _ := app.index(name)
			if app.attributes[index].kind != a.kind {
				return codeOtherKind
			}
			values[index] = value
		}
		a.values = values
		return 0
	})})
}

// removeAttr is remove_attr (60566, 67819), where Attrs is an array of names. Picks: an unknown name is 90033 for the
// complete request, as in set_attr. An attribute that the account does not have is ignored, even one for the other kind:
// the page does not list 90035.
func (app *App) removeAttr(request Request) Response {
	items, code := readItems(request.Body, fieldAttrs, "Attrs", readStrings)
	if code != 0 {
		return reject(code)
	}
	for _, item := range items {
		for _, name := range item.content {
			if _, found := app.index(name); !found {
				return reject(codeBadAttribute)
			}
		}
	}
	return success(writeResponse{okEnvelope, each(app, items, func(a *account, names []string) int {
		for _, name := range names {
			index, _ := app.index(name)
			delete(a.values, index)
		}
		return 0
	})})
}
