package timpush

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// resultPlace is where a response has its results according to its API page. Both
// places are accepted for all commands, since the pages disagree.
type resultPlace int

const (
	inResults  resultPlace = iota // in Results, a list (71894, 71895)
	atTopLevel                    // at the top level of the response (71897)
	inEither                      // the API page is unclear (71898)
)

const (
	maxUnexpected = 100  // more notes help nobody
	maxCount      = 1e12 // far more pushes than there are; floating-point numbers are exact up to here
)

// deliveryDecoder decodes responses about deliveries as far as it can. What
// differs from the API pages is noted, and is no error.
type deliveryDecoder struct {
	clean  func(string) string
	source Source
	asked  map[string]bool // the tasks of the request; none for the complete app

	fields   object          // of the response
	elements int             // of lists at any depth, so far
	noted    map[string]bool // clauses
}

// parts keeps the fields of the response, and calls end when the response was
// read successfully.
func (d *deliveryDecoder) parts(end func(), names ...string) parts {
	d.fields, d.elements, d.noted = object{}, 0, map[string]bool{}
	fields := map[string]func(json.RawMessage) error{}
	for _, name := range names {
		fields[name] = func(raw json.RawMessage) error {
			d.fields[name] = raw
			return d.countElements(raw)
		}
	}
	return parts{fields: fields, end: func() error {
		end()
		d.fields = nil // may be large
		return nil
	}}
}

// countElements limits the lists in a field, at any depth.
func (d *deliveryDecoder) countElements(raw json.RawMessage) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var open []json.Delim
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil //nolint:nilerr // the end: the JSON is valid
		}
		delim, isDelim := token.(json.Delim)
		if isDelim && (delim == ']' || delim == '}') {
			open = open[:len(open)-1]
			continue
		}
		if len(open) > 0 && open[len(open)-1] == '[' {
			if d.elements++; d.elements > maxElements {
				return fmt.Errorf("contains more than %d list elements", maxElements)
			}
		}
		if isDelim {
			open = append(open, delim)
		}
	}
}

// note keeps a clause about something unexpected.
func (d *deliveryDecoder) note(format string, arguments ...any) {
	if clause := fmt.Sprintf(format, arguments...); len(d.noted) < maxUnexpected {
		d.noted[clause] = true
	}
}

// results calls add for each result, wherever the response has them. If it has
// some in both places, the documented place wins. names are the fields that only a
// result has.
func (d *deliveryDecoder) results(documented resultPlace, names []string, add func(result object)) {
	results, given := d.fields["Results"]
	listed := given && string(results) != "null"
	atTop := slices.ContainsFunc(names, func(name string) bool { return d.fields[name] != nil })
	if listed && atTop {
		d.note("the response has both Results and a result at the top level")
	}
	switch {
	case listed && (documented != atTopLevel || !atTop):
		if documented == atTopLevel {
			d.note("the result is in Results, not at the top level")
		}
		d.listed(documented, results, add)
	case atTop:
		if documented == inResults {
			d.note("the result is at the top level, not in Results")
		}
		add(d.fields)
	case documented == atTopLevel: // all its fields are missing
		add(d.fields)
	case !given:
		d.note("Results is missing")
	}
}

// listed calls add for each result in Results, which may also be a single result.
func (d *deliveryDecoder) listed(documented resultPlace, results json.RawMessage, add func(result object)) {
	if results[0] != '{' {
		d.each("Results", results, add)
		return
	}
	if documented == inResults {
		d.note("Results is an object, not a list")
	}
	add(objectOf(results))
}

// each calls do for each object in a list. A null list is empty.
func (d *deliveryDecoder) each(name string, raw json.RawMessage, do func(object)) {
	if raw == nil || string(raw) == "null" {
		return
	}
	if raw[0] != '[' {
		d.note("%s is %s, not a list", name, d.describe(raw))
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, _ = decoder.Token() // the opening bracket
	for decoder.More() {
		var element json.RawMessage
		if decoder.Decode(&element) != nil {
			return // not reached: the JSON is valid
		}
		if element[0] != '{' {
			d.note("%s contains %s, not an object", name, d.describe(element))
			continue
		}
		do(objectOf(element))
	}
}

// objectOf decodes a JSON object.
func objectOf(raw json.RawMessage) (fields object) {
	_ = json.Unmarshal(raw, &fields) // the JSON is valid
	return fields
}

// describe describes a JSON value in a clause.
func (d *deliveryDecoder) describe(raw json.RawMessage) string {
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "the text " + Quote(d.textOf(raw))
	case 'n', 't', 'f':
		return string(raw)
	default:
		return "the number " + d.shown(raw)
	}
}

// shown returns a number for a clause.
func (d *deliveryDecoder) shown(number json.RawMessage) string {
	return strings.Trim(Quote(d.clean(string(number))), `"`)
}

// textOf returns a JSON value as text, in Unicode NFC.
func (d *deliveryDecoder) textOf(raw json.RawMessage) string {
	var decoded text
	_ = json.Unmarshal(raw, &decoded) // the JSON is valid
	return norm.NFC.String(d.clean(string(decoded)))
}

// text returns a field that is a text, and notes other types. It returns nil if
// the field is missing or null, or is no scalar.
func (d *deliveryDecoder) text(o object, name string) *string {
	if raw := o[name]; raw != nil && raw[0] != '"' && string(raw) != "null" {
		d.note("%s is %s, not a text", name, d.describe(raw))
	}
	return d.scalar(o, name)
}

// scalar returns a field that may have any scalar type as text.
func (d *deliveryDecoder) scalar(o object, name string) *string {
	raw := o[name]
	if raw == nil || string(raw) == "null" || raw[0] == '{' || raw[0] == '[' {
		return nil
	}
	text := d.textOf(raw)
	return &text
}

// task returns the task ID of a result, or nil. If the request is for tasks, it notes a
// result that is not for one of them.
func (d *deliveryDecoder) task(result object) *string {
	id := d.text(result, "TaskID")
	switch {
	case len(d.asked) == 0:
	case id == nil || *id == "":
		d.note("a result has no TaskID")
	case !d.asked[*id]:
		d.note("a result is for the task %s, which was not requested", Quote(*id))
	}
	return id
}

// count returns a field that is a whole number of at least 0, and notes anything
// else, also if the field is missing. where follows the name in notes.
func (d *deliveryDecoder) count(o object, name, where string) *int64 {
	if o[name] == nil {
		d.note("%s%s is missing", name, where)
		return nil
	}
	return d.number(o, name, where)
}

// jsonNumber matches a number in JSON, and in a text that has one.
var jsonNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// number is like count, for a field that may be missing.
func (d *deliveryDecoder) number(o object, name, where string) *int64 {
	raw := o[name]
	if raw == nil {
		return nil
	}
	sent := string(raw)
	switch {
	case raw[0] == '"':
		d.note("%s%s is %s, not a number", name, where, d.describe(raw))
		if sent = d.textOf(raw); !jsonNumber.MatchString(sent) {
			return nil
		}
	case !jsonNumber.MatchString(sent):
		d.note("%s%s is %s, not a number", name, where, d.describe(raw))
		return nil
	}
	value, err := strconv.ParseFloat(sent, 64)
	if err != nil || value < 0 || value > maxCount || value != float64(int64(value)) {
		d.note("%s%s is %s", name, where, d.shown(json.RawMessage(sent)))
		return nil
	}
	number := int64(value)
	return &number
}

// platform returns the platform of a row or device, "" if it has none, and its
// EventType. where follows the names in notes.
func (d *deliveryDecoder) platform(row object, where string) (platform string, event *int64) {
	event = d.number(row, "EventType", where)
	if event != nil && *event != eventOffline && *event != eventOnline {
		d.note("EventType %d is not documented", *event)
	}
	if event != nil && *event == eventOnline {
		return online, event
	}
	sent := d.number(row, "PushPlatform", where)
	if sent == nil {
		return "", event
	}
	platform, documented := platformName(*sent)
	if !documented {
		d.note("PushPlatform %d is not documented", *sent)
	}
	return platform, event
}

// rowPlatform returns the platform of a row in a list. Each row has one (71897),
// and those of pushes have an EventType (71894).
func (d *deliveryDecoder) rowPlatform(row object, list string) string {
	where := " in " + list
	if row["EventType"] == nil && d.source == SourcePush {
		d.note("EventType%s is missing", where)
	}
	platform, _ := d.platform(row, where)
	if platform != "" {
		return platform
	}
	if row["PushPlatform"] == nil {
		d.note("PushPlatform%s is missing", where)
	}
	platform, _ = platformName(0)
	return platform
}

// unexpected is the notes of the responses of a read.
type unexpected map[string]bool

func (u unexpected) add(d *deliveryDecoder) { maps.Copy(u, d.noted) }

// sorted returns the first notes, sorted, so that a read of the same responses
// always returns the same.
func (u unexpected) sorted() []string {
	all := slices.Sorted(maps.Keys(u))
	return all[:min(len(all), maxUnexpected)]
}
