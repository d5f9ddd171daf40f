package provider

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Valid and invalid proxy URLs. No error quotes any part of the URL.
func TestParseProxy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://127.0.0.1:9":                      "http://127.0.0.1:9",
		"https://proxy.example.com":               "https://proxy.example.com",
		"socks5://user:canary@proxy:1080":         "socks5://user:canary@proxy:1080",
		"socks5h://proxy:1080/":                   "socks5h://proxy:1080/",
		"proxy.example.com:3128":                  "http://proxy.example.com:3128",
		"user:canary@proxy_1:3128":                "http://user:canary@proxy_1:3128",
		"http://user:c%23n%20ry@[::1]:3128":       "http://user:c%23n%20ry@[::1]:3128",
		"http://[fe80::1%25eth0]:3128":            "http://[fe80::1%25eth0]:3128",
		"http://user:c@nary@proxy":                "http://user:c%40nary@proxy",
		"http://user:canary%zz@127.0.0.1:9":       "it cannot be parsed",
		"http://user:canary@[::1":                 "it cannot be parsed",
		"http://127.0.0.1:9\n":                    "it contains whitespace, such as a space or a newline",
		"http://user:can ary@127.0.0.1:9":         "it contains whitespace, such as a space or a newline",
		"http://127.0.0.1\x00:9":                  "it contains a control character or an invisible character",
		"\ufeffhttp://127.0.0.1:9":                "it contains a control character or an invisible character",
		`"http://127.0.0.1:9"`:                    "it is in quotes",
		"'proxy'":                                 "it is in quotes",
		"http://user:can#ary@127.0.0.1:9":         `it contains "#" or "?"`,
		"http://user:can?ary@127.0.0.1:9":         `it contains "#" or "?"`,
		"http://user:can/ary@127.0.0.1:9":         "it cannot be parsed",
		"http://user:9/ary@127.0.0.1:9":           "it has a path",
		"http://127.0.0.1:9/canary":               "it has a path",
		"ftp://user:canary@127.0.0.1:9":           "its scheme is not one of http, https, socks5, socks5h",
		"://127.0.0.1:9":                          "it cannot be parsed",
		"http://:9":                               "its host is missing or invalid",
		"http://user:canary@":                     "its host is missing or invalid",
		"http://can'ary":                          "its host is missing or invalid",
		"http://127.0.0.1:":                       "its port is not a number from 1 to 65535",
		"http://127.0.0.1:0":                      "its port is not a number from 1 to 65535",
		"http://127.0.0.1:65536":                  "its port is not a number from 1 to 65535",
		"http://127.0.0.1:9999999999999999999999": "its port is not a number from 1 to 65535",
		"http://127.0.0.1:canary":                 "it cannot be parsed",
	} {
		got, err := parseProxy(text)
		if err != nil {
			if err.Error() != want {
				t.Errorf("%q: got %q, want %q", text, err, want)
			}
			continue
		}
		if got.String() != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// The variables, including NO_PROXY, work in upper and lower case, and errors
// name the one that was used.
func TestProxy(t *testing.T) {
	t.Parallel()
	const endpoint = "https://push.example.com"
	for name, test := range map[string]struct {
		endpoint      string
		env           environment
		want, inForce string
		gap           string
	}{
		"none":              {endpoint, nil, "", "", ""},
		"upper case":        {endpoint, environment{"HTTPS_PROXY": "proxy:1", "https_proxy": "proxy:2"}, "http://proxy:1", "HTTPS_PROXY", ""},
		"lower case":        {endpoint, environment{"https_proxy": "proxy:2"}, "http://proxy:2", "https_proxy", ""},
		"of plain http":     {endpoint, environment{"HTTP_PROXY": "proxy:1"}, "", "", ""},
		"not for the host":  {endpoint, environment{"HTTPS_PROXY": "proxy:1", "NO_PROXY": ".example.com"}, "", "", ""},
		"not for any host":  {endpoint, environment{"HTTPS_PROXY": "proxy:1", "no_proxy": "*"}, "", "", ""},
		"invalid":           {endpoint, environment{"HTTPS_PROXY": "http://%zz"}, "", "", "HTTPS_PROXY"},
		"invalid, lower":    {endpoint, environment{"https_proxy": " "}, "", "", "https_proxy"},
		"invalid, not used": {endpoint, environment{"HTTPS_PROXY": "http://%zz", "NO_PROXY": "*"}, "", "", "HTTPS_PROXY"},
		"invalid, plain":    {endpoint, environment{"HTTP_PROXY": "http://%zz"}, "", "", "HTTP_PROXY"},
		"loopback":          {"http://LOCALHOST:8080", environment{"HTTP_PROXY": "proxy:1", "HTTPS_PROXY": "http://%zz"}, "", "", ""},
		"loopback address":  {"https://127.0.0.2", environment{"HTTPS_PROXY": "proxy:1"}, "", "", ""},
	} {
		read := resolver{getenv: func(name string) string { return test.env[name] }}
		read.endpoint(types.StringNull(), types.StringValue(test.endpoint))
		read.proxy()
		used := &url.URL{}
		if read.config.Proxy != nil {
			proxy, err := read.config.Proxy(read.config.Endpoint)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if proxy != nil {
				used = proxy
			}
		}
		if used.String() != test.want || read.notes.Proxy != test.inForce {
			t.Errorf("%s: the proxy is %q from %q, want %q from %q", name, used, read.notes.Proxy, test.want, test.inForce)
		}
		if (len(read.gaps) > 0) != (test.gap != "") || test.gap != "" && read.gaps[0].Name != test.gap {
			t.Errorf("%s: the gaps are %+v, want %q", name, read.gaps, test.gap)
		}
	}
}

func TestInvalidProxy(t *testing.T) {
	t.Parallel()
	env := testEnvironment()
	env["https_proxy"] = "http://user:can#ary@127.0.0.1:9"
	service := newEmulator(t)
	p := newConfiguredIn(t, env, service, nil)
	const want = `ERROR Invalid Proxy
https_proxy is not a valid proxy URL: it contains "#" or "?". Set it to a URL such as http://proxy.example.com:3128, with special characters in the user name and password percent-encoded (# as %23), or unset it.

Set by: environment variable https_proxy
`
	if got := render(p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, true).Diagnostics); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := render(p.read(t.Context(), userAttributes, values{"accounts": []any{}}, true).Diagnostics); got != "" {
		t.Errorf("nothing is read: %s", got)
	}
	checkNoRequest(t, service)
}

// Errors of requests name the proxy in use, and ignored environment variables.
func TestErrorNotes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env       environment
		arguments values
		facts     []string
	}{
		"nothing to note": {nil, nil, nil},
		"proxy":           {environment{"https_proxy": "proxy"}, nil, []string{"Proxy: set by https_proxy"}},
		"endpoint ignored": {
			environment{"TIMPUSH_ENDPOINT": "http://127.0.0.1:1"},
			values{"region": "tokyo"},
			[]string{"Ignored: TIMPUSH_ENDPOINT, because the provider block sets region"},
		},
		"region ignored": {
			nil,
			values{"endpoint": "http://127.0.0.1:1"},
			[]string{"Ignored: TIMPUSH_REGION, because the provider block sets endpoint"},
		},
		"both in the block": {
			environment{"TIMPUSH_ENDPOINT": "http://127.0.0.1:1"}, values{"endpoint": "http://127.0.0.1:2", "region": "tokyo"}, nil,
		},
		"ready-made UserSig ignored": {
			environment{"TIMPUSH_USER_SIG": "canary"},
			values{"secret_key": testKey},
			[]string{"Ignored: TIMPUSH_USER_SIG, because the provider block sets secret_key"},
		},
		"key ignored": {
			nil,
			values{"user_sig": "canary"},
			[]string{"Ignored: TIMPUSH_SECRET_KEY, because the provider block sets user_sig"},
		},
	} {
		env := testEnvironment()
		maps.Copy(env, test.env)
		p := newConfiguredIn(t, env, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":70009}`)
		}), test.arguments)
		text := render(p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, false).Diagnostics)
		_, facts, _ := strings.Cut(text, "\nAttempts: 1 in ")
		_, facts, _ = strings.Cut(facts, "s") // the time
		if want := strings.Join(append([]string{""}, test.facts...), "\n") + "\n"; facts != want {
			t.Errorf("%s: got %q, want %q", name, facts, want)
		}
	}
}

// If the environment sets an endpoint and a region, requests go to the endpoint.
// A warning says so when the provider is configured, and so does the error when a
// request fails.
func TestEndpointAndRegionInTheEnvironment(t *testing.T) {
	t.Parallel()
	env := testEnvironment()
	env["TIMPUSH_ENDPOINT"] = "http://127.0.0.1:8080"
	p := newProtocol(t, env, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	const want = `WARNING Endpoint Used Instead of Region
TIMPUSH_ENDPOINT and TIMPUSH_REGION are both set, so requests go to the endpoint, 127.0.0.1:8080, and the region is ignored. Unset the variable that you do not need.
`
	if got := p.configure(nil); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	env["TIMPUSH_REGION"] = "Nowhere" // not checked, since it is ignored
	if got := newProtocol(t, env, nil).configure(nil); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	const note = "\nIgnored: TIMPUSH_REGION, because TIMPUSH_ENDPOINT is set\n"
	if got := render(p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, false).Diagnostics); !strings.HasSuffix(got, note) {
		t.Errorf("the error does not end with %q:\n%s", note, got)
	}
}
