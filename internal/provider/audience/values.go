package audience

import (
	"context"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// rawType is the type of a dynamic parameter whose value is not converted to values
// of the framework, which takes long for many accounts.
type rawType struct{ basetypes.DynamicType }

var _ basetypes.DynamicTypable = rawType{}

// ValueFromTerraform keeps the value.
func (rawType) ValueFromTerraform(_ context.Context, value tftypes.Value) (attr.Value, error) {
	return rawValue{raw: value}, nil
}

// rawValue is a value of a rawType.
type rawValue struct {
	basetypes.DynamicValue

	raw tftypes.Value
}

// rawOf returns the value of an argument. Arguments have no other type.
func rawOf(value attr.Value) tftypes.Value {
	raw, _ := value.(rawValue)
	return raw.raw
}

// elements returns the elements of a list, set, or tuple that is known.
func elements(value tftypes.Value) (all []tftypes.Value, ok bool) {
	if value.IsNull() || !value.Type().Is(tftypes.List{}) && !value.Type().Is(tftypes.Set{}) && !value.Type().Is(tftypes.Tuple{}) {
		return nil, false
	}
	return all, value.As(&all) == nil
}

// elementsByName returns the elements of a map or an object that is known. The map
// belongs to the value.
func elementsByName(value tftypes.Value) (all map[string]tftypes.Value, ok bool) {
	if value.IsNull() || !value.Type().Is(tftypes.Map{}) && !value.Type().Is(tftypes.Object{}) {
		return nil, false
	}
	return all, value.As(&all) == nil
}

// text returns a string, or what the CLI converts a number or a bool to where it
// needs a string.
func text(value tftypes.Value) (string, bool) {
	if value.IsNull() {
		return "", false
	}
	var text string
	if value.As(&text) == nil {
		return text, true
	}
	var number big.Float
	if value.As(&number) == nil {
		return number.Text('f', -1), true
	}
	var yes bool
	if value.As(&yes) == nil {
		return strconv.FormatBool(yes), true
	}
	return "", false
}

// isText reports whether text returns the values of a type that are not null.
func isText(kind tftypes.Type) bool {
	return kind.Is(tftypes.String) || kind.Is(tftypes.Number) || kind.Is(tftypes.Bool)
}

// nameOf names the type of a value for a person: "a list".
func nameOf(value tftypes.Value) string {
	if value.IsNull() {
		return "null"
	}
	for _, kind := range []struct {
		is   tftypes.Type
		name string
	}{
		{tftypes.String, "a string"},
		{tftypes.Number, "a number"},
		{tftypes.Bool, "a bool"},
		{tftypes.List{}, "a list"},
		{tftypes.Tuple{}, "a list"},
		{tftypes.Set{}, "a set"},
		{tftypes.Map{}, "a map"},
		{tftypes.Object{}, "a map"},
	} {
		if value.Type().Is(kind.is) {
			return kind.name
		}
	}
	return "a value of another type"
}
