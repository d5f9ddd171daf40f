package kit

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The description in the protocol includes all fields, at each depth.
func TestFieldsAreDescribed(t *testing.T) {
	t.Parallel()
	inner := Fields{"sent": {Type: types.Int64Type, MarkdownDescription: "How many were sent."}}
	fields := Fields{
		"counts": {Type: inner.ObjectType(), Fields: inner, MarkdownDescription: "The numbers."},
		"name":   {Type: types.StringType, MarkdownDescription: "The name."},
	}
	const want = "The tasks.\n  - `counts`: The numbers.\n    - `sent`: How many were sent.\n  - `name`: The name."
	for _, got := range []string{
		NewObjectAttribute("The tasks.", fields).GetMarkdownDescription(),
		NewObjectListAttribute("The tasks.", fields).GetMarkdownDescription(),
		NewObjectsAttribute("The tasks.", fields).GetMarkdownDescription(),
	} {
		if got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}
