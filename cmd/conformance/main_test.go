package main

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/conformance"
	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const key = "canary0123456789abcdef0123456789abcdef0123456789abcdef0123456789"

// runWith runs the command with an environment.
func runWith(t *testing.T, env map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errors bytes.Buffer
	status = run(t.Context(), args, func(name string) string { return env[name] }, &out, &errors)
	return status, out.String(), errors.String()
}

// A setup that is not complete is an error that names the variable, and nothing is sent.
func TestSetupErrors(t *testing.T) {
	t.Parallel()
	complete := map[string]string{"TIMPUSH_SDK_APP_ID": "1400000000", "TIMPUSH_REGION": "china", "TIMPUSH_SECRET_KEY": key}
	for name, tc := range map[string]struct {
		set  map[string]string
		want string
	}{
		"nothing":     {map[string]string{"TIMPUSH_REGION": "", "TIMPUSH_SECRET_KEY": ""}, "TIMPUSH_SECRET_KEY"},
		"not live":    {nil, "TIMPUSH_LIVE is not 1"},
		"no accounts": {map[string]string{"TIMPUSH_LIVE": "1"}, conformance.AccountsVariable},
		"bad region":  {map[string]string{"TIMPUSH_REGION": "moon"}, "TIMPUSH_REGION"},
	} {
		env := map[string]string{}
		for _, values := range []map[string]string{complete, tc.set} {
			for variable, value := range values {
				env[variable] = value
			}
		}
		status, stdout, stderr := runWith(t, env)
		if status != 1 || stdout != "" || !strings.Contains(stderr, tc.want) || !strings.Contains(stderr, "--emulator") || strings.Contains(stderr, key) {
			t.Errorf("%s: status %d, stdout %q, stderr %q", name, status, stdout, stderr)
		}
	}
	if status, _, stderr := runWith(t, nil, "-unknown"); status != 2 || !strings.Contains(stderr, "-json") {
		t.Errorf("an unknown flag: status %d, stderr %q", status, stderr)
	}
}

// A run that cannot begin writes its report all the same, and fails.
func TestRunFails(t *testing.T) {
	t.Parallel()
	service, err := emulator.New(emulator.Options{SDKAppID: 1400000000, Key: key, Seed: emulator.SampleSeed()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(service)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "report.json")
	status, stdout, stderr := runWith(t, map[string]string{
		"TIMPUSH_SDK_APP_ID": "1400000000", "TIMPUSH_ENDPOINT": server.URL, "TIMPUSH_SECRET_KEY": key, conformance.AccountsVariable: "xiaohua,Mary",
	}, "-json", file)
	if status != 1 || !strings.Contains(stdout, "account 2 cannot be read (error code 70107)") || strings.Contains(stdout+stderr, key) {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var report conformance.Report
	if err := json.Unmarshal(content, &report); err != nil || len(report.Questions) != len(conformance.Questions()) || !report.Failed() {
		t.Errorf("the report is %s (%v)", content, err)
	}
}
