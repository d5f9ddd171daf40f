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
			arguments: values{"accounts": []any{"Mary", nil, "", " Mary", "Mary\r", "Ma\x00ry", "\u3000Mary", "\ufeffMary"}},
			want: `ERROR [AttributeName("accounts").ElementKeyInt(1)] Invalid Account
accounts[1] is null. Leave it out, or give the account's UserID or RegistrationID.
ERROR [AttributeName("accounts").ElementKeyInt(2)] Invalid Account
accounts[2] is empty. Leave it out, or give the account's UserID or RegistrationID. A file is read without its empty lines by:

  compact(split("\n", replace(file("accounts.txt"), "\r", "")))
ERROR [AttributeName("accounts").ElementKeyInt(3)] Invalid Account
accounts[3] is " Mary", which begins or ends with white space. Take it off; trimspace() does so.
ERROR [AttributeName("accounts").ElementKeyInt(4)] Invalid Account
accounts[4] is "Mary\r", which ends as the lines of Windows files do. Take that off; a file is read without it by:

  compact(split("\n", replace(file("accounts.txt"), "\r", "")))
ERROR [AttributeName("accounts").ElementKeyInt(5)] Invalid Account
accounts[5] is "Ma\x00ry", which holds a control character. Remove it.
ERROR [AttributeName("accounts").ElementKeyInt(6)] Invalid Account
accounts[6] is "\u3000Mary", which begins or ends with white space. Take it off; trimspace() does so.
ERROR [AttributeName("accounts").ElementKeyInt(7)] Invalid Account
accounts[7] is "\ufeffMary", which begins with a byte order mark. Save the file as UTF-8 without one, or take it off with trimprefix(..., "\ufeff").
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

func TestManyWrongAccounts(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for count, more := range map[int]string{
		10:  "",
		11:  "Only the first 10 wrong accounts are listed; 1 more must be corrected.",
		250: "Only the first 10 wrong accounts are listed; 240 more must be corrected.",
	} {
		var accounts []any
		for i := range count {
			accounts = append(accounts, "good", fmt.Sprintf("bad%d ", i))
		}
		got := p.validate(userAttributes, values{"accounts": accounts})
		if listed := strings.Count(got, "Invalid Account\n"); listed != 10 {
			t.Errorf("%d wrong accounts: %d are listed", count, listed)
		}
		_, last, _ := strings.Cut(got, "ERROR [AttributeName(\"accounts\")] Invalid Accounts\n")
		if strings.TrimSpace(last) != more {
			t.Errorf("%d wrong accounts: the rest is %q, want %q", count, last, more)
		}
	}
}
