package timpush

import (
	"strings"
	"testing"
)

func TestRegionEndpoint(t *testing.T) {
	t.Parallel()
	// The hosts on the API page (60564), Tokyo (67815), and Riyadh (78839).
	want := map[string]string{
		"china":          "https://console.tim.qq.com",
		"singapore":      "https://adminapisgp.im.qcloud.com",
		"seoul":          "https://adminapikr.im.qcloud.com",
		"tokyo":          "https://adminapijpn.im.qcloud.com",
		"frankfurt":      "https://adminapiger.im.qcloud.com",
		"silicon_valley": "https://adminapiusa.im.qcloud.com",
		"jakarta":        "https://adminapiidn.im.qcloud.com",
		"riyadh":         "https://adminapiksa.im.qcloud.com",
	}
	if len(Regions()) != len(want) {
		t.Errorf("there are %d regions, want %d", len(Regions()), len(want))
	}
	for _, name := range Regions() {
		if endpoint, ok := RegionEndpoint(name); !ok || endpoint.String() != want[name] {
			t.Errorf("region %s has %v, want %s", name, endpoint, want[name])
		}
	}
	if _, ok := RegionEndpoint("mars"); ok {
		t.Error("an unknown region was found")
	}
}

func TestParseEndpoint(t *testing.T) {
	t.Parallel()
	for endpoint, problem := range map[string]string{
		"https://console.tim.qq.com":       "",
		"https://console.tim.qq.com/":      "",
		"HTTPS://example.com:8443/gateway": "",
		"http://localhost:8080":            "",
		"http://127.0.0.1:1":               "",
		"http://127.8.9.10":                "",
		"http://[::1]:8080":                "",
		"http://example.com":               "not a loopback",
		"http://10.0.0.1":                  "not a loopback",
		"http://localhost.example.com":     "not a loopback",
		"https://user:hunter22@host":       "user info",
		"https://user@host":                "user info",
		"https://host/?":                   "query",
		"https://host?usersig=hunter22":    "query",
		"https://host/#":                   "fragment",
		"https://host#hunter22":            "fragment",
		"ftp://host":                       "https://",
		"console.tim.qq.com":               "https://",
		"https:host":                       "no host",
		"https://":                         "no host",
		"https:///path":                    "no host",
		"https://:443":                     "no host",
		"https://host:":                    "port",
		"https://host:0":                   "port",
		"https://host:65536":               "port",
		"https://host:hunter22":            "cannot be parsed as a URL",
		"https://ho st":                    "cannot be parsed as a URL",
		"https://host\n":                   "whitespace",
		"https://ho\nst":                   "cannot be parsed as a URL",
		"https://[::1":                     "cannot be parsed as a URL",
	} {
		_, err := ParseEndpoint(endpoint)
		switch {
		case problem == "" && err != nil:
			t.Errorf("%q: %v", endpoint, err)
		case problem != "" && (err == nil || !strings.Contains(err.Error(), problem)):
			t.Errorf("%q: the error is %v, want one with %q", endpoint, err, problem)
		case err != nil && strings.Contains(err.Error(), "hunter22"):
			t.Errorf("%q: the error repeats the URL: %v", endpoint, err)
		}
	}
}
