package acceptance

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const (
	environmentsGuide = "docs/guides/environments.md"
	stagingKey        = "another-key-0123456789abcdef0123456789abcdef0123456789abcdef0123"
)

// twoApps returns a workspace with a block from the guide, the services of its
// two apps, and the address of the staging service.
func twoApps(t *testing.T, block string) (w *workspace, production, staging *emulator.Emulator, endpoint string) {
	t.Helper()
	staging, err := emulator.New(emulator.Options{SDKAppID: 1400000001, Key: stagingKey, Seed: emulator.SampleSeed()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(staging)
	t.Cleanup(server.Close)
	production = newEmulator(t)
	w = newWorkspace(t)
	w.serve(t, production)
	w.write(t, "main.tf", requiredProviders+block)
	return w, production, staging, server.URL
}

// checkRead fails the test unless both accounts of the guide were read.
func checkRead(t *testing.T, app string, service *emulator.Emulator) {
	t.Helper()
	if got := requestedAccounts(service, "get_attr"); !slices.Equal(got, []string{"xiaohua", "xiaoming"}) {
		t.Errorf("%s: %q were read", app, got)
	}
}

// The environment selects the app of an empty provider block.
func TestAccGuideEnvironmentSelectsApp(t *testing.T) {
	t.Parallel()
	w, production, staging, endpoint := twoApps(t, codeBlock(t, "terraform", `provider "timpush" {}`, environmentsGuide))
	w.mustRun(t, "plan", "-no-color")
	checkRead(t, "production", production)
	w.env = append(w.env, "TIMPUSH_SDK_APP_ID=1400000001", "TIMPUSH_ENDPOINT="+endpoint, "TIMPUSH_SECRET_KEY="+stagingKey)
	w.mustRun(t, "plan", "-no-color")
	checkRead(t, "staging", staging)
}

// The workspace selects the app. Another app's key, or another workspace, is an
// error.
func TestAccGuideWorkspaces(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ workspace, key, fails string }{
		"production":      {"production", testKey, ""},
		"staging":         {"staging", stagingKey, ""},
		"another key":     {"staging", testKey, "70009"},
		"other workspace": {"default", testKey, "Invalid index"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, production, staging, endpoint := twoApps(t, codeBlock(t, "terraform", "terraform.workspace", environmentsGuide))
			w.write(t, "main_override.tf", fmt.Sprintf("provider \"timpush\" {\n  endpoint = { production = %q, staging = %q }[terraform.workspace]\n}\n", w.endpoint, endpoint))
			w.env = append(w.env, "TF_WORKSPACE="+test.workspace, "TIMPUSH_SECRET_KEY="+test.key)
			output, err := w.run(t, "plan", "-no-color")
			if (err == nil) != (test.fails == "") || !strings.Contains(output, test.fails) {
				t.Errorf("%v\n%s", err, output)
			}
			if err == nil {
				checkRead(t, name, map[string]*emulator.Emulator{"production": production, "staging": staging}[test.workspace])
			}
		})
	}
}

// A module reads the app of the provider alias that it gets.
func TestAccGuideModules(t *testing.T) {
	t.Parallel()
	w, production, staging, endpoint := twoApps(t, codeBlock(t, "terraform", `module "staging"`, environmentsGuide))
	w.copyModule(t)
	w.write(t, "main_override.tf", fmt.Sprintf(
		"provider \"timpush\" {\n  alias    = \"production\"\n  endpoint = %q\n}\n\nprovider \"timpush\" {\n  alias    = \"staging\"\n  endpoint = %q\n}\n", w.endpoint, endpoint))
	w.mustRun(t, "get", "-no-color")
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-var=production_key="+testKey, "-var=staging_key="+stagingKey)
	w.checkOutputs(t, `{"reached":{"production":["xiaoming"],"staging":["xiaoming"]}}`)
	checkRead(t, "production", production)
	checkRead(t, "staging", staging)
}

// A provider with for_each reads each app in OpenTofu 1.9 and later, and is an
// error in other CLIs.
func TestAccGuideProviderForEach(t *testing.T) {
	t.Parallel()
	w, production, staging, endpoint := twoApps(t, codeBlock(t, "terraform", "by_app", environmentsGuide))
	w.write(t, "main_override.tf", fmt.Sprintf(
		"provider \"timpush\" {\n  alias    = \"by_app\"\n  endpoint = { production = %q, staging = %q }[each.key]\n}\n", w.endpoint, endpoint))
	version, err := cli.Version()
	if err != nil {
		t.Fatal(err)
	}
	var minor int
	_, other := fmt.Sscanf(version, "OpenTofu v1.%d", &minor)
	output, err := w.run(t, "plan", "-no-color", fmt.Sprintf("-var=keys={production=%q,staging=%q}", testKey, stagingKey))
	if works := other == nil && minor >= 9; (err == nil) != works {
		t.Fatalf("%s: %v\n%s", version, err, output)
	}
	if err == nil {
		checkRead(t, "production", production)
		checkRead(t, "staging", staging)
	}
}
