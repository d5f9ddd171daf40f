package provider

import (
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// resolveModel resolves a valid model.
func resolveModel(t *testing.T, model providerModel, env environment) resolver {
	t.Helper()
	read := resolver{getenv: func(name string) string { return env[name] }}
	read.resolve(model)
	if read.diags.HasError() {
		t.Fatalf("the configuration is refused: %v", read.diags)
	}
	read.config.Proxy = nil // functions cannot be compared; see TestProxy
	return read
}

func integer(number int64) types.Number { return types.NumberValue(new(big.Float).SetInt64(number)) }

func TestDefaults(t *testing.T) {
	t.Parallel()
	endpoint, _ := timpush.RegionEndpoint("singapore")
	want := timpush.Config{
		SDKAppID: testSDKAppID, Endpoint: endpoint, Identifier: "administrator", SecretKey: timpush.NewSecret(testKey),
		RequestsPerSecond: 100, MaxRetries: 4, RequestTimeout: 10 * time.Second,
	}
	if got := resolveModel(t, providerModel{}, testEnvironment()); !reflect.DeepEqual(got.config, want) || got.gaps != nil {
		t.Errorf("got %+v, gaps %v; want %+v", got.config, got.gaps, want)
	}
}

func TestArgumentsFromEnvironment(t *testing.T) {
	t.Parallel()
	endpoint, err := timpush.ParseEndpoint("https://example.com/gateway")
	if err != nil {
		t.Fatal(err)
	}
	want := timpush.Config{
		SDKAppID: 4294967295, Endpoint: endpoint, Identifier: "admin", UserSig: timpush.NewSecret("ready-made"),
		RequestsPerSecond: 1, MaxRetries: 0, RequestTimeout: 90 * time.Second,
	}
	got := resolveModel(t, providerModel{}, environment{
		"TIMPUSH_SDK_APP_ID": "4294967295", "TIMPUSH_REGION": "seoul", "TIMPUSH_ENDPOINT": "https://example.com/gateway",
		"TIMPUSH_IDENTIFIER": "admin", "TIMPUSH_USER_SIG": "ready-made", "TIMPUSH_REQUESTS_PER_SECOND": "1",
		"TIMPUSH_MAX_RETRIES": "0", "TIMPUSH_REQUEST_TIMEOUT": "1m30s",
	})
	if !reflect.DeepEqual(got.config, want) {
		t.Errorf("got %+v, want %+v", got.config, want)
	}
}

func TestConfigurationOverridesEnvironment(t *testing.T) {
	t.Parallel()
	endpoint, _ := timpush.RegionEndpoint("tokyo")
	want := timpush.Config{
		SDKAppID: 1, Endpoint: endpoint, Identifier: "admin", UserSig: timpush.NewSecret("ready-made"),
		RequestsPerSecond: 100, MaxRetries: 10, RequestTimeout: time.Millisecond,
	}
	got := resolveModel(t, providerModel{
		SDKAppID: integer(1), Region: types.StringValue("tokyo"), Identifier: types.StringValue("admin"), UserSig: types.StringValue("ready-made"),
		RequestsPerSecond: integer(100), MaxRetries: integer(10), RequestTimeout: types.StringValue("1ms"),
	}, environment{
		// The endpoint and the key are ignored, since the block sets the other
		// argument of the pair.
		"TIMPUSH_SDK_APP_ID": "2", "TIMPUSH_ENDPOINT": "https://example.com", "TIMPUSH_IDENTIFIER": "nobody", "TIMPUSH_SECRET_KEY": testKey,
		"TIMPUSH_REQUESTS_PER_SECOND": "1", "TIMPUSH_MAX_RETRIES": "1", "TIMPUSH_REQUEST_TIMEOUT": "1s",
	})
	if !reflect.DeepEqual(got.config, want) {
		t.Errorf("got %+v, want %+v", got.config, want)
	}
}

func TestEmptyStringIsUnset(t *testing.T) {
	t.Parallel()
	empty := types.StringValue("")
	got := resolveModel(t, providerModel{
		Region: empty, Endpoint: empty, Identifier: empty, SecretKey: empty, UserSig: empty, RequestTimeout: empty,
	}, testEnvironment())
	if want := resolveModel(t, providerModel{}, testEnvironment()); !reflect.DeepEqual(got.config, want.config) {
		t.Errorf("got %+v, want %+v", got.config, want.config)
	}
}

func TestEndpointReplacesRegionHost(t *testing.T) {
	t.Parallel()
	got := resolveModel(t, providerModel{
		Region: types.StringValue("tokyo"), Endpoint: types.StringValue("http://[::1]:8080"),
	}, testEnvironment())
	if got.config.Endpoint.String() != "http://[::1]:8080" {
		t.Errorf("the endpoint is %s", got.config.Endpoint)
	}
}

func TestUnknownArguments(t *testing.T) {
	t.Parallel()
	text, number := types.StringUnknown(), types.NumberUnknown()
	for name, test := range map[string]struct {
		model providerModel
		want  []string
	}{
		"all": {
			providerModel{SDKAppID: number, Region: text, Identifier: text, SecretKey: text, RequestsPerSecond: number, MaxRetries: number, RequestTimeout: text},
			[]string{"sdk_app_id", "region", "identifier", "secret_key", "requests_per_second", "max_retries", "request_timeout"},
		},
		"user_sig":                         {providerModel{UserSig: text}, []string{"user_sig"}},
		"endpoint":                         {providerModel{Endpoint: text}, []string{"endpoint"}},
		"endpoint with a known region":     {providerModel{Region: types.StringValue("tokyo"), Endpoint: text}, []string{"endpoint"}},
		"region with a known endpoint":     {providerModel{Region: text, Endpoint: types.StringValue("https://example.com")}, nil},
		"user_sig with a known secret_key": {providerModel{SecretKey: types.StringValue("key"), UserSig: text}, []string{"user_sig"}},
	} {
		env := testEnvironment()
		if name == "user_sig" { // overrides the pair in the environment, valid or not
			env["TIMPUSH_SECRET_KEY"] = " wrong"
		}
		var unknown []string
		for _, gap := range resolveModel(t, test.model, env).gaps {
			if gap.Unknown {
				unknown = append(unknown, gap.Name)
			}
		}
		if !slices.Equal(unknown, test.want) {
			t.Errorf("%s: unknown are %v, want %v", name, unknown, test.want)
		}
	}
}
