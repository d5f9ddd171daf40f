package provider

import (
	"encoding/base64"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// Without anything to read, the provider needs no configuration.
func TestAccWithoutCredentials(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, providerSource+`
data "timpush_user_attributes" "none" {
  count    = 0
  accounts = ["xiaoming"]
}

data "timpush_user_tags" "empty" {
  accounts = []
}
`)
	if output, err := w.run(t, nil, "apply", "-auto-approve"); err != nil {
		t.Errorf("nothing is read, and it fails: %s", output)
	}

	env, stop := serve(t, newEmulator(t))
	w.write(t, "main.tf", readTeam+"\noutput \"city\" {\n  value = data.timpush_user_attributes.team.attributes[\"xiaoming\"].city\n}\n")
	w.checkFails(t, nil, "Missing SDKAppID", "Missing Region", "Missing Credentials")
	if output, err := w.run(t, env, "plan", "-out=plan"); err != nil {
		t.Fatal(output)
	}
	stop()
	if output, err := w.run(t, nil, "apply", "plan"); err != nil || !strings.Contains(output, `city = "ShenZhen"`) {
		t.Errorf("all is read in plan, and apply fails: %s", output)
	}
	if output, err := w.run(t, nil, "destroy", "-refresh=false", "-auto-approve"); err != nil {
		t.Errorf("nothing is read, and destroy fails: %s", output)
	}
}

// Making a UserSig needs no region.
func TestAccUserSigWithoutRegion(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Ephemeral)
	w := newWorkspace(t, providerSource+"\nephemeral \"timpush_user_sig\" \"one\" {\n  user_id = \"xiaoming\"\n}\n", credentials()...)
	if output, err := w.run(t, nil, "apply", "-auto-approve"); err != nil {
		t.Error(output)
	}
}

// A proxy that cannot be parsed is never treated as unset, or signed requests
// would be sent directly.
func TestAccInvalidProxy(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, readTeam, credentials()...)
	elsewhere := "TIMPUSH_ENDPOINT=https://timpush.invalid"
	for _, value := range []string{
		"http://user:canarypw%zz@127.0.0.1:9", "http://user:canarypw@127.0.0.1:9\n", `"http://user:canarypw@127.0.0.1:9"`,
		"http://user:canary#pw@127.0.0.1:9", "http://user:canary pw@127.0.0.1:9",
	} {
		env := []string{elsewhere, "HTTPS_PROXY=" + value}
		w.checkFails(t, env, "Invalid Proxy", "percent-encoded")
		if output, _ := w.run(t, env, "plan"); strings.Contains(output, "canary") {
			t.Errorf("the output repeats the proxy: %s", output)
		}
	}
	w.checkFails(t, []string{elsewhere, "https_proxy=http://user:canarypw@127.0.0.1:1"}, "Proxy: set by https_proxy")

	// It does not matter for a loopback endpoint, or if nothing is read.
	env, _ := serve(t, newEmulator(t))
	if output, err := w.run(t, append(env, "HTTPS_PROXY=http://%zz"), "plan"); err != nil {
		t.Errorf("a loopback endpoint: %s", output)
	}
	w.write(t, "main.tf", strings.Replace(readTeam, `["xiaoming"]`, `[]`, 1))
	if output, err := w.run(t, []string{elsewhere, "HTTPS_PROXY=http://%zz"}, "plan"); err != nil {
		t.Errorf("nothing is read: %s", output)
	}
}

// Requests use the proxy of either variable, with its user name and password. The
// error names the variable, and NO_PROXY works.
func TestAccProxy(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]bool{}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen[request.Method+" "+request.Host+" "+request.Header.Get("Proxy-Authorization")] = true
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	t.Cleanup(proxy.Close)
	saw := func() map[string]bool {
		mu.Lock()
		defer mu.Unlock()
		return maps.Clone(seen)
	}
	address := strings.TrimPrefix(proxy.URL, "http://")
	w := newWorkspace(t, readTeam, append(credentials(), "TIMPUSH_ENDPOINT=https://timpush.invalid")...)
	w.checkFails(t, []string{"HTTPS_PROXY=http://user:canary%23pw@" + address}, "HTTP status 407", "Proxy: set by HTTPS_PROXY")
	want := "CONNECT timpush.invalid:443 Basic " + base64.StdEncoding.EncodeToString([]byte("user:canary#pw"))
	if all := saw(); len(all) != 1 || !all[want] {
		t.Errorf("the proxy saw %v, want %q", all, want)
	}
	w.checkFails(t, []string{"https_proxy=" + address}, "HTTP status 407", "Proxy: set by https_proxy")
	requests := len(saw())
	output, err := w.run(t, []string{"https_proxy=" + address, "no_proxy=.invalid"}, "plan")
	if err == nil || strings.Contains(output, "Proxy: ") || len(saw()) != requests {
		t.Errorf("the proxy was used: %s", output)
	}
}

// Messages show whether requests went to an emulator or to the service.
func TestAccEndpointAndRegion(t *testing.T) {
	t.Parallel()
	down := http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) { writer.WriteHeader(http.StatusForbidden) })
	env, _ := serve(t, down)
	w := newWorkspace(t, readTeam, env...)
	w.checkFails(t, []string{"TIMPUSH_REGION=singapore"}, "Warning: Endpoint Used Instead of Region", "Ignored: TIMPUSH_REGION, because TIMPUSH_ENDPOINT is set")

	w.write(t, "main.tf", readTeam+"\nprovider \"timpush\" {\n  region = \"singapore\"\n}\n")
	w.checkFails(t, []string{"HTTPS_PROXY=http://127.0.0.1:1"}, "Ignored: TIMPUSH_ENDPOINT, because the provider block sets region")
}
