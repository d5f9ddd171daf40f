package owned

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func list(names ...any) tftypes.Value {
	elements := make([]tftypes.Value, len(names))
	for i, name := range names {
		elements[i] = tftypes.NewValue(tftypes.String, name)
	}
	return tftypes.NewValue(namesType, elements)
}

func values(p map[string]any) tftypes.Value {
	elements := make(map[string]tftypes.Value, len(p))
	for name, value := range p {
		elements[name] = tftypes.NewValue(tftypes.String, value)
	}
	return tftypes.NewValue(valuesType, elements)
}

const composed, decomposed = "\u00e9", "e\u0301"

func TestDecode(t *testing.T) {
	t.Parallel()
	unknown := tftypes.UnknownValue
	for _, test := range []struct {
		form  Form
		value tftypes.Value
		want  pairs
		known bool
	}{
		{Values{}, values(map[string]any{decomposed: decomposed, "a": "b"}), pairs{composed: composed, "a": "b"}, true},
		{Values{}, values(map[string]any{"a": unknown}), pairs{"a": ""}, false},
		{Values{}, tftypes.NewValue(valuesType, unknown), nil, false},
		{Values{}, tftypes.NewValue(valuesType, nil), pairs{}, true},
		{Names{}, list("b", decomposed, composed, "b"), pairs{"b": "", composed: ""}, true},
		{Names{}, list("b", unknown), pairs{"b": ""}, false},
		{Names{}, tftypes.NewValue(namesType, unknown), nil, false},
		{Names{}, tftypes.NewValue(namesType, nil), pairs{}, true},
	} {
		got, known, err := test.form.decode(test.value)
		if err != nil || known != test.known || !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, %t, %v", test.value, got, known, err)
		}
	}
}

// Pairs are encoded as they are written first, in that order. The rest comes last.
func TestEncode(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		form    Form
		pairs   pairs
		written []tftypes.Value
		want    tftypes.Value
	}{
		"values":       {Values{}, pairs{"a": "1"}, nil, values(map[string]any{"a": "1"})},
		"as written":   {Values{}, pairs{composed: composed}, []tftypes.Value{values(map[string]any{decomposed: decomposed, "x": "y"})}, values(map[string]any{decomposed: decomposed})},
		"other value":  {Values{}, pairs{composed: "2"}, []tftypes.Value{values(map[string]any{decomposed: "1"})}, values(map[string]any{decomposed: "2"})},
		"two values":   {Values{}, pairs{composed: "2", "a": "1"}, []tftypes.Value{values(map[string]any{composed: "1"}), values(map[string]any{decomposed: "2", "a": "1"})}, values(map[string]any{composed: "2", "a": "1"})},
		"names":        {Names{}, pairs{"b": "", "a": ""}, nil, list("a", "b")},
		"repeats":      {Names{}, pairs{"b": "", "a": "", composed: ""}, []tftypes.Value{list("x", "b", decomposed, "a", "b")}, list("b", decomposed, "a", "b")},
		"two lists":    {Names{}, pairs{"c": "", "b": "", "a": "", "d": ""}, []tftypes.Value{list("c", "a"), list("a", "x", "b")}, list("c", "a", "b", "d")},
		"nothing left": {Names{}, pairs{}, []tftypes.Value{list("a")}, list()},
	} {
		got, err := test.form.encode(test.pairs, test.written...)
		if err != nil || !got.Equal(test.want) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}
