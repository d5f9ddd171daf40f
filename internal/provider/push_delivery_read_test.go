package provider

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// seeded returns an emulator whose accounts have the given statistics.
func seeded(t *testing.T, statistics ...emulator.Statistics) *requestLog {
	t.Helper()
	service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: emulator.Seed{
		Accounts: map[string]emulator.Account{"xiaoming": {Platform: "apns", Device: emulator.Device{
			InstanceID: "1", Model: "iPhone 14", System: "iOS", SystemVersion: "17.1", Token: "canary-token", CertID: "15000", SDKVersion: "7.6", PushVersion: "8.1", NotificationStatus: 1,
		}}},
		Statistics: statistics,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return &requestLog{Handler: service}
}

// results returns computed attributes as JSON, in which numbers are texts.
func (p *protocol) results(kind string, arguments values, attributes ...string) string {
	p.tb.Helper()
	if text := p.validate(kind, arguments); text != "" {
		return text
	}
	response := p.read(p.tb.Context(), kind, arguments, false)
	all := render(response.Diagnostics)
	for _, attribute := range attributes {
		encoded, err := json.Marshal(p.stateOf(kind, response, attribute))
		if err != nil {
			p.tb.Fatal(err)
		}
		all += string(encoded) + "\n"
	}
	return all
}

func ofPlatform(name string, total, sent, delivered, clicked int64) map[string]emulator.Counts {
	return map[string]emulator.Counts{name: {Total: total, Sent: sent, Delivered: delivered, Clicked: clicked}}
}

// The numbers of seven tasks come in two requests, at least a second apart, and
// are summed. Tasks are asked for once, and those without pushes are missing.
func TestReadStatisticsOfTasks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := seeded(t,
			emulator.Statistics{TaskID: "t1", Platforms: ofPlatform("apns", 10, 9, 8, 1)},
			emulator.Statistics{TaskID: "t1", Platforms: ofPlatform("huawei", 5, 5, 0, 0)},
			emulator.Statistics{TaskID: "t7", Platforms: ofPlatform("apns", 100, 90, 80, 10)},
			emulator.Statistics{TaskID: "t7", Age: "25h", Platforms: ofPlatform("apns", 1000, 1000, 1000, 1000)}, // before the window
			emulator.Statistics{TaskID: "other", Platforms: ofPlatform("fcm", 1, 1, 1, 1)},
		)
		p := newConfigured(t, service, nil)
		got := p.results(pushStatistics, values{"last": "24h", "task_ids": []any{"t1", "t2", "t3", "t1", "t4", "t5", "t6", "t7", "t2"}}, "counts", "platforms", "tasks")
		const want = `{"clicked":"11","delivered":"88","sent":"104","total":"115"}
{"apns":{"clicked":"11","delivered":"88","sent":"99","total":"110"},"huawei":{"clicked":"0","delivered":"0","sent":"5","total":"5"}}
{"t1":{"counts":{"clicked":"1","delivered":"8","sent":"14","total":"15"},"platforms":{"apns":{"clicked":"1","delivered":"8","sent":"9","total":"10"},"huawei":{"clicked":"0","delivered":"0","sent":"5","total":"5"}}},` +
			`"t7":{"counts":{"clicked":"10","delivered":"80","sent":"90","total":"100"},"platforms":{"apns":{"clicked":"10","delivered":"80","sent":"90","total":"100"}}}}
`
		if got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
		const window = `{"StartTime":946598400,"EndTime":946684800,"TaskID":`
		slices.Sort(service.seen) // requests of one read are sent in any order
		if want := []string{`all_member_push_statistics ` + window + `["t1","t2","t3","t4","t5"]}`, `all_member_push_statistics ` + window + `["t6","t7"]}`}; !slices.Equal(service.seen, want) {
			t.Errorf("the requests are:\n%q\nwant:\n%q", service.seen, want)
		}
		if apart := service.at[1].Sub(service.at[0]); apart < time.Second {
			t.Errorf("the requests are %s apart", apart)
		}
	})
}

// Without task_ids, one request is about all pushes of the app, and with source
// "message", about chat messages.
func TestReadStatisticsOfApp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := seeded(t,
			emulator.Statistics{TaskID: "t1", Platforms: ofPlatform("apns", 10, 9, 8, 1)},
			emulator.Statistics{Platforms: ofPlatform("online", 5, 5, 5, 0)},
			emulator.Statistics{Source: "message", Platforms: ofPlatform("honor", 3, 2, 1, 0)},
		)
		p := newConfigured(t, service, nil)
		for source, want := range map[string]string{
			"push": `{"clicked":"1","delivered":"13","sent":"14","total":"15"}
{"apns":{"clicked":"1","delivered":"8","sent":"9","total":"10"},"online":{"clicked":"0","delivered":"5","sent":"5","total":"5"}}
{}
`,
			"message": `{"clicked":"0","delivered":"1","sent":"2","total":"3"}
{"honor":{"clicked":"0","delivered":"1","sent":"2","total":"3"}}
{}
`,
		} {
			service.seen = nil
			if got := p.results(pushStatistics, values{"source": source, "start_time": "1999-12-31T08:00:00+08:00", "end_time": "2000-01-30T00:00:00Z"}, "counts", "platforms", "tasks"); got != want {
				t.Errorf("%s: got:\n%s\nwant:\n%s", source, got, want)
			}
		}
	})
}

// Losses are those of platforms; others have no platform.
func TestReadLosses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lost := []emulator.LossCount{
			{Stage: "after_send", Platform: "apns", Code: "BadDeviceToken", Message: "bad token", Count: 3},
			{Stage: "after_send", Platform: "fcm", Code: "404", Message: "unregistered", Count: 7},
			{Stage: "before_send", Code: "9", Message: "no device", Count: 5},
		}
		service := seeded(t,
			emulator.Statistics{TaskID: "t1", Losses: lost}, emulator.Statistics{TaskID: "t6", Losses: lost[:1]},
			emulator.Statistics{Source: "message", Losses: lost[2:]},
		)
		p := newConfigured(t, service, nil)
		const (
			fcm   = `{"code":"404","count":"7","message":"unregistered","platform":"fcm","stage":"after_send"}`
			apns  = `{"code":"BadDeviceToken","count":"6","message":"bad token","platform":"apns","stage":"after_send"}`
			early = `{"code":"9","count":"5","message":"no device","platform":null,"stage":"before_send"}`
		)
		for _, test := range []struct {
			arguments values
			want      string
			requests  int
		}{
			{values{"last": "168h", "task_ids": []any{"t1", "t2", "t3", "t4", "t5", "t6"}}, "[" + fcm + "," + apns + "," + early + "]\n", 2},
			{values{"last": "1h"}, "[" + fcm + "," + apns + "," + early + "]\n", 1},
			{values{"last": "1h", "task_ids": []any{"t2"}}, "[]\n", 1},
			{values{"last": "1h", "source": "message"}, "[" + early + "]\n", 1},
		} {
			service.seen = nil
			if got := p.results(pushLosses, test.arguments, "losses"); got != test.want || len(service.seen) != test.requests {
				t.Errorf("%v: got:\n%s\nwant:\n%s\nrequests: %q", test.arguments, got, test.want, service.seen)
			}
		}
	})
}

// A trace has the devices of the account. The token is in neither result.
func TestReadTrace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := seeded(t,
			emulator.Statistics{TaskID: "t1", Account: "xiaoming", Age: "24h", Platforms: ofPlatform("apns", 1, 1, 1, 1)},
			emulator.Statistics{Source: "message", MessageID: "m1", Account: "xiaoming", Platforms: ofPlatform("apns", 1, 1, 1, 0)},
		)
		p := newConfigured(t, service, nil)
		device := func(event, at string) string {
			return `[{"cert_id":"15000","device_model":"iPhone 14","event_type":` + event + `,"instance_id":"1","last_active_terminal":"1","notification_status":"1","platform":"apns","push_time":"` + at +
				`","push_version":"8.1","sdk_version":"7.6","system":"iOS","system_version":"17.1"}]` + "\n"
		}
		for _, test := range []struct {
			arguments     values
			want, request string
			steps         string // in the JSON
		}{
			{values{"task_id": "t1", "account": "xiaoming"}, device(`"offline"`, "1999-12-31 00:00:00"), `all_member_push_trace {"TaskID":"t1","UserID":"xiaoming"}`, `"OfflinePushStat":{`},
			{values{"source": "message", "message_id": "m1"}, device(`null`, "2000-01-01 00:00:00"), `normal_push_trace {"PushID":"m1"}`, `"OfflinePushStat":{`},
			{values{"source": "push", "task_id": "t2", "account": "xiaoming"}, "[]\n", `all_member_push_trace {"TaskID":"t2","UserID":"xiaoming"}`, ""},
		} {
			service.seen = nil
			if got := p.results(pushTrace, test.arguments, "devices"); got != test.want || strings.Join(service.seen, "\n") != test.request {
				t.Errorf("%v: got:\n%s\nwant:\n%s\nrequests: %q", test.arguments, got, test.want, service.seen)
			}
			trace := p.results(pushTrace, test.arguments, "json")
			if !strings.Contains(strings.ReplaceAll(trace, `\"`, `"`), test.steps) || strings.Contains(trace, "canary") || strings.Contains(trace, "Token") || test.steps == "" && trace != "\"[]\"\n" {
				t.Errorf("%v: the JSON is %s", test.arguments, trace)
			}
		}
	})
}

// Responses that differ from the API pages are read as far as possible, with one
// warning. Numbers that are not known are null, and sums have what is known.
func TestReadUnexpectedDelivery(t *testing.T) {
	t.Parallel()
	const (
		envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`
		differs  = "\nThe service's response differs from the API documentation. The results contain what could be read; compare them with the console.\n\n"
		counts   = `"TotalCount":4,"SentCount":"3","DeliveredCount":-1,"PlatformStatistics":[{"EventType":1,"PushPlatform":9,"TotalCount":1,"SentCount":1,"DeliveredCount":1,"ClickCount":1}]`
		lost     = `[{"ErrCode":7,"ErrCount":2,"ErrInfo":"x","EventType":1,"PushPlatform":1}]`
	)
	var rows []string
	for i := range 14 {
		rows = append(rows, fmt.Sprintf(`{"ErrCode":"c","ErrCount":1,"ErrInfo":"x","EventType":1,"PushPlatform":%d}`, 20+i))
	}
	for _, test := range []struct {
		kind       string
		arguments  values
		body       string
		attributes []string
		want       string
	}{
		{
			pushStatistics,
			values{"last": "24h"},
			envelope + `,"Results":[{` + counts + `}]}`,
			[]string{"counts", "platforms", "tasks"},
			"WARNING Unexpected Statistics" + differs + `ClickCount is missing
DeliveredCount is -1
PushPlatform 9 is not documented
SentCount is the text "3", not a number
{"clicked":null,"delivered":null,"sent":"3","total":"4"}
{"platform_9":{"clicked":"1","delivered":"1","sent":"1","total":"1"}}
{}
`,
		},
		{
			pushStatistics,
			values{"last": "24h"},
			envelope + `,"Results":null}`,
			[]string{"counts", "platforms", "tasks"},
			`{"clicked":"0","delivered":"0","sent":"0","total":"0"}
{}
{}
`,
		},
		{
			pushLosses,
			values{"last": "24h"},
			envelope + `,"Results":[{"PlatformReadyToSendLoss":` + lost + `}]}`,
			[]string{"losses"},
			`[{"code":"7","count":"2","message":"x","platform":"apns","stage":"before_send"}]` + "\n",
		},
		{
			pushLosses,
			values{"last": "24h", "source": "message"},
			envelope + `,"Results":{"PlatformReadyToSendLoss":` + lost + `}}`,
			[]string{"losses"},
			`[{"code":"7","count":"2","message":"x","platform":"apns","stage":"before_send"}]` + "\n",
		},
		{
			pushTrace,
			values{"task_id": "t", "account": "a"},
			envelope + `,"InstanceTrace":[{"EventType":2,"NotificationStatus":true,"DeviceToken":"canary","b":{"Token":"canary"},"a":1.50}]}`,
			[]string{"devices", "json"},
			`[{"cert_id":null,"device_model":null,"event_type":"online","instance_id":null,"last_active_terminal":null,"notification_status":"true","platform":"online","push_time":null,"push_version":null,"sdk_version":null,"system":null,"system_version":null}]
"[{\"EventType\":2,\"NotificationStatus\":true,\"a\":1.50,\"b\":{}}]"
`,
		},
		{
			pushTrace,
			values{"source": "message", "message_id": "m"},
			envelope + `}`,
			[]string{"devices", "json"},
			"WARNING Unexpected Trace" + differs + `InstanceTrace is missing
[]
"[]"
`,
		},
	} {
		service := newEmulator(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Body: test.body}})
		p := newConfigured(t, service, nil)
		if got := p.results(test.kind, test.arguments, test.attributes...); got != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", test.body, got, test.want)
		}
	}

	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: emulator.Effect{Body: envelope + `,"Results":[{"PlatformReadyToSendLoss":[` + strings.Join(rows, ",") + `]}]}`}})
	if got := newConfigured(t, service, nil).results(pushLosses, values{"last": "24h"}); strings.Count(got, "is not documented\n") != 10 || !strings.HasSuffix(got, "\nNot shown: 4 more\n") {
		t.Errorf("got:\n%s", got)
	}
}

// What depends on the time is checked in the read, before any request: how old
// the start is, and that it is in the past. Here, it is 2000-01-01, 00:00 UTC.
func TestReadWindowsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct {
			kind, start, end string
			want             string // the diagnostic, or the window in the request
		}{
			{pushStatistics, "1999-12-01T23:59:59Z", "1999-12-25T00:00:00Z", `ERROR [AttributeName("start_time")] Invalid Time Window
start_time ("1999-12-01T23:59:59Z") is more than 30 days ago, and the service covers only the last 30 days. Set start_time to 1999-12-02T02:00:00Z or later, or set last instead of start_time and end_time.
`},
			{pushLosses, "1999-12-24T23:59:59Z", "1999-12-30T00:00:00Z", `ERROR [AttributeName("start_time")] Invalid Time Window
start_time ("1999-12-24T23:59:59Z") is more than 7 days ago, and the service covers only the last 7 days. Set start_time to 1999-12-25T02:00:00Z or later, or set last instead of start_time and end_time.
`},
			{pushStatistics, "2000-01-01T08:00:00+08:00", "2000-01-02T00:00:00Z", `ERROR [AttributeName("start_time")] Invalid Time Window
start_time ("2000-01-01T08:00:00+08:00") is not in the past: the time is 2000-01-01T00:00:00Z. Set it to an earlier time, or check this machine's clock.
`},
			{pushStatistics, "1999-12-31T23:59:59Z", "2000-01-02T00:00:00Z", `{"StartTime":946684799,"EndTime":946684800,"TaskID":[]}`},
			// The oldest start moves by the time until the request arrives at the latest.
			{pushStatistics, "1999-12-02T00:00:00Z", "2000-01-01T00:00:00Z", `{"StartTime":944092810,"EndTime":946684800,"TaskID":[]}`},
			{pushLosses, "1999-12-25T00:00:00Z", "1999-12-26T00:00:00Z", `{"StartTime":946080010,"EndTime":946166400,"TaskID":[]}`},
		} {
			service := seeded(t) // another one would wait for its turn
			p := newConfigured(t, service, nil)
			arguments := values{"start_time": test.start, "end_time": test.end}
			if text := p.validate(test.kind, arguments); text != "" {
				t.Errorf("%s: validate: %s", test.start, text)
			}
			got := render(p.read(t.Context(), test.kind, arguments, false).Diagnostics)
			for _, request := range service.seen {
				_, body, _ := strings.Cut(request, " ")
				got += body
			}
			if got != test.want {
				t.Errorf("%s: got:\n%s\nwant:\n%s", test.start, got, test.want)
			}
		}
	})
}

// The window of last ends at each read, and so moves between plan and apply.
func TestReadLastMoves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := seeded(t)
		for range 2 { // a process for plan, and one for apply
			newConfigured(t, service, nil).results(pushStatistics, values{"last": "90m"})
			<-time.After(time.Hour)
		}
		want := []string{
			`all_member_push_statistics {"StartTime":946679400,"EndTime":946684800,"TaskID":[]}`,
			`all_member_push_statistics {"StartTime":946683000,"EndTime":946688400,"TaskID":[]}`,
		}
		if !slices.Equal(service.seen, want) {
			t.Errorf("got %q, want %q", service.seen, want)
		}
	})
}

// A read that times out says how many tasks were done.
func TestReadStatisticsTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ids := make([]any, 12)
		for i := range ids {
			ids[i] = fmt.Sprint("t", i)
		}
		p := newConfigured(t, seeded(t), nil)
		const want = `ERROR [AttributeName("timeouts")] Unable to Read Push Statistics
The read timed out after 500ms with 5 of 12 tasks done. Set timeouts.read to more than 500ms, or read fewer tasks.
`
		arguments := values{"last": "24h", "task_ids": ids, "timeouts": map[string]any{"read": "500ms"}}
		// The batch of two tasks can be the first.
		if got := p.results(pushStatistics, arguments); got != want && got != strings.Replace(want, "with 5", "with 2", 1) {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}
