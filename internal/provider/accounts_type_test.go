package provider

import (
	"bytes"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"
)

// The framework takes a type of our own for the list that it is.
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

// How much is logged does not grow with the accounts of a request: the framework
// would write a line for each, and the CLI read it, whatever the log level.
func TestLogDoesNotGrowWithAccounts(t *testing.T) {
	t.Parallel()
	lines := func(accounts ...any) int {
		var log bytes.Buffer
		p := newConfigured(t, newEmulator(t), nil)
		p.read(tfsdklogtest.RootLogger(t.Context(), &log), userAttributes, values{"accounts": accounts, "on_account_error": "ignore"}, false)
		return bytes.Count(log.Bytes(), []byte("\n"))
	}
	few, many := lines("a"), lines("a", "b", "c", "d", "e", "f", "g", "h")
	if few == 0 || many != few {
		t.Errorf("%d lines for one account, %d for eight", few, many)
	}
}
