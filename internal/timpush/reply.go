package timpush

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

// envelope is what every reply holds (60564). Fields that are missing are nil.
type envelope struct {
	ActionStatus *string
	ErrorCode    *int64
	ErrorInfo    text
}

// validator is a reply that can say what of the page it lacks.
type validator interface {
	// validate returns a clause that says what is missing, or "".
	validate() string
}

// decode judges an answer and decodes it into reply. It returns a
// [*ServiceError] where the service refuses the request, and a [*ReplyError]
// where the answer is not what the API's page describes. Unknown fields are
// ignored.
func (c *Client) decode(a *answer, reply any) error {
	unexpected := func(problem string) error {
		return &ReplyError{Problem: problem, ContentType: a.contentType, Size: len(a.body)}
	}
	var head envelope
	if err := json.Unmarshal(a.body, &head); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return &ReplyError{
				Problem:     "is not JSON",
				ContentType: a.contentType,
				Size:        len(a.body),
				CutShort:    syntax.Offset >= int64(len(a.body)) && strings.HasPrefix(syntax.Error(), "unexpected end"),
			}
		}
		return unexpected(describe(err))
	}
	// ActionStatus and ErrorCode are judged together: OK with 0 is success, any
	// other code is an error whatever else stands there.
	switch {
	case head.ErrorCode != nil && *head.ErrorCode != 0:
		return &ServiceError{Code: *head.ErrorCode, Info: c.redactor.clean(string(head.ErrorInfo))}
	case head.ActionStatus != nil && *head.ActionStatus == "FAIL":
		return &ServiceError{Info: c.redactor.clean(string(head.ErrorInfo))}
	case head.ActionStatus == nil || *head.ActionStatus != "OK" || head.ErrorCode == nil:
		return unexpected(`does not say ActionStatus "OK" with ErrorCode 0, nor an error`)
	}
	if err := json.Unmarshal(a.body, reply); err != nil {
		return unexpected(describe(err))
	}
	if checked, ok := reply.(validator); ok {
		if problem := checked.validate(); problem != "" {
			return unexpected(problem)
		}
	}
	return nil
}

// describe says what kind of JSON stands in the wrong place, and nothing of
// its value.
func describe(err error) string {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return "cannot be decoded"
	}
	kind, _, _ := strings.Cut(wrong.Value, " ") // "number 5" tells the value too
	if wrong.Field == "" {
		return "is of JSON type " + kind + " where an object is expected"
	}
	return "holds a field of JSON type " + kind + " where another is expected: " + wrong.Field
}

// text is a JSON value as text: a string's content; a number, true and false as
// they were sent; null as nothing; objects and arrays as compact JSON, in which
// only the escapes that JSON needs remain, since an escaped secret could not be
// found. Always valid UTF-8.
type text string

// UnmarshalJSON implements [json.Unmarshaler].
func (t *text) UnmarshalJSON(raw []byte) error {
	switch {
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
