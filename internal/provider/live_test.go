package provider

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

// TestLive reads each kind from the real service: every requested account is in
// the results or in the errors. It runs only if TIMPUSH_LIVE is set.
func TestLive(t *testing.T) {
	t.Parallel()
	list := os.Getenv("TIMPUSH_LIVE_ACCOUNTS")
	if os.Getenv("TIMPUSH_LIVE") == "" || list == "" {
		t.Skip("reads from the real service only with TIMPUSH_LIVE=1, TIMPUSH_LIVE_ACCOUNTS (separated by commas), TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY or TIMPUSH_USER_SIG") //nolint:forbidigo // about the service
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections) // the provider's own transport lives as long as its process
	p := newProtocolOf(t, &timpushProvider{version: "live-test", getenv: os.Getenv, transport: transport})
	if text := p.configure(nil); text != "" {
		t.Fatal(text)
	}
	names := strings.Split(list, ",")
	accounts := make([]any, len(names))
	for i, name := range names {
		accounts[i] = name
	}
	for _, kind := range kinds(t) {
		arguments := values{}
		if kind.readsAccounts(p) {
			arguments["accounts"] = accounts
		}
		got := kind.read(p, arguments, false)
		t.Logf("%s\n%s", kind, render(got.diagnostics))
		answered := map[string]int{}
		for _, attribute := range kind.schema(p).Block.Attributes {
			value := p.attribute(got.result, kind.schema(p), attribute.Name)
			if !attribute.Computed {
				continue
			}
			if value == nil {
				t.Errorf("%s: %s was not read", kind, attribute.Name)
			}
			switch results := value.(type) {
			case map[string]any:
				for name := range results {
					answered[name]++
				}
			case []any:
				for _, name := range results {
					answered[fmt.Sprint(name)]++
				}
			}
		}
		for _, name := range names {
			if kind.readsAccounts(p) && answered[name] != 1 {
				t.Errorf("%s: %q is in %d of the results and errors", kind, name, answered[name])
			}
		}
	}
}
