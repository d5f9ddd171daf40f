package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// witness notes the UserSigs that a service receives.
type witness struct {
	http.Handler

	mu       sync.Mutex
	userSigs map[string]bool
}

func (w *witness) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	w.mu.Lock()
	w.userSigs[request.URL.Query().Get("usersig")] = true
	w.mu.Unlock()
	w.Handler.ServeHTTP(writer, request)
}

// secrets returns the key and every UserSig seen, as it is and as a URL shows it,
// and the beginning and middle of each, since long texts are cut.
func (w *witness) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	secrets := []string{testKey}
	for userSig := range w.userSigs {
		secrets = append(secrets, userSig, url.QueryEscape(userSig), userSig[:40], userSig[100:140])
	}
	return secrets
}

// traced lets the CLI and the provider log all they can, and returns the file.
func (w *workspace) traced(t *testing.T) (log string) {
	t.Helper()
	log = filepath.Join(t.TempDir(), "trace.log")
	w.env = append(w.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log)
	return log
}

// checkHidden searches texts for secrets, each by its name.
func checkHidden(t *testing.T, texts map[string]string, secrets []string) {
	t.Helper()
	for where, text := range texts {
		for _, secret := range secrets {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("the %s holds a secret: ...%s", where, text[max(0, at-200):at])
			}
		}
	}
}

// flat is text without the CLI's frames and line ends.
func flat(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "│", " ")), " ")
}

const readTeam = `
data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
`

// Neither the key nor any UserSig stands in output, log, plan or state of a run
// that succeeds.
func TestAccSecretsStayOut(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	indiscreet := newEmulator(t)
	replies := map[string]string{
		"get_attr": `"UserAttrs":[{"To_Account":"told","Attrs":{"name ` + testKey + `":"value ` + testKey + `"}}],` +
			`"ErrorList":[{"To_Account":"failed","ErrorCode":70107,"ErrorInfo":"reason ` + testKey + `"}]`,
		"get_tag":       `"UserTags":[{"To_Account":"told","Tags":["tag ` + testKey + `"]}]`,
		"get_attr_name": `"AttrNames":{"index ` + testKey + `":"attribute ` + testKey + `"},"AttrTypes":{"index ` + testKey + `":"type ` + testKey + `"}`,
	}
	if told := slices.Sorted(maps.Keys(replies)); !slices.Equal(told, faults.APIs()) {
		t.Errorf("the replies of %v tell the key, of %v", told, faults.APIs())
	}
	for api, reply := range replies {
		match := emulator.Match{API: api, Account: "told"}
		if api == "get_attr_name" {
			match.Account = ""
		}
		indiscreet.Script(emulator.Fault{Match: match, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,` + reply + `}`}})
	}
	service := &witness{Handler: indiscreet, userSigs: map[string]bool{}}
	w.serve(t, service)
	log := w.traced(t)
	w.write(t, "main.tf", requiredProviders+readTeam+`
data "timpush_user_attributes" "told" {
  accounts = ["told", "failed"]
}

data "timpush_user_tags" "told" {
  accounts = ["told"]
}

data "timpush_attribute_names" "told" {}
`)
	output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
		w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
	checkHidden(t, map[string]string{
		"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
		"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
	}, service.secrets())
	for _, shown := range []string{"name (redacted)", "value (redacted)", "reason (redacted)", "tag (redacted)", "attribute (redacted)"} {
		if !strings.Contains(read(t, filepath.Join(w.folder, "terraform.tfstate")), shown) {
			t.Errorf("the test is blind: the state does not hold %q", shown)
		}
	}
	if said := `account type "type (redacted)"`; !strings.Contains(flat(output), said) {
		t.Errorf("the test is blind: the output does not say %s:\n%s", said, output)
	}
	if !strings.Contains(output, "ShenZhen") || !strings.Contains(read(t, log), "Called the Push Service") || len(service.secrets()) < 3 {
		t.Errorf("the test is blind, %d secrets to look for:\n%s", len(service.secrets()), output)
	}
}

// Nor do they stand anywhere after any fault of the matrix, even where the
// service repeats what it was sent. Each fault meets a data source of its own;
// harmless ones are read a second time, into plan and state.
func TestAccSecretsStayOutOfFaults(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	final, harmless := map[string]string{}, map[string]string{} // name to account
	for i, fault := range faults.Of("get_attr") {
		if fault.Network != nil {
			continue // happens on the way, not at the service
		}
		account := fmt.Sprintf("account-%d", i)
		service.Script(emulator.Fault{Match: emulator.Match{Account: account}, Effect: fault.Effect})
		if fault.Outcome == faults.Harmless {
			harmless[fault.Name] = account
		} else {
			final[fault.Name] = account
		}
	}
	seen := &witness{Handler: service, userSigs: map[string]bool{}}
	w := newWorkspace(t)
	w.serve(t, seen)
	w.env = append(w.env, "TIMPUSH_MAX_RETRIES=0", "TIMPUSH_REQUEST_TIMEOUT=5s")
	log := w.traced(t)
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
	if said := strings.Count(output, "Error: Unable to Read User Attributes"); err == nil || said != len(final) {
		t.Errorf("%d faults, %d errors, %v", len(final), said, err)
	}
	variables(harmless)
	output += w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") + w.mustRun(t, "show", "-json")
	checkHidden(t, map[string]string{
		"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
		"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
	}, seen.secrets())
	if !strings.Contains(output, "(redacted)") || len(seen.secrets()) < 3 {
		t.Errorf("the test is blind, %d secrets to look for:\n%s", len(seen.secrets()), output)
	}
}

// Nor after a fault before the service: in the configuration, or on the way.
func TestAccSecretsStayOutBeforeTheService(t *testing.T) {
	t.Parallel()
	const password = "canarypassword"
	for name, test := range map[string]struct {
		env    []string
		config string
		says   string
	}{
		"nobody listens":    {env: []string{"TIMPUSH_ENDPOINT=http://127.0.0.1:1"}, says: "the connection was refused"},
		"key with line end": {env: []string{"TIMPUSH_SECRET_KEY=" + testKey + "\n"}, says: "white space"},
		"key on the line":   {config: "provider \"timpush\" {\n  secret_key = \" " + testKey + "\"\n}\n", says: "white space"},
		"both credentials":  {config: "provider \"timpush\" {\n  secret_key = \"" + testKey + "\"\n  user_sig = \"" + testKey + "\"\n}\n", says: "Conflicting"},
		"proxy that is not there": {
			env:  []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=http://user:" + password + "@127.0.0.1:1"},
			says: "the proxy could not be reached",
		},
		"proxy that is none": {
			env:  []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=http://user:" + password + "@[::1"},
			says: "No answer came",
		},
		"proxy of another kind": {
			env:  []string{"TIMPUSH_ENDPOINT=https://timpush.invalid", "HTTPS_PROXY=ftp://user:" + password + "@127.0.0.1:1"},
			says: "No answer came",
		},
		"endpoint with a password": {env: []string{"TIMPUSH_ENDPOINT=https://user:" + password + "@timpush.invalid"}, says: "user info"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			w.env = append(append(w.env, "TIMPUSH_MAX_RETRIES=1", "NO_PROXY=", "no_proxy="), test.env...)
			log := w.traced(t)
			w.write(t, "main.tf", requiredProviders+test.config+readTeam)
			output, err := w.run(t, "plan", "-no-color")
			if err == nil || !strings.Contains(flat(output), test.says) {
				t.Errorf("the output does not say %q:\n%s", test.says, output)
			}
			if !strings.Contains(read(t, log), "[TRACE]") {
				t.Error("the test is blind: there is no log")
			}
			checkHidden(t, map[string]string{"output": output, "log": read(t, log)}, []string{testKey, password})
		})
	}
}

// unzip returns what is in a plan file, which is packed.
func unzip(t *testing.T, name string) string {
	t.Helper()
	plan, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = plan.Close() }()
	var all strings.Builder
	for _, file := range plan.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatal(err)
		}
		_ = content.Close()
	}
	return all.String()
}
