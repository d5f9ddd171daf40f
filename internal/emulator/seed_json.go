package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// fieldPath names a field of a seed as its writer would: accounts.Mary.tags[0]. The seed itself is "".
type fieldPath string

// key is the field of that name. A name that would make the path hard to read stands in brackets: accounts["a.b"].
func (p fieldPath) key(name string) fieldPath {
	harmless := func(r rune) bool {
		return r == '_' || r == '-' || r == '$' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return !harmless(r) }) {
		return p + fieldPath("["+strconv.Quote(name)+"]")
	}
	if p == "" {
		return fieldPath(name)
	}
	return p + "." + fieldPath(name)
}

// element is an element of a list, counted from 0 on.
func (p fieldPath) element(i int) fieldPath { return p + fieldPath("["+strconv.Itoa(i)+"]") }

// seedError is what is wrong with a seed.
type seedError struct {
	line, column int // from 1 on, a column being a character; 0 where the seed was not read from JSON
	field        fieldPath
	problem      string
}

func (e *seedError) Error() string {
	text := e.problem
	if e.field != "" {
		text = string(e.field) + ": " + text
	}
	if e.line > 0 {
		text = fmt.Sprintf("line %d, column %d: %s", e.line, e.column, text)
	}
	return text
}

// wrong is what is wrong with a field, wherever it stands.
func wrong(field fieldPath, format string, values ...any) *seedError {
	return &seedError{field: field, problem: fmt.Sprintf(format, values...)}
}

// seedReader reads a seed's JSON, and keeps where each field stands. It says what is wrong in the words of JSON and of
// seeds, which the decoder alone, that knows Go types and no lines, could not.
type seedReader struct {
	data   []byte
	tokens *json.Decoder
	starts map[fieldPath]int // of keys, elements and the whole, in bytes
}

// newSeedReader checks that the data is one JSON value, so that reading its tokens cannot fail later.
func newSeedReader(data []byte) (*seedReader, error) {
	r := &seedReader{data: data, starts: map[fieldPath]int{}}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		return nil, r.problem(0, "the file begins with a byte order mark; save it as UTF-8 without one")
	}
	if i := invalidUTF8(data); i >= 0 {
		return nil, r.problem(i, "this is not UTF-8; save the file as UTF-8")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, r.problem(0, `the file is empty; the least is {"accounts": {}}`)
	}
	whole := json.NewDecoder(bytes.NewReader(data))
	var value json.RawMessage
	err := whole.Decode(&value)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		at := int(syntax.Offset) - 1
		return nil, r.problem(at, "this is not JSON: %s%s", syntax, syntaxHint(data, at))
	case err != nil:
		return nil, r.problem(len(data), "the file ends in the middle of the JSON; complete it")
	}
	end := int(whole.InputOffset())
	if rest := bytes.TrimLeft(data[end:], " \t\r\n"); len(rest) > 0 {
		return nil, r.problem(len(data)-len(rest), "something follows the end of the JSON; remove it")
	}
	r.tokens = json.NewDecoder(bytes.NewReader(data))
	r.tokens.UseNumber() // the decoder would refuse those that no float64 holds
	r.starts[""] = r.next()
	return r, nil
}

// syntaxHint says in brackets what is likely meant where JSON has a mistake, or nothing.
func syntaxHint(data []byte, at int) string {
	before := bytes.TrimRight(data[:at], " \t\r\n")
	switch {
	case data[at] == '\'':
		return ` (strings stand between "...")`
	case data[at] == '/' || data[at] == '#':
		return " (JSON has no comments)"
	case bytes.HasSuffix(before, []byte(",")) && (data[at] == '}' || data[at] == ']'):
		return " (JSON has no comma after the last field or element)"
	case len(before) > 0 && bytes.IndexByte([]byte(`"}]`), before[len(before)-1]) >= 0 && (data[at] == '"' || data[at] == '{'):
		return " (a comma or a colon is missing before this)"
	default:
		return ""
	}
}

// invalidUTF8 is where the data is no longer UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// problem is what is wrong at a place of the text, whichever field that is.
func (r *seedReader) problem(at int, format string, values ...any) *seedError {
	return r.place(wrong("", format, values...), at)
}

// locate adds to an error where its field stands.
func (r *seedReader) locate(err *seedError) *seedError { return r.place(err, r.starts[err.field]) }

func (r *seedReader) place(err *seedError, at int) *seedError {
	before := r.data[:at]
	err.line = 1 + bytes.Count(before, []byte("\n"))
	err.column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return err
}

// next is where the next key, element or whole starts.
func (r *seedReader) next() int {
	rest := r.data[r.tokens.InputOffset():]
	return len(r.data) - len(bytes.TrimLeft(rest, " \t\r\n,"))
}

// token is the next token.
func (r *seedReader) token(field fieldPath) (json.Token, error) {
	t, err := r.tokens.Token()
	if err != nil { // newSeedReader has seen to it that there is none
		return nil, r.locate(wrong(field, "it cannot be read: %v", err))
	}
	return t, nil
}

// fields are the functions that read an object's fields.
type fields map[string]func(fieldPath) error

// object reads an object of known fields, of which those named as required must be there.
func (r *seedReader) object(at fieldPath, known fields, required ...string) error {
	given := map[string]bool{}
	err := r.entries(at, func(name string, field fieldPath) error {
		read, found := known[name]
		if !found {
			allowed := strings.Join(slices.Sorted(maps.Keys(known)), ", ")
			return r.locate(wrong(field, "there is no such field; those that can stand here are %s", allowed))
		}
		given[name] = true
		return read(field)
	})
	if err != nil {
		return err
	}
	for _, name := range required {
		if !given[name] {
			return r.locate(wrong(at, "the field %s is missing; add it", name))
		}
	}
	return nil
}

// entries reads an object of any keys, none of them twice.
func (r *seedReader) entries(at fieldPath, read func(key string, field fieldPath) error) error {
	if err := r.open(at, '{'); err != nil {
		return err
	}
	for r.tokens.More() {
		start := r.next()
		token, err := r.token(at)
		if err != nil {
			return err
		}
		key, _ := token.(string) // as all keys of JSON are
		field := at.key(key)
		if first, twice := r.starts[field]; twice {
			line := r.problem(first, "").line
			return r.place(wrong(field, "it stands here twice, the first time in line %d; remove one", line), start)
		}
		r.starts[field] = start
		if err := read(key, field); err != nil {
			return err
		}
	}
	_, err := r.token(at) // the closing brace
	return err
}

// list reads a list.
func (r *seedReader) list(at fieldPath, read func(fieldPath) error) error {
	if err := r.open(at, '['); err != nil {
		return err
	}
	for i := 0; r.tokens.More(); i++ {
		field := at.element(i)
		r.starts[field] = r.next()
		if err := read(field); err != nil {
			return err
		}
	}
	_, err := r.token(at) // the closing bracket
	return err
}

// open reads the beginning of an object or a list.
func (r *seedReader) open(at fieldPath, brace json.Delim) error {
	token, err := r.token(at)
	if err != nil || token == brace {
		return err
	}
	if brace == '{' {
		return r.otherType(at, "an object", "write {...}", token)
	}
	return r.otherType(at, "a list", "write [...]", token)
}

// text reads a string.
func (r *seedReader) text(at fieldPath) (string, error) {
	token, err := r.token(at)
	if err != nil {
		return "", err
	}
	switch token := token.(type) {
	case string:
		return token, nil
	case json.Number, bool:
		return "", r.otherType(at, "a string", fmt.Sprintf(`write "%v"`, token), token)
	default:
		return "", r.otherType(at, "a string", `write "..."`, token)
	}
}

// textInto gives a function that reads a string to where it belongs.
func (r *seedReader) textInto(to *string) func(fieldPath) error {
	return func(at fieldPath) (err error) {
		*to, err = r.text(at)
		return err
	}
}

// otherType says which type a field has, and which it should have.
func (r *seedReader) otherType(at fieldPath, want, remedy string, found json.Token) error {
	var is string
	switch found := found.(type) {
	case json.Delim:
		is = map[json.Delim]string{'{': "an object", '[': "a list"}[found]
	case string:
		is = "a string"
	case nil:
		is, remedy = "null", remedy+" or leave it out"
	default: // a number, true or false
		is = fmt.Sprint(found)
	}
	return r.locate(wrong(at, "%s is expected, and this is %s; %s", want, is, remedy))
}
