package timpush

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// object is a JSON object. Like [parts], it is case-sensitive.
type object map[string]json.RawMessage

// decode decodes a field into target. If the field is missing, target is
// unchanged.
func (o object) decode(name string, target any) error {
	raw, ok := o[name]
	if !ok {
		return nil
	}
	return decodeField(name, raw, target)
}

// decodeField decodes a field into target. The error names the JSON type that the
// field has, but not its value.
func decodeField(name string, raw json.RawMessage, target any) error {
	err := json.Unmarshal(raw, target)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("contains a field that cannot be decoded: %s", name)
	}
	kind, _, _ := strings.Cut(wrong.Value, " ") // without the value, as in "number 5"
	return fmt.Errorf("contains a field %s of the wrong JSON type, %s", name, kind)
}

// text is a JSON value as text: the content of a string; numbers, true and false
// as they were sent; null as ""; objects and arrays as compact JSON. Compact JSON
// has as few escapes as possible, since an escaped secret would not be found. It
// is always valid UTF-8.
type text string

// UnmarshalJSON implements [json.Unmarshaler].
func (t *text) UnmarshalJSON(raw []byte) error {
	switch {
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw):
		*t = text(raw[1 : len(raw)-1]) // the usual case, and much faster
		return nil
	case raw[0] == '"':
		return json.Unmarshal(raw, (*string)(t))
	case string(raw) == "null":
		*t = ""
		return nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return err
	}
	*t = text(jsonString.ReplaceAllStringFunc(compact.String(), func(quoted string) string {
		var plain string
		if err := json.Unmarshal([]byte(quoted), &plain); err != nil {
			return quoted // not reached: the JSON is valid
		}
		return quoteJSON(plain)
	}))
	return nil
}

// jsonString matches a string in valid JSON.
var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// quoteJSON returns text as a JSON string with as few escapes as possible.
func quoteJSON(text string) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return "" // not reached: every string can be encoded
	}
	return strings.TrimSuffix(quoted.String(), "\n")
}
