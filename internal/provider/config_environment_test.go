package provider

import (
	"strings"
	"testing"
)

// The environment alone configures a client like an empty provider block, and what is wrong or missing is one error.
func TestEnvironmentConfig(t *testing.T) {
	t.Parallel()
	complete := map[string]string{"TIMPUSH_SDK_APP_ID": "1400000000", "TIMPUSH_REGION": "singapore", "TIMPUSH_SECRET_KEY": "canary-key"}
	config, err := EnvironmentConfig(func(name string) string { return complete[name] })
	if err != nil || config.SDKAppID != 1400000000 || config.Endpoint.Host != "adminapisgp.im.qcloud.com" || config.Identifier != defaultIdentifier || config.RequestsPerSecond != defaultRequestsPerSecond {
		t.Errorf("%+v, %v", config, err)
	}
	_, err = EnvironmentConfig(func(name string) string {
		return map[string]string{"TIMPUSH_REGION": "moon", "TIMPUSH_SECRET_KEY": " canary-key", "TIMPUSH_MAX_RETRIES": "11"}[name]
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"TIMPUSH_SDK_APP_ID", "TIMPUSH_REGION", "TIMPUSH_SECRET_KEY", "TIMPUSH_MAX_RETRIES"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in the error: %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the key is in the error: %v", err)
	}
}
