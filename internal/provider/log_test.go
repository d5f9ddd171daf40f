package provider

import (
	"bytes"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"
)

// The log does not grow with the number of accounts. With a plain list, the
// framework would write a line for each account, and the CLI would read it,
// whatever the log level.
func TestLogDoesNotGrowWithAccounts(t *testing.T) {
	t.Setenv(frameworkLogEnv, "TRACE")
	lines := func(accounts ...any) int {
		var log bytes.Buffer
		p := newConfigured(t, newEmulator(t), nil)
		p.read(tfsdklogtest.RootLogger(t.Context(), &log), userAttributes, values{"accounts": accounts, "on_account_error": "ignore"}, false)
		if !bytes.Contains(log.Bytes(), []byte("sdk.framework")) {
			t.Error("the test proves nothing: the framework does not log")
		}
		return bytes.Count(log.Bytes(), []byte("\n"))
	}
	few, many := lines("a"), lines("a", "b", "c", "d", "e", "f", "g", "h")
	if few == 0 || many != few {
		t.Errorf("%d lines for one account, %d for eight", few, many)
	}
}
