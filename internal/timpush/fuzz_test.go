package timpush

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// No response to any command causes a panic, or puts a secret into a text.
func FuzzResponse(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `{"ActionStatus":"OK","ErrorCode":0}`, `{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"` + testKey + `"}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"Mary","Attrs":{"` + testKey + `":{"a":["\u0063` + testKey[1:] + `"]}}}]}`,
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"Mary","ErrorCode":1,"ErrorInfo":[1e400,-0,null,"` + testKey + `"]}]}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"Mary","Attrs":{"a":"\ud800"}}],"ErrorList":[{"To_Account":"Mary","ErrorCode":70107}]}`,
	} {
		f.Add([]byte(seed))
	}
	seen := map[string]bool{} // commands share many faults
	for _, command := range slices.Sorted(maps.Keys(commandTests)) {
		f.Add(golden(f, command+"_response.json"))
		for n, fault := range faults.Of(command, nil) {
			body := fault.Effect.Body
			// A quarter is enough to start from: TestFaults and TestFaultsOfOtherCommands have all.
			if n%4 == 0 && len(body) > 0 && len(body) < 1000 && !seen[body] {
				f.Add([]byte(body))
			}
			seen[body] = true
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		config := testConfig(responses(string(body)))
		config.MaxRetries = 0
		client := newTestClient(t, config)
		for command, call := range commandTests {
			shown, err := call(t, client, []string{"Mary", "xiaoming", "xiaohua"})
			if shown += fmt.Sprint(err); strings.Contains(shown, testKey) {
				t.Errorf("%s: a secret is shown: %s", command, shown)
			}
		}
	})
}

// No endpoint causes a panic, is accepted against the rules, or is repeated in an
// error.
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
			u.Scheme != "https" && (u.Scheme != "http" || !IsLoopback(u.Hostname())) {
			t.Errorf("%q is accepted as %v", endpoint, u)
		}
	})
}
