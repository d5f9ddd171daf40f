package emulator

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// deliverySeed has an account for each thing that can become of a push.
func deliverySeed() Seed {
	return Seed{Accounts: map[string]Account{
		"online":    {},
		"offline":   {Platform: "apns", Device: Device{InstanceID: "7", Model: "M", System: "iOS", Token: "secret-token"}},
		"unsent":    {Platform: "apns", Loss: &Loss{Stage: "before_send", Code: "-2", Message: "token not uploaded"}},
		"unreached": {Platform: "honor", Loss: &Loss{Stage: "after_send", Code: "410", Message: "Unregistered"}},
	}}
}

// deliveries is an emulator whose clock starts at a whole second, long ago: UserSigs are dated by the real time, and would
// expire if tests moved the clock beyond it.
type deliveries struct {
	*Emulator

	clock *clock
}

func newDeliveries(t *testing.T, seed Seed) deliveries {
	t.Helper()
	c := newClock()
	c.t = c.t.Truncate(time.Second).Add(-30 * 24 * time.Hour)
	return deliveries{newTest(t, func(o *Options) { o.Seed, o.Now = seed, c.now }), c}
}

// ask sends a request a second after the last one. It returns the response after the envelope, or the code and the text
// of a rejection.
func (d deliveries) ask(t *testing.T, api, body string) string {
	t.Helper()
	d.clock.forward(time.Second)
	w := postTo(t, d.Emulator, api, body)
	if r := read(t, w); *r.ErrorCode != 0 {
		return fmt.Sprint(*r.ErrorCode, " ", *r.ErrorInfo)
	}
	const envelope = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"` + statisticsInfo + `",`
	rest, ok := strings.CutPrefix(w.Body.String(), envelope)
	if !ok {
		t.Errorf("%s: the response begins with another envelope: %s", api, w.Body)
	}
	return strings.TrimSuffix(rest, "}")
}

// push sends a push, and returns its TaskId.
func (d deliveries) push(t *testing.T, api, body string) string {
	t.Helper()
	var response struct{ TaskID string }
	w := postTo(t, d.Emulator, api, body)
	if err := json.Unmarshal(w.Body.Bytes(), &response); err != nil || response.TaskID == "" {
		t.Fatalf("%s: %s", api, w.Body)
	}
	return response.TaskID
}

// window returns the body of a request about these seconds, counted from now, with more fields.
func (d deliveries) window(from, to int64, more string) string {
	now := d.clock.now().Unix()
	return fmt.Sprintf(`{"StartTime":%d,"EndTime":%d%s}`, now+from, now+to, more)
}

const batchOf = `{"From_Account":"a","MsgRandom":1,"OfflinePushInfo":{},"To_Account":[%s]}`

// TestPushesAreCounted sends pushes, and reads what became of them.
func TestPushesAreCounted(t *testing.T) {
	t.Parallel()
	d := newDeliveries(t, deliverySeed())
	all := d.push(t, "push", pushBody(""))
	d.clock.forward(10 * time.Second)
	some := d.push(t, "batch", fmt.Sprintf(batchOf, `"unsent","offline","nobody","offline"`))
	d.clock.forward(time.Second)
	nobody := d.push(t, "batch", fmt.Sprintf(batchOf, `"nobody"`))

	const (
		numbersOfAll = `"TotalCount":4,"SentCount":3,"DeliveredCount":2,"ClickCount":0,"PlatformStatistics":[` +
			`{"EventType":2,"PushPlatform":0,"TotalCount":1,"SentCount":1,"DeliveredCount":1,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":1,"TotalCount":2,"SentCount":1,"DeliveredCount":1,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":8,"TotalCount":1,"SentCount":1,"DeliveredCount":0,"ClickCount":0}]`
		numbersOfSome = `"TotalCount":2,"SentCount":1,"DeliveredCount":1,"ClickCount":0,"PlatformStatistics":[` +
			`{"EventType":1,"PushPlatform":1,"TotalCount":2,"SentCount":1,"DeliveredCount":1,"ClickCount":0}]`
		numbersOfBoth = `"TotalCount":6,"SentCount":4,"DeliveredCount":3,"ClickCount":0,"PlatformStatistics":[` +
			`{"EventType":2,"PushPlatform":0,"TotalCount":1,"SentCount":1,"DeliveredCount":1,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":1,"TotalCount":4,"SentCount":2,"DeliveredCount":2,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":8,"TotalCount":1,"SentCount":1,"DeliveredCount":0,"ClickCount":0}]`
		numbersOfNone = `"TotalCount":0,"SentCount":0,"DeliveredCount":0,"ClickCount":0,"PlatformStatistics":[]`
		lossesOfNone  = `"ReadyToSendLoss":[],"PostSendDeliveredLoss":[],"PlatformReadyToSendLoss":[],"PlatformPostSendDeliveredLoss":[]`
		lossesOfSome  = `"ReadyToSendLoss":[{"ErrCode":"-2","ErrCount":1,"ErrInfo":"token not uploaded"}],"PostSendDeliveredLoss":[],` +
			`"PlatformReadyToSendLoss":[{"EventType":1,"PushPlatform":1,"ErrCode":"-2","ErrCount":1,"ErrInfo":"token not uploaded"}],` +
			`"PlatformPostSendDeliveredLoss":[]`
		lossesOfBoth = `"ReadyToSendLoss":[{"ErrCode":"-2","ErrCount":2,"ErrInfo":"token not uploaded"}],` +
			`"PostSendDeliveredLoss":[{"ErrCode":"410","ErrCount":1,"ErrInfo":"Unregistered"}],` +
			`"PlatformReadyToSendLoss":[{"EventType":1,"PushPlatform":1,"ErrCode":"-2","ErrCount":2,"ErrInfo":"token not uploaded"}],` +
			`"PlatformPostSendDeliveredLoss":[{"EventType":1,"PushPlatform":8,"ErrCode":"410","ErrCount":1,"ErrInfo":"Unregistered"}]`
	)
	for name, tc := range map[string]struct{ api, tasks, want string }{
		"complete app":         {"all_member_push_statistics", ``, `{` + numbersOfBoth + `}`},
		"one task":             {"all_member_push_statistics", all, `{"TaskID":"` + all + `",` + numbersOfAll + `}`},
		"order of the request": {"all_member_push_statistics", some + " " + all, `{"TaskID":"` + some + `",` + numbersOfSome + `},{"TaskID":"` + all + `",` + numbersOfAll + `}`},
		"twice, and unknown":   {"all_member_push_statistics", some + " unknown " + some, `{"TaskID":"` + some + `",` + numbersOfSome + `}`},
		"sent to nobody":       {"all_member_push_statistics", nobody, `{"TaskID":"` + nobody + `",` + numbersOfNone + `}`},
		"unknown":              {"all_member_push_statistics", "unknown", ``},
		"losses, complete app": {"all_member_push_loss", ``, `{` + lossesOfBoth + `}`},
		"losses of a task":     {"all_member_push_loss", some, `{"TaskID":"` + some + `",` + lossesOfSome + `}`},
		"no losses":            {"all_member_push_loss", nobody, `{"TaskID":"` + nobody + `",` + lossesOfNone + `}`},
	} {
		tasks := strings.Fields(tc.tasks)
		for i, task := range tasks {
			tasks[i] = strconv.Quote(task)
		}
		body := d.window(-3600, 0, `,"TaskID":[`+strings.Join(tasks, ",")+`]`)
		if got, want := d.ask(t, tc.api, body), `"Results":[`+tc.want+`]`; got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
	for api, want := range map[string]string{"normal_push_statistics": numbersOfNone, "normal_push_loss": lossesOfNone} {
		if got := d.ask(t, api, d.window(-3600, 0, "")); got != want {
			t.Errorf("%s: pushes count as chat messages: %s", api, got)
		}
	}
}

// TestRejectedPushesAreNotCounted: a fault with Execute is counted, but a rejected push is not.
func TestRejectedPushesAreNotCounted(t *testing.T) {
	t.Parallel()
	d := newDeliveries(t, deliverySeed())
	d.Script(
		Fault{Match: Match{API: "push"}, Times: 1, Effect: Effect{Code: 91000}},
		Fault{Match: Match{API: "push"}, Times: 1, Effect: Effect{Code: 91000, Execute: true}},
	)
	postTo(t, d.Emulator, "push", pushBody("")) // not executed
	postTo(t, d.Emulator, "push", pushBody("")) // executed
	postTo(t, d.Emulator, "push", pushBody("{}"))
	if got := d.ask(t, "all_member_push_statistics", d.window(-60, 0, `,"TaskID":[]`)); !strings.Contains(got, `"TotalCount":4,"SentCount":3`) {
		t.Errorf("got %s, want the numbers of one push", got)
	}
}

// TestSeededStatistics: entries are summed, and each counts for its source only.
func TestSeededStatistics(t *testing.T) {
	t.Parallel()
	seed := deliverySeed()
	seed.Statistics = []Statistics{
		{TaskID: "t", Age: "2h", Platforms: map[string]Counts{"apns": {Total: 10, Sent: 9, Delivered: 8, Clicked: 1}, "online": {Total: 1}}},
		{TaskID: "t", Age: "1h", Counts: &Counts{Total: 100}, Platforms: map[string]Counts{"apns": {Total: 1}}},
		{Counts: &Counts{Sent: 5}},
		{Source: "message", Age: "1h", Platforms: map[string]Counts{"fcm": {Total: 3}}, Losses: []LossCount{
			{Stage: "after_send", Platform: "fcm", Code: "b", Count: 2},
			{Stage: "after_send", Platform: "apns", Code: "b", Count: 2},
			{Stage: "after_send", Code: "a", Message: "x", Count: 4},
			{Stage: "after_send", Code: "b", Count: 1},
			{Stage: "before_send", Platform: "vivo", Code: "c", Count: 1},
			{Stage: "before_send", Platform: "vivo", Code: "c", Count: 6},
		}},
	}
	d := newDeliveries(t, seed)
	for name, tc := range map[string]struct{ api, more, want string }{
		"task": {"all_member_push_statistics", `,"TaskID":["t"]`, `"Results":[{"TaskID":"t","TotalCount":111,"SentCount":9,"DeliveredCount":8,"ClickCount":1,` +
			`"PlatformStatistics":[{"EventType":2,"PushPlatform":0,"TotalCount":1,"SentCount":0,"DeliveredCount":0,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":1,"TotalCount":11,"SentCount":9,"DeliveredCount":8,"ClickCount":1}]}]`},
		"complete app": {"all_member_push_statistics", `,"TaskID":[]`, `"Results":[{"TotalCount":111,"SentCount":14,"DeliveredCount":8,"ClickCount":1,` +
			`"PlatformStatistics":[{"EventType":2,"PushPlatform":0,"TotalCount":1,"SentCount":0,"DeliveredCount":0,"ClickCount":0},` +
			`{"EventType":1,"PushPlatform":1,"TotalCount":11,"SentCount":9,"DeliveredCount":8,"ClickCount":1}]}]`},
		"no task": {"all_member_push_statistics", `,"TaskID":[""]`, `"Results":[]`},
		"messages": {"normal_push_statistics", "", `"TotalCount":3,"SentCount":0,"DeliveredCount":0,"ClickCount":0,` +
			`"PlatformStatistics":[{"PushPlatform":4,"TotalCount":3,"SentCount":0,"DeliveredCount":0,"ClickCount":0}]`},
		"losses of messages": {"normal_push_loss", "", `"ReadyToSendLoss":[{"ErrCode":"c","ErrCount":7,"ErrInfo":""}],` +
			`"PostSendDeliveredLoss":[{"ErrCode":"b","ErrCount":5,"ErrInfo":""},{"ErrCode":"a","ErrCount":4,"ErrInfo":"x"}],` +
			`"PlatformReadyToSendLoss":[{"PushPlatform":7,"ErrCode":"c","ErrCount":7,"ErrInfo":""}],"PlatformPostSendDeliveredLoss":[` +
			`{"PushPlatform":1,"ErrCode":"b","ErrCount":2,"ErrInfo":""},{"PushPlatform":4,"ErrCode":"b","ErrCount":2,"ErrInfo":""}]`},
	} {
		if got := d.ask(t, tc.api, d.window(-24*3600, 0, tc.more)); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, tc.want)
		}
	}
}
