package timpush

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	const value = "do-not-show"
	holder := Config{SecretKey: value, UserSig: value, Endpoint: &url.URL{}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		if text := fmt.Sprintf(verb, Secret(value)); text != redacted {
			t.Errorf("%s of a secret is %q", verb, text)
		}
		if text := fmt.Sprintf(verb, holder); strings.Contains(text, value) || strings.Contains(text, fmt.Sprintf("%x", value)) {
			t.Errorf("%s of a struct shows the secret: %s", verb, text)
		}
	}
	text, err := json.Marshal(struct{ Key Secret }{value})
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
	r.add("")
	r.add("short")
	r.add("eJ*first-sig_")
	r.add("a second secret&")
	for text, want := range map[string]string{
		"raw eJ*first-sig_.":                   "raw (redacted).",
		"query eJ%2Afirst-sig_&x":              "query (redacted)&x",
		"lower eJ%2afirst-sig_&x":              "lower (redacted)&x",
		"a second secret& twice eJ*first-sig_": "(redacted) twice (redacted)",
		"a+second+secret%26":                   "(redacted)",
		"short words stay":                     "short words stay",
		"":                                     "",
	} {
		if got := r.clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}
