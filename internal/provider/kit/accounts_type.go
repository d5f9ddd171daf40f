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

// accountsType is list(string) for very many accounts. After a read, the
// framework compares arguments in configuration and state. For a plain list, it
// logs every element, whatever the log level, which takes seconds for 100,000
// accounts.
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
		return nil, fmt.Errorf("the value of a list is a %T", value)
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

// ListSemanticEquals keeps the framework from comparing element by element.
func (v accountsValue) ListSemanticEquals(_ context.Context, other basetypes.ListValuable) (bool, diag.Diagnostics) {
	return v.Equal(other), nil
}

// IsNull is always false. If it were true, the framework would report that a
// required argument is null before validators run. Instead, accountsValidator,
// which gets the plain list, reports this once, with a text of our own.
func (accountsValue) IsNull() bool { return false }

// String is what the framework logs.
func (v accountsValue) String() string { return fmt.Sprintf("%d accounts", len(v.Elements())) }

// accounts returns the elements. It uses no reflection, which is slow for 100,000
// elements.
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
