package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// requestLog records when a service receives requests, and their commands and
// bodies.
type requestLog struct {
	http.Handler

	mu   sync.Mutex
	at   []time.Time
	seen []string
}

func (l *requestLog) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	request.Body = io.NopCloser(bytes.NewReader(body))
	l.mu.Lock()
	l.at = append(l.at, time.Now())
	l.seen = append(l.seen, fmt.Sprintf("%s %s", path.Base(request.URL.Path), body))
	l.mu.Unlock()
	l.Handler.ServeHTTP(w, request)
}

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
