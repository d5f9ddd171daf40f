package app

import (
	"encoding/json"
	"unicode/utf8"
)

// Body is a request body: a JSON object whose values are not decoded yet. Names are case-sensitive (34620), so it is a
// map; a struct would match names in any case. Unknown names are ignored (pick).
type Body map[string]json.RawMessage

// ReadBody reads a request body. It returns nil if the data is not one JSON object.
func ReadBody(data []byte) Body {
	if !utf8.Valid(data) {
		return nil // JSON is UTF-8 (RFC 8259, 8.1); encoding/json would replace the invalid bytes
	}
	body, _ := readJSON[Body](data)
	return body
}

// readJSON reads a value of one of these types. It rejects null (pick), which encoding/json accepts for all of them.
func readJSON[T Body | []json.RawMessage | string | bool | int | int64 | uint32](data json.RawMessage) (value T, ok bool) {
	if len(data) == 0 || string(data) == "null" || json.Unmarshal(data, &value) != nil {
		var zero T // a failed Unmarshal may have set part of value
		return zero, false
	}
	return value, true
}

// readStrings reads an array of strings.
func readStrings(data json.RawMessage) (values []string, ok bool) {
	elements, ok := readJSON[[]json.RawMessage](data)
	for _, element := range elements {
		value, isString := readJSON[string](element)
		if !isString {
			return nil, false
		}
		values = append(values, value)
	}
	return values, ok
}

// readStringMap reads an object of strings.
func readStringMap(data json.RawMessage) (values map[string]string, ok bool) {
	fields, ok := readJSON[Body](data)
	values = make(map[string]string, len(fields))
	for name, field := range fields {
		value, isString := readJSON[string](field)
		if !isString {
			return nil, false
		}
		values[name] = value
	}
	return values, ok
}
