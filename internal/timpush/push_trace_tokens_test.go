package timpush

import (
	"encoding/json"
	"strings"
	"testing"
)

// Tokens of devices are in no text of a trace, wherever the service puts them. Other
// texts are kept.
func TestTraceWithoutTokens(t *testing.T) {
	t.Parallel()
	const token = "canarytoken-0123456789"
	for name, trace := range map[string]string{
		"field":               `[{"Token":"` + token + `","System":"kept"}]`,
		"other case":          `[{"deviceTOKEN":"` + token + `","System":"kept"}]`,
		"list":                `[{"Tokens":["` + token + `"],"System":"kept"}]`,
		"object":              `[{"DeviceTokenInfo":{"a":"` + token + `"},"System":"kept"}]`,
		"repeated":            `[{"Token":"` + token + `","System":"kept","OfflinePushStat":{"ErrorInfo":"BadDeviceToken: ` + token + `"}}]`,
		"in a device field":   `[{"Token":"` + token + `","System":"kept ` + token + `"}]`,
		"as a key":            `[{"Token":"` + token + `","System":"kept","` + token + `":1}]`,
		"of another device":   `[{"Token":"` + token + `"},{"System":"kept","DeviceModel":"` + token + `"}]`,
		"nested JSON":         `[{"System":"kept","detail":"{\"Token\":\"` + token + `\"}"}]`,
		"element":             `["{\"Token\":\"` + token + `\"}",{"System":"kept"}]`,
		"nested, with spaces": `[{"System":"kept","detail":" {\"Tokens\": [\"` + token + `\"]}"}]`,
		"part of a text":      `[{"System":"kept","detail":"vendor: {\"deviceToken\" : \"` + token + `\"} kept"}]`,
		"escaped twice":       `[{"System":"kept","detail":"[\"{\\\"token\\\":\\\"` + token + `\\\"}\"] and more"}]`,
		"another's start":     `[{"Token":"canarytoken","TokenV2":"` + token + `","System":"kept","ErrorInfo":"bad ` + token + `"}]`,
		"in a URL":            `[{"Token":"ab:` + token + `","System":"kept","ErrorInfo":"ab%3A` + token + `"}]`,
		"number":              `[{"Token":1234567890123,"System":"kept","New":1234567890123}]`,
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
	// The shortest token, and a text that is too short.
	for text, removed := range map[string]bool{"12345678": true, "1234567": false} {
		got, err := newTestClient(t, testConfig(responses(deliveryEnvelope+`,"InstanceTrace":[{"Token":"`+text+`","System":"`+text+`"}]}`))).PushTrace(t.Context(), "a", "b")
		if err != nil || strings.Contains(got.JSON, text) == removed {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	// Not even if the trace is a text.
	got, err := newTestClient(t, testConfig(responses(deliveryEnvelope+`,"InstanceTrace":"{\"Token\":\"`+token+`\"}"}`))).PushTrace(t.Context(), "a", "b")
	if err != nil || strings.Contains(shown(t, got), token) {
		t.Errorf("got %v, %v", got, err)
	}
}

// Other texts of a trace are kept byte for byte, also if they look like JSON, or name
// tokens.
func TestTraceKeepsTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"[80300007] All tokens are invalid", "[410] BadDeviceToken: the device is gone", `{"reason":"BadDeviceToken"} (status 410)`,
		`{"reason": "BadDeviceToken", "a": 1.50}`, `{"token":"short"}`, "2023-11-15 06:13:20",
	} {
		encoded, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		body := deliveryEnvelope + `,"InstanceTrace":[{"TokenTime":"2023-11-15 06:13:20","System":` + string(encoded) + `,"ErrorInfo":` + string(encoded) + `}]}`
		got, err := newTestClient(t, testConfig(responses(body))).PushTrace(t.Context(), "a", "b")
		if want := `[{"ErrorInfo":` + string(encoded) + `,"System":` + string(encoded) + `}]`; err != nil || *got.Devices[0].System != text || got.JSON != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
}
