package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestWrongUserAttributesArguments(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"nothing wrong": {
			arguments: values{"accounts": []any{"Mary", "小明", "a b", "379C2F0D-290D-47AE-94D1-919058C39C77", strings.Repeat("x", 300), tftypes.UnknownValue}, "on_account_error": "error", "timeouts": map[string]any{"read": "1s"}},
		},
		"all unknown": {
			arguments: values{"accounts": tftypes.UnknownValue, "on_account_error": tftypes.UnknownValue, "timeouts": map[string]any{"read": tftypes.UnknownValue}},
		},
		"timeouts unknown as a whole": {
			arguments: values{"accounts": []any{}, "timeouts": tftypes.UnknownValue},
		},
		"accounts": {
			arguments: values{"accounts": []any{"Mary", nil, "", " Mary", "Mary\r", "Ma\x00ry", "\u3000Mary", "\ufeffMary", "Ma\u200bry", "Mary\ufeff", "Ma\u00adry"}},
			want: `ERROR [AttributeName("accounts")] Invalid Accounts
accounts[1] is null. Leave null elements out, or use the account's UserID or RegistrationID.
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[2] is empty. Leave empty elements out, or use the account's UserID or RegistrationID. Read a file without its empty lines with:

  compact(split("\n", replace(file("accounts.txt"), "\r", "")))
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[4] ("Mary\r") ends in a carriage return. Read the file with:

  compact(split("\n", replace(file("accounts.txt"), "\r", "")))
ERROR [AttributeName("accounts")] Invalid Accounts
2 accounts begin or end with white space: accounts[3] (" Mary"), accounts[6] ("\u3000Mary"). Remove it, for example with trimspace().
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[7] ("\ufeffMary") begins with a byte order mark. Save the file as UTF-8 without one, or read it with:

  compact(split("\n", replace(trimprefix(file("accounts.txt"), "\ufeff"), "\r", "")))
ERROR [AttributeName("accounts")] Invalid Accounts
3 accounts contain an invisible character: accounts[8] ("Ma\u200bry"), accounts[9] ("Mary\ufeff"), accounts[10] ("Ma\u00adry"). Remove it.
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[5] ("Ma\x00ry") contains a control character. Remove it.
`,
		},
		"on_account_error": {
			arguments: values{"accounts": []any{}, "on_account_error": "panic"},
			want: `ERROR [AttributeName("on_account_error")] Invalid Attribute Value Match
Attribute on_account_error value must be one of: ["error" "warn" "ignore"], got: "panic"
`,
		},
		"timeouts.read no duration": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "5"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read is "5", which is not a duration above zero. Set it to one, such as 30s or 5m.
`,
		},
		"timeouts.read zero": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "0s"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read is "0s", which is not a duration above zero. Set it to one, such as 30s or 5m.
`,
		},
		"timeouts.read negative": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "-5m"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read is "-5m", which is not a duration above zero. Set it to one, such as 30s or 5m.
`,
		},
	} {
		if got := p.validate(userAttributes, test.arguments); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

// One error a cause, however many accounts: with the count and a few examples.
func TestManyWrongAccounts(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	const fix = " Read the file with:\n\n  compact(split(\"\\n\", replace(file(\"accounts.txt\"), \"\\r\", \"\")))\n"
	for count, want := range map[int]string{
		3:    `3 accounts end in a carriage return: accounts[0] ("user-0000\r"), accounts[1] ("user-0001\r"), accounts[2] ("user-0002\r").`,
		4:    `4 accounts end in a carriage return, for example accounts[0] ("user-0000\r"), accounts[1] ("user-0001\r"), accounts[2] ("user-0002\r").`,
		3000: `3000 accounts end in a carriage return, for example accounts[0] ("user-0000\r"), accounts[1] ("user-0001\r"), accounts[2] ("user-0002\r").`,
	} {
		var accounts []any
		for i := range count {
			accounts = append(accounts, fmt.Sprintf("user-%04d\r", i))
		}
		want = "ERROR [AttributeName(\"accounts\")] Invalid Accounts\n" + want + fix
		if got := p.validate(userAttributes, values{"accounts": append(accounts, "good")}); got != want {
			t.Errorf("%d accounts: got:\n%s\nwant:\n%s", count, got, want)
		}
	}
}
