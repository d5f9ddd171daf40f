package acceptance

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// After any fault, neither the key nor any UserSig appears anywhere, even if the
// service repeats them. Each fault has its own data source. The harmless ones are
// read a second time, into plan and state.
func TestAccFaultsRevealNoSecrets(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	final, harmless := map[string]string{}, map[string]string{} // name to account
	for i, fault := range faults.Of("get_attr", timpush.Codes()) {
		if fault.Network != nil {
			continue // not a fault of the service
		}
		account := fmt.Sprintf("account-%d", i)
		service.Script(emulator.Fault{Match: emulator.Match{Account: account}, Effect: fault.Effect})
		if fault.Outcome == faults.Harmless {
			harmless[fault.Name] = account
		} else {
			final[fault.Name] = account
		}
	}
	seen := &sigRecorder{Handler: service, userSigs: map[string]bool{}}
	w := newWorkspace(t)
	w.serve(t, seen)
	w.env = append(w.env, "TIMPUSH_MAX_RETRIES=0", "TIMPUSH_REQUEST_TIMEOUT=5s")
	log := w.enableTrace(t)
	w.write(t, "main.tf", requiredProviders+`
variable "faults" {
  type = map(string)
}

data "timpush_user_attributes" "fault" {
  for_each         = var.faults
  accounts         = [each.value]
  on_account_error = "ignore"
}
`)
	variables := func(named map[string]string) {
		content, err := json.Marshal(map[string]any{"faults": named})
		if err != nil {
			t.Fatal(err)
		}
		w.write(t, "terraform.tfvars.json", string(content))
	}

	variables(final)
	output, err := w.run(t, "plan", "-no-color", "-parallelism=50")
	if count := strings.Count(output, "Error: Unable to Read User Attributes"); err == nil || count != len(final) {
		t.Errorf("%d faults, %d errors, %v", len(final), count, err)
	}
	variables(harmless)
	w.env = append(w.env, "TIMPUSH_REQUEST_TIMEOUT=5m") // even a busy machine responds in time
	output += w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") + w.mustRun(t, "show", "-json")
	checkHidden(t, map[string]string{
		"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
		"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
	}, seen.secrets())
	if !strings.Contains(output, "(redacted)") || len(seen.secrets()) < 3 {
		t.Errorf("the test proves nothing, %d secrets to look for:\n%s", len(seen.secrets()), output)
	}
}

// After an error in the configuration or the network, neither the key nor a
// password appears in output or log.
func TestAccConfigurationErrorsRevealNoSecrets(t *testing.T) {
	t.Parallel()
	const password = "canarypassword"
	for name, test := range map[string]struct {
		env        []string
		config     string
		wantOutput string
	}{
		"nothing listens":          {env: []string{"TIMPUSH_ENDPOINT=http://127.0.0.1:1"}, wantOutput: "the connection was refused"},
		"key with a line ending":   {env: []string{"TIMPUSH_SECRET_KEY=" + testKey + "\n"}, wantOutput: "whitespace"},
		"key in the configuration": {config: "provider \"timpush\" {\n  secret_key = \" " + testKey + "\"\n}\n", wantOutput: "whitespace"},
		"both credentials":         {config: "provider \"timpush\" {\n  secret_key = \"" + testKey + "\"\n  user_sig = \"" + testKey + "\"\n}\n", wantOutput: "Conflicting"},
		"unreachable proxy": {
			env:        []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=http://user:" + password + "@127.0.0.1:1"},
			wantOutput: "the proxy could not be reached",
		},
		"invalid proxy": {
			env:        []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=http://user:" + password + "@[::1"},
			wantOutput: "Invalid Proxy",
		},
		"unsupported proxy scheme": {
			env:        []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=ftp://user:" + password + "@127.0.0.1:1"},
			wantOutput: "Invalid Proxy",
		},
		"endpoint with a password": {env: []string{"TIMPUSH_ENDPOINT=https://user:" + password + "@timpush.invalid"}, wantOutput: "user info"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			w.env = append(append(w.env, "TIMPUSH_MAX_RETRIES=1", "NO_PROXY=", "no_proxy="), test.env...)
			log := w.enableTrace(t)
			w.write(t, "main.tf", requiredProviders+test.config+readTeam)
			output, err := w.run(t, "plan", "-no-color")
			if err == nil || !strings.Contains(flat(output), test.wantOutput) {
				t.Errorf("the output does not contain %q:\n%s", test.wantOutput, output)
			}
			if !strings.Contains(read(t, log), "[TRACE]") {
				t.Error("the test proves nothing: there is no log")
			}
			checkHidden(t, map[string]string{"output": output, "log": read(t, log)}, []string{testKey, password})
		})
	}
}
