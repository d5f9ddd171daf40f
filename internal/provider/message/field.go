package message

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// field is an argument of the notification, and the field that it is in requests.
type field struct {
	name     string // the argument
	wire     string // the field
	kind     kind
	text     string // the description, without the limits of the kind
	required bool
	needs    need   // what else must be set; zero for nothing
	usual    string // in a request, what it means if it is not set, as text; "" if the page does not say
}

// need is that another argument of the same object must be set, or have a value.
type need struct{ name, value string }

// kind is the type of a field, with its limits.
type kind interface {
	// attrType returns the type of values.
	attrType() attr.Type
	// limits describes the limits, as sentences in Markdown; "" if there are none.
	limits() string
	// attribute returns the schema attribute.
	attribute(text string, required bool) schema.Attribute
	// check reports what is wrong with a value, which is not null, as far as it is known.
	check(at path.Path, value attr.Value) diag.Diagnostics
	// encode returns a value that is not null as in JSON, and whether it is completely
	// known. What check rejects is left out.
	encode(value attr.Value) (raw any, known bool)
	// decode returns what is in JSON as a value, which is null if raw is nil, and the
	// rest: what the type cannot represent, or nil.
	decode(raw any) (value attr.Value, rest any)
}

// attribute returns the schema attribute.
func (f field) attribute() schema.Attribute {
	sentences := []string{f.text}
	if limits := f.kind.limits(); limits != "" {
		sentences = append(sentences, limits)
	}
	switch {
	case f.needs.value != "":
		sentences = append(sentences, "Only with `"+f.needs.name+` = "`+f.needs.value+"\"`.")
	case f.needs.name != "":
		sentences = append(sentences, "Only with `"+f.needs.name+"`.")
	}
	return f.kind.attribute(strings.Join(append(sentences, "In the API: `"+f.wire+"`."), " "), f.required)
}

// invalidNotification is the summary of errors.
const invalidNotification = "Invalid Notification"

// invalid returns an error about the value at a path. problem follows the path in a
// sentence, and fix is a sentence.
func invalid(at path.Path, problem, fix string) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, invalidNotification, at.String()+" "+problem+". "+fix)}
}
