package timpush

import (
	"slices"
	"testing"
)

func TestSelectorAttributeNames(t *testing.T) {
	t.Parallel()
	type pairs = map[string]string
	for _, test := range []struct {
		condition Condition
		want      []string
	}{
		{Condition{TagsOr: []string{"A"}}, nil},
		{Condition{AttributesOr: pairs{"b": "1", "a": "2"}}, []string{"a", "b"}},
		{Condition{AttributesAnd: pairs{"b": "1"}, AttributesOr: pairs{"c": "1", "b": "2", "a": ""}}, []string{"a", "b", "c"}},
		{Condition{AttributesAnd: pairs{decomposed: "1"}, AttributesOr: pairs{composed: "1"}}, []string{composed}},
	} {
		if names := test.condition.Selector().AttributeNames(); !slices.Equal(names, test.want) {
			t.Errorf("%q needs %q, not %q", test.condition, names, test.want)
		}
	}
}

// An empty part is a mistake. Nobody has one of no tags.
func TestSelectorOfEmptyParts(t *testing.T) {
	t.Parallel()
	if (Condition{TagsOr: []string{}}).Selector().SelectsTags([]string{"A"}) {
		t.Error("no tags select an account")
	}
	if (Condition{AttributesOr: map[string]string{}}).Selector().SelectsAttributes(map[string]string{"a": "b"}) {
		t.Error("no attributes select an account")
	}
}
