package kit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.ObjectTypable  = conditionType{}
	_ basetypes.ObjectValuable = conditionValue{}
)

// conditionType is the type of a required condition whose validator reports null,
// with a text of our own.
type conditionType struct{ basetypes.ObjectType }

func newConditionType(attributes map[string]schema.Attribute) conditionType {
	kinds := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		kinds[name] = attribute.GetType()
	}
	return conditionType{types.ObjectType{AttrTypes: kinds}}
}

func (t conditionType) Equal(other attr.Type) bool {
	o, ok := other.(conditionType)
	return ok && t.ObjectType.Equal(o.ObjectType)
}

func (conditionType) String() string { return "conditionType" }

func (conditionType) ValueType(context.Context) attr.Value { return conditionValue{} }

func (conditionType) ValueFromObject(_ context.Context, object basetypes.ObjectValue) (basetypes.ObjectValuable, diag.Diagnostics) {
	return conditionValue{object}, nil
}

func (t conditionType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.ObjectType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	object, ok := value.(basetypes.ObjectValue)
	if !ok {
		return nil, fmt.Errorf("the value of an object is a %T", value)
	}
	return conditionValue{object}, nil
}

// conditionValue is a value of [conditionType].
type conditionValue struct{ basetypes.ObjectValue }

func (v conditionValue) Type(ctx context.Context) attr.Type {
	return conditionType{types.ObjectType{AttrTypes: v.AttributeTypes(ctx)}}
}

func (v conditionValue) Equal(other attr.Value) bool {
	o, ok := other.(conditionValue)
	return ok && v.ObjectValue.Equal(o.ObjectValue)
}

// IsNull is always false, for the same reason as accountsValue.IsNull.
func (conditionValue) IsNull() bool { return false }
