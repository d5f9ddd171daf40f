package kit

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The framework treats the custom type as a list.
func TestAccountsTypeIsAList(t *testing.T) {
	t.Parallel()
	list := tftypes.List{ElementType: tftypes.String}
	for name, raw := range map[string]any{
		"null":     nil,
		"unknown":  tftypes.UnknownValue,
		"empty":    []tftypes.Value{},
		"elements": []tftypes.Value{tftypes.NewValue(tftypes.String, "xiaoming"), tftypes.NewValue(tftypes.String, nil)},
	} {
		want := tftypes.NewValue(list, raw)
		value, err := newAccountsType().ValueFromTerraform(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := value.ToTerraformValue(t.Context())
		if err != nil || !got.Equal(want) || !value.Type(t.Context()).Equal(newAccountsType()) {
			t.Errorf("%s: got %s of type %s, %v", name, got, value.Type(t.Context()), err)
		}
	}
	accounts := func(names ...string) accountsValue {
		elements := make([]attr.Value, len(names))
		for i, name := range names {
			elements[i] = types.StringValue(name)
		}
		return accountsValue{types.ListValueMust(types.StringType, elements)}
	}
	if !accounts("a", "b").Equal(accounts("a", "b")) || accounts("a", "b").Equal(accounts("b", "a")) || accounts("a").Equal(accounts("a").ListValue) {
		t.Error("equality is wrong")
	}
	if text := accounts("a", "b").String(); text != "2 accounts" {
		t.Errorf("the text is %q", text)
	}
}
