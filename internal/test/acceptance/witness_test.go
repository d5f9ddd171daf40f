package acceptance

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
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
