package attributenames

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.NumberTypable  = indexType{}
	_ basetypes.NumberValuable = indexValue{}
)

// indexType is the type of index. [namesValidator] reports null and fractions: the
// framework would report null, too, where the complete object is not known yet, as
// variables of modules are in validate, and fractions as errors of the provider.
type indexType struct{ basetypes.NumberType }

// Equal implements attr.Type.
func (indexType) Equal(other attr.Type) bool {
	_, ok := other.(indexType)
	return ok
}

// String implements attr.Type.
func (indexType) String() string { return "indexType" }

// ValueType implements attr.Type.
func (indexType) ValueType(context.Context) attr.Value { return indexValue{} }

// ValueFromNumber implements basetypes.NumberTypable.
func (indexType) ValueFromNumber(_ context.Context, number basetypes.NumberValue) (basetypes.NumberValuable, diag.Diagnostics) {
	return indexValue{number}, nil
}

// ValueFromTerraform implements attr.Type.
func (t indexType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.NumberType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	number, ok := value.(basetypes.NumberValue)
	if !ok {
		return nil, fmt.Errorf("the value of a number is a %T", value)
	}
	return indexValue{number}, nil
}

// indexValue is a value of [indexType].
type indexValue struct{ basetypes.NumberValue }

func newIndex(index int64) indexValue {
	return indexValue{basetypes.NewNumberValue(new(big.Float).SetInt64(index))}
}

// index returns the index, unless the value is null or not a valid index.
func (v indexValue) index() (index int64, ok bool) {
	if v.NumberValue.IsNull() || !v.ValueBigFloat().IsInt() {
		return 0, false
	}
	index, accuracy := v.ValueBigFloat().Int64()
	return index, accuracy == big.Exact && index >= leastIndex && index <= mostIndex
}

// text returns the value as users write it.
func (v indexValue) text() string {
	if v.NumberValue.IsNull() {
		return "null"
	}
	return v.ValueBigFloat().Text('g', -1)
}

// Type implements attr.Value.
func (indexValue) Type(context.Context) attr.Type { return indexType{} }

// Equal implements attr.Value.
func (v indexValue) Equal(other attr.Value) bool {
	o, ok := other.(indexValue)
	return ok && v.NumberValue.Equal(o.NumberValue)
}

// IsNull is always false, so that the framework does not report null.
func (indexValue) IsNull() bool { return false }
