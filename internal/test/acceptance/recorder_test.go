package acceptance

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// sigRecorder records the UserSigs that a service receives.
type sigRecorder struct {
	http.Handler

	mu       sync.Mutex
	userSigs map[string]bool
}

func (w *sigRecorder) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	w.mu.Lock()
	w.userSigs[request.URL.Query().Get("usersig")] = true
	w.mu.Unlock()
	w.Handler.ServeHTTP(writer, request)
}

// secrets returns the key, every received UserSig, verbatim and escaped as in a
// URL, and its beginning and middle, since long texts are truncated.
func (w *sigRecorder) secrets() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	secrets := []string{testKey}
	for userSig := range w.userSigs {
		secrets = append(secrets, userSig, url.QueryEscape(userSig), userSig[:40], userSig[100:140])
	}
	return secrets
}

// enableTrace turns on all logs of CLI and provider, and returns the log file.
func (w *workspace) enableTrace(t *testing.T) (log string) {
	t.Helper()
	log = filepath.Join(t.TempDir(), "trace.log")
	w.env = append(w.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log)
	return log
}

// checkHidden checks that texts, which are given by name, contain no secrets.
func checkHidden(t *testing.T, texts map[string]string, secrets []string) {
	t.Helper()
	for where, text := range texts {
		for _, secret := range secrets {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("the %s contains a secret: ...%s", where, text[max(0, at-200):at])
			}
		}
	}
}
