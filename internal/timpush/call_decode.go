package timpush

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// response receives a command's response, without the envelope.
type response interface {
	// parts resets what an earlier attempt decoded, and returns the parts of the
	// response that the command uses.
	parts() parts
}

// parts are the fields of a response by their exact names, which are
// case-sensitive (34620); with a struct, encoding/json would ignore case. Other
// fields are ignored.
type parts struct {
	// fields are decoded in one piece. Errors are clauses that say what differs
	// from the API page.
	fields map[string]func(json.RawMessage) error
	// lists are lists of objects. They are decoded object by object, so that only
	// what the command keeps is in memory. A missing or null list is empty; an
	// element that is not an object has no fields. Errors are as for fields.
	lists map[string]func(object) error
	// end is called after the complete response was read successfully, unless it is
	// nil. Its error is as for fields.
	end func() error
}

// maxElements is the maximum number of list elements in a response, far more than
// the 100 accounts of a request (60564).
const maxElements = 10_000

// decode decodes a response. It returns a [*ServiceError] if the service rejected
// the request, and a [*ResponseError] if the response differs from the API page.
func (c *Client) decode(command command, body []byte, contentType string, into response) error {
	unexpected := &ResponseError{ContentType: contentType, Size: len(body)}
	// The envelope of every response (60564). Missing fields stay nil.
	var (
		status *string
		code   *int64
		info   text
	)
	wanted := into.parts()
	reader := responseReader{
		decoder: json.NewDecoder(bytes.NewReader(body)),
		fields: map[string]func(json.RawMessage) error{
			"ActionStatus": func(raw json.RawMessage) error { return decodeField("ActionStatus", raw, &status) },
			"ErrorCode":    func(raw json.RawMessage) error { return decodeField("ErrorCode", raw, &code) },
			"ErrorInfo":    func(raw json.RawMessage) error { return decodeField("ErrorInfo", raw, &info) },
		},
		wanted: wanted,
	}
	reader.decoder.UseNumber() // numbers of any size are valid JSON
	if err := reader.read(); err != nil {
		unexpected.Problem = err.Error()
		unexpected.CutShort = errors.Is(err, errCutShort)
		return unexpected
	}
	// Success is OK with code 0. Any other code is an error, whatever else the
	// response contains.
	switch {
	case reader.envelope != nil:
		unexpected.Problem = reader.envelope.Error()
	case code != nil && *code != 0:
		facts := command.facts(*code)
		facts.unclear = facts.unclear || status != nil && *status == "OK" // contradicts the code
		return &ServiceError{Code: *code, Meaning: facts.meaning, Info: c.redactor.clean(string(info)), facts: facts}
	case status != nil && *status == "FAIL":
		return &ServiceError{Info: c.redactor.clean(string(info))}
	case status == nil || *status != "OK" || code == nil:
		unexpected.Problem = `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`
	case reader.problem != nil:
		unexpected.Problem = reader.problem.Error()
	case wanted.end == nil:
		return nil
	default:
		err := wanted.end()
		if err == nil {
			return nil
		}
		unexpected.Problem = err.Error()
	}
	return unexpected
}

var (
	errNotJSON  = errors.New("is not JSON")
	errCutShort = fmt.Errorf("%w: it ends too early", errNotJSON)
)

// responseReader reads a JSON object field by field.
type responseReader struct {
	decoder  *json.Decoder
	fields   map[string]func(json.RawMessage) error // of the envelope
	wanted   parts
	elements int   // of lists, so far
	envelope error // the problem with the envelope
	problem  error // the first problem with another field
}

// read reads the complete object. If it returns an error, nothing of it can be
// used.
func (r *responseReader) read() error {
	token, err := r.decoder.Token()
	if err != nil {
		return notJSON(err)
	}
	if token != json.Delim('{') {
		return errors.New("is not a JSON object")
	}
	for r.decoder.More() {
		name, err := r.decoder.Token()
		if err != nil {
			return notJSON(err)
		}
		if err := r.field(fmt.Sprint(name)); err != nil {
			return err
		}
	}
	if _, err := r.decoder.Token(); err != nil { // the closing brace
		return notJSON(err)
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return errNotJSON
	}
	return nil
}

func (r *responseReader) field(name string) error {
	if add, ok := r.wanted.lists[name]; ok {
		return r.list(name, add)
	}
	var raw json.RawMessage
	if err := r.decoder.Decode(&raw); err != nil {
		return notJSON(err)
	}
	if field, ok := r.fields[name]; ok {
		if err := field(raw); err != nil && r.envelope == nil {
			r.envelope = err
		}
	} else if field, ok := r.wanted.fields[name]; ok {
		r.note(field(raw))
	}
	return nil
}

// list reads a field that is a list, one element at a time.
func (r *responseReader) list(name string, add func(object) error) error {
	token, err := r.decoder.Token()
	if err != nil {
		return notJSON(err)
	}
	if token != json.Delim('[') {
		if token != nil { // null is an empty list
			r.note(fmt.Errorf("contains a field %s that is not a list", name))
		}
		if token == json.Delim('{') {
			return r.skip()
		}
		return nil
	}
	for r.decoder.More() {
		r.elements++
		if r.elements > maxElements {
			return fmt.Errorf("contains more than %d list elements", maxElements)
		}
		var element object
		var other *json.UnmarshalTypeError
		switch err := r.decoder.Decode(&element); {
		case err == nil:
			r.note(add(element))
		case errors.As(err, &other):
			r.note(add(nil))
		default:
			return notJSON(err)
		}
	}
	_, err = r.decoder.Token() // the closing bracket
	return notJSON(err)
}

// skip reads the rest of an object that was just opened.
func (r *responseReader) skip() error {
	for depth := 1; depth > 0; {
		token, err := r.decoder.Token()
		if err != nil {
			return notJSON(err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

func (r *responseReader) note(problem error) {
	if r.problem == nil {
		r.problem = problem
	}
}

// notJSON turns an error of the decoder into one about the response.
func notJSON(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errCutShort
	default:
		return errNotJSON
	}
}
