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
			arguments: values{"accounts": []any{"Mary", nil, "", " Mary", "Mary\r", "Ma\x00ry", "\u3000Mary"}},
			want: `ERROR [AttributeName("accounts").ElementKeyInt(1)] Invalid Account
accounts[1] is null. Leave it out, or give the account's UserID or RegistrationID.
ERROR [AttributeName("accounts").ElementKeyInt(2)] Invalid Account
accounts[2] is empty. Leave it out, or give the account's UserID or RegistrationID.
ERROR [AttributeName("accounts").ElementKeyInt(3)] Invalid Account
accounts[3] is " Mary", which begins or ends with white space. Take it off, for instance with trimspace(); files with Windows line ends leave it there.
ERROR [AttributeName("accounts").ElementKeyInt(4)] Invalid Account
accounts[4] is "Mary\r", which begins or ends with white space. Take it off, for instance with trimspace(); files with Windows line ends leave it there.
ERROR [AttributeName("accounts").ElementKeyInt(5)] Invalid Account
accounts[5] is "Ma\x00ry", which holds a control character. Remove it.
ERROR [AttributeName("accounts").ElementKeyInt(6)] Invalid Account
accounts[6] is "\u3000Mary", which begins or ends with white space. Take it off, for instance with trimspace(); files with Windows line ends leave it there.
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
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Attribute Value Time Duration
"5" must be a string containing a sequence of decimal numbers, each with optional fraction and a unit suffix, such as "300ms", "-1.5h" or "2h45m". Valid time units are "ns", "us" (or "µs"), "ms", "s", "m", "h".
`,
		},
		"timeouts.read zero": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "0s"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read is "0s", which leaves no time to read. Set it to a duration above zero, such as 5m.
`,
		},
		"timeouts.read negative": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "-5m"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read is "-5m", which leaves no time to read. Set it to a duration above zero, such as 5m.
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
		11:  "1 more accounts in accounts are wrong in the same ways. Mend them all; only the first 10 are listed.",
		250: "240 more accounts in accounts are wrong in the same ways. Mend them all; only the first 10 are listed.",
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
