package timpush

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// reply is what an API command answers beyond the envelope.
type reply interface {
	// decode takes the command's fields. Its error is a clause that says what is
	// not as the API's page describes it.
	decode(object) error
}

// decode judges an answer and decodes it into reply. It returns a
// [*ServiceError] where the service refuses the request, and a [*ResponseError]
// where the answer is not what the API's page describes. Unknown fields are
// ignored.
func (c *Client) decode(a *answer, reply reply) error {
	unexpected := func(problem string) *ResponseError {
		return &ResponseError{Problem: problem, ContentType: a.contentType, Size: len(a.body)}
	}
	var fields object
	if err := json.Unmarshal(a.body, &fields); err != nil {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) {
			return unexpected("is not a JSON object")
		}
		failure := unexpected("is not JSON")
		// Of the two ways to read JSON, only this one tells by the type of its error.
		err = json.NewDecoder(bytes.NewReader(a.body)).Decode(new(json.RawMessage))
		failure.CutShort = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		return failure
	}
	// The envelope, which every reply holds (60564). What is missing stays nil.
	var (
		status *string
		code   *int64
		info   text
	)
	if err := cmp.Or(fields.take("ActionStatus", &status), fields.take("ErrorCode", &code), fields.take("ErrorInfo", &info)); err != nil {
		return unexpected(err.Error())
	}
	// ActionStatus and ErrorCode are judged together: OK with 0 is success, any
	// other code is an error whatever else stands there.
	switch {
	case code != nil && *code != 0:
		return &ServiceError{Code: *code, Meaning: Meaning(*code), facts: codes[*code], Info: c.redactor.clean(string(info))}
	case status != nil && *status == "FAIL":
		return &ServiceError{Info: c.redactor.clean(string(info))}
	case status == nil || *status != "OK" || code == nil:
		return unexpected(`does not say ActionStatus "OK" with ErrorCode 0, nor an error`)
	}
	if err := reply.decode(fields); err != nil {
		return unexpected(err.Error())
	}
	return nil
}

// object is a JSON object by its exact names: in a struct, encoding/json would
// take names in any mixture of cases, and the service's are case-sensitive.
type object map[string]json.RawMessage

// take decodes a field into target; one that is missing leaves it as it is. The
// error says what kind of JSON stands there, and nothing of its value.
func (o object) take(name string, target any) error {
	raw, ok := o[name]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(raw, target); err != nil {
		var wrong *json.UnmarshalTypeError
		if !errors.As(err, &wrong) {
			return fmt.Errorf("holds a field that cannot be decoded: %s", name)
		}
		kind, _, _ := strings.Cut(wrong.Value, " ") // "number 5" tells the value too
		return fmt.Errorf("holds a field %s with JSON of type %s where another is expected", name, kind)
	}
	return nil
}

// each takes a field that is a list of objects, one after the other. A list
// that is missing or null is empty.
func (o object) each(name string, item func(object) error) error {
	var items []object
	if err := o.take(name, &items); err != nil {
		return err
	}
	for _, fields := range items {
		if err := item(fields); err != nil {
			return fmt.Errorf("%w, in %s", err, name)
		}
	}
	return nil
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

// quoteJSON returns text as a JSON string with as few escapes as may be.
func quoteJSON(text string) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return "" // not reached: every string can be encoded
	}
	return strings.TrimSuffix(quoted.String(), "\n")
}
