package provider

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The ephemeral resource has the same results as the data source.
func TestOpenUserAttributes(t *testing.T) {
	t.Parallel()
	for policy, diagnostics := range map[string]string{
		"warn":   `WARNING [AttributeName("accounts")] ` + maryProblem(adviceWarn),
		"error":  `ERROR [AttributeName("accounts")] ` + maryProblem(adviceError),
		"ignore": "",
	} {
		p := newConfigured(t, newEmulator(t), nil)
		response, text := p.open(userAttributes, values{"accounts": sampleAccounts, "on_account_error": policy}, false)
		if text != diagnostics {
			t.Errorf("on_account_error %q: got:\n%s\nwant:\n%s", policy, text, diagnostics)
		}
		if policy == "error" {
			continue
		}
		if got := p.opened(userAttributes, response, "attributes"); !reflect.DeepEqual(got, sampleAttributes) {
			t.Errorf("on_account_error %q: attributes are %v, want %v", policy, got, sampleAttributes)
		}
		if got := p.opened(userAttributes, response, "errors"); !reflect.DeepEqual(got, sampleErrors) {
			t.Errorf("on_account_error %q: errors are %v, want %v", policy, got, sampleErrors)
		}
	}
}

func TestOpenUserAttributesValidates(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	p := newConfigured(t, service, nil)
	for want, arguments := range map[string]values{
		`ERROR [AttributeName("timeouts").AttributeName("open")] Invalid Timeout
timeouts.open must be a duration greater than zero, not "soon". Set it to a number with a unit, such as "30s" or "5m".
`: {"accounts": []any{}, "timeouts": map[string]any{"open": "soon"}},
		`ERROR [AttributeName("accounts")] Invalid Accounts
`: {"accounts": []any{"xiaoming", " Mary"}},
	} {
		if _, text := p.open(userAttributes, arguments, false); !strings.HasPrefix(text, want) {
			t.Errorf("got:\n%s\nwant:\n%s", text, want)
		}
	}
	checkNoRequest(t, service)
}

// A read that needs unknown values is deferred if the CLI allows that.
func TestOpenWithUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	p := newConfigured(t, newEmulator(t), values{"secret_key": tftypes.UnknownValue})
	for name, arguments := range map[string]values{
		userAttributes: {"accounts": sampleAccounts},
		userSig:        {"user_id": "administrator"},
	} {
		response, text := p.open(name, arguments, true)
		if text != "" || response.Deferred == nil || response.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
			t.Errorf("%s: %s, %+v", name, text, response)
		}
		const want = `
The provider's configuration depends on values that are not known until apply, so the provider cannot be used during plan. Set these arguments to values that are known during plan (literals, input variables, or environment variables), or apply the resources that they come from first, with -target.

Known only after apply: secret_key
`
		if _, text := p.open(name, arguments, false); !strings.HasSuffix(text, want) {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, text, want)
		}
	}
}
