package timpush

import "testing"

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
