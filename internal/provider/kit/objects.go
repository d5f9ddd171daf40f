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
	Fields              Fields // of the object or objects that the type contains; nil if it contains none
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

// markdown returns the list of the fields; indent precedes each line.
func (f Fields) markdown(indent string) (text string) {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		text += "\n" + indent + "- `" + name + "`: " + f[name].MarkdownDescription + f[name].Fields.markdown(indent+"  ")
	}
	return text
}

// Described describes the objects of a computed attribute for cmd/docschema. Such
// attributes have plain types, since Terraform's mock_provider leaves collections
// of nested attributes empty, and the protocol has no descriptions for the fields
// of a plain type.
type Described struct {
	Text   string // the description without the fields
	Fields Fields
}

// Details returns the description.
func (d Described) Details() Described { return d }

// markdown returns the description in the protocol, which editors show. It
// includes the fields.
func (d Described) markdown() string { return d.Text + d.Fields.markdown("  ") }

// ObjectAttribute is a computed object.
type ObjectAttribute struct {
	schema.ObjectAttribute
	Described
}

// NewObjectAttribute returns the attribute.
func NewObjectAttribute(text string, fields Fields) ObjectAttribute {
	described := Described{text, fields}
	return ObjectAttribute{
		schema.ObjectAttribute{MarkdownDescription: described.markdown(), AttributeTypes: fields.ObjectType().AttrTypes, Computed: true}, described,
	}
}

// ObjectListAttribute is a computed list of objects.
type ObjectListAttribute struct {
	schema.ListAttribute
	Described
}

// NewObjectListAttribute returns the attribute.
func NewObjectListAttribute(text string, fields Fields) ObjectListAttribute {
	described := Described{text, fields}
	return ObjectListAttribute{
		schema.ListAttribute{MarkdownDescription: described.markdown(), ElementType: fields.ObjectType(), Computed: true}, described,
	}
}

// ObjectsAttribute is a computed map of objects.
type ObjectsAttribute struct {
	schema.MapAttribute
	Described
}

// NewObjectsAttribute returns the attribute.
func NewObjectsAttribute(text string, fields Fields) ObjectsAttribute {
	described := Described{text, fields}
	return ObjectsAttribute{
		schema.MapAttribute{MarkdownDescription: described.markdown(), ElementType: fields.ObjectType(), Computed: true}, described,
	}
}
