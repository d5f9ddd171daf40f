package message

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// object is an object with the given fields.
type object []field

func (k object) attrType() attr.Type { return types.ObjectType{AttrTypes: k.types()} }

func (object) limits() string { return "" }

func (k object) attribute(description string, required bool) schema.Attribute {
	return schema.SingleNestedAttribute{MarkdownDescription: description, Required: required, Optional: !required, Attributes: k.attributes()}
}

func (k object) attributes() map[string]schema.Attribute {
	attributes := make(map[string]schema.Attribute, len(k))
	for _, f := range k {
		attributes[f.name] = f.attribute()
	}
	return attributes
}

func (k object) types() map[string]attr.Type {
	kinds := make(map[string]attr.Type, len(k))
	for _, f := range k {
		kinds[f.name] = f.kind.attrType()
	}
	return kinds
}

func (k object) check(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	o, _ := value.(types.Object)
	values := o.Attributes()
	for _, f := range k {
		value := values[f.name]
		if !isSet(value) {
			if f.required {
				diags.Append(invalid(at.AtName(f.name), "is null", "Set it, or set "+at.String()+" to null.")...)
			}
			continue
		}
		if value.IsUnknown() {
			continue
		}
		diags.Append(f.kind.check(at.AtName(f.name), value)...)
		diags.Append(f.needs.check(at, f.name, values)...)
	}
	return diags
}

// isSet reports whether an argument is not null. It may be unknown.
func isSet(value attr.Value) bool { return value != nil && !value.IsNull() }

// isEmpty reports whether all arguments of an object, which is not null, are null.
func isEmpty(value attr.Value) bool {
	o, _ := value.(types.Object)
	for _, value := range o.Attributes() {
		if isSet(value) {
			return false
		}
	}
	return !o.IsUnknown()
}

// check reports an argument that is set without what it needs.
func (n need) check(at path.Path, name string, values map[string]attr.Value) diag.Diagnostics {
	other := values[n.name]
	if n.name == "" || other == nil || other.IsUnknown() {
		return nil
	}
	needed := at.AtName(n.name)
	if other.IsNull() {
		return invalid(at.AtName(name), fmt.Sprintf("is set, but %s is not", needed), fmt.Sprintf("Set %s too, or remove %s.", n.name, name))
	}
	if text, _ := stringOf(other); n.value != "" && text != n.value {
		return invalid(at.AtName(name), fmt.Sprintf("is set, but %s is %s", needed, kit.Quote(text)), fmt.Sprintf("Set %s to %q, or remove %s.", n.name, n.value, name))
	}
	return nil
}

func (k object) encode(value attr.Value) (any, bool) { return k.encodeFields(value) }

// encodeFields returns the fields that are set.
func (k object) encodeFields(value attr.Value) (fields map[string]any, known bool) {
	o, _ := value.(types.Object)
	fields, known = map[string]any{}, !o.IsUnknown()
	values := o.Attributes()
	for _, f := range k {
		value := values[f.name]
		if !isSet(value) {
			continue
		}
		raw, isKnown := f.kind.encode(value)
		known = known && isKnown
		if raw != nil {
			fields[f.wire] = raw
		}
	}
	return fields, known
}

// decode returns null for an object whose fields are all among the rest, so that an
// argument that is not set stays so if json has unknown fields of its object.
func (k object) decode(raw any) (attr.Value, any) {
	fields, ok := raw.(map[string]any)
	if !ok {
		return types.ObjectNull(k.types()), raw
	}
	values, rest := k.decodeFields(fields)
	if len(rest) == 0 {
		return types.ObjectValueMust(k.types(), values), nil
	}
	for _, value := range values {
		if !value.IsNull() {
			return types.ObjectValueMust(k.types(), values), rest
		}
	}
	return types.ObjectNull(k.types()), rest
}

// decodeFields returns the values of all fields, and the rest.
func (k object) decodeFields(fields map[string]any) (values map[string]attr.Value, rest map[string]any) {
	values, rest = make(map[string]attr.Value, len(k)), map[string]any{}
	known := make(map[string]bool, len(k))
	for _, f := range k {
		known[f.wire] = true
		value, left := f.kind.decode(fields[f.wire])
		values[f.name] = value
		if left != nil {
			rest[f.wire] = left
		}
	}
	for name, raw := range fields {
		if !known[name] {
			rest[name] = raw
		}
	}
	return values, rest
}

// field returns the field with a name in JSON.
func (k object) field(wire string) (f field, found bool) {
	for _, f := range k {
		if f.wire == wire {
			return f, true
		}
	}
	return field{}, false
}
