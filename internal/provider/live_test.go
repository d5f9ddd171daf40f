package provider

import (
	"os"
	"strings"
	"testing"
)

// TestLive reads from the real service. It runs only when asked for.
func TestLive(t *testing.T) {
	t.Parallel()
	list := os.Getenv("TIMPUSH_LIVE_ACCOUNTS")
	if os.Getenv("TIMPUSH_LIVE") == "" || list == "" {
		t.Skip("reads from the real service only with TIMPUSH_LIVE=1, TIMPUSH_LIVE_ACCOUNTS (separated by commas), TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY or TIMPUSH_USER_SIG")
	}
	p := newProtocolOf(t, New("live-test")())
	if text := p.configure(nil); text != "" {
		t.Fatal(text)
	}
	names := strings.Split(list, ",")
	accounts := make([]any, len(names))
	for i, name := range names {
		accounts[i] = name
	}
	response := p.read(t.Context(), userAttributes, values{"accounts": accounts}, false)
	t.Log(render(response.Diagnostics))
	attributes, _ := p.state(response, "attributes").(map[string]any)
	failures, _ := p.state(response, "errors").(map[string]any)
	for _, name := range names {
		_, read := attributes[name]
		if _, failed := failures[name]; read == failed {
			t.Errorf("%q: read %t, failed %t", name, read, failed)
		}
	}
}
