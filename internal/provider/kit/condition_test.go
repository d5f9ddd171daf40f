package kit

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The framework treats the custom type as an object.
func TestConditionTypeIsAnObject(t *testing.T) {
	t.Parallel()
	attribute, ok := ConditionAttribute().(schema.SingleNestedAttribute)
	if !ok {
		t.Fatal("the attribute is of another type")
	}
	kind := attribute.GetType()
	raw := kind.TerraformType(t.Context())
	object, ok := raw.(tftypes.Object)
	if !ok || !raw.Equal(attribute.GetNestedObject().Type().TerraformType(t.Context())) {
		t.Fatalf("the type is %s", raw)
	}
	elements := map[string]tftypes.Value{}
	for name, element := range object.AttributeTypes {
		elements[name] = tftypes.NewValue(element, nil)
	}
	for name, in := range map[string]any{"null": nil, "unknown": tftypes.UnknownValue, "known": elements} {
		want := tftypes.NewValue(raw, in)
		value, err := kind.ValueFromTerraform(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := value.ToTerraformValue(t.Context())
		if err != nil || !got.Equal(want) || !value.Type(t.Context()).Equal(kind) || value.IsNull() {
			t.Errorf("%s: got %s of type %s, %v", name, got, value.Type(t.Context()), err)
		}
		condition, isCondition := value.(conditionValue)
		if !isCondition || !value.Equal(value) || value.Equal(condition.ObjectValue) {
			t.Errorf("%s: equality is wrong", name)
		}
	}
	if kind.Equal(newConditionType(attribute.Attributes).ObjectType) {
		t.Error("a plain object has an equal type")
	}
}

// Every part of a condition has an argument.
func TestPartsHaveArguments(t *testing.T) {
	t.Parallel()
	attribute, ok := ConditionAttribute().(schema.SingleNestedAttribute)
	if !ok || len(attribute.Attributes) != len(partArguments) {
		t.Errorf("%d arguments, %d parts", len(attribute.Attributes), len(partArguments))
	}
	for part, name := range partArguments {
		if _, found := attribute.Attributes[name]; !found || part == timpush.WholeCondition {
			t.Errorf("part %d has no argument %q", part, name)
		}
	}
}
