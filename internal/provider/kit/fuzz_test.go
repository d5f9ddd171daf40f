package kit

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Whatever the service's text, a diagnostic has a cause and a fix, names the API,
// and contains no control characters.
func FuzzProblem(f *testing.F) {
	f.Add(int64(70009), "sig mismatch", "text/html", 502)
	f.Add(int64(0), "", "", 200)
	f.Add(int64(-1), "\x1b[31m\r\n\u202e", "\x00", 302)
	f.Add(int64(12345), strings.Repeat("长", 300), "a;b=\"c\"", 429)
	f.Fuzz(func(t *testing.T, code int64, info, contentType string, status int) {
		for _, failure := range []error{
			&timpush.ServiceError{Code: code, Info: info},
			&timpush.HTTPError{Status: status, ContentType: contentType},
			&timpush.ResponseError{Problem: "is not JSON", ContentType: contentType},
		} {
			got := problem(readAttributes, &timpush.RequestError{API: "get_attr", Host: "host", Attempts: 1, Err: failure}, time.Minute, Notes{})
			cause, facts, _ := strings.Cut(got.Detail(), "\n\n")
			if strings.Count(cause, ". ") == 0 || !strings.HasPrefix(facts, "API: get_attr\nHost: host\n") {
				t.Errorf("%T: the detail has not its form: %q", failure, got.Detail())
			}
			for _, line := range strings.Split(got.Detail(), "\n") {
				if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("%T: a line contains an unprintable character: %q", failure, line)
				}
			}
		}
	})
}
