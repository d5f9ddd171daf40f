package timpush

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func TestRedactor(t *testing.T) {
	t.Parallel()
	var r redactor
	if text := r.clean("nothing is known yet"); text != "nothing is known yet" {
		t.Errorf("an empty redactor changed the text to %q", text)
	}
	r.add(Secret{})
	r.add(NewSecret("short"))
	r.add(NewSecret("hunter22hunter"))
	r.add(NewSecret(testKey))
	for text, want := range map[string]string{
		"key " + testKey + ".":        "key (redacted).",
		testKey + " twice " + testKey: "(redacted) twice (redacted)",
		"hunter22hunter":              "(redacted)",
		"x=hunter22hunter&y":          "x=(redacted)&y",
		"hunter22":                    "hunter22", // part of a short secret
		"short words stay":            "short words stay",
		testKey[:12]:                  testKey[:12],
		"":                            "",
	} {
		if got := r.clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

// Whatever the form or part of a secret in a text, no 24 characters of it remain,
// and the rest of the text is unchanged.
func TestRedactorFindsEveryForm(t *testing.T) {
	t.Parallel()
	const part = 24
	userSig := sign(t, newTestSigner()).reveal()
	standard := strings.NewReplacer("*", "+", "-", "/", "_", "=")
	urlSafe := strings.NewReplacer("*", "-", "-", "_", "_", "=")
	forms := map[string]func(string) string{
		"as it is":                   func(s string) string { return s },
		"in a URL":                   url.QueryEscape,
		"in a URL, lower case":       func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "%2A", "%2a") },
		"in a URL in a URL":          func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
		"every byte escaped":         func(s string) string { return escaped(s, "%") },
		"every byte escaped twice":   func(s string) string { return escaped(s, "%25") },
		"every byte escaped in JSON": func(s string) string { return escaped(s, `\u00`) },
		"in JSON in JSON":            func(s string) string { return escaped(s, `\\u00`) },
		"in lines, in JSON in JSON":  func(s string) string { return quoteJSON(quoteJSON(wrapped(s, 20, "\n"))) },
		"in JSON":                    func(s string) string { return strings.ReplaceAll(quoteJSON(s), "*", `\u002a`) },
		"standard base64":            standard.Replace,
		"in JSON, standard base64": func(s string) string {
			return strings.ReplaceAll(standard.Replace(s), "/", `\/`)
		},
		"RFC 4648 URL alphabet": urlSafe.Replace,
		"in lines of 10":        func(s string) string { return wrapped(s, 10, "\n") },
		"in lines of 76":        func(s string) string { return wrapped(standard.Replace(s), 76, "\r\n  ") },
		"in lines, in JSON":     func(s string) string { return quoteJSON(wrapped(s, 20, "\r\n\t")) },
		"in quoted lines":       func(s string) string { return wrapped(s, 16, "\" +\n \"") },
	}
	for _, secret := range []string{testKey, userSig} {
		var r redactor
		r.add(NewSecret(secret))
		for name, form := range forms {
			for _, cut := range []string{secret, secret[12:], secret[:len(secret)-12], secret[:part], secret[len(secret)-part:], secret[20 : 20+part], secret[7 : 7+2*part]} {
				got := r.clean("before [" + form(cut) + "] after")
				if !strings.HasPrefix(got, "before [") || !strings.HasSuffix(got, "] after") || !strings.Contains(got, redacted) {
					t.Errorf("%s: %q became %q", name, form(cut), got)
				}
				left := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(got, "before ["), "] after"), redacted, "")
				if characters := appendPlain(nil, nil, left); len(characters) > 2 {
					t.Errorf("%s: %q is left of %q", name, left, form(cut))
				}
			}
		}
	}
}

// escaped returns text with every byte escaped: the prefix and two hexadecimal
// digits.
func escaped(text, escape string) string {
	var all strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&all, "%s%02X", escape, text[i])
	}
	return all.String()
}

func wrapped(text string, width int, end string) string {
	var lines []string
	for ; len(text) > width; text = text[width:] {
		lines = append(lines, text[:width])
	}
	return strings.Join(append(lines, text), end)
}

// Ordinary texts are unchanged, even long ones that look like base64.
func TestRedactorKeepsOrdinaryTexts(t *testing.T) {
	t.Parallel()
	var r redactor
	r.add(NewSecret(testKey))
	r.add(sign(t, newTestSigner()))
	values, err := json.Marshal(numbered(1000))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		string(values), "379C2F0D-290D-47AE-94D1-919058C39C77", strings.Repeat("%", 100), strings.Repeat(`\`, 99), `\u00`, `%25%25`, "中文 text",
		"administrator administrator administrator", "1400000000",
	} {
		if got := r.clean(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// No secret is lost if several are added at the same time.
func TestRedactorConcurrently(t *testing.T) {
	t.Parallel()
	for range 100 {
		var r redactor
		var group sync.WaitGroup
		secrets := make([]string, 10)
		for i := range secrets {
			secrets[i] = strings.Repeat(string(rune('a'+i)), 20)
			group.Go(func() { r.add(NewSecret(secrets[i])); _ = r.clean(secrets[i]) })
		}
		group.Wait()
		for _, secret := range secrets {
			if text := r.clean(secret); text != redacted {
				t.Fatalf("%s is shown", text)
			}
		}
	}
}
