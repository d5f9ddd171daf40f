package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// seedError is an error in a field of a seed. Its path looks like accounts["Mary"].tags[0].
type seedError struct{ path, problem string }

func (e *seedError) Error() string { return strings.TrimPrefix(e.path+": "+e.problem, ": ") }

func seedErrorf(path, format string, values ...any) error {
	return &seedError{path, fmt.Sprintf(format, values...)}
}

// These return the path of a field of an object, of an entry of a map and of an element of an array.
func field(path, name string) string    { return strings.TrimPrefix(path+"."+name, ".") }
func entry(path, key string) string     { return fmt.Sprintf("%s[%q]", path, key) }
func element(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// seedFile is the JSON of a seed file.
type seedFile struct {
	Schema string `json:"$schema"` // for editors; ignored
	Seed
}

// ReadSeed reads a seed from JSON. Errors report the line and the field.
func ReadSeed(from io.Reader) (Seed, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return Seed{}, fmt.Errorf("cannot read the seed: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // a byte order mark
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return Seed{}, fmt.Errorf("line %d: the file must be UTF-8", i+1)
		}
	}
	var file seedFile
	err = json.Unmarshal(data, &file)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return Seed{}, fmt.Errorf("line %d: invalid JSON: %w", lineAt(data, max(syntax.Offset-1, 0)), err)
	}
	// The data is valid JSON, so reading its tokens cannot fail.
	c := seedChecker{data, json.NewDecoder(bytes.NewReader(data)), map[string]int64{}}
	c.tokens.UseNumber()
	if err := c.check("", reflect.TypeFor[seedFile]()); err != nil {
		return Seed{}, c.locate(err)
	}
	if file.Accounts == nil {
		return Seed{}, c.locate(seedErrorf("", "the field accounts is missing"))
	}
	if _, err := New(file.Seed, time.Time{}); err != nil {
		return Seed{}, c.locate(err)
	}
	return file.Seed, err // nil: c.check has checked the types
}

// lineAt returns the line of an offset. JSON tokens contain no line breaks, so the end of a token is on the same line.
func lineAt(data []byte, offset int64) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }

// seedChecker compares a seed file with the Go types. It reports what Unmarshal ignores (unknown and duplicate fields,
// names in another case, null), and names wrong types as JSON does.
type seedChecker struct {
	data   []byte
	tokens *json.Decoder
	fields map[string]int64 // path to offset, which is the end of the key, or of an element's first token
}

// locate adds the line to an error in a field.
func (c *seedChecker) locate(err error) error {
	var wrong *seedError
	if errors.As(err, &wrong) {
		return fmt.Errorf("line %d: %w", lineAt(c.data, c.fields[wrong.path]), err)
	}
	return err
}

// check checks that the next value, at this path, has this type. A pointer can be null.
func (c *seedChecker) check(path string, t reflect.Type) error {
	if t == reflect.TypeFor[json.RawMessage]() { // any object
		var object json.RawMessage
		if _ = c.tokens.Decode(&object); object[0] != '{' {
			return seedErrorf(path, "must be an object")
		}
		return nil
	}
	token, _ := c.tokens.Token()
	if _, hasKey := c.fields[path]; !hasKey {
		c.fields[path] = c.tokens.InputOffset()
	}
	orNull := ""
	if t.Kind() == reflect.Pointer {
		t, orNull = t.Elem(), " or null"
	}
	if token == nil && orNull != "" {
		return nil
	}
	if got, want := jsonType(token), jsonTypes[t.Kind()]; got != want {
		return seedErrorf(path, "must be %s%s, not %s", want, orNull, got)
	}
	if t.Kind() == reflect.String {
		return nil
	}
	if t.Kind() == reflect.Int64 {
		if _, err := strconv.ParseInt(fmt.Sprint(token), 10, 64); err != nil {
			return seedErrorf(path, "must be a whole number in digits, not %v", token)
		}
		return nil
	}
	for i := 0; c.tokens.More(); i++ {
		var err error
		if t.Kind() == reflect.Slice {
			err = c.check(element(path, i), t.Elem())
		} else {
			err = c.checkEntry(path, t)
		}
		if err != nil {
			return err
		}
	}
	_, _ = c.tokens.Token() // the closing brace or bracket
	return nil
}

// checkEntry checks the next key of an object of this type, and its value.
func (c *seedChecker) checkEntry(object string, t reflect.Type) error {
	token, _ := c.tokens.Token()
	key, offset := fmt.Sprint(token), c.tokens.InputOffset()
	path := entry(object, key)
	if t.Kind() == reflect.Struct {
		path = field(object, key)
	}
	if first, duplicate := c.fields[path]; duplicate {
		return fmt.Errorf("line %d: %s: duplicate of line %d", lineAt(c.data, offset), path, lineAt(c.data, first))
	}
	c.fields[path] = offset
	if t.Kind() == reflect.Map {
		return c.check(path, t.Elem())
	}
	types := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous {
			types[f.Tag.Get("json")] = f.Type
		}
	}
	fieldType := types[key]
	if fieldType == nil {
		return seedErrorf(path, "unknown field; known fields: %s", strings.Join(slices.Sorted(maps.Keys(types)), ", "))
	}
	if fieldType.Kind() == reflect.Pointer { // only entries of maps can be null
		fieldType = fieldType.Elem()
	}
	return c.check(path, fieldType)
}

var jsonTypes = map[reflect.Kind]string{
	reflect.Struct: "an object", reflect.Map: "an object", reflect.Slice: "an array", reflect.String: "a string",
	reflect.Int64: "a number",
}

// jsonType returns the JSON type of the value that a token begins.
func jsonType(token json.Token) string {
	switch token := token.(type) {
	case json.Delim:
		return map[json.Delim]string{'{': "an object", '[': "an array"}[token]
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case nil:
		return "null"
	default:
		return "a number"
	}
}
