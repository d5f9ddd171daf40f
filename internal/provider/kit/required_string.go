package kit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable  = RequiredStringType{}
	_ basetypes.StringValuable = RequiredString{}
)

// RequiredStringType is the type of a required string whose validator reports
// null, with a text of our own.
type RequiredStringType struct{ basetypes.StringType }

// Equal implements attr.Type.
func (t RequiredStringType) Equal(other attr.Type) bool {
	_, ok := other.(RequiredStringType)
	return ok
}

// String implements attr.Type.
func (RequiredStringType) String() string { return "RequiredStringType" }

// ValueType implements attr.Type.
func (RequiredStringType) ValueType(context.Context) attr.Value { return RequiredString{} }

// ValueFromString implements basetypes.StringTypable.
func (RequiredStringType) ValueFromString(_ context.Context, text basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return RequiredString{text}, nil
}

// ValueFromTerraform implements attr.Type.
func (t RequiredStringType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("the value of a string is a %T", value)
	}
	return RequiredString{text}, nil
}

// RequiredString is a value of [RequiredStringType].
type RequiredString struct{ basetypes.StringValue }

// Type implements attr.Value.
func (RequiredString) Type(context.Context) attr.Type { return RequiredStringType{} }

// Equal implements attr.Value.
func (s RequiredString) Equal(other attr.Value) bool {
	o, ok := other.(RequiredString)
	return ok && s.StringValue.Equal(o.StringValue)
}

// IsNull is always false, for the same reason as accountsValue.IsNull.
func (RequiredString) IsNull() bool { return false }
