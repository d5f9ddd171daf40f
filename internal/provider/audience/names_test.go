package audience

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Names are compared as the CLI compares them, in Unicode NFC. Of several equal
// names of the app, the first counts, and empty ones are none.
func TestNameProblems(t *testing.T) {
	t.Parallel()
	wanted := func(names ...string) timpush.Condition {
		c := timpush.Condition{AttributesOr: map[string]string{}}
		for _, name := range names {
			c.AttributesOr[name] = "x"
		}
		return c
	}
	read := map[string]map[string]string{"a": {}, "b": {"caf\u00e9": ""}}
	many := make([]timpush.AttributeName, 12)
	for i := range many {
		many[i].Name = strings.Repeat("n", i)
	}
	for name, test := range map[string]struct {
		condition timpush.Condition
		names     []timpush.AttributeName
		want      string // part of the only warning
	}{
		"equal in NFC":         {wanted("cafe\u0301"), []timpush.AttributeName{{Name: "caf\u00e9", AccountType: "0"}}, ""},
		"once":                 {wanted("te\u0301", "t\u00e9"), nil, `no attribute "té".`},
		"the first type":       {wanted("x"), []timpush.AttributeName{{Name: "x", AccountType: "1"}, {Name: "x", AccountType: "0"}}, "lists RegistrationIDs"},
		"an undocumented type": {wanted("x"), []timpush.AttributeName{{Name: "x", AccountType: "7"}}, ""},
		"no type":              {wanted("x"), []timpush.AttributeName{{Name: "x"}}, ""},
		"an empty name":        {wanted("x"), []timpush.AttributeName{{Name: ""}}, "Attribute names of the app: none"},
		"many names":           {wanted("x"), many, `"nnnnnnnnnn", and 1 more`},
		"control characters":   {wanted("x\x1b"), []timpush.AttributeName{{Name: "y\x1b"}}, `no attribute "x\x1b". Correct the name, or add the attribute to the app.` + "\n\n" + `Attribute names of the app: "y\x1b"`},
	} {
		_, warnings := nameProblems(test.condition, test.names, read)
		text := ""
		for _, warning := range warnings {
			text += warning.Detail()
		}
		if len(warnings) > 1 || (text == "") != (test.want == "") || !strings.Contains(text, test.want) {
			t.Errorf("%s: got %q, want %q", name, text, test.want)
		}
	}
}
