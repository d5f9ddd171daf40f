package provider

import (
	"strings"
	"testing"
)

// TF_LOG=TRACE logs everything but the framework's own log, which a variable adds.
func TestAccFrameworkLog(t *testing.T) {
	t.Parallel()
	env, _ := serve(t, newEmulator(t))
	w := newWorkspace(t, readTeam, env...)
	for level, want := range map[string]bool{"": false, "TRACE": true} {
		output, err := w.run(t, []string{"TF_LOG=TRACE", frameworkLogEnv + "=" + level}, "plan")
		if err != nil {
			t.Fatal(output)
		}
		for _, text := range []string{"Called the Push Service", "@module=sdk.proto", "[TRACE] provider.terraform-provider-timpush"} {
			if !strings.Contains(output, text) {
				t.Errorf("level %q: the log does not contain %q", level, text)
			}
		}
		if got := strings.Contains(output, "@module=sdk.framework"); got != want {
			t.Errorf("level %q: the framework logs: %t", level, got)
		}
	}
}
