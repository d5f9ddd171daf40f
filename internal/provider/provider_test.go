package provider

import (
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const userAttributes = "timpush_user_attributes"

// The arguments are a contract: names, types, and which are sensitive.
func TestProviderSchema(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	got := map[string]string{}
	for _, attribute := range p.schema.Provider.Block.Attributes {
		got[attribute.Name] = fmt.Sprintf("%s sensitive=%t", attribute.Type, attribute.Sensitive)
		if !attribute.Optional || attribute.Description == "" {
			t.Errorf("%s is not optional, or has no description", attribute.Name)
		}
	}
	want := map[string]string{
		"sdk_app_id":          "tftypes.Number sensitive=false",
		"region":              "tftypes.String sensitive=false",
		"endpoint":            "tftypes.String sensitive=false",
		"identifier":          "tftypes.String sensitive=false",
		"secret_key":          "tftypes.String sensitive=true",
		"user_sig":            "tftypes.String sensitive=true",
		"requests_per_second": "tftypes.Number sensitive=false",
		"max_retries":         "tftypes.Number sensitive=false",
		"request_timeout":     "tftypes.String sensitive=false",
	}
	if !maps.Equal(got, want) {
		t.Errorf("the arguments are %v, want %v", got, want)
	}
}

// What the environment says is not looked at before plan.
func TestValidateProviderIgnoresTheEnvironment(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, environment{"TIMPUSH_REGION": "mars"}, newEmulator(t))
	if text := p.validateProvider(nil); text != "" {
		t.Error(text)
	}
}

// `terraform validate` needs no credentials, and finds what is wrong in the
// configuration itself.
func TestValidateProviderWithoutEnvironment(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for _, arguments := range []values{
		nil,
		{"region": "singapore"},
		{"sdk_app_id": testSDKAppID, "region": "", "endpoint": "", "secret_key": "", "user_sig": ""},
		{"sdk_app_id": tftypes.UnknownValue, "region": tftypes.UnknownValue, "secret_key": tftypes.UnknownValue},
	} {
		if text := p.validateProvider(arguments); text != "" {
			t.Errorf("%v: %s", arguments, text)
		}
	}
	if text := p.validateProvider(values{"region": "mars"}); !strings.HasPrefix(text, `ERROR [AttributeName("region")] Invalid region`) {
		t.Errorf("a wrong region gives %q", text)
	}
}

// exactly returns a number with the precision of the CLI.
func exactly(text string) *big.Float {
	number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err) // a mistake in the test's own table
	}
	return number
}

// Every invalid value is an error of its own that names the argument
// and its environment variable, before any request.
func TestWrongProviderArguments(t *testing.T) {
	t.Parallel()
	const regions = "china, singapore, seoul, tokyo, frankfurt, silicon_valley, jakarta, riyadh"
	for name, test := range map[string]struct {
		config values
		env    environment // replaces single variables
		want   string
	}{
		"sdk_app_id zero": {
			config: values{"sdk_app_id": 0},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid sdk_app_id
The value of sdk_app_id, "0", is not a whole number from 1 to 4294967295. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to one that is.
`,
		},
		"sdk_app_id too large": {
			config: values{"sdk_app_id": 4294967296},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid sdk_app_id
The value of sdk_app_id, "4294967296", is not a whole number from 1 to 4294967295. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to one that is.
`,
		},
		"sdk_app_id a fraction": {
			config: values{"sdk_app_id": 1.5},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid sdk_app_id
The value of sdk_app_id, "1.5", is not a whole number from 1 to 4294967295. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to one that is.
`,
		},
		"sdk_app_id beyond all bounds": {
			config: values{"sdk_app_id": new(big.Float).SetMantExp(big.NewFloat(1), 5000)},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid sdk_app_id
The value of sdk_app_id, "a very large number", is not a whole number from 1 to 4294967295. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to one that is.
`,
		},
		"sdk_app_id in the environment no number": {
			env: environment{"TIMPUSH_SDK_APP_ID": "14OO"},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid sdk_app_id
The value of sdk_app_id, "14OO" from the environment variable TIMPUSH_SDK_APP_ID, is not a whole number from 1 to 4294967295. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to one that is.
`,
		},
		"region unknown to the service": {
			config: values{"region": "Singapore"},
			want: `ERROR [AttributeName("region")] Invalid region
The value of region, "Singapore", is none of the service's regions. Set region, or TIMPUSH_REGION in the environment, to one of ` + regions + `.
`,
		},
		"region wrong beside an endpoint": {
			config: values{"region": "mars\n", "endpoint": "https://example.com"},
			want: `ERROR [AttributeName("region")] Invalid region
The value of region, "mars\n", is none of the service's regions. Set region, or TIMPUSH_REGION in the environment, to one of ` + regions + `.
`,
		},
		"endpoint": {
			config: values{"endpoint": "http://user:canarypassword@example.com"},
			want: `ERROR [AttributeName("endpoint")] Invalid endpoint
The value of endpoint cannot be used: it holds user info (the part before "@"). Set endpoint, or TIMPUSH_ENDPOINT in the environment, to a base URL such as https://gateway.example.com, or http://127.0.0.1:8080 on this machine.
`,
		},
		"endpoint in the environment": {
			env: environment{"TIMPUSH_REGION": "", "TIMPUSH_ENDPOINT": "console.tim.qq.com"},
			want: `ERROR [AttributeName("endpoint")] Invalid endpoint
The value of endpoint from the environment variable TIMPUSH_ENDPOINT cannot be used: it does not start with https://. Set endpoint, or TIMPUSH_ENDPOINT in the environment, to a base URL such as https://gateway.example.com, or http://127.0.0.1:8080 on this machine.
`,
		},
		"identifier with a line end": {
			config: values{"identifier": "admin\r\n"},
			want: `ERROR [AttributeName("identifier")] Invalid identifier
The value of identifier, "admin\r\n", begins or ends with white space, as a value read from a file with its line end does. Set identifier, or TIMPUSH_IDENTIFIER in the environment, to the value alone; trimspace() removes white space.
`,
		},
		"identifier with a control character": {
			config: values{"identifier": "ad\nmin"},
			want: `ERROR [AttributeName("identifier")] Invalid identifier
The value of identifier, "ad\nmin", contains a control character, such as a line end. Set identifier, or TIMPUSH_IDENTIFIER in the environment, to the value alone, on one line.
`,
		},
		"secret_key with a line end": {
			config: values{"secret_key": testKey + "\n"},
			want: `ERROR Invalid secret_key
The value of secret_key begins or ends with white space, as a value read from a file with its line end does. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone; trimspace() removes white space.
`,
		},
		"secret_key in the environment with a line end": {
			env: environment{"TIMPUSH_SECRET_KEY": testKey + "\n"},
			want: `ERROR Invalid secret_key
The value of secret_key from the environment variable TIMPUSH_SECRET_KEY begins or ends with white space, as a value read from a file with its line end does. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone.
`,
		},
		"secret_key nothing but white space": {
			env: environment{"TIMPUSH_SECRET_KEY": " "},
			want: `ERROR Invalid secret_key
The value of secret_key from the environment variable TIMPUSH_SECRET_KEY begins or ends with white space, as a value read from a file with its line end does. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone.
`,
		},
		"secret_key with a byte order mark": {
			config: values{"secret_key": "\ufeff" + testKey},
			want: `ERROR Invalid secret_key
The value of secret_key contains an invisible character, U+FEFF, such as a byte order mark or a zero-width space. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone, typed or copied without it.
`,
		},
		"secret_key with a zero-width space": {
			env: environment{"TIMPUSH_SECRET_KEY": testKey[:9] + "\u200b" + testKey[9:]},
			want: `ERROR Invalid secret_key
The value of secret_key from the environment variable TIMPUSH_SECRET_KEY contains an invisible character, U+200B, such as a byte order mark or a zero-width space. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone, typed or copied without it.
`,
		},
		"secret_key in quotes": {
			env: environment{"TIMPUSH_SECRET_KEY": `"` + testKey + `"`},
			want: `ERROR Invalid secret_key
The value of secret_key from the environment variable TIMPUSH_SECRET_KEY is in quotes, as env files have them; here they are part of the value. Set secret_key, or TIMPUSH_SECRET_KEY in the environment, to the value alone, without quotes.
`,
		},
		"user_sig in quotes": {
			config: values{"user_sig": "'" + testKey + "'"},
			want: `ERROR Invalid user_sig
The value of user_sig is in quotes, as env files have them; here they are part of the value. Set user_sig, or TIMPUSH_USER_SIG in the environment, to the value alone, without quotes.
`,
		},
		"user_sig with a control character": {
			config: values{"user_sig": testKey + "\x00" + testKey},
			want: `ERROR Invalid user_sig
The value of user_sig contains a control character, such as a line end. Set user_sig, or TIMPUSH_USER_SIG in the environment, to the value alone, on one line.
`,
		},
		"identifier in quotes": {
			config: values{"identifier": `"admin"`},
			want: `ERROR [AttributeName("identifier")] Invalid identifier
The value of identifier, "\"admin\"", is in quotes, as env files have them; here they are part of the value. Set identifier, or TIMPUSH_IDENTIFIER in the environment, to the value alone, without quotes.
`,
		},
		"identifier with a byte order mark": {
			env: environment{"TIMPUSH_IDENTIFIER": "admin\ufeff"},
			want: `ERROR [AttributeName("identifier")] Invalid identifier
The value of identifier, "admin\ufeff" from the environment variable TIMPUSH_IDENTIFIER, contains an invisible character, U+FEFF, such as a byte order mark or a zero-width space. Set identifier, or TIMPUSH_IDENTIFIER in the environment, to the value alone, typed or copied without it.
`,
		},
		"user_sig with white space": {
			config: values{"user_sig": "\t" + testKey},
			want: `ERROR Invalid user_sig
The value of user_sig begins or ends with white space, as a value read from a file with its line end does. Set user_sig, or TIMPUSH_USER_SIG in the environment, to the value alone; trimspace() removes white space.
`,
		},
		"both credentials": {
			config: values{"secret_key": testKey, "user_sig": testKey},
			want: `ERROR Conflicting secret_key and user_sig
Both secret_key (TIMPUSH_SECRET_KEY) and user_sig (TIMPUSH_USER_SIG) are set, and the provider accepts exactly one of them. Remove one: with the key the provider makes UserSigs and renews them, with a ready-made UserSig it never sees the key.
`,
		},
		"both credentials in the environment": {
			env: environment{"TIMPUSH_USER_SIG": testKey},
			want: `ERROR Conflicting secret_key and user_sig
Both secret_key (TIMPUSH_SECRET_KEY) and user_sig (TIMPUSH_USER_SIG) are set, and the provider accepts exactly one of them. Remove one: with the key the provider makes UserSigs and renews them, with a ready-made UserSig it never sees the key.
`,
		},
		"requests_per_second zero": {
			config: values{"requests_per_second": 0},
			want: `ERROR [AttributeName("requests_per_second")] Invalid requests_per_second
The value of requests_per_second, "0", is not a whole number from 1 to 100. Set requests_per_second, or TIMPUSH_REQUESTS_PER_SECOND in the environment, to one that is.
`,
		},
		"requests_per_second too many": {
			env: environment{"TIMPUSH_REQUESTS_PER_SECOND": "101"},
			want: `ERROR [AttributeName("requests_per_second")] Invalid requests_per_second
The value of requests_per_second, "101" from the environment variable TIMPUSH_REQUESTS_PER_SECOND, is not a whole number from 1 to 100. Set requests_per_second, or TIMPUSH_REQUESTS_PER_SECOND in the environment, to one that is.
`,
		},
		"requests_per_second almost whole": {
			config: values{"requests_per_second": exactly("99.99999999999999999999999999")},
			want: `ERROR [AttributeName("requests_per_second")] Invalid requests_per_second
The value of requests_per_second, "99.99999999999999999999999999", is not a whole number from 1 to 100. Set requests_per_second, or TIMPUSH_REQUESTS_PER_SECOND in the environment, to one that is.
`,
		},
		"max_retries negative": {
			config: values{"max_retries": -1},
			want: `ERROR [AttributeName("max_retries")] Invalid max_retries
The value of max_retries, "-1", is not a whole number from 0 to 10. Set max_retries, or TIMPUSH_MAX_RETRIES in the environment, to one that is.
`,
		},
		"max_retries too many": {
			env: environment{"TIMPUSH_MAX_RETRIES": "11"},
			want: `ERROR [AttributeName("max_retries")] Invalid max_retries
The value of max_retries, "11" from the environment variable TIMPUSH_MAX_RETRIES, is not a whole number from 0 to 10. Set max_retries, or TIMPUSH_MAX_RETRIES in the environment, to one that is.
`,
		},
		"request_timeout no duration": {
			config: values{"request_timeout": "10"},
			want: `ERROR [AttributeName("request_timeout")] Invalid request_timeout
The value of request_timeout, "10", is not a duration above zero. Set request_timeout, or TIMPUSH_REQUEST_TIMEOUT in the environment, to a Go duration such as 10s or 1m30s.
`,
		},
		"request_timeout zero": {
			env: environment{"TIMPUSH_REQUEST_TIMEOUT": "0s"},
			want: `ERROR [AttributeName("request_timeout")] Invalid request_timeout
The value of request_timeout, "0s" from the environment variable TIMPUSH_REQUEST_TIMEOUT, is not a duration above zero. Set request_timeout, or TIMPUSH_REQUEST_TIMEOUT in the environment, to a Go duration such as 10s or 1m30s.
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := testEnvironment()
			maps.Copy(env, test.env)
			service := newEmulator(t)
			p := newProtocol(t, env, service)
			if got := p.configure(test.config); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
			checkNoRequest(t, service)
		})
	}
}

// A missing value is an error of what needs it, with the argument and its
// environment variable. The provider's own path is out of reach there.
func TestMissingProviderArguments(t *testing.T) {
	t.Parallel()
	const regions = "china, singapore, seoul, tokyo, frankfurt, silicon_valley, jakarta, riyadh"
	for unset, want := range map[string]string{
		"TIMPUSH_SDK_APP_ID": `ERROR Missing sdk_app_id
sdk_app_id is set neither in the provider block nor in the environment. Set sdk_app_id, or TIMPUSH_SDK_APP_ID in the environment, to the SDKAppID that the console shows for the app.
`,
		"TIMPUSH_REGION": `ERROR Missing region
region is set neither in the provider block nor in the environment. Set region, or TIMPUSH_REGION in the environment, to the region of the app's data center (` + regions + `), or give endpoint (TIMPUSH_ENDPOINT).
`,
		"TIMPUSH_SECRET_KEY": `ERROR Missing secret_key or user_sig
Neither secret_key nor user_sig is set, in the provider block or in the environment. Set TIMPUSH_SECRET_KEY in the environment to the key that the console shows for the app, or TIMPUSH_USER_SIG to a ready-made UserSig for the identifier.
`,
	} {
		env := testEnvironment()
		delete(env, unset)
		service := newEmulator(t)
		p := newProtocol(t, env, service)
		if text := p.configure(values{"secret_key": "", "user_sig": ""}); text != "" {
			t.Errorf("without %s, the provider is not configured: %s", unset, text)
		}
		if got := render(p.read(t.Context(), userAttributes, values{"accounts": sampleAccounts}, true).Diagnostics); got != want {
			t.Errorf("without %s: got:\n%s\nwant:\n%s", unset, got, want)
		}
		checkNoRequest(t, service)
	}
}

// Every kind of block is handed the provider's data. (State stores are none of
// this provider's.)
func TestEveryKindOfBlockIsHandedTheData(t *testing.T) {
	t.Parallel()
	p := testProvider(nil, nil)
	var schema provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &schema)
	object, _ := schema.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	arguments := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		arguments[name] = tftypes.NewValue(kind, nil)
	}
	empty := tftypes.NewValue(object, arguments)
	var response provider.ConfigureResponse
	p.Configure(t.Context(), provider.ConfigureRequest{Config: tfsdk.Config{Schema: schema.Schema, Raw: empty}}, &response)
	fields := reflect.ValueOf(response)
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Name
		if strings.HasSuffix(name, "Data") && name != "StateStoreData" && fields.Field(i).IsNil() {
			t.Errorf("%s is not set: %v", name, response.Diagnostics)
		}
	}
}
