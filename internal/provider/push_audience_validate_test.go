package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const pushAudience = "timpush_push_audience"

// forCondition returns the arguments of a block with a condition.
func forCondition(condition any) values {
	return values{"accounts": []any{"xiaoming"}, "condition": condition}
}

// numbered returns n tags.
func numbered(n int) []any {
	tags := make([]any, n)
	for i := range tags {
		tags[i] = fmt.Sprint("tag", i)
	}
	return tags
}

// Each problem of a condition is reported on its own path, in validation and, if the
// values were unknown then, in the read, without a request.
func TestInvalidConditions(t *testing.T) {
	t.Parallel()
	long, unknown := strings.Repeat("字", 17), tftypes.UnknownValue // 51 bytes
	const at = `[AttributeName("condition")`
	for name, test := range map[string]struct {
		condition any
		want      string
	}{
		"by tags":       {condition: map[string]any{"tags_or": []any{"A", "B"}, "tags_and": []any{"C", strings.Repeat("x", 50)}, "tags_not": []any{"A"}}},
		"by attributes": {condition: map[string]any{"attributes_or": map[string]any{"city": strings.Repeat("x", 50), "level": ""}, "attributes_and": map[string]any{"city": "x"}}},
		"10 tags":       {condition: map[string]any{"tags_or": numbered(10), "tags_not": numbered(10)}},
		"null": {
			condition: nil,
			want: `ERROR ` + at + `] Missing Condition
condition is null. Set at least one of its arguments: tags_or, tags_and, tags_not, attributes_or, or attributes_and.
`,
		},
		"no part": {
			condition: map[string]any{},
			want: `ERROR ` + at + `] Invalid Condition
condition has neither tags nor attributes. Set at least one of its arguments: tags_or, tags_and, tags_not, attributes_or, or attributes_and. Terraform ignores misspelled arguments.
`,
		},
		"tags and attributes": {
			condition: map[string]any{"tags_not": []any{"A"}, "attributes_or": map[string]any{"city": "x"}},
			want: `ERROR ` + at + `] Invalid Condition
condition has both tags and attributes, which the service does not accept together (error code 90039). Set only tags_or, tags_and, and tags_not, or only attributes_or and attributes_and.
`,
		},
		"empty list": {
			condition: map[string]any{"tags_or": []any{}, "tags_and": []any{"A"}},
			want: `ERROR ` + at + `.AttributeName("tags_or")] Invalid Condition
condition.tags_or is empty. Remove it, set it to null, or add a tag.
`,
		},
		"empty map": {
			condition: map[string]any{"attributes_and": map[string]any{}},
			want: `ERROR ` + at + `.AttributeName("attributes_and")] Invalid Condition
condition.attributes_and is empty. Remove it, set it to null, or add an attribute.
`,
		},
		"a tag in both lists": {
			condition: map[string]any{"tags_or": []any{"A", "e\u0301"}, "tags_and": []any{"B", "\u00e9"}},
			want: `ERROR ` + at + `.AttributeName("tags_and").ElementKeyInt(1)] Invalid Condition
condition.tags_and[1] is in both lists of tags to have (error code 90022). Remove it from tags_or or from tags_and.
`,
		},
		"too many tags": { // the last one, which is empty too, is not reported
			condition: map[string]any{"tags_not": append(numbered(10), "", nil)},
			want: `ERROR ` + at + `.AttributeName("tags_not")] Invalid Condition
condition.tags_not has 12 tags, and the limit is 10 (error code 90032). Remove some of the tags.
`,
		},
		"tags": {
			condition: map[string]any{"tags_and": []any{"", "A ", long, nil, "", ""}},
			want: `ERROR ` + at + `.AttributeName("tags_and").ElementKeyInt(3)] Invalid Condition
condition.tags_and[3] is null. Remove null tags, for example with compact().
ERROR ` + at + `.AttributeName("tags_and").ElementKeyInt(0)] Invalid Condition
condition.tags_and[0] is empty (error code 90040). Remove empty tags, for example with compact().

Also: condition.tags_and[4], condition.tags_and[5]
WARNING ` + at + `.AttributeName("tags_and").ElementKeyInt(1)] Whitespace in Condition
condition.tags_and[1] begins or ends with whitespace, which counts in the comparison. Remove the whitespace, unless the accounts have it too.
ERROR ` + at + `.AttributeName("tags_and").ElementKeyInt(2)] Invalid Condition
condition.tags_and[2] has 51 bytes, and the limit is 50 (error code 90020). Shorten the tag.
`,
		},
		"attributes": {
			condition: map[string]any{"attributes_or": map[string]any{"": "x", "city": " x", "country": nil, "level": long, long: "x"}},
			want: `ERROR ` + at + `.AttributeName("attributes_or").ElementKeyString("country")] Invalid Condition
condition.attributes_or["country"] is null. Set a value, or remove the attribute.
ERROR ` + at + `.AttributeName("attributes_or")] Invalid Condition
condition.attributes_or has an empty name. Remove the empty name.
WARNING ` + at + `.AttributeName("attributes_or").ElementKeyString("city")] Whitespace in Condition
condition.attributes_or["city"] begins or ends with whitespace, which counts in the comparison. Remove the whitespace, unless the accounts have it too.
ERROR ` + at + `.AttributeName("attributes_or").ElementKeyString("level")] Invalid Condition
condition.attributes_or["level"] has 51 bytes, and the limit is 50. Shorten the value.
ERROR ` + at + `.AttributeName("attributes_or").ElementKeyString("` + long + `")] Invalid Condition
condition.attributes_or["` + long + `"] has a name of 51 bytes, and the limit is 50. Correct the name.
`,
		},
		"unknown":        {condition: unknown},
		"unknown parts":  {condition: map[string]any{"tags_or": unknown, "attributes_or": unknown}},
		"an unknown map": {condition: map[string]any{"attributes_and": unknown}},
		"a part that may be null later": {
			condition: map[string]any{"tags_or": unknown, "attributes_or": map[string]any{"city": "x"}},
		},
		"unknown texts": {
			condition: map[string]any{"tags_or": []any{unknown, "A"}, "tags_and": []any{unknown, "A"}},
			want: `ERROR ` + at + `.AttributeName("tags_and").ElementKeyInt(1)] Invalid Condition
condition.tags_and[1] is in both lists of tags to have (error code 90022). Remove it from tags_or or from tags_and.
`,
		},
		"an unknown value": {
			condition: map[string]any{"attributes_or": map[string]any{"city": unknown}, "attributes_and": map[string]any{}},
			want: `ERROR ` + at + `.AttributeName("attributes_and")] Invalid Condition
condition.attributes_and is empty. Remove it, set it to null, or add an attribute.
`,
		},
	} {
		service := newEmulator(t)
		p := newConfigured(t, service, nil)
		if got := p.validate(pushAudience, forCondition(test.condition)); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, test.want)
		}
		if want := errorsIn(test.want); want != "" {
			if got := render(p.read(t.Context(), pushAudience, forCondition(test.condition), false).Diagnostics); got != want {
				t.Errorf("%s: the read reports:\n%s\nwant:\n%s", name, got, want)
			}
		}
		checkNoRequest(t, service)
	}
}

// errorsIn returns the errors in rendered diagnostics.
func errorsIn(text string) (errors string) {
	isError := false
	for line := range strings.Lines(text) {
		if severity, _, _ := strings.Cut(line, " "); severity == "ERROR" || severity == "WARNING" {
			isError = severity == "ERROR"
		}
		if isError {
			errors += line
		}
	}
	return errors
}

// A CLI reads no block with unknown arguments. If it does, that is an error.
func TestReadUnknownCondition(t *testing.T) {
	t.Parallel()
	const want = `ERROR [AttributeName("condition")] Invalid Condition
condition has a value that is not known. Report this as a bug in the provider.
`
	for _, condition := range []any{
		tftypes.UnknownValue,
		map[string]any{"tags_or": tftypes.UnknownValue, "tags_and": []any{"A"}},
		map[string]any{"tags_or": []any{tftypes.UnknownValue}},
		map[string]any{"attributes_or": tftypes.UnknownValue, "attributes_and": map[string]any{"city": "x"}},
		map[string]any{"attributes_and": map[string]any{"city": tftypes.UnknownValue}},
	} {
		service := newEmulator(t)
		p := newConfigured(t, service, nil)
		if got := render(p.read(t.Context(), pushAudience, forCondition(condition), false).Diagnostics); got != want {
			t.Errorf("%v: got:\n%s\nwant:\n%s", condition, got, want)
		}
		checkNoRequest(t, service)
	}
}

// Problems that differ only in the tag are one error.
func TestManyInvalidTags(t *testing.T) {
	t.Parallel()
	attributes := map[string]any{}
	for i := range 25 {
		attributes[fmt.Sprintf("name%02d", i)] = nil
	}
	const want = `ERROR [AttributeName("condition").AttributeName("attributes_or").ElementKeyString("name00")] Invalid Condition
condition.attributes_or["name00"] is null. Set a value, or remove the attribute.

Also: condition.attributes_or["name01"], condition.attributes_or["name02"], condition.attributes_or["name03"], condition.attributes_or["name04"], condition.attributes_or["name05"], condition.attributes_or["name06"], condition.attributes_or["name07"], condition.attributes_or["name08"], condition.attributes_or["name09"], condition.attributes_or["name10"]
Not shown: 14 more
`
	p := newProtocol(t, nil, newEmulator(t))
	if got := p.validate(pushAudience, forCondition(map[string]any{"attributes_or": attributes})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
