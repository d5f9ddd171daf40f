package kit

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Field is a field of an object in results.
type Field struct {
	Type                attr.Type
	MarkdownDescription string
}

// Fields are the fields of an object, by name.
type Fields map[string]Field

// ObjectType returns the type of the object.
func (f Fields) ObjectType() types.ObjectType {
	kinds := make(map[string]attr.Type, len(f))
	for name, field := range f {
		kinds[name] = field.Type
	}
	return types.ObjectType{AttrTypes: kinds}
}

// ObjectsAttribute is a computed map of objects. It is a plain map, since
// Terraform's mock_provider leaves collections of nested attributes empty. The
// protocol has no descriptions for the fields of a plain map, so they are here,
// for cmd/docschema.
type ObjectsAttribute struct {
	schema.MapAttribute
	Text   string // the description without the fields
	Fields Fields
}

// NewObjectsAttribute returns the attribute. Its description in the protocol,
// which editors show, includes the fields.
func NewObjectsAttribute(text string, fields Fields) ObjectsAttribute {
	description := text
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		description += "\n  - `" + name + "`: " + fields[name].MarkdownDescription
	}
	return ObjectsAttribute{
		MapAttribute: schema.MapAttribute{MarkdownDescription: description, ElementType: fields.ObjectType(), Computed: true},
		Text:         text,
		Fields:       fields,
	}
}
