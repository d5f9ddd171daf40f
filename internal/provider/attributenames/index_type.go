package attributenames

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.Int64Typable  = indexType{}
	_ basetypes.Int64Valuable = indexValue{}
)

// indexType is the type of index. [namesValidator] reports null, since the framework
// would do so, too, where the complete object is not known yet, as variables of
// modules are in validate.
type indexType struct{ basetypes.Int64Type }

// Equal implements attr.Type.
func (indexType) Equal(other attr.Type) bool {
	_, ok := other.(indexType)
	return ok
}

// String implements attr.Type.
func (indexType) String() string { return "indexType" }

// ValueType implements attr.Type.
func (indexType) ValueType(context.Context) attr.Value { return indexValue{} }

// ValueFromInt64 implements basetypes.Int64Typable.
func (indexType) ValueFromInt64(_ context.Context, number basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return indexValue{number}, nil
}

// ValueFromTerraform implements attr.Type.
func (t indexType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.Int64Type.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	number, ok := value.(basetypes.Int64Value)
	if !ok {
		return nil, fmt.Errorf("the value of a number is a %T", value)
	}
	return indexValue{number}, nil
}

// indexValue is a value of [indexType].
type indexValue struct{ basetypes.Int64Value }

// Type implements attr.Value.
func (indexValue) Type(context.Context) attr.Type { return indexType{} }

// Equal implements attr.Value.
func (v indexValue) Equal(other attr.Value) bool {
	o, ok := other.(indexValue)
	return ok && v.Int64Value.Equal(o.Int64Value)
}

// IsNull is always false, so that the framework does not report null.
func (indexValue) IsNull() bool { return false }
