package owned

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"
)

// Form is the form of an account's pairs in a block: [Values] or [Names].
type Form interface {
	elementType() attr.Type
	// decode returns the pairs, and whether all of them are known. A value that is
	// not known is "".
	decode(value tftypes.Value) (p pairs, known bool, err error)
	// encode returns pairs as they are written in the first of the values that has
	// them, in its order. Pairs that are in none of the values come last, sorted.
	encode(p pairs, written ...tftypes.Value) (tftypes.Value, error)
	// check adds what is wrong with a value.
	check(value tftypes.Value, at path.Path, found *mistakes) error
}

// Values is a map from name to value.
type Values struct{}

var _ Form = Values{}

var valuesType = tftypes.Map{ElementType: tftypes.String}

func (Values) elementType() attr.Type { return types.MapType{ElemType: types.StringType} }

func (Values) decode(value tftypes.Value) (pairs, bool, error) {
	if !value.IsKnown() {
		return nil, false, nil
	}
	var elements map[string]tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, false, err
	}
	p, known := make(pairs, len(elements)), true
	for name, element := range elements {
		text, isKnown, err := textOf(element)
		if err != nil {
			return nil, false, err
		}
		p[norm.NFC.String(name)] = text
		known = known && isKnown
	}
	return p, known, nil
}

func (Values) encode(p pairs, written ...tftypes.Value) (tftypes.Value, error) {
	encoded, done := make(map[string]tftypes.Value, len(p)), make(map[string]bool, len(p))
	for _, value := range written {
		var elements map[string]tftypes.Value
		if err := value.As(&elements); err != nil {
			return value, err
		}
		for name, element := range elements {
			key := norm.NFC.String(name)
			text, has := p[key]
			if !has || done[key] {
				continue
			}
			if same, _, err := textOf(element); err != nil {
				return value, err
			} else if same != text {
				element = tftypes.NewValue(tftypes.String, text)
			}
			encoded[name], done[key] = element, true
		}
	}
	for name, text := range p {
		if !done[name] {
			encoded[name] = tftypes.NewValue(tftypes.String, text)
		}
	}
	return tftypes.NewValue(valuesType, encoded), nil
}

// Names is a list of names, whose order and repeats mean nothing.
type Names struct{}

var _ Form = Names{}

var namesType = tftypes.List{ElementType: tftypes.String}

func (Names) elementType() attr.Type { return types.ListType{ElemType: types.StringType} }

func (Names) decode(value tftypes.Value) (pairs, bool, error) {
	if !value.IsKnown() {
		return nil, false, nil
	}
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, false, err
	}
	p, known := make(pairs, len(elements)), true
	for _, element := range elements {
		name, isKnown, err := textOf(element)
		switch {
		case err != nil:
			return nil, false, err
		case isKnown:
			p[name] = ""
		default:
			known = false
		}
	}
	return p, known, nil
}

func (Names) encode(p pairs, written ...tftypes.Value) (tftypes.Value, error) {
	encoded, done := make([]tftypes.Value, 0, len(p)), make(map[string]bool, len(p))
	for _, value := range written {
		var elements []tftypes.Value
		if err := value.As(&elements); err != nil {
			return value, err
		}
		var here []string // repeats within a value are kept
		for _, element := range elements {
			name, _, err := textOf(element)
			if err != nil {
				return value, err
			}
			if _, has := p[name]; has && !done[name] {
				encoded, here = append(encoded, element), append(here, name)
			}
		}
		for _, name := range here {
			done[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if !done[name] {
			encoded = append(encoded, tftypes.NewValue(tftypes.String, name))
		}
	}
	return tftypes.NewValue(namesType, encoded), nil
}

// textOf returns a string in NFC, and whether it is known.
func textOf(value tftypes.Value) (text string, known bool, err error) {
	if !value.IsKnown() {
		return "", false, nil
	}
	var pointer *string
	if err := value.As(&pointer); err != nil || pointer == nil {
		return "", true, err
	}
	return norm.NFC.String(*pointer), true, nil
}
