package emulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// step is a step of a push in a trace.
func step(status, code int, info, at string) string {
	return fmt.Sprintf(`{"PushStatus":%d,"ErrorCode":%d,"ErrorInfo":%q,"EventTime":%q}`, status, code, info, at)
}

// TestTraces traces a push to each account of deliverySeed.
func TestTraces(t *testing.T) {
	t.Parallel()
	d := newDeliveries(t, deliverySeed())
	task := d.push(t, "push", pushBody(""))
	other := d.push(t, "batch", fmt.Sprintf(batchOf, `"online"`))
	at := d.clock.now().UTC().Format(time.DateTime)
	done, none := step(1, 0, "success", at), step(0, 0, "", "")
	device := func(instance, model, system, token string, event, platform int) string {
		return fmt.Sprintf(`{"InstanceId":%q,"PushTime":%q,"DeviceModel":%q,"System":%q,"SystemVersion":"","EventType":%d,"PushPlatform":%d,`+
			`"Token":%q,"CertId":"","SdkVersion":"","PushVersion":"","NotificationStatus":0,"last_active_terminal":1,"IMCommitStat":{"IMStat":%s},`,
			instance, at, model, system, event, platform, token, done)
	}
	steps := func(offline, channel, reached, clicked, online string) string {
		return fmt.Sprintf(`"OfflinePushStat":{"OfflineStat":%s,"ChannelStat":%s,"DeviceStat":%s,"ClickStat":%s},"OnlinePushStat":{"OnlineStat":%s}}`,
			offline, channel, reached, clicked, online)
	}
	for account, want := range map[string]string{
		"online":    device("", "", "", "", 2, 0) + steps(none, none, none, none, done),
		"offline":   device("7", "M", "iOS", "secret-token", 1, 1) + steps(done, done, done, none, none),
		"unsent":    device("", "", "", "", 1, 1) + steps(step(0, -2, "token not uploaded", at), none, none, none, none),
		"unreached": device("", "", "", "", 1, 8) + steps(done, step(0, 410, "Unregistered", at), none, none, none),
		"nobody":    "",
	} {
		got := d.ask(t, "all_member_push_trace", fmt.Sprintf(`{"TaskID":%q,"UserID":%q}`, task, account))
		if want := `"InstanceTrace":[` + want + `]`; got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", account, got, want)
		}
	}
	for name, body := range map[string]string{
		"push to others": fmt.Sprintf(`{"TaskID":%q,"UserID":"offline"}`, other),
		"unknown task":   `{"TaskID":"unknown","UserID":"offline"}`,
	} {
		if got := d.ask(t, "all_member_push_trace", body); got != `"InstanceTrace":[]` {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := d.ask(t, "normal_push_trace", fmt.Sprintf(`{"PushID":%q}`, task)); got != `"InstanceTrace":[]` {
		t.Errorf("a push is traced as a chat message: %s", got)
	}
}

// TestTraceAge: the commands go back 7 days.
func TestTraceAge(t *testing.T) {
	t.Parallel()
	seed := deliverySeed()
	seed.Statistics = []Statistics{
		{TaskID: "t", Account: "offline", Age: "24h"},
		{Source: "message", MessageID: "m", Account: "offline", Age: "24h"},
		{Source: "message", MessageID: "m", Account: "unreached", Age: "24h"},
	}
	d := newDeliveries(t, seed)
	d.clock.forward(6*24*time.Hour - time.Second)
	for _, devices := range []int{1, 0} {
		if got := d.ask(t, "all_member_push_trace", `{"TaskID":"t","UserID":"offline"}`); strings.Count(got, "InstanceId") != devices {
			t.Errorf("a push: %s, want %d devices", got, devices)
		}
		d.clock.forward(-time.Second)
		got := d.ask(t, "normal_push_trace", `{"PushID":"m"}`)
		if strings.Count(got, "InstanceId") != 2*devices || strings.Contains(got, "EventType") || strings.Contains(got, "OnlinePushStat") {
			t.Errorf("a chat message: %s, want %d devices without EventType and OnlinePushStat", got, 2*devices)
		}
		d.clock.forward(-time.Second + 1)
	}
}

// TestSeededLoss: a traced push is lost as its entry says, unless the entry has deliveries on the account's platform.
func TestSeededLoss(t *testing.T) {
	t.Parallel()
	seed := deliverySeed()
	losses := []LossCount{
		{Stage: "after_send", Platform: "vivo", Code: "1", Message: "of another platform", Count: 9},
		{Stage: "before_send", Platform: "apns", Code: "403", Message: "expired", Count: 1},
		{Stage: "after_send", Platform: "apns", Code: "410", Message: "the second", Count: 5},
	}
	seed.Statistics = []Statistics{
		{TaskID: "lost", Account: "offline", Losses: losses},
		{TaskID: "some", Account: "offline", Losses: losses, Platforms: map[string]Counts{"apns": {Total: 2, Sent: 2, Delivered: 1}}},
		{TaskID: "else", Account: "offline", Losses: losses[:1]},
	}
	d := newDeliveries(t, seed)
	for task, lost := range map[string]bool{"lost": true, "some": false, "else": false} {
		got := d.ask(t, "all_member_push_trace", fmt.Sprintf(`{"TaskID":%q,"UserID":"offline"}`, task))
		if strings.Contains(got, `"OfflineStat":{"PushStatus":0,"ErrorCode":403,"ErrorInfo":"expired"`) != lost || strings.Contains(got, "410") {
			t.Errorf("%s: %s", task, got)
		}
	}
}

func TestTraceRequests(t *testing.T) {
	t.Parallel()
	const bad = "90001 failed to parse the request body"
	const account = "60015 account in the request body is not a string"
	for _, tc := range []struct{ api, body, want string }{
		{"all_member_push_trace", `{}`, bad},
		{"all_member_push_trace", `{"TaskID":"t"}`, bad},
		{"all_member_push_trace", `{"UserID":"a"}`, bad},
		{"all_member_push_trace", `{"TaskID":["t"],"UserID":"a"}`, bad},
		{"all_member_push_trace", `{"TaskID":"","UserID":"a"}`, bad},
		{"all_member_push_trace", `{"TaskID":"t","UserID":""}`, bad},
		{"all_member_push_trace", `{"TaskID":"t","UserID":5}`, account},
		{"all_member_push_trace", `{"TaskID":"t","UserID":null}`, account},
		{"normal_push_trace", `{}`, bad},
		{"normal_push_trace", `{"PushID":""}`, bad},
		{"normal_push_trace", `{"PushID":5}`, bad},
		{"normal_push_trace", `{"PushID":"m"}`, `"InstanceTrace":[]`},
	} {
		if got := newDeliveries(t, Seed{}).ask(t, tc.api, tc.body); got != tc.want {
			t.Errorf("%s %s: got %s, want %s", tc.api, tc.body, got, tc.want)
		}
	}
}
