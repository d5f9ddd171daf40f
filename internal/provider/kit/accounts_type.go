package kit

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.ListTypable                    = accountsType{}
	_ basetypes.ListValuable                   = accountsValue{}
	_ basetypes.ListValuableWithSemanticEquals = accountsValue{}
)

// accountsType is list(string) for a great many accounts. After a read, the
// framework compares arguments in configuration and state, and of a plain list
// it writes a line to the log for every element, whatever the log level: with
// 100,000 accounts, seconds in which nothing else is done.
type accountsType struct{ basetypes.ListType }

func newAccountsType() accountsType {
	return accountsType{basetypes.ListType{ElemType: types.StringType}}
}

func (t accountsType) Equal(other attr.Type) bool {
	o, ok := other.(accountsType)
	return ok && t.ListType.Equal(o.ListType)
}

func (accountsType) String() string { return "accountsType" }

func (accountsType) ValueType(context.Context) attr.Value { return accountsValue{} }

func (accountsType) ValueFromList(_ context.Context, list basetypes.ListValue) (basetypes.ListValuable, diag.Diagnostics) {
	return accountsValue{list}, nil
}

func (t accountsType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.ListType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	list, ok := value.(basetypes.ListValue)
	if !ok {
		return nil, fmt.Errorf("a list became a %T", value)
	}
	return accountsValue{list}, nil
}

// accountsValue is a value of [accountsType].
type accountsValue struct{ basetypes.ListValue }

func (accountsValue) Type(context.Context) attr.Type { return newAccountsType() }

func (v accountsValue) Equal(other attr.Value) bool {
	o, ok := other.(accountsValue)
	return ok && v.ListValue.Equal(o.ListValue)
}

// ListSemanticEquals spares the framework the look at each element.
func (v accountsValue) ListSemanticEquals(_ context.Context, other basetypes.ListValuable) (bool, diag.Diagnostics) {
	return v.Equal(other), nil
}

// String is what the framework logs of the value.
func (v accountsValue) String() string { return fmt.Sprintf("%d accounts", len(v.Elements())) }

// accounts returns the elements. It walks them itself: reflection over 100,000
// of them is time that users wait.
func (v accountsValue) accounts() []string {
	elements := v.Elements()
	accounts := make([]string, 0, len(elements))
	for _, element := range elements {
		if account, ok := element.(types.String); ok {
			accounts = append(accounts, account.ValueString())
		}
	}
	return accounts
}
