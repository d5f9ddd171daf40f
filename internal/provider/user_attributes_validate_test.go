package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestInvalidUserAttributesArguments(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"valid": {
			arguments: values{"accounts": []any{"Mary", "小明", "a b", "379C2F0D-290D-47AE-94D1-919058C39C77", strings.Repeat("x", 300), tftypes.UnknownValue}, "on_account_error": "error", "timeouts": map[string]any{"read": "1s"}},
		},
		"all unknown": {
			arguments: values{"accounts": tftypes.UnknownValue, "on_account_error": tftypes.UnknownValue, "timeouts": map[string]any{"read": tftypes.UnknownValue}},
		},
		"timeouts unknown": {
			arguments: values{"accounts": []any{}, "timeouts": tftypes.UnknownValue},
		},
		"accounts": {
			arguments: values{"accounts": []any{"Mary", nil, "", " Mary", "Mary\r", "Ma\x00ry", "\u3000Mary", "\ufeffMary", "Ma\u200bry", "Mary\ufeff", "Ma\u00adry"}},
			want: `ERROR [AttributeName("accounts")] Invalid Accounts
accounts[2] is empty. Remove empty elements, for example with compact(). To read a file without its empty lines, use:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[4] ("Mary\r") ends in a carriage return. To read a file with Windows line endings, use:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[7] ("\ufeffMary") begins with a byte order mark. Save the file as UTF-8 without a byte order mark, or read it with:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[1] is null. Remove null elements, for example with compact().
ERROR [AttributeName("accounts")] Invalid Accounts
2 accounts begin or end with whitespace: accounts[3] (" Mary"), accounts[6] ("\u3000Mary"). Remove the whitespace, for example with trimspace().
ERROR [AttributeName("accounts")] Invalid Accounts
3 accounts contain an invisible character: accounts[8] ("Ma\u200bry"), accounts[9] ("Mary\ufeff"), accounts[10] ("Ma\u00adry"). Remove the character.
ERROR [AttributeName("accounts")] Invalid Accounts
accounts[5] ("Ma\x00ry") contains a control character. Remove the character.
`,
		},
		"the last empty line of a file with Windows line endings": {
			arguments: values{"accounts": []any{"xiaoming\r", "Mary\r", ""}},
			want: `ERROR [AttributeName("accounts")] Invalid Accounts
2 accounts end in a carriage return: accounts[0] ("xiaoming\r"), accounts[1] ("Mary\r"). To read a file with Windows line endings, use:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
`,
		},
		"the last empty line of a file with a byte order mark": {
			arguments: values{"accounts": []any{"\ufeffxiaoming", "Mary", ""}},
			want: `ERROR [AttributeName("accounts")] Invalid Accounts
accounts[0] ("\ufeffxiaoming") begins with a byte order mark. Save the file as UTF-8 without a byte order mark, or read it with:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
`,
		},
		"the last empty line of a file": {
			arguments: values{"accounts": []any{"xiaoming", "Mary", ""}},
			want: `ERROR [AttributeName("accounts")] Invalid Accounts
accounts[2] is empty. Remove empty elements, for example with compact(). To read a file without its empty lines, use:

  compact(split("\n", replace(file("accounts.txt"), "/\ufeff|\r/", "\n")))
`,
		},
		"null": {
			arguments: values{"accounts": nil},
			want: `ERROR [AttributeName("accounts")] Missing Accounts
accounts is null. Set it to a list of UserIDs or RegistrationIDs; an empty list reads nothing.
`,
		},
		"on_account_error": {
			arguments: values{"accounts": []any{}, "on_account_error": "panic"},
			want: `ERROR [AttributeName("on_account_error")] Invalid Account Error Mode
"panic" is not a valid value of on_account_error. Set it to "error", "warn", or "ignore".
`,
		},
		"on_account_error in wrong case": {
			arguments: values{"accounts": []any{}, "on_account_error": "Warn"},
			want: `ERROR [AttributeName("on_account_error")] Invalid Account Error Mode
"Warn" is not a valid value of on_account_error; did you mean "warn"? Set it to "error", "warn", or "ignore".
`,
		},
		"timeouts.read without a unit": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "5"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read must be a duration greater than zero, not "5"; did you mean "5s" or "5m"? Set it to a number with a unit, such as "30s" or "5m".
`,
		},
		"timeouts.read zero": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "0s"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read must be a duration greater than zero, not "0s". Set it to a number with a unit, such as "30s" or "5m".
`,
		},
		"timeouts.read negative": {
			arguments: values{"accounts": []any{}, "timeouts": map[string]any{"read": "-5m"}},
			want: `ERROR [AttributeName("timeouts").AttributeName("read")] Invalid Timeout
timeouts.read must be a duration greater than zero, not "-5m". Set it to a number with a unit, such as "30s" or "5m".
`,
		},
	} {
		if got := p.validate(userAttributes, test.arguments); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

// There is one error for each cause, with the number of accounts and a few
// examples.
func TestManyInvalidAccounts(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	const fix = " To read a file with Windows line endings, use:\n\n  compact(split(\"\\n\", replace(file(\"accounts.txt\"), \"/\\ufeff|\\r/\", \"\\n\")))\n"
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
