package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

var (
	_ = registerTrace("all_member_push_trace", func(ctx context.Context, client *Client) (*Trace, error) {
		return client.PushTrace(ctx, sampleTasks[0], "xiaoming")
	})
	_ = registerTrace("normal_push_trace", func(ctx context.Context, client *Client) (*Trace, error) {
		return client.MessageTrace(ctx, "1668432133_1_1700000000")
	})
)

func registerTrace(command string, read func(context.Context, *Client) (*Trace, error)) commandTest { //nolint:unparam // a declaration needs a value
	return register(command, func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		got, err := read(t.Context(), client)
		if err != nil {
			if got != nil {
				t.Errorf("%s: an error with a result: %v", command, err)
			}
			return "", err
		}
		checkUnexpected(t, got.Unexpected)
		var trace []any
		decoder := json.NewDecoder(strings.NewReader(got.JSON))
		decoder.UseNumber()
		if err := decoder.Decode(&trace); err != nil || trace == nil {
			t.Errorf("%s: the trace is not a list: %v, %s", command, err, got.JSON)
		}
		objects := 0
		for _, element := range trace {
			if _, ok := element.(map[string]any); ok {
				objects++
			}
		}
		if objects != len(got.Devices) || got.Devices == nil || hasToken(trace) {
			t.Errorf("%s: %d devices, and the trace is %s", command, len(got.Devices), got.JSON)
		}
		return shown(t, got) + got.JSON, nil
	})
}

// hasToken reports whether JSON has a key for a token.
func hasToken(tree any) bool {
	switch value := tree.(type) {
	case []any:
		return slices.ContainsFunc(value, hasToken)
	case map[string]any:
		for key, value := range value {
			if strings.HasSuffix(strings.ToLower(key), "token") || hasToken(value) {
				return true
			}
		}
	}
	return false
}

// The trace of the sample lacks just the token.
func TestPushTraceSample(t *testing.T) {
	t.Parallel()
	sample := golden(t, "all_member_push_trace_response.json")
	got, err := newTestClient(t, testConfig(responses(string(sample)))).PushTrace(t.Context(), "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	want := []Device{{
		InstanceID: new("1"), PushTime: new("2023-11-15 06:13:20"), DeviceModel: new("iPhone 14"), System: new("iOS"), SystemVersion: new("17.1"), EventType: new("offline"), Platform: new("apns"),
		CertID: new("15000"), SDKVersion: new("7.6.5011"), PushVersion: new("7.6.5011"), NotificationStatus: new("1"), LastActiveTerminal: new("1"),
	}}
	var response struct{ InstanceTrace []map[string]any }
	if err := json.Unmarshal(sample, &response); err != nil {
		t.Fatal(err)
	}
	delete(response.InstanceTrace[0], "Token")
	if shown(t, got.Devices) != shown(t, want) || got.JSON != shown(t, response.InstanceTrace) || len(got.Unexpected) > 0 {
		t.Errorf("got\n%s, want\n%s\n%s", shown(t, got), shown(t, want), shown(t, response.InstanceTrace))
	}
}

func TestPushTrace(t *testing.T) {
	t.Parallel()
	of := func(trace string) string { return deliveryEnvelope + `,"InstanceTrace":` + trace + `}` }
	for name, test := range map[string]struct {
		body string
		want Trace
	}{
		"no devices":    {of(`[]`), Trace{JSON: `[]`}},
		"null":          {of(`null`), Trace{JSON: `[]`}},
		"missing":       {deliveryEnvelope + `}`, Trace{JSON: `[]`, Unexpected: []string{"InstanceTrace is missing"}}},
		"object":        {of(`{"System":"iOS"}`), Trace{Devices: []Device{{System: new("iOS")}}, JSON: `[{"System":"iOS"}]`, Unexpected: []string{"InstanceTrace is an object, not a list"}}},
		"text":          {of(`"a"`), Trace{JSON: `[]`, Unexpected: []string{`InstanceTrace is the text "a", not a list`}}},
		"other devices": {of(`[null,7,{}]`), Trace{Devices: []Device{{}}, JSON: `[null,7,{}]`, Unexpected: []string{"InstanceTrace contains null, not an object", "InstanceTrace contains the number 7, not an object"}}},
		"online":        {of(`[{"EventType":2,"PushPlatform":0},{"EventType":2}]`), Trace{Devices: []Device{{EventType: new("online"), Platform: new("online")}, {EventType: new("online"), Platform: new("online")}}, JSON: `[{"EventType":2,"PushPlatform":0},{"EventType":2}]`}},
		"without event": {of(`[{"PushPlatform":4},{"PushPlatform":0},{"EventType":1}]`), Trace{Devices: []Device{{Platform: new("fcm")}, {Platform: new("platform_0")}, {EventType: new("offline")}}, JSON: `[{"PushPlatform":4},{"PushPlatform":0},{"EventType":1}]`}},
		"undocumented":  {of(`[{"EventType":3,"PushPlatform":12}]`), Trace{Devices: []Device{{Platform: new("platform_12")}}, JSON: `[{"EventType":3,"PushPlatform":12}]`, Unexpected: []string{"EventType 3 is not documented", "PushPlatform 12 is not documented"}}},
		"any scalar":    {of(`[{"NotificationStatus":true,"last_active_terminal":1.50},{"NotificationStatus":null,"last_active_terminal":[1]}]`), Trace{Devices: []Device{{NotificationStatus: new("true"), LastActiveTerminal: new("1.50")}, {}}, JSON: `[{"NotificationStatus":true,"last_active_terminal":1.50},{"NotificationStatus":null,"last_active_terminal":[1]}]`}},
		"other types": {of(`[{"InstanceId":7,"System":{"a":1},"PushTime":null,"PushPlatform":"1"}]`), Trace{
			Devices: []Device{{InstanceID: new("7"), Platform: new("apns")}}, JSON: `[{"InstanceId":7,"PushPlatform":"1","PushTime":null,"System":{"a":1}}]`,
			Unexpected: []string{"InstanceId is the number 7, not a text", `PushPlatform is the text "1", not a number`, "System is an object, not a text"},
		}},
		"tokens": {
			of(`[{"Token":"a","token":"b","DeviceToken":{"x":1},"TOKENS":"c","a":[{"voip_token":"d","b":[[{"TokEn":1}]]}]}]`),
			Trace{Devices: []Device{{}}, JSON: `[{"a":[{"b":[[{}]]}]}]`},
		},
		"exact values": {
			of(`[ {"b":  12345678901234567890.10, "a":"<&>\u00e9\u2028", "c": 1e400 } ]`),
			Trace{Devices: []Device{{}}, JSON: `[{"a":"<&>é\u2028","b":12345678901234567890.10,"c":1e400}]`},
		},
		"secrets": {
			of(`[{"System":"` + testKey + `","` + testKey + `":["x` + testKey + `"],"PushPlatform":"` + testKey + `"}]`),
			Trace{Devices: []Device{{System: new(redacted)}}, JSON: `[{"(redacted)":["x(redacted)"],"PushPlatform":"(redacted)","System":"(redacted)"}]`, Unexpected: []string{`PushPlatform is the text "(redacted)", not a number`}},
		},
	} {
		got, err := newTestClient(t, testConfig(responses(test.body))).PushTrace(t.Context(), "a", "b")
		if err != nil || got.JSON != test.want.JSON || !slices.Equal(got.Unexpected, test.want.Unexpected) || shown(t, got.Devices) != shown(t, append([]Device{}, test.want.Devices...)) {
			t.Errorf("%s: got %v,\n%s, want\n%s", name, err, shown(t, got), shown(t, test.want))
		}
	}
}

func TestTraceIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := client.MessageTrace(ctx, "a")
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Total != 0 || err.Error() != "interrupted: context deadline exceeded" {
			t.Errorf("the error is %v", err)
		}
	})
}
