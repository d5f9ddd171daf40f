package timpush

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	const value = "do-not-show"
	secret := NewSecret(value)
	client := newTestClient(t, testConfig(replies("")))
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

func TestRedactor(t *testing.T) {
	t.Parallel()
	var r redactor
	if text := r.clean("nothing is known yet"); text != "nothing is known yet" {
		t.Errorf("an empty redactor changed the text to %q", text)
	}
	r.add(Secret{})
	r.add(NewSecret("short"))
	r.add(NewSecret("one that is longer than the texts that hold the others"))
	r.add(NewSecret("eJ*first-sig_"))
	r.add(NewSecret("a second secret&"))
	r.add(NewSecret(`a "third" secret`))
	for text, want := range map[string]string{
		"raw eJ*first-sig_.":                   "raw (redacted).",
		"query eJ%2Afirst-sig_&x":              "query (redacted)&x",
		"lower eJ%2afirst-sig_&x":              "lower (redacted)&x",
		"a second secret& twice eJ*first-sig_": "(redacted) twice (redacted)",
		"a+second+secret%26":                   "(redacted)",
		`{"x":"a \"third\" secret"}`:           `{"x":"(redacted)"}`,
		"short words stay":                     "short words stay",
		"":                                     "",
	} {
		if got := r.clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

// Of secrets that become known at the same time, none is lost.
func TestRedactorConcurrently(t *testing.T) {
	t.Parallel()
	for range 1000 {
		var r redactor
		var group sync.WaitGroup
		for i := range 10 {
			group.Go(func() { r.add(NewSecret(fmt.Sprintf("secret number %d", i))) })
		}
		group.Wait()
		for i := range 10 {
			if text := r.clean(fmt.Sprintf("secret number %d", i)); text != redacted {
				t.Fatalf("%s is shown", text)
			}
		}
	}
}

// What Go prints of a panic in the middle of a request holds no secret: in a
// process of its own, since it ends one.
func TestPanicTextHoldsNoSecret(t *testing.T) {
	t.Parallel()
	const child = "TIMPUSH_TEST_PANIC"
	userSig := sign(t, newTestSigner())
	if given := os.Getenv(child); given != "" {
		config := testConfig(transportFunc(func(*http.Request) (*http.Response, error) { panic("in the middle of a request") }))
		config.SecretKey, config.UserSig = Secret{}, NewSecret(given)
		_ = readOne(t.Context(), newTestClient(t, config))
		return
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPanicTextHoldsNoSecret$")
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
