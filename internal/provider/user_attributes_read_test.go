package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The accounts of the API page's sample, and the results of its response.
var (
	sampleAccounts   = []any{"Mary", "xiaoming", "xiaohua"}
	sampleAttributes = any(map[string]any{"xiaoming": map[string]any{"sex": "male", "city": "ShenZhen"}, "xiaohua": map[string]any{}})
	sampleErrors     = any(map[string]any{"Mary": map[string]any{"code": "70107", "message": "the account does not exist in the app"}})
)

// maryProblem is the diagnostic of a read of the sample, with the advice for a
// policy.
func maryProblem(advice string) string {
	return `Some Accounts Could Not Be Read
The attributes of 1 of 3 accounts could not be read. ` + advice + `

Error code 70107 (the account does not exist in the app): "Mary"
Fix: Import the account or let it log in once, or remove it from accounts.
`
}

const (
	adviceWarn  = "The accounts are listed in `errors`."
	adviceError = `Set on_account_error to "warn" to continue without them.`
)

func TestReadUserAttributes(t *testing.T) {
	t.Parallel()
	for policy, diagnostics := range map[string]string{
		"":       `WARNING [AttributeName("accounts")] ` + maryProblem(adviceWarn),
		"warn":   `WARNING [AttributeName("accounts")] ` + maryProblem(adviceWarn),
		"error":  `ERROR [AttributeName("accounts")] ` + maryProblem(adviceError),
		"ignore": "",
	} {
		arguments := values{"accounts": sampleAccounts}
		if policy != "" {
			arguments["on_account_error"] = policy
		}
		p := newConfigured(t, newEmulator(t), nil)
		response := p.read(t.Context(), userAttributes, arguments, false)
		if got := render(response.Diagnostics); got != diagnostics {
			t.Errorf("on_account_error %q: got:\n%s\nwant:\n%s", policy, got, diagnostics)
		}
		if got := p.state(response, "attributes"); !reflect.DeepEqual(got, sampleAttributes) {
			t.Errorf("on_account_error %q: attributes are %v, want %v", policy, got, sampleAttributes)
		}
		if got := p.state(response, "errors"); !reflect.DeepEqual(got, sampleErrors) {
			t.Errorf("on_account_error %q: errors are %v, want %v", policy, got, sampleErrors)
		}
	}
}

// The code is null if the response does not include the account.
func TestReadAccountMissingFromResponse(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[],"ErrorList":[]}`}})
	p := newConfigured(t, service, nil)
	response := p.read(t.Context(), userAttributes, values{"accounts": []any{"xiaoming"}, "on_account_error": "ignore"}, false)
	if got, want := p.state(response, "errors"), any(map[string]any{
		"xiaoming": map[string]any{"code": nil, "message": "the response does not include this account"},
	}); !reflect.DeepEqual(got, want) {
		t.Errorf("errors are %v, want %v", got, want)
	}
}

func TestReadNoAccountsMakesNoRequest(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]values{
		"configured": nil,
		"unknown":    {"secret_key": tftypes.UnknownValue},
	} {
		service := newEmulator(t)
		p := newConfigured(t, service, arguments)
		response := p.read(t.Context(), userAttributes, values{"accounts": []any{}}, true)
		if text := render(response.Diagnostics); text != "" || response.Deferred != nil {
			t.Errorf("%s: deferred %v, diagnostics: %s", name, response.Deferred, text)
		}
		for _, attribute := range []string{"attributes", "errors"} {
			if got := p.state(response, attribute); !reflect.DeepEqual(got, map[string]any{}) {
				t.Errorf("%s: %s is %v, want an empty map", name, attribute, got)
			}
		}
		checkNoRequest(t, service)
	}
}

func TestReadWithUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	p := newConfigured(t, service, values{"secret_key": tftypes.UnknownValue, "region": tftypes.UnknownValue})
	response := p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, true)
	if response.Deferred == nil || response.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown || len(response.Diagnostics) > 0 {
		t.Errorf("deferral: %+v, %s", response.Deferred, render(response.Diagnostics))
	}
	response = p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, false)
	const want = `ERROR Unable to Read User Attributes
The provider's configuration depends on values that are not known until apply, so the provider cannot be used during plan. Set these arguments to values that are known during plan (literals, input variables, or environment variables), or defer the read to apply: add the resources that they come from to the block's depends_on.

Known only after apply: region, secret_key
`
	if got := render(response.Diagnostics); got != want || response.Deferred != nil {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	checkNoRequest(t, service)
}

// failedRead reads with a permanent fault, and returns the diagnostics. It needs
// synctest's virtual time, since it waits for retries.
func failedRead(t *testing.T, effect emulator.Effect, arguments values) string {
	t.Helper()
	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: effect})
	p := newConfigured(t, service, values{"max_retries": 0})
	response := p.read(t.Context(), userAttributes, arguments, false)
	for _, result := range []string{"attributes", "errors"} {
		if got := p.state(response, result); got != nil && response.Diagnostics[0].Severity == tfprotov6.DiagnosticSeverityError {
			t.Errorf("a read that failed returns %s: %v", result, got)
		}
	}
	return render(response.Diagnostics)
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect emulator.Effect
		want   string
	}{
		"a documented code": {
			emulator.Effect{Code: 70009, Info: "sig\nmismatch"},
			`ERROR Unable to Read User Attributes
The service rejected the request: the UserSig was not made with the key of this SDKAppID. Check sdk_app_id (TIMPUSH_SDK_APP_ID), and set secret_key (TIMPUSH_SECRET_KEY) to the key that the console shows for this app, or user_sig (TIMPUSH_USER_SIG) to a UserSig made with that key.

API: get_attr
Host: adminapisgp.im.qcloud.com
Error code: 70009
Service text: "sig\nmismatch"
Attempts: 1 in 0s
`,
		},
		"an unknown code": {
			emulator.Effect{Code: 12345},
			`ERROR Unable to Read User Attributes
The service rejected the request with error code 12345, which is not documented for this API. Look up code 12345 in the service's table of error codes (https://www.tencentcloud.com/document/product/1047/34348).

API: get_attr
Host: adminapisgp.im.qcloud.com
Error code: 12345
Attempts: 1 in 0s
`,
		},
		"a rejection without a code": {
			emulator.Effect{Body: `{"ActionStatus":"FAIL","ErrorInfo":"bad luck"}`},
			`ERROR Unable to Read User Attributes
The service rejected the request without an error code. See the service text below, if there is one, or contact Tencent Cloud support.

API: get_attr
Host: adminapisgp.im.qcloud.com
Service text: "bad luck"
Attempts: 1 in 0s
`,
		},
		"a gateway's error": {
			emulator.Effect{Status: http.StatusBadGateway, Body: "<html>", Header: http.Header{"Content-Type": {"text/html"}}},
			`ERROR Unable to Read User Attributes
The response has HTTP status 502, which the service never returns: it comes from a gateway, a proxy, or another server. Try again later; if the problem persists, check endpoint (TIMPUSH_ENDPOINT) and any proxy.

API: get_attr
Host: adminapisgp.im.qcloud.com
HTTP status: 502
Content type: "text/html"
Size: 6 bytes
Attempts: 1 in 0s
`,
		},
		"a redirect": {
			emulator.Effect{Status: http.StatusFound, Header: http.Header{"Content-Type": {""}, "Location": {"https://elsewhere.invalid"}}},
			`ERROR Unable to Read User Attributes
The response has HTTP status 302, which the service never returns: it comes from a gateway, a proxy, or another server. Redirects are not followed, because they would send the UserSig to another server. Set endpoint (TIMPUSH_ENDPOINT) to the URL of the service itself.

API: get_attr
Host: adminapisgp.im.qcloud.com
HTTP status: 302
Content type: ""
Size: 0 bytes
Attempts: 1 in 0s
`,
		},
		"a page where JSON is expected": {
			emulator.Effect{Body: "<html>", Header: http.Header{"Content-Type": {"text/html"}}},
			`ERROR Unable to Read User Attributes
The response is not JSON, so it was discarded. Check that endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy, lead to the service; if they do, report this as a bug in the provider.

API: get_attr
Host: adminapisgp.im.qcloud.com
HTTP status: 200
Content type: "text/html"
Size: 6 bytes
Attempts: 1 in 0s
`,
		},
		"no response": {
			emulator.Effect{Delay: time.Minute},
			`ERROR Unable to Read User Attributes
The request failed: no complete response arrived within 10s. Try again; if responses are slow, raise request_timeout (TIMPUSH_REQUEST_TIMEOUT).

API: get_attr
Host: adminapisgp.im.qcloud.com
Attempts: 1 in 10s
`,
		},
	} {
		// A failed request is an error, whatever on_account_error is.
		for _, policy := range []string{"error", "warn", "ignore"} {
			synctest.Test(t, func(t *testing.T) {
				if got := failedRead(t, test.effect, values{"accounts": sampleAccounts, "on_account_error": policy}); got != test.want {
					t.Errorf("%s, on_account_error %s: got:\n%s\nwant:\n%s", name, policy, got, test.want)
				}
			})
		}
	}
}

func TestReadTimeout(t *testing.T) {
	t.Parallel()
	const want = `ERROR [AttributeName("timeouts")] Unable to Read User Attributes
The read timed out after 3s with 0 of 3 accounts done. Set timeouts.read to more than 3s, or read fewer accounts.
`
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		arguments := values{"accounts": sampleAccounts, "timeouts": map[string]any{"read": "3s"}}
		if got := failedRead(t, emulator.Effect{Delay: time.Minute}, arguments); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
		if waited := time.Since(started); waited != 3*time.Second {
			t.Errorf("the read ended after %s", waited)
		}
	})
}

// If requests were retried until the timeout, the error says why.
func TestReadTimeoutReportsLastFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Code: 60007}})
		p := newConfigured(t, service, nil)
		arguments := values{"accounts": sampleAccounts, "timeouts": map[string]any{"read": "500ms"}}
		const want = `ERROR [AttributeName("timeouts")] Unable to Read User Attributes
The read timed out after 500ms with 0 of 3 accounts done. Requests failed and were retried. The service rejected the request: the call rate is over the limit. Set timeouts.read to more than 500ms, or read fewer accounts. Lower requests_per_second (TIMPUSH_REQUESTS_PER_SECOND), especially if other programs or provider aliases call the same app, or raise the limit in the console.

API: get_attr
Host: adminapisgp.im.qcloud.com
Error code: 60007
Attempts: 1 in 0s
`
		if got := render(p.read(t.Context(), userAttributes, arguments, false).Diagnostics); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

func TestReadCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: time.Minute}})
		p := newConfigured(t, service, nil)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		const want = `ERROR Unable to Read User Attributes
The read was canceled with 0 of 3 accounts done. Run the command again.
`
		if got := render(p.read(ctx, userAttributes, values{"accounts": sampleAccounts}, false).Diagnostics); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

func TestReadListsTheFirstAccountErrors(t *testing.T) {
	t.Parallel()
	var accounts []any
	list := []map[string]any{}
	for i := range 25 {
		account := fmt.Sprintf("user%d", i)
		accounts = append(accounts, account, account) // duplicates are counted once
		switch i {
		case 0: // in neither list of the response
		case 1:
			list = append(list, map[string]any{"To_Account": account, "ErrorCode": 12345})
		case 2:
			list = append(list, map[string]any{"To_Account": account, "ErrorCode": 90035, "ErrorInfo": "wrong\x1b[31m type"})
		case 3, 4: // two codes with the same fix
			list = append(list, map[string]any{"To_Account": account, "ErrorCode": 70500 + (i-3)*20500})
		default:
			list = append(list, map[string]any{"To_Account": account, "ErrorCode": 70107, "ErrorInfo": ""})
		}
	}
	body, err := json.Marshal(map[string]any{"ActionStatus": "OK", "ErrorCode": 0, "ErrorList": list})
	if err != nil {
		t.Fatal(err)
	}
	const want = `WARNING [AttributeName("accounts")] Some Accounts Could Not Be Read
The attributes of 25 of 25 accounts could not be read. The accounts are listed in ` + "`errors`" + `.

No error code (the response does not include this account): "user0"
Fix: Try again.

Error code 12345 (the service gave no reason, and the code is not documented): "user1"
Fix: Look up code 12345 in the service's table of error codes (https://www.tencentcloud.com/document/product/1047/34348).

Error code 90035 (the attribute or tag is for the other account type, UserID or RegistrationID; service text: "wrong\x1b[31m type"): "user2"
Fix: Use accounts of the type that the attribute or tag was created for.

Error code 70500 (the service failed internally): "user3"
Fix: Try again later; if the problem persists, raise max_retries (TIMPUSH_MAX_RETRIES) or contact Tencent Cloud support.

Error code 91000 (the service failed internally): "user4"
Fix: Try again later; if the problem persists, raise max_retries (TIMPUSH_MAX_RETRIES) or contact Tencent Cloud support.

Error code 70107 (the account does not exist in the app): "user5", "user6", "user7", "user8", "user9"
Fix: Import the account or let it log in once, or remove it from accounts.

Not shown: 15 more
`
	if got := failedRead(t, emulator.Effect{Body: string(body)}, values{"accounts": accounts}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
