package attributenames

import "testing"

// A valid index is a digit, without a sign. Other numbers are still returned.
func TestAttributeIndex(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		number  int64
		isNone  bool
		isIndex bool
	}{
		"0": {0, false, true}, "9": {9, false, true},
		"10": {10, false, false}, "-1": {-1, false, false}, "01": {1, false, false}, "+1": {1, false, false}, "-0": {0, false, false},
		"": {isNone: true}, "x": {isNone: true}, "1.0": {isNone: true}, "99999999999999999999": {isNone: true},
	} {
		index, isIndex := attributeIndex(text)
		if (index == nil) != want.isNone || isIndex != want.isIndex || index != nil && *index != want.number {
			t.Errorf("%q: %v, %t", text, index, isIndex)
		}
	}
}
