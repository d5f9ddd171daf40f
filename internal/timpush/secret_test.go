package timpush

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	const value = "do-not-show"
	secret := NewSecret(value)
	client := newTestClient(t, testConfig(responses("")))
	client.config.SecretKey, client.signer.key, client.signer.userSig = secret, secret, secret
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		if text := fmt.Sprintf(verb, secret); text != redacted {
			t.Errorf("%s of a secret is %q", verb, text)
		}
		for _, holder := range []any{client.config, &client.config, client, client.signer} {
			if text := fmt.Sprintf(verb, holder); strings.Contains(text, value) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", value)) {
				t.Errorf("%s of %T shows the secret: %s", verb, holder, text)
			}
		}
	}
	text, err := json.Marshal(struct{ Key Secret }{secret})
	if err != nil || string(text) != `{"Key":"(redacted)"}` {
		t.Errorf("JSON of a secret is %s, %v", text, err)
	}
}

// The text of a panic during a request contains no secret. The panic is in a
// separate process, which it ends.
func TestPanicContainsNoSecret(t *testing.T) {
	t.Parallel()
	const child = "TIMPUSH_TEST_PANIC"
	userSig := sign(t, newTestSigner())
	if given := os.Getenv(child); given != "" {
		config := testConfig(transportFunc(func(*http.Request) (*http.Response, error) { panic("in the middle of a request") }))
		config.SecretKey, config.UserSig = Secret{}, NewSecret(given)
		_ = readOne(t.Context(), newTestClient(t, config))
		return
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPanicContainsNoSecret$")
	command.Env = append(os.Environ(), child+"="+userSig.reveal(), "GOTRACEBACK=all")
	output, err := command.CombinedOutput()
	text := string(output)
	if err == nil || !strings.Contains(text, "in the middle of a request") || !strings.Contains(text, "goroutine ") {
		t.Fatalf("the process did not panic: %v\n%s", err, text)
	}
	for _, hidden := range []string{userSig.reveal(), url.QueryEscape(userSig.reveal()), userSig.reveal()[:40], testKey} {
		if strings.Contains(text, hidden) {
			t.Errorf("the panic shows a secret:\n%s", text)
		}
	}
}
