package provider

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestLive reads from the real service. It runs only when asked for.
func TestLive(t *testing.T) {
	t.Parallel()
	list := os.Getenv("TIMPUSH_LIVE_ACCOUNTS")
	if os.Getenv("TIMPUSH_LIVE") == "" || list == "" {
		t.Skip("reads from the real service only with TIMPUSH_LIVE=1, TIMPUSH_LIVE_ACCOUNTS (separated by commas), TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY or TIMPUSH_USER_SIG") //nolint:forbidigo // about the service
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections) // the provider's own stays as long as its process
	p := newProtocolOf(t, &timpushProvider{version: "live-test", getenv: os.Getenv, transport: transport})
	if text := p.configure(nil); text != "" {
		t.Fatal(text)
	}
	names := strings.Split(list, ",")
	accounts := make([]any, len(names))
	for i, name := range names {
		accounts[i] = name
	}
	for kind, result := range map[string]string{userAttributes: "attributes", userTags: "tags"} {
		response := p.read(t.Context(), kind, values{"accounts": accounts}, false)
		t.Log(render(response.Diagnostics))
		results, _ := p.stateOf(kind, response, result).(map[string]any)
		failures, _ := p.stateOf(kind, response, "errors").(map[string]any)
		for _, name := range names {
			_, read := results[name]
			if _, failed := failures[name]; read == failed {
				t.Errorf("%s of %q: read %t, failed %t", result, name, read, failed)
			}
		}
	}
	response := p.read(t.Context(), attributeNames, nil, false)
	t.Logf("attribute names: %v\n%s", p.stateOf(attributeNames, response, "attribute_names"), render(response.Diagnostics))
	if p.stateOf(attributeNames, response, "attribute_names") == nil {
		t.Error("the attribute names were not read")
	}
}
