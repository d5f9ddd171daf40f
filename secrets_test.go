package main

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
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

// secrets returns the key and every UserSig seen, as it is and as a URL shows it.
func (w *witness) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	secrets := []string{testKey}
	for userSig := range w.userSigs {
		secrets = append(secrets, userSig, url.QueryEscape(userSig))
	}
	return secrets
}

// Neither the key nor any UserSig stands in output, log, plan or state, on
// success or on any failure, even where the service repeats what it was sent.
func TestAccSecretsStayOut(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect   emulator.Effect
		env      string
		config   string
		says     string // in the output
		calls    bool   // the service is called
		received bool   // and there to receive it
	}{
		"success":           {says: "ShenZhen", calls: true, received: true},
		"refused":           {effect: emulator.Effect{Code: 70009, EchoSignature: true}, says: "70009", calls: true, received: true},
		"expired":           {effect: emulator.Effect{Code: 70001, EchoSignature: true}, says: "70001", calls: true, received: true},
		"not JSON":          {effect: emulator.Effect{Body: "<html>", EchoSignature: true}, says: "is not JSON", calls: true, received: true},
		"HTTP error":        {effect: emulator.Effect{Status: http.StatusForbidden, Body: "no: ", EchoSignature: true}, says: "403", calls: true, received: true},
		"redirect":          {effect: emulator.Effect{Status: http.StatusFound, Header: http.Header{"Location": {"/elsewhere"}}, EchoSignature: true}, says: "Redirects", calls: true, received: true},
		"reset":             {effect: emulator.Effect{Drop: true}, says: "No answer came", calls: true, received: true},
		"truncated":         {effect: emulator.Effect{Truncate: true}, says: "No answer came", calls: true, received: true},
		"nobody listens":    {env: "TIMPUSH_ENDPOINT=http://127.0.0.1:1", says: "refused", calls: true},
		"key with line end": {env: "TIMPUSH_SECRET_KEY=" + testKey + "\n", says: "white space"},
		"key on the line":   {config: "provider \"timpush\" {\n  secret_key = \" " + testKey + "\"\n}\n", says: "white space"},
		"both credentials":  {config: "provider \"timpush\" {\n  secret_key = \"" + testKey + "\"\n  user_sig = \"" + testKey + "\"\n}\n", says: "Conflicting"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			service := newEmulator(t)
			if test.says != "ShenZhen" {
				service.Script(emulator.Fault{Effect: test.effect})
			}
			seen := &witness{Handler: service, userSigs: map[string]bool{}}
			w.serve(t, seen)
			log := filepath.Join(t.TempDir(), "trace.log")
			w.env = append(w.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TIMPUSH_MAX_RETRIES=1", test.env)
			w.write(t, "main.tf", requiredProviders+test.config+`
data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
`)
			output, err := w.run(t, "plan", "-no-color", "-out=plan")
			if err == nil {
				output += w.mustRun(t, "apply", "-no-color", "plan") + w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
			}
			if !strings.Contains(strings.Join(strings.Fields(output), " "), test.says) {
				t.Errorf("the output does not say %q:\n%s", test.says, output)
			}
			texts := map[string]string{"output": output, "log": read(t, log)}
			if err == nil {
				texts["state"] = read(t, filepath.Join(w.folder, "terraform.tfstate"))
				texts["plan"] = unzip(t, filepath.Join(w.folder, "plan"))
			}
			hidden := seen.secrets()
			if !strings.Contains(texts["log"], "[TRACE]") || strings.Contains(texts["log"], "Called the Push Service") != test.calls || (len(hidden) > 1) != test.received {
				t.Errorf("the test is blind: %d bytes of log, %d secrets to look for", len(texts["log"]), len(hidden))
			}
			for where, text := range texts {
				for _, secret := range hidden {
					if at := strings.Index(text, secret); at >= 0 {
						t.Errorf("the %s holds a secret: ...%s", where, text[max(0, at-200):at])
					}
				}
			}
		})
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
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
