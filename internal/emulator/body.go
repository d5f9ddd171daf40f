package emulator

import (
	"encoding/json"
	"unicode/utf8"
)

// maxAccounts is the most accounts in one request (60564, 90018). Pick: repeated ones count each time.
const maxAccounts = 100

// object is a JSON object, one level of it read. Names are case-sensitive (34620), hence a map and not a struct, which
// would match any case. Names that a command does not know are ignored (pick).
type object map[string]json.RawMessage

// readBody reads a request body; nil where it is not one JSON object.
func readBody(body []byte) object {
	if !utf8.Valid(body) {
		return nil // JSON is UTF-8 (RFC 8259, 8.1); the decoder would let it pass, changed
	}
	o, _ := readJSON[object](body)
	return o
}

// readJSON reads a value of one of the types below. null is none of them (pick), though the decoder takes it for any.
func readJSON[T object | []json.RawMessage | string | int](data json.RawMessage) (value T, good bool) {
	if len(data) == 0 || string(data) == "null" || json.Unmarshal(data, &value) != nil {
		var none T // the decoder may have got half way
		return none, false
	}
	return value, true
}

// readStrings reads an array of strings.
func readStrings(data json.RawMessage) ([]string, bool) {
	elements, good := readJSON[[]json.RawMessage](data)
	values := make([]string, len(elements))
	for i := 0; good && i < len(elements); i++ {
		values[i], good = readJSON[string](elements[i])
	}
	return values, good
}

// readStringMap reads an object of strings.
func readStringMap(data json.RawMessage) (map[string]string, bool) {
	fields, good := readJSON[object](data)
	values := make(map[string]string, len(fields))
	for name, field := range fields {
		value, isString := readJSON[string](field)
		good = good && isString
		values[name] = value
	}
	return values, good
}

// item is an account of a call, and what is to be done to it.
type item[T any] struct {
	account string
	content T
}

// nothing is the content of items in calls that name accounts only.
type nothing = struct{}

// readAccounts reads and checks To_Account of a request. Pick: an account that is given twice is one account, at its
// first place.
func readAccounts(body object) ([]item[nothing], int) {
	elements, _ := readJSON[[]json.RawMessage](body["To_Account"])
	if len(elements) == 0 { // pick: an empty list is as good as none
		return nil, codeBadJSON
	}
	items := make([]item[nothing], 0, len(elements))
	given := make(map[string]bool, len(elements))
	for _, element := range elements {
		account, isString := readJSON[string](element)
		if !isString {
			return nil, codeNotAString
		}
		if !given[account] {
			given[account] = true
			items = append(items, item[nothing]{account: account})
		}
	}
	if len(elements) > maxAccounts {
		return nil, codeTooMany
	}
	return items, 0
}

// readItems reads and checks the items of a writing call, of which the content stands in field (60565 to 60569). Picks:
// an item without To_Account, and a name, value or tag that is not a string, are 90001; an account that is given twice is
// two items, done one after the other; and the content may be empty, for which nothing is to be done.
func readItems[T any](body object, list, field string, content func(json.RawMessage) (T, bool)) ([]item[T], int) {
	elements, _ := readJSON[[]json.RawMessage](body[list])
	if len(elements) == 0 { // pick, as for To_Account
		return nil, codeBadJSON
	}
	items := make([]item[T], len(elements))
	for i, element := range elements {
		fields, good := readJSON[object](element)
		account, given := fields["To_Account"]
		if !good || !given {
			return nil, codeBadJSON
		}
		if items[i].account, good = readJSON[string](account); !good {
			return nil, codeNotAString
		}
		if items[i].content, good = content(fields[field]); !good {
			return nil, codeBadJSON
		}
	}
	if len(items) > maxAccounts {
		return nil, codeTooMany
	}
	return items, 0
}

// peekAccounts gives the accounts of a body without judging it: To_Account, or that of each item. What is not a string
// stands as JSON text; where the body names no accounts at all, nil.
func peekAccounts(body object) []string {
	elements, found := readJSON[[]json.RawMessage](body["To_Account"])
	for _, list := range []string{"UserAttrs", "UserTags"} {
		if found {
			break
		}
		var items []json.RawMessage
		items, found = readJSON[[]json.RawMessage](body[list])
		for _, item := range items {
			fields, _ := readJSON[object](item)
			if account, given := fields["To_Account"]; given {
				elements = append(elements, account)
			}
		}
	}
	if !found {
		return nil
	}
	accounts := make([]string, len(elements))
	for i, element := range elements {
		var isString bool
		if accounts[i], isString = readJSON[string](element); !isString {
			accounts[i] = string(element)
		}
	}
	return accounts
}
