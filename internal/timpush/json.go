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

// object is a JSON object by its exact names, for the reason that [parts] gives.
type object map[string]json.RawMessage

// take decodes a field into target; a missing one leaves it as it is.
func (o object) take(name string, target any) error {
	raw, ok := o[name]
	if !ok {
		return nil
	}
	return take(name, raw, target)
}

// take decodes a field into target. The error names the type of JSON that the
// field contains, and nothing of its value.
func take(name string, raw json.RawMessage, target any) error {
	err := json.Unmarshal(raw, target)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("contains a field that cannot be decoded: %s", name)
	}
	kind, _, _ := strings.Cut(wrong.Value, " ") // "number 5" contains the value too
	return fmt.Errorf("contains a field %s of the wrong JSON type, %s", name, kind)
}

// text is a JSON value as text: a string's content; a number, true and false as
// they were sent; null as nothing; objects and arrays as compact JSON, in which
// only the escapes that JSON needs remain, since an escaped secret could not be
// found. Always valid UTF-8.
type text string

// UnmarshalJSON implements [json.Unmarshaler].
func (t *text) UnmarshalJSON(raw []byte) error {
	switch {
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw):
		*t = text(raw[1 : len(raw)-1]) // as nearly every value, and much faster
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
			return quoted // not reached: the JSON as a whole is valid
		}
		return quoteJSON(plain)
	}))
	return nil
}

// jsonString is a string within valid JSON.
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
