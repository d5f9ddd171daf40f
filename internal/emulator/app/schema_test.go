package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// schema is a JSON schema, with the keywords that the schema of seeds uses.
type schema struct {
	Schema      string            `json:"$schema"`
	Ref         string            `json:"$ref"`
	Defs        map[string]schema `json:"$defs"`
	Title       string            `json:"title"`
	Description string            `json:"description"`

	AnyOf         []schema          `json:"anyOf"`
	Type          string            `json:"type"`
	Enum          []string          `json:"enum"`
	Properties    map[string]schema `json:"properties"`
	Required      []string          `json:"required"`
	Additional    *additional       `json:"additionalProperties"`
	PropertyNames *schema           `json:"propertyNames"`
	MaxProperties *int              `json:"maxProperties"`
	Items         *schema           `json:"items"`
	MaxItems      *int              `json:"maxItems"`
	UniqueItems   bool              `json:"uniqueItems"`
	MinLength     *int              `json:"minLength"`
	MaxLength     *int              `json:"maxLength"`
	Pattern       string            `json:"pattern"`
	Minimum       *float64          `json:"minimum"`
	Maximum       *float64          `json:"maximum"`
}

// additional is a schema, or false if further properties are not allowed.
type additional struct{ *schema }

func (a *additional) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		return nil
	}
	return strictly(data, &a.schema)
}

// strictly fails on unknown fields, so that no keyword is used that check does not implement.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// seedSchema returns the schema that ships with the command.
func seedSchema(t *testing.T) schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "cmd", "timpush-emulator", "seed.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := strictly(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// resolve follows a reference.
func (s schema) resolve(root schema) schema {
	if name, isRef := strings.CutPrefix(s.Ref, "#/$defs/"); isRef {
		return root.Defs[name]
	}
	return s
}

// check returns the first violation of the schema in a value, or "".
func (s schema) check(root schema, at string, value any) string {
	s = s.resolve(root)
	matches := func(choice schema) bool { return choice.check(root, at, value) == "" }
	if s.AnyOf != nil {
		if slices.ContainsFunc(s.AnyOf, matches) {
			return ""
		}
		return at + " matches nothing in anyOf"
	}
	types := map[string]any{"object": map[string]any{}, "array": []any{}, "string": "", "integer": json.Number(""), "null": nil}
	if want, typed := types[s.Type]; typed && reflect.TypeOf(want) != reflect.TypeOf(value) {
		return at + " is not of type " + s.Type
	}
	switch value := value.(type) {
	case map[string]any:
		return s.checkObject(root, at, value)
	case []any:
		seen := map[string]bool{}
		for i, element := range value {
			if wrong := s.Items.check(root, fmt.Sprintf("%s[%d]", at, i), element); wrong != "" {
				return wrong
			}
			seen[fmt.Sprint(element)] = true
		}
		if s.MaxItems != nil && len(value) > *s.MaxItems || s.UniqueItems && len(seen) < len(value) {
			return at + " has too many elements, or a duplicate"
		}
	case string:
		length := utf8.RuneCountInString(value)
		if s.MinLength != nil && length < *s.MinLength || s.MaxLength != nil && length > *s.MaxLength ||
			s.Enum != nil && !slices.Contains(s.Enum, value) || !regexp.MustCompile(s.Pattern).MatchString(value) {
			return at + " has an invalid length, or does not match the pattern or enum"
		}
	case json.Number:
		n, err := value.Float64()
		if err != nil || n != math.Trunc(n) || s.Minimum != nil && n < *s.Minimum || s.Maximum != nil && n > *s.Maximum {
			return at + " is not an integer, or not between minimum and maximum"
		}
	}
	return ""
}

func (s schema) checkObject(root schema, at string, value map[string]any) string {
	if s.MaxProperties != nil && len(value) > *s.MaxProperties {
		return at + " has too many properties"
	}
	for _, name := range s.Required {
		if _, given := value[name]; !given {
			return at + " lacks " + name
		}
	}
	for name, property := range value {
		if s.PropertyNames != nil {
			if wrong := s.PropertyNames.check(root, "the name "+name+" in "+at, name); wrong != "" {
				return wrong
			}
		}
		known, isKnown := s.Properties[name]
		if !isKnown && s.Additional == nil {
			continue // anything
		}
		if !isKnown && s.Additional.schema == nil {
			return at + " has the unknown property " + name
		}
		if !isKnown {
			known = *s.Additional.schema
		}
		if wrong := known.check(root, at+"."+name, property); wrong != "" {
			return wrong
		}
	}
	return ""
}

// TestSchemaFields checks that schema, Go types and reader agree on the fields, and on which are required, at each level.
func TestSchemaFields(t *testing.T) {
	t.Parallel()
	root := seedSchema(t)
	for name, tc := range map[string]struct {
		schema schema
		goType any
		around string // a seed, with %s for an object of the level
		extra  []string
	}{
		"seed":           {root, Seed{}, `%s`, []string{"$schema"}},
		"account":        {root.Properties["accounts"].Additional.resolve(root), Account{}, `{"accounts":{"a":%s}}`, nil},
		"attribute name": {root.Properties["attribute_names"].Additional.resolve(root), AttributeName{}, `{"accounts":{},"attribute_names":{"0":%s}}`, nil},
		"scheduled push": {root.Properties["scheduled_pushes"].Additional.resolve(root), ScheduledPush{}, `{"accounts":{},"scheduled_pushes":{"1":%s}}`, nil},
		"loss":           {root.Defs["loss"], Loss{}, `{"accounts":{"a":{"loss":%s}}}`, nil},
		"device":         {root.Defs["device"], Device{}, `{"accounts":{"a":{"device":%s}}}`, nil},
		"statistics":     {root.Properties["statistics"].Items.resolve(root), Statistics{}, `{"accounts":{},"statistics":[%s]}`, nil},
		"counts":         {root.Defs["counts"], Counts{}, `{"accounts":{},"statistics":[{"counts":%s}]}`, nil},
		"platform":       {root.Defs["statistics"].Properties["platforms"].Additional.resolve(root), Counts{}, `{"accounts":{},"statistics":[{"platforms":{"apns":%s}}]}`, nil},
		"drift":          {root.Defs["drift"], Drift{}, `{"accounts":{},"drift":[%s]}`, nil},
		"drift account":  {root.Defs["drift"].Properties["accounts"].Additional.AnyOf[0].resolve(root), Account{}, `{"accounts":{},"drift":[{"after_writes":1,"accounts":{"a":%s}}]}`, nil},
		"drift name":     {root.Defs["drift"].Properties["attribute_names"].Additional.resolve(root), AttributeName{}, `{"accounts":{},"drift":[{"after_writes":1,"attribute_names":{"0":%s}}]}`, nil},
		"drift scheduled push": {
			root.Defs["drift"].Properties["scheduled_pushes"].Additional.AnyOf[0].resolve(root),
			ScheduledPush{},
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All","content":{"OfflinePushInfo":{}}}},"drift":[{"after_writes":1,"scheduled_pushes":{"1":%s}}]}`, nil,
		},
		"loss count": {root.Defs["loss_count"], LossCount{}, `{"accounts":{},"statistics":[{"losses":[%s]}]}`, nil},
	} {
		inSchema := slices.Sorted(maps.Keys(tc.schema.Properties))
		inGo := slices.Clone(tc.extra)
		for _, field := range reflect.VisibleFields(reflect.TypeOf(tc.goType)) {
			if !field.Anonymous {
				inGo = append(inGo, field.Tag.Get("json"))
			}
		}
		slices.Sort(inGo)
		if !slices.Equal(inSchema, inGo) {
			t.Errorf("%s: the schema has %q, the Go type %q", name, inSchema, inGo)
		}
		if tc.schema.Additional == nil || tc.schema.Additional.schema != nil {
			t.Errorf("%s: the schema allows unknown fields", name)
		}
		_, err := ReadSeed(strings.NewReader(fmt.Sprintf(tc.around, `{"?":0}`)))
		if want := "known fields: " + strings.Join(inSchema, ", "); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: the reader says %v, want %q", name, err, want)
		}
		_, err = ReadSeed(strings.NewReader(fmt.Sprintf(tc.around, `{}`)))
		required := tc.schema.Required // the reader reports the first missing field
		if err == nil && len(required) > 0 || err != nil && (len(required) == 0 || !strings.Contains(err.Error(), "the field "+required[0]+" ")) {
			t.Errorf("%s: the schema requires %q, and the reader says: %v", name, required, err)
		}
	}
}

// TestSchemaAcceptsValidSeeds checks that the schema accepts each seed that the reader accepts.
func TestSchemaAcceptsValidSeeds(t *testing.T) {
	t.Parallel()
	root := seedSchema(t)
	seeds := map[string]string{}
	for name, tc := range seedCases() {
		if tc.want == "" {
			seeds[name] = tc.text
		}
	}
	for _, file := range []string{"README.md", filepath.Join("docs", "guides", "testing.md")} {
		page, err := os.ReadFile(filepath.Join("..", "..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1) {
			seeds[fmt.Sprintf("%s, block %d", file, i)] = string(block[1])
		}
	}
	for name, text := range seeds {
		if _, err := ReadSeed(strings.NewReader(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if wrong := root.checkText(t, text); wrong != "" {
			t.Errorf("%s: the schema rejects the seed: %s", name, wrong)
		}
	}
}

func (s schema) checkText(t *testing.T, text string) string {
	t.Helper()
	var value any
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return s.check(s, "seed", value)
}

// TestSchemaRejectsInvalidSeeds checks that the schema rejects what the reader rejects, except for rules that a schema
// cannot express: those on bytes, on several accounts, and on the text of the JSON.
func TestSchemaRejectsInvalidSeeds(t *testing.T) {
	t.Parallel()
	root := seedSchema(t)
	beyond := []string{
		"value too long, bytes", "eleven names", "name not listed", "1001 tags", "tag of both types", "listed name twice",
		"attribute of the other type", "unlisted attribute of both types",
		"field twice", "account twice", "attribute twice", "index twice",
		"task of a message", "message of a push", "traced account missing", "traced account without an ID",
		"message to an account that is online", "message over online", "age out of range", "count with an exponent", "count twice",
		"status too large",
		"drift in another order", "drift deletes an unknown account", "drift deletes an account twice",
		"drift uses a name that was renamed", "drift uses an unlisted name", "drift takes a name", "drift changes the type of a name",
		"scheduled push by an unlisted name", "scheduled push to nobody", "scheduled push by several means", "scheduled push with a bad notification",
		"scheduled push with a large ID", "drift deletes an unknown scheduled push", "drift creates a scheduled push without a time",
		"drift with a tag of the other type", "drift with attributes of the other type", "drift with 1001 tags",
	}
	for name, tc := range seedCases() {
		if tc.want == "" || !json.Valid([]byte(tc.text)) || !utf8.ValidString(tc.text) {
			continue
		}
		wrong := root.checkText(t, tc.text)
		if (wrong == "") != slices.Contains(beyond, name) {
			t.Errorf("%s: the schema says %q, the reader %q", name, wrong, tc.want)
		}
	}
}

// TestSchemaDescriptions checks that every field has a description.
func TestSchemaDescriptions(t *testing.T) {
	t.Parallel()
	root := seedSchema(t)
	if root.Schema != "https://json-schema.org/draft/2020-12/schema" || root.Title == "" || !strings.Contains(root.Description, "bytes") {
		t.Errorf("$schema %q, title %q, description %q", root.Schema, root.Title, root.Description)
	}
	levels := slices.AppendSeq([]schema{root}, maps.Values(root.Defs))
	for _, level := range levels {
		if level.Description == "" {
			t.Errorf("%v has no description", level)
		}
		for name, property := range level.Properties {
			if property.resolve(root).Description == "" {
				t.Errorf("%s has no description", name)
			}
		}
	}
}
