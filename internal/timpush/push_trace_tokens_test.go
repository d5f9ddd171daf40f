package timpush

import (
	"strings"
	"testing"
)

// Tokens of devices are in no text of a trace, wherever the service puts them. Other
// texts are kept.
func TestTraceWithoutTokens(t *testing.T) {
	t.Parallel()
	const token = "canarytoken-0123456789"
	for name, trace := range map[string]string{
		"field":             `[{"Token":"` + token + `","System":"kept"}]`,
		"other case":        `[{"deviceTOKEN":"` + token + `","System":"kept"}]`,
		"list":              `[{"Tokens":["` + token + `"],"System":"kept"}]`,
		"object":            `[{"DeviceTokenInfo":{"a":"` + token + `"},"System":"kept"}]`,
		"repeated":          `[{"Token":"` + token + `","System":"kept","OfflinePushStat":{"ErrorInfo":"BadDeviceToken: ` + token + `"}}]`,
		"in a device field": `[{"Token":"` + token + `","System":"kept ` + token + `"}]`,
		"as a key":          `[{"Token":"` + token + `","System":"kept","` + token + `":1}]`,
		"of another device": `[{"Token":"` + token + `"},{"System":"kept","DeviceModel":"` + token + `"}]`,
		"nested JSON":       `[{"System":"kept","detail":"{\"Token\":\"` + token + `\"}"}]`,
		"element":           `["{\"Token\":\"` + token + `\"}",{"System":"kept"}]`,
		"number":            `[{"Token":1234567890123,"System":"kept","New":1234567890123}]`,
	} {
		body := deliveryEnvelope + `,"InstanceTrace":` + trace + `}`
		got, err := newTestClient(t, testConfig(responses(body))).PushTrace(t.Context(), "a", "b")
		if err != nil {
			t.Fatal(err)
		}
		all := shown(t, got) + got.JSON
		if strings.Contains(all, token) || strings.Contains(all, "1234567890123") || !strings.Contains(all, "kept") {
			t.Errorf("%s: got %s", name, all)
		}
	}
	// Not even if the trace is a text.
	got, err := newTestClient(t, testConfig(responses(deliveryEnvelope+`,"InstanceTrace":"{\"Token\":\"`+token+`\"}"}`))).PushTrace(t.Context(), "a", "b")
	if err != nil || strings.Contains(shown(t, got), token) {
		t.Errorf("got %v, %v", got, err)
	}
}
