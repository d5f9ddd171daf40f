package app

import "encoding/json"

// The most accounts in one request. Pick: duplicates count.
const (
	maxAccounts = 100 // of a request for attributes or tags (60564, 90018)
	maxBatch    = 500 // of a push (67553)
)

// item is one account of a request, and what the request says about it.
type item[T any] struct {
	account string
	content T
}

// nothing is the content of items in requests that only name accounts.
type nothing = struct{}

// Accounts returns the accounts that a request names, before anything is checked. An element that is not a string is
// returned as its JSON text. The result is nil if the body does not have the field for accounts.
func (c Command) Accounts(body Body) []string {
	elements, ok := readJSON[[]json.RawMessage](body[c.accounts])
	if c.accounts == fieldUser {
		var user json.RawMessage
		user, ok = body[fieldUser]
		elements = []json.RawMessage{user}
	}
	if !ok || c.accounts == "" {
		return nil
	}
	accounts := make([]string, 0, len(elements))
	for _, element := range elements {
		if c.accounts == fieldAttrs || c.accounts == fieldTags {
			fields, _ := readJSON[Body](element)
			if element, ok = fields[fieldAccount]; !ok {
				continue
			}
		}
		account, isString := readJSON[string](element)
		if !isString {
			account = string(element)
		}
		accounts = append(accounts, account)
	}
	return accounts
}

// readAccounts reads and checks a list of accounts. Pick: a duplicate is ignored.
func readAccounts(body Body, most int) (items []item[nothing], code int) {
	elements, _ := readJSON[[]json.RawMessage](body[fieldAccount])
	if len(elements) == 0 { // pick: an empty list is rejected like a missing one
		return nil, codeBadJSON
	}
	seen := make(map[string]bool, len(elements))
	for _, element := range elements {
		account, isString := readJSON[string](element)
		if !isString {
			return nil, codeNotAString
		}
		if !seen[account] {
			seen[account] = true
			items = append(items, item[nothing]{account: account})
		}
	}
	if len(elements) > most {
		return nil, codeTooMany
	}
	return items, 0
}

// readItems reads and checks the items of a write request; field holds the content of an item (60565 to 60569). Picks:
// an item without To_Account, or a name, value or tag that is not a string, is 90001. Two items for one account are
// executed in order. The content may be empty, which changes nothing.
func readItems[T any](body Body, list, field string, read func(json.RawMessage) (T, bool)) (items []item[T], code int) {
	elements, _ := readJSON[[]json.RawMessage](body[list])
	if len(elements) == 0 { // pick, as for To_Account
		return nil, codeBadJSON
	}
	for _, element := range elements {
		fields, _ := readJSON[Body](element)
		data, given := fields[fieldAccount]
		if !given {
			return nil, codeBadJSON
		}
		account, isString := readJSON[string](data)
		if !isString {
			return nil, codeNotAString
		}
		content, ok := read(fields[field])
		if !ok {
			return nil, codeBadJSON
		}
		items = append(items, item[T]{account, content})
	}
	if len(items) > maxAccounts {
		return nil, codeTooMany
	}
	return items, 0
}

// each calls do for each account of a request, in order, and returns the ErrorList: the accounts that do not exist, and
// those for which do returns a code. Pick: the request is OK even if all accounts fail.
func each[T any](app *App, items []item[T], do func(*account, T) int) []accountError {
	var failed []accountError
	for _, item := range items {
		code := codeUnknownAccount
		if account, exists := app.accounts[item.account]; exists {
			code = do(account, item.content)
		}
		if code != 0 {
			failed = append(failed, accountError{code, item.account})
		}
	}
	return failed
}
