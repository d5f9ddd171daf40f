package conformance

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func TestReadSetup(t *testing.T) {
	t.Parallel()
	service := timpush.Config{SDKAppID: testApp, Endpoint: &url.URL{Scheme: "https", Host: "console.tim.qq.com"}}
	local := timpush.Config{SDKAppID: testApp, Endpoint: &url.URL{Scheme: "http", Host: "127.0.0.1:8080"}}
	for name, tc := range map[string]struct {
		config timpush.Config
		env    map[string]string
		want   string // in the error; "" for none
	}{
		"complete":      {service, map[string]string{LiveVariable: "1", AccountsVariable: "a,b", RegistrationIDVariable: "r", NamesVariable: "1", WaitVariable: "5m"}, ""},
		"not live":      {service, map[string]string{AccountsVariable: "a,b"}, LiveVariable + " is not 1"},
		"live is 0":     {service, map[string]string{AccountsVariable: "a,b", LiveVariable: "0"}, LiveVariable + " is not 1"},
		"emulator":      {local, map[string]string{AccountsVariable: "a,b"}, ""},
		"no accounts":   {local, nil, "has 1 accounts"},
		"one account":   {local, map[string]string{AccountsVariable: "a"}, "has 1 accounts"},
		"three":         {local, map[string]string{AccountsVariable: "a,b,c"}, "has 3 accounts"},
		"twice":         {local, map[string]string{AccountsVariable: "a,a"}, "there twice"},
		"also a device": {local, map[string]string{AccountsVariable: "a,b", RegistrationIDVariable: "b"}, "there twice"},
		"empty":         {local, map[string]string{AccountsVariable: "a,"}, "empty"},
		"space":         {local, map[string]string{AccountsVariable: "a, b"}, "whitespace"},
		"wait":          {local, map[string]string{AccountsVariable: "a,b", WaitVariable: "-1s"}, WaitVariable},
	} {
		setup, err := ReadSetup(func(name string) string { return tc.env[name] }, tc.config)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		want := Setup{testApp, service.Endpoint, [2]string{"a", "b"}, "r", true, 5 * time.Minute, settle}
		if name == "complete" && setup != want {
			t.Errorf("%+v, want %+v", setup, want)
		}
	}
}
