package timpush

import (
	"fmt"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// Whatever the service answers: no panic, every asked account in exactly one of
// the maps, and no secret in any text.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `{"ActionStatus":"OK","ErrorCode":0}`, `{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"` + testKey + `"}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"Mary","Attrs":{"` + testKey + `":{"a":["\u0063` + testKey[1:] + `"]}}}]}`,
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"Mary","ErrorCode":1,"ErrorInfo":[1e400,-0,null,"` + testKey + `"]}]}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"Mary","Attrs":{"a":"\ud800"}}],"ErrorList":[{"To_Account":"Mary","ErrorCode":70107}]}`,
	} {
		f.Add([]byte(seed))
	}
	for _, api := range faults.APIs() {
		f.Add(golden(f, api+"_reply.json"))
		for _, fault := range faults.Of(api) {
			if size := len(fault.Effect.Body); size > 0 && size < 1000 {
				f.Add([]byte(fault.Effect.Body))
			}
		}
	}
	asked := []string{"Mary", "xiaoming", "xiaohua"}
	f.Fuzz(func(t *testing.T, body []byte) {
		config := testConfig(responses(string(body)))
		config.MaxRetries = 0
		client := newTestClient(t, config)
		attributes, err := client.GetUserAttributes(t.Context(), asked, 0)
		checkFuzzed(t, asked, attributes, err)
		tags, err := client.GetUserTags(t.Context(), asked, 0)
		checkFuzzed(t, asked, tags, err)
		names, err := client.GetAttributeNames(t.Context())
		if text := fmt.Sprintf("%+v %v", names, err); strings.Contains(text, testKey) || err != nil && names != nil {
			t.Errorf("a secret is shown, or names beside an error: %s", text)
		}
	})
}

func checkFuzzed[Value any](t *testing.T, asked []string, result *Result[Value], err error) {
	t.Helper()
	if text := fmt.Sprintf("%v %+v %v", result, result, err); strings.Contains(text, testKey) {
		t.Errorf("a secret is shown: %s", text)
	}
	if err != nil {
		if result != nil {
			t.Errorf("an error with a result: %v", err)
		}
		return
	}
	if len(result.Read)+len(result.Errors) != len(asked) {
		t.Errorf("%d accounts asked for, %d read, %d failed", len(asked), len(result.Read), len(result.Errors))
	}
	for _, account := range asked {
		_, read := result.Read[account]
		failure, failed := result.Errors[account]
		if read == failed || failed && failure.Message() == "" {
			t.Errorf("%s: read %t, failed %t with %q", account, read, failed, failure.Message())
		}
	}
}

// Whatever is given as an endpoint: no panic, nothing accepted that the rules
// refuse, and no error that repeats it.
func FuzzParseEndpoint(f *testing.F) {
	for _, seed := range []string{
		"https://console.tim.qq.com", "http://127.0.0.1:8080/", "http://[::1]", "https://user:hunter22@host", "https://host?hunter22#hunter22",
		"http://localhost.example.com", "https://host:99999", "https:host", "//host", " https://host", "https://[fe80::1%25lo]", "%zz", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, endpoint string) {
		u, err := ParseEndpoint(endpoint)
		if err != nil {
			if strings.Contains(err.Error(), "hunter22") {
				t.Errorf("the error repeats the endpoint: %v", err)
			}
			return
		}
		if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Hostname() == "" ||
			u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
			t.Errorf("%q is accepted as %v", endpoint, u)
		}
	})
}
