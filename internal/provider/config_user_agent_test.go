package provider

import (
	"strings"
	"testing"
)

func TestUserAgent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ cli, added, want string }{
		{"", "", "terraform-provider-timpush/1.2.3"},
		{"1.11.4", "", "terraform-provider-timpush/1.2.3 cli/1.11.4"},
		{"1.12.0-beta1", " team/7 (push) \n", "terraform-provider-timpush/1.2.3 cli/1.12.0-beta1 team/7 (push)"},
		{"", "team/7", "terraform-provider-timpush/1.2.3 team/7"},
	} {
		if got, diags := userAgent("1.2.3", test.cli, test.added); got != test.want || diags.HasError() {
			t.Errorf("%+v: %q, %v", test, got, diags)
		}
	}
}

// Requests with such a header would fail without a clear reason.
func TestUserAgentInvalid(t *testing.T) {
	t.Parallel()
	for _, added := range []string{"team\n7", "team\x007", "team\x7f"} {
		env := testEnvironment()
		env["TF_APPEND_USER_AGENT"] = added
		const want = "ERROR Invalid User Agent\nTF_APPEND_USER_AGENT contains a control character, such as a newline, which HTTP headers cannot contain. " +
			"Set it to a single line of text, or unset it.\n\nSet by: environment variable TF_APPEND_USER_AGENT\n"
		if got := newProtocol(t, env, newEmulator(t)).configure(nil); !strings.Contains(got, want) {
			t.Errorf("%q: %s", added, got)
		}
	}
}
