package app

import "fmt"

// getAttrNameResponse is the response of get_attr_name, in the page's order of fields (67815). Pick: both objects are {}
// if the app has no names.
type getAttrNameResponse struct {
	envelope
	AttrNames map[string]string // by index, "0" to "9"
	AttrTypes map[string]kind   // by index; an older page (60562) does not have it
}

// getAttrName is get_attr_name (67815). The request is {}; pick: other fields are ignored.
func (app *App) getAttrName(Request) Response {
	response := getAttrNameResponse{envelope: okEnvelope, AttrNames: map[string]string{}, AttrTypes: map[string]kind{}}
	for i, a := range app.attributes {
		if a.name != "" {
			response.AttrNames[indexes[i]], response.AttrTypes[indexes[i]] = a.name, a.kind
		}
	}
	return success(response)
}

// setAttrName is set_attr_name (60563, 67816). It sets all names or none, and keeps the app's other names: otherwise a
// name could not "already exist", as in the failure sample. Every invalid name, index or type is 90033, although the page
// lists that code only for a duplicate name and a changed type (pick). More picks:
//   - An index in use can get another name, and values keep their index. It can also get its own name again.
//   - Names are compared as they are after the request, so one request can swap two names.
//   - An empty name is rejected; it does not delete the attribute.
//   - An index in use, given without a type, keeps its type.
func (app *App) setAttrName(request Request) Response {
	names, isObject := readStringMap(request.Body["AttrNames"])
	if !isObject || len(names) == 0 {
		return reject(codeBadJSON)
	}
	kinds, isObject := readKinds(request.Body)
	if !isObject {
		return reject(codeBadJSON)
	}
	for index := range kinds {
		if _, named := names[index]; !named { // "its keys must occur in AttrNames"
			return reject(codeBadAttribute)
		}
	}
	after := app.attributes // a copy
	for index, name := range names {
		i, isIndex := parseIndex(index)
		if !isIndex || name == "" || len(name) > maxName {
			return reject(codeBadAttribute)
		}
		k, given := kinds[index]
		switch {
		case !given:
			k = after[i].kind // 0 for a free index, the documented default
		case k != userID && k != registrationID:
			return reject(codeBadAttribute)
		case after[i].name != "" && k != after[i].kind:
			return reject(codeBadAttribute) // "cannot be changed once set"
		}
		after[i] = attribute{name, k}
	}
	if i, other, found := findDuplicate(after, names); found {
		return Reject(codeBadAttribute, fmt.Sprintf("attrName:%s already exists at index:%d", after[i].name, other))
	}
	app.attributes = after
	return success(okEnvelope)
}

// findDuplicate returns the lowest of the changed indexes whose name another index already has. Of two changed indexes, the
// lower one has it.
func findDuplicate[T any](after [maxNames]attribute, changed map[string]T) (i, other int, found bool) {
	for i, a := range after {
		if _, isChanged := changed[indexes[i]]; !isChanged {
			continue
		}
		for other, b := range after {
			_, isChanged := changed[indexes[other]]
			if b.name == a.name && (!isChanged || other < i) {
				return i, other, true
			}
		}
	}
	return 0, 0, false
}

// readKinds reads AttrTypes, which is optional. Pick: a type that is not an integer is 90001.
func readKinds(body Body) (kinds map[string]kind, ok bool) {
	data, given := body["AttrTypes"]
	if !given {
		return nil, true
	}
	types, ok := readJSON[Body](data)
	kinds = make(map[string]kind, len(types))
	for index, data := range types {
		number, isInt := readJSON[int](data)
		if !isInt {
			return nil, false
		}
		kinds[index] = kind(number)
	}
	return kinds, ok
}
