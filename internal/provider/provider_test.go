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

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const userAttributes = "timpush_user_attributes"

// The arguments' names and types, and which are sensitive, are part of the public
// interface.
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

// The environment is not checked before plan.
func TestValidateProviderIgnoresTheEnvironment(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, environment{"TIMPUSH_REGION": "mars"}, newEmulator(t))
	if text := p.validateProvider(nil); text != "" {
		t.Error(text)
	}
}

// `terraform validate` needs no credentials, and reports errors in the
// configuration.
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
	if text := p.validateProvider(values{"region": "mars"}); !strings.HasPrefix(text, `ERROR [AttributeName("region")] Invalid Region`) {
		t.Errorf("a wrong region gives %q", text)
	}
}

// cliNumber returns a number with the CLI's precision.
func cliNumber(text string) *big.Float {
	number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err) // a mistake in the test table
	}
	return number
}

// Every invalid value is a separate error, before any request, that names the
// argument and its environment variable. The fix matches the place where the
// value was set.
func TestInvalidProviderArguments(t *testing.T) {
	t.Parallel()
	const regions = "china, singapore, seoul, tokyo, frankfurt, silicon_valley, jakarta, riyadh"
	for name, test := range map[string]struct {
		config values
		env    environment // replaces single variables
		want   string
	}{
		"sdk_app_id zero": {
			config: values{"sdk_app_id": 0},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid SDKAppID
sdk_app_id must be a whole number from 1 to 4294967295, not 0. Set sdk_app_id to the SDKAppID that the console shows for the app.

Set by: sdk_app_id in the provider block
Environment variable: TIMPUSH_SDK_APP_ID
`,
		},
		"sdk_app_id too large": {
			config: values{"sdk_app_id": 4294967296},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid SDKAppID
sdk_app_id must be a whole number from 1 to 4294967295, not 4294967296. Set sdk_app_id to the SDKAppID that the console shows for the app.

Set by: sdk_app_id in the provider block
Environment variable: TIMPUSH_SDK_APP_ID
`,
		},
		"sdk_app_id is a fraction": {
			config: values{"sdk_app_id": 1.5},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid SDKAppID
sdk_app_id must be a whole number from 1 to 4294967295, not 1.5. Set sdk_app_id to the SDKAppID that the console shows for the app.

Set by: sdk_app_id in the provider block
Environment variable: TIMPUSH_SDK_APP_ID
`,
		},
		"sdk_app_id far too large": {
			config: values{"sdk_app_id": new(big.Float).SetMantExp(big.NewFloat(1), 5000)},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid SDKAppID
sdk_app_id must be a whole number from 1 to 4294967295, not a very large number. Set sdk_app_id to the SDKAppID that the console shows for the app.

Set by: sdk_app_id in the provider block
Environment variable: TIMPUSH_SDK_APP_ID
`,
		},
		"sdk_app_id from the environment is not a number": {
			env: environment{"TIMPUSH_SDK_APP_ID": "14OO"},
			want: `ERROR [AttributeName("sdk_app_id")] Invalid SDKAppID
sdk_app_id must be a whole number from 1 to 4294967295, not "14OO". Set TIMPUSH_SDK_APP_ID to the SDKAppID that the console shows for the app.

Set by: environment variable TIMPUSH_SDK_APP_ID
`,
		},
		"region in wrong case": {
			config: values{"region": "Singapore"},
			want: `ERROR [AttributeName("region")] Invalid Region
"Singapore" is not a valid region; did you mean "singapore"? Set region to one of: ` + regions + `.

Set by: region in the provider block
Environment variable: TIMPUSH_REGION
`,
		},
		"region from the environment is a country": {
			env: environment{"TIMPUSH_REGION": "Germany"},
			want: `ERROR [AttributeName("region")] Invalid Region
"Germany" is not a valid region; did you mean "frankfurt"? Set TIMPUSH_REGION to one of: ` + regions + `.

Set by: environment variable TIMPUSH_REGION
`,
		},
		"invalid region with an endpoint": {
			config: values{"region": "mars\n", "endpoint": "https://example.com"},
			want: `ERROR [AttributeName("region")] Invalid Region
"mars\n" is not a valid region. Set region to one of: ` + regions + `.

Set by: region in the provider block
Environment variable: TIMPUSH_REGION
`,
		},
		"endpoint": {
			config: values{"endpoint": "http://user:canarypassword@example.com"},
			want: `ERROR [AttributeName("endpoint")] Invalid Endpoint
The value of endpoint is not a valid base URL: it contains user info (the part before "@"). Set endpoint to a URL such as https://gateway.example.com, or http://127.0.0.1:8080 for a server on this machine.

Set by: endpoint in the provider block
Environment variable: TIMPUSH_ENDPOINT
`,
		},
		"endpoint in the environment": {
			env: environment{"TIMPUSH_REGION": "", "TIMPUSH_ENDPOINT": "console.tim.qq.com"},
			want: `ERROR [AttributeName("endpoint")] Invalid Endpoint
The value of endpoint is not a valid base URL: it does not start with https://. Set TIMPUSH_ENDPOINT to a URL such as https://gateway.example.com, or http://127.0.0.1:8080 for a server on this machine.

Set by: environment variable TIMPUSH_ENDPOINT
`,
		},
		"identifier with a line ending": {
			config: values{"identifier": "admin\r\n"},
			want: `ERROR [AttributeName("identifier")] Invalid Identifier
The value of identifier, "admin\r\n", begins or ends with whitespace, such as a newline at the end of a file. Remove the whitespace, for example with trimspace().

Set by: identifier in the provider block
Environment variable: TIMPUSH_IDENTIFIER
`,
		},
		"identifier with a control character": {
			config: values{"identifier": "ad\nmin"},
			want: `ERROR [AttributeName("identifier")] Invalid Identifier
The value of identifier, "ad\nmin", contains a control character, such as a newline. Set identifier to a single line of text.

Set by: identifier in the provider block
Environment variable: TIMPUSH_IDENTIFIER
`,
		},
		"secret_key with a line ending": {
			config: values{"secret_key": testKey + "\n"},
			want: `ERROR Invalid Secret Key
The value of secret_key begins or ends with whitespace, such as a newline at the end of a file. Remove the whitespace, for example with trimspace().

Set by: secret_key in the provider block
Environment variable: TIMPUSH_SECRET_KEY
`,
		},
		"secret_key in the environment with a line ending": {
			env: environment{"TIMPUSH_SECRET_KEY": testKey + "\n"},
			want: `ERROR Invalid Secret Key
The value of secret_key begins or ends with whitespace, such as a newline at the end of a file. Remove the whitespace from TIMPUSH_SECRET_KEY.

Set by: environment variable TIMPUSH_SECRET_KEY
`,
		},
		"secret_key of whitespace": {
			env: environment{"TIMPUSH_SECRET_KEY": " "},
			want: `ERROR Invalid Secret Key
The value of secret_key begins or ends with whitespace, such as a newline at the end of a file. Remove the whitespace from TIMPUSH_SECRET_KEY.

Set by: environment variable TIMPUSH_SECRET_KEY
`,
		},
		"secret_key with a byte order mark": {
			config: values{"secret_key": "\ufeff" + testKey},
			want: `ERROR Invalid Secret Key
The value of secret_key contains an invisible character, U+FEFF (byte order mark). Set secret_key to the value without this character.

Set by: secret_key in the provider block
Environment variable: TIMPUSH_SECRET_KEY
`,
		},
		"secret_key with a zero-width space": {
			env: environment{"TIMPUSH_SECRET_KEY": testKey[:9] + "\u200b" + testKey[9:]},
			want: `ERROR Invalid Secret Key
The value of secret_key contains an invisible character, U+200B (zero-width space). Set TIMPUSH_SECRET_KEY to the value without this character.

Set by: environment variable TIMPUSH_SECRET_KEY
`,
		},
		"secret_key in quotes": {
			env: environment{"TIMPUSH_SECRET_KEY": `"` + testKey + `"`},
			want: `ERROR Invalid Secret Key
The value of secret_key is in quotes, which are part of the value here. Remove the quotes from TIMPUSH_SECRET_KEY.

Set by: environment variable TIMPUSH_SECRET_KEY
`,
		},
		"user_sig in quotes": {
			config: values{"user_sig": "'" + testKey + "'"},
			want: `ERROR Invalid UserSig
The value of user_sig is in quotes, which are part of the value here. Remove the quotes from user_sig.

Set by: user_sig in the provider block
Environment variable: TIMPUSH_USER_SIG
`,
		},
		"user_sig with a control character": {
			config: values{"user_sig": testKey + "\x00" + testKey},
			want: `ERROR Invalid UserSig
The value of user_sig contains a control character, such as a newline. Set user_sig to a single line of text.

Set by: user_sig in the provider block
Environment variable: TIMPUSH_USER_SIG
`,
		},
		"identifier in quotes": {
			config: values{"identifier": `"admin"`},
			want: `ERROR [AttributeName("identifier")] Invalid Identifier
The value of identifier, "\"admin\"", is in quotes, which are part of the value here. Remove the quotes from identifier.

Set by: identifier in the provider block
Environment variable: TIMPUSH_IDENTIFIER
`,
		},
		"identifier with another invisible character": {
			env: environment{"TIMPUSH_IDENTIFIER": "admin\u2060"},
			want: `ERROR [AttributeName("identifier")] Invalid Identifier
The value of identifier, "admin\u2060", contains an invisible character, U+2060. Set TIMPUSH_IDENTIFIER to the value without this character.

Set by: environment variable TIMPUSH_IDENTIFIER
`,
		},
		"user_sig with whitespace": {
			config: values{"user_sig": "\t" + testKey},
			want: `ERROR Invalid UserSig
The value of user_sig begins or ends with whitespace, such as a newline at the end of a file. Remove the whitespace, for example with trimspace().

Set by: user_sig in the provider block
Environment variable: TIMPUSH_USER_SIG
`,
		},
		"both credentials": {
			config: values{"secret_key": testKey, "user_sig": testKey},
			want: `ERROR Conflicting Credentials
secret_key and user_sig are both set, but the provider uses only one of them. Remove one. From a key, the provider makes UserSigs and renews them. With a ready-made UserSig, the provider never sees the key, but cannot renew the UserSig.

Set by: secret_key and user_sig in the provider block
Environment variables: TIMPUSH_SECRET_KEY, TIMPUSH_USER_SIG
`,
		},
		"both credentials in the environment": {
			env: environment{"TIMPUSH_USER_SIG": testKey},
			want: `ERROR Conflicting Credentials
TIMPUSH_SECRET_KEY and TIMPUSH_USER_SIG are both set, but the provider uses only one of them. Remove one. From a key, the provider makes UserSigs and renews them. With a ready-made UserSig, the provider never sees the key, but cannot renew the UserSig.

Set by: environment variables TIMPUSH_SECRET_KEY and TIMPUSH_USER_SIG
`,
		},
		"requests_per_second zero": {
			config: values{"requests_per_second": 0},
			want: `ERROR [AttributeName("requests_per_second")] Invalid Requests per Second
requests_per_second must be a whole number from 1 to 100, not 0. Set requests_per_second to a number in this range.

Set by: requests_per_second in the provider block
Environment variable: TIMPUSH_REQUESTS_PER_SECOND
`,
		},
		"requests_per_second too large": {
			env: environment{"TIMPUSH_REQUESTS_PER_SECOND": "101"},
			want: `ERROR [AttributeName("requests_per_second")] Invalid Requests per Second
requests_per_second must be a whole number from 1 to 100, not "101". Set TIMPUSH_REQUESTS_PER_SECOND to a number in this range.

Set by: environment variable TIMPUSH_REQUESTS_PER_SECOND
`,
		},
		"requests_per_second almost an integer": {
			config: values{"requests_per_second": cliNumber("99.99999999999999999999999999")},
			want: `ERROR [AttributeName("requests_per_second")] Invalid Requests per Second
requests_per_second must be a whole number from 1 to 100, not 99.99999999999999999999999999. Set requests_per_second to a number in this range.

Set by: requests_per_second in the provider block
Environment variable: TIMPUSH_REQUESTS_PER_SECOND
`,
		},
		"max_retries negative": {
			config: values{"max_retries": -1},
			want: `ERROR [AttributeName("max_retries")] Invalid Maximum Retries
max_retries must be a whole number from 0 to 10, not -1. Set max_retries to a number in this range.

Set by: max_retries in the provider block
Environment variable: TIMPUSH_MAX_RETRIES
`,
		},
		"max_retries too large": {
			env: environment{"TIMPUSH_MAX_RETRIES": "11"},
			want: `ERROR [AttributeName("max_retries")] Invalid Maximum Retries
max_retries must be a whole number from 0 to 10, not "11". Set TIMPUSH_MAX_RETRIES to a number in this range.

Set by: environment variable TIMPUSH_MAX_RETRIES
`,
		},
		"request_timeout without a unit": {
			config: values{"request_timeout": "10"},
			want: `ERROR [AttributeName("request_timeout")] Invalid Request Timeout
request_timeout must be a duration greater than zero, not "10"; did you mean "10s" or "10m"? Set request_timeout to a number with a unit, such as "10s" or "1m30s".

Set by: request_timeout in the provider block
Environment variable: TIMPUSH_REQUEST_TIMEOUT
`,
		},
		"request_timeout zero": {
			env: environment{"TIMPUSH_REQUEST_TIMEOUT": "0s"},
			want: `ERROR [AttributeName("request_timeout")] Invalid Request Timeout
request_timeout must be a duration greater than zero, not "0s". Set TIMPUSH_REQUEST_TIMEOUT to a number with a unit, such as "10s" or "1m30s".

Set by: environment variable TIMPUSH_REQUEST_TIMEOUT
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

// Suggestions of regions ignore case and separators, and also work for countries
// and for abbreviations in the service's host names. Values that are not close to
// any get none.
func TestSuggestRegion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"silicon-valley": "silicon_valley", "Silicon Valley": "silicon_valley", "singapor": "singapore", "USA": "silicon_valley", "us": "silicon_valley",
		"Mainland China": "china", "South Korea": "seoul", "Saudi Arabia": "riyadh", "jpn": "tokyo", "idn": "jakarta",
		"mars": "", "europe": "", "ap-singapore": "", "eu": "",
	} {
		if got := suggestRegion(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for name, region := range regionAliases {
		if _, found := timpush.RegionEndpoint(region); !found || name != kit.PlainName(name) {
			t.Errorf("%s: %s is no region, or the name is never found", name, region)
		}
	}
}

// A missing value is an error in the block that needs it, and names the argument
// and its environment variable. That error cannot have a path in the provider
// block.
func TestMissingProviderArguments(t *testing.T) {
	t.Parallel()
	const regions = "china, singapore, seoul, tokyo, frankfurt, silicon_valley, jakarta, riyadh"
	for unset, want := range map[string]string{
		"TIMPUSH_SDK_APP_ID": `ERROR Missing SDKAppID
Neither sdk_app_id in the provider block nor TIMPUSH_SDK_APP_ID in the environment is set. Set one of them to the SDKAppID that the console shows for the app.
`,
		"TIMPUSH_REGION": `ERROR Missing Region
Neither region in the provider block nor TIMPUSH_REGION in the environment is set. Set one of them to the region of the app's data center: ` + regions + `. To use another base URL instead, set endpoint (TIMPUSH_ENDPOINT).
`,
		"TIMPUSH_SECRET_KEY": `ERROR Missing Credentials
Neither secret_key nor user_sig is set, in the provider block or in the environment. Set TIMPUSH_SECRET_KEY to the key that the console shows for the app, or TIMPUSH_USER_SIG to a ready-made UserSig for the identifier.
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

// Every block type gets the provider's data, except for state stores, which this
// provider does not have.
func TestEveryBlockTypeGetsProviderData(t *testing.T) {
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
