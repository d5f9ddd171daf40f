package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The task and the push in the samples of the API pages (78839).
const sampleID = "1234567890"

func sampleScheduled() ScheduledPush {
	return ScheduledPush{
		Kind:     ScheduledToAccounts,
		At:       time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC),
		Message:  Message{From: "administrator", Notification: map[string]any{"Title": "Offline Push Title", "Desc": "Offline Push Content"}},
		Accounts: []string{"user1", "user2"},
	}
}

var (
	_ = register("add_sched_task", func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		id, err := client.AddScheduledPush(t.Context(), sampleScheduled())
		if IsScheduledID(id) != (err == nil) {
			t.Errorf("the ID is %q, with the error %v", id, err)
		}
		return id, err
	})
	_ = register("modify_sched_task", func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		push := sampleScheduled()
		push.Kind, push.At, push.Message.From = ScheduledToAll, push.At.Add(2*time.Hour), ""
		return "", client.ModifyScheduledPush(t.Context(), sampleID, push)
	})
	_ = register("delete_sched_task", func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		return "", client.DeleteScheduledPush(t.Context(), sampleID, ScheduledToAll)
	})
	_ = register("get_sched_task", func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		task, err := client.GetScheduledPush(t.Context(), sampleID)
		if err != nil {
			if task != nil {
				t.Errorf("an error with a result: %v", err)
			}
			return "", err
		}
		if task.ID != sampleID {
			t.Errorf("the task is %s", task.ID)
		}
		return shownTask(t, *task), nil
	})
)

// shownTask returns all texts of a task.
func shownTask(t *testing.T, task ScheduledTask) string {
	t.Helper()
	if task.Content != nil && (!json.Valid(task.Content) || task.Content[0] != '{') {
		t.Errorf("the content is %s", task.Content)
	}
	return fmt.Sprintf("%+v %s %+v", task, task.Content, task.Push())
}

// sentBodies returns a client whose every request gets the response, and the requests'
// bodies.
func sentBodies(t *testing.T, response string) (client *Client, bodies *[]string) {
	t.Helper()
	bodies = &[]string{}
	return newTestClient(t, testConfig(handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			t.Error(err)
		}
		*bodies = append(*bodies, string(body))
		_, _ = io.WriteString(w, response)
	})})), bodies
}

// Each kind is sent with its own audience, each account once, in UTC, and without a random. Changing a
// push sends all of it.
func TestScheduledPushIsSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, bodies := sentBodies(t, `{"ActionStatus":"OK","ErrorCode":0,"TaskID":12345678901234567890123}`)
		push := sampleScheduled()
		push.At = time.Date(2025, 6, 1, 18, 0, 0, 999_999_999, time.FixedZone("", 8*60*60))
		push.Message = Message{From: "admin2", Notification: map[string]any{"Title": "a"}, DataID: "not used"}
		push.Condition = Condition{TagsOr: []string{"A"}, TagsNot: []string{"B"}}
		push.Accounts = []string{"user1", "user2", "user1"}
		const common = `"SchedAt":"2025-06-01 10:00:00","Content":{"From_Account":"admin2",`
		for kind, want := range map[ScheduledKind]string{
			ScheduledToAll:      common,
			ScheduledToSelected: common + `"Condition":{"TagsOr":["A"],"TagsNot":["B"]},`,
			ScheduledToAccounts: common + `"To_Account":["user1","user2"],`,
		} {
			push.Kind, *bodies = kind, nil
			id, err := client.AddScheduledPush(t.Context(), push)
			if err != nil || id != "12345678901234567890123" {
				t.Errorf("%s: %s, %v", kind, id, err)
			}
			if err := client.ModifyScheduledPush(t.Context(), id, push); err != nil {
				t.Error(err)
			}
			if err := client.DeleteScheduledPush(t.Context(), id, kind); err != nil {
				t.Error(err)
			}
			want = `"Type":"` + string(kind) + `",` + want + `"OfflinePushInfo":{"Title":"a"}}}`
			wants := []string{
				`{"Sdkappid":1400000000,` + want,
				`{"Sdkappid":1400000000,"TaskID":12345678901234567890123,` + want,
				`{"Sdkappid":1400000000,"TaskID":12345678901234567890123,"Type":"` + string(kind) + `"}`,
			}
			if !reflect.DeepEqual(*bodies, wants) {
				t.Errorf("%s: sent\n%s\nwant\n%s", kind, strings.Join(*bodies, "\n"), strings.Join(wants, "\n"))
			}
		}
	})
}

// A push without the audience of its kind, which could go to everybody, and a task
// without a valid ID are rejected before any request.
func TestInvalidScheduledPushIsNotSent(t *testing.T) {
	t.Parallel()
	client, bodies := sentBodies(t, `{"ActionStatus":"OK","ErrorCode":0,"TaskID":1}`)
	var accounts []string
	for n := range 501 {
		accounts = append(accounts, fmt.Sprint(n))
	}
	for want, push := range map[string]ScheduledPush{
		"the condition is invalid: a part of it, or all of it, is empty": {Kind: ScheduledToSelected, Condition: Condition{TagsOr: []string{}, TagsAnd: []string{"A"}}},
		"has neither tags nor attributes":                                {Kind: ScheduledToSelected, Accounts: []string{"a"}},
		"the push is for 0 accounts, not 1 to 500":                       {Kind: ScheduledToAccounts, Condition: Condition{TagsOr: []string{"A"}}},
		"the push is for 501 accounts, not 1 to 500":                     {Kind: ScheduledToAccounts, Accounts: accounts},
		`"" is not a kind of scheduled push`:                             {},
	} {
		_, added := client.AddScheduledPush(t.Context(), push)
		for _, err := range []error{added, client.ModifyScheduledPush(t.Context(), sampleID, push)} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	}
	if _, err := client.AddScheduledPush(t.Context(), ScheduledPush{Kind: ScheduledToAccounts, Accounts: append(accounts[:500:500], accounts[:500]...)}); err != nil {
		t.Errorf("500 accounts, each twice: %v", err)
	}
	*bodies = nil
	for _, id := range []string{"", "0", "007", "1.5", "1e9", "-", "1 ", "x", `1,"Type":"All"`} {
		_, got := client.GetScheduledPush(t.Context(), id)
		for _, err := range []error{got, client.ModifyScheduledPush(t.Context(), id, sampleScheduled()), client.DeleteScheduledPush(t.Context(), id, ScheduledToAll)} {
			if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("is not an integer: %q", id)) {
				t.Errorf("%q: %v", id, err)
			}
		}
	}
	if len(*bodies) != 0 {
		t.Errorf("sent %s", *bodies)
	}
}

// The ID is found in every likely form. A success without one is unclear, like a lost
// response.
func TestAddScheduledPushID(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]string{
		`"TaskID":7`:                           "7",
		`"TaskID":"7"`:                         "7",
		`"TaskID":-7`:                          "-7",
		`"TaskId":9007199254740993`:            "9007199254740993", // more than a float64 holds
		`"TaskId":"8","TaskID":7`:              "7",
		`"TaskInfo":{"TaskID":7}`:              "7",
		`"TaskInfo":{"TaskId":"7"}`:            "7",
		`"TaskID":0,"TaskInfo":{"TaskID":"7"}`: "7",
		`"TaskID":0`:                           "",
		`"TaskID":""`:                          "",
		`"TaskID":null`:                        "",
		`"TaskID":[7]`:                         "",
		`"TaskID":7.0`:                         "",
		`"taskid":7`:                           "",
		`"New":7`:                              "",
	} {
		client, bodies := sentBodies(t, `{"ActionStatus":"OK","ErrorCode":0,`+fields+`}`)
		id, err := client.AddScheduledPush(t.Context(), sampleScheduled())
		var failed *RequestError
		if id != want || (err == nil) != (want != "") || err != nil && (!errors.As(err, &failed) || !failed.Unclear) || len(*bodies) != 1 {
			t.Errorf("%s: got %q, %v after %d requests", fields, id, err, len(*bodies))
		}
	}
}

// scheduling returns a client of an emulator with the accounts of the sample push, in a
// connection with real HTTP.
func scheduling(t *testing.T) (*Client, *emulator.Emulator) {
	t.Helper()
	service := newEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"user1": {}, "user2": {}}})
	return newTestClient(t, testConfig(pipedTransport(t, service))), service
}

// lostReplies are the ways in which a request is executed although no response says so.
var lostReplies = map[string]emulator.Effect{
	"dropped":            {Drop: true},
	"cut short":          {Truncate: true},
	"stalled":            {Stall: true},
	"slow":               {Delay: time.Hour},
	"bad gateway":        {Status: http.StatusBadGateway},
	"a gateway's limit":  {Status: http.StatusTooManyRequests},
	"half of the JSON":   {Body: `{"ActionStatus":"OK","Err`},
	"HTML":               {Body: "<html>"},
	"success without ID": {Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`},
	"internal":           {Code: CodeInternal},
	"internal, timed":    {Code: CodeScheduledPushFailed},
	"unknown code":       {Code: 12345},
}

// A push that is scheduled although the response is lost is scheduled once, and the
// error is unclear. FindScheduledPush finds it.
func TestScheduledPushIsAddedOnce(t *testing.T) {
	t.Parallel()
	for name, effect := range lostReplies {
		effect.Execute = true
		synctest.Test(t, func(t *testing.T) {
			client, service := scheduling(t)
			old, err := client.AddScheduledPush(t.Context(), sampleScheduled())
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			since := time.Now()
			service.Script(emulator.Fault{Effect: effect, Times: 1})
			id, err := client.AddScheduledPush(t.Context(), sampleScheduled())
			var failed *RequestError
			if id != "" || !errors.As(err, &failed) || !failed.Unclear || failed.Attempts != 1 {
				t.Errorf("%s: %q, %v", name, id, err)
			}
			found, err := client.FindScheduledPush(t.Context(), sampleScheduled(), since)
			if err != nil || found == nil || found.ID == old {
				t.Errorf("%s: found %v, %v", name, found, err)
			}
			if added := executed(service, "add_sched_task"); added != 2 {
				t.Errorf("%s: %d pushes are scheduled, want 2", name, added)
			}
		})
	}
}

// executed returns the number of executed requests of a command.
func executed(service *emulator.Emulator, command string) (count int) {
	for _, entry := range service.Journal() {
		if entry.API == command && entry.Executed && entry.Code != 90104 {
			count++
		}
	}
	return count
}

// A request to add is sent again if it certainly was not executed, and then not with
// another outcome than the first would have.
func TestScheduledPushIsAddedAgain(t *testing.T) {
	t.Parallel()
	for code, again := range map[int]bool{
		CodeTooFrequent: true, CodeAppTooFrequent: true, CodeTooManyRequests: true, CodeTooManyCalls: true,
		CodeUserSigExpired: false, CodeBadScheduledPush: false, CodePushQuota: false,
	} {
		synctest.Test(t, func(t *testing.T) {
			client, service := scheduling(t)
			service.Script(once(code))
			id, err := client.AddScheduledPush(t.Context(), sampleScheduled())
			var failed *RequestError
			if again != (id != "" && err == nil) || !again && (!errors.As(err, &failed) || failed.Unclear) {
				t.Errorf("%d: %q, %v", code, id, err)
			}
		})
	}
}

// Changing and deleting are retried. That the task is gone after a lost response is an
// unclear error.
func TestScheduledPushIsChangedAgain(t *testing.T) {
	t.Parallel()
	for name, effect := range lostReplies {
		if name == "HTML" || name == "unknown code" || name == "success without ID" {
			continue // no transient error, or no error
		}
		effect.Execute = true
		synctest.Test(t, func(t *testing.T) {
			client, service := scheduling(t)
			push := sampleScheduled()
			id, err := client.AddScheduledPush(t.Context(), push)
			if err != nil {
				t.Fatal(err)
			}
			push.Accounts = []string{"user2"}
			service.Script(emulator.Fault{Match: emulator.Match{API: "modify_sched_task"}, Times: 1, Effect: effect}, emulator.Fault{Match: emulator.Match{API: "delete_sched_task"}, Times: 1, Effect: effect})
			if err := client.ModifyScheduledPush(t.Context(), id, push); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if task, err := client.GetScheduledPush(t.Context(), id); err != nil || !SameContent(push, task.Content) || SameContent(sampleScheduled(), task.Content) {
				t.Errorf("%s: %+v, %v", name, task, err)
			}
			var failed *RequestError
			if err := client.DeleteScheduledPush(t.Context(), id, push.Kind); !IsCode(err, CodeBadScheduledPush) || !errors.As(err, &failed) || !failed.Unclear {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

// If the context ends, a write in flight is completed. One that waits for its turn is
// not sent.
func TestScheduledPushIsCompleted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := scheduling(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: 5 * time.Second}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		id, err := client.AddScheduledPush(ctx, sampleScheduled())
		if err != nil || id == "" {
			t.Errorf("%q, %v", id, err)
		}
		_, err = client.AddScheduledPush(ctx, sampleScheduled())
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Unclear || executed(service, "add_sched_task") != 1 {
			t.Errorf("after the end: %v", err)
		}
	})
}

// A task is decoded as far as possible.
func TestGetScheduledPush(t *testing.T) {
	t.Parallel()
	for info, want := range map[string]ScheduledTask{
		``: {},
		`"CreateAt":"2025-05-20 08:30:00","SchedAt":"2025-06-01 10:00:00","Type":"All","Title":"a","Desc":"b","Status":"dispatched","DispatchErr":"c","PushTaskID":"d","DispatchSuccess":1`: {
			Kind: ScheduledToAll, CreatedAt: time.Date(2025, 5, 20, 8, 30, 0, 0, time.UTC), At: time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC),
			Title: "a", Desc: "b", Status: "dispatched", DispatchError: "c", PushTaskID: "d",
		},
		`"Title":7,"Desc":null,"Status":true,"CreateAt":1748772000,"SchedAt":"2025-06-31 10:00:00","Content":"{}"`: {Title: "7", Status: "true"},
		`"Content":{"From_Account":12345678901234567890,"b":1.50,"a":"<"}`: {
			Content: json.RawMessage(`{"From_Account":12345678901234567890,"a":"<","b":1.50}`),
		},
	} {
		want.ID = sampleID
		client, _ := sentBodies(t, strings.Replace(`{"ActionStatus":"OK","ErrorCode":0,"TaskInfo":{"TaskID":"`+sampleID+`",%}}`, `,%`, strings.TrimSuffix(","+info, ","), 1))
		got, err := client.GetScheduledPush(t.Context(), sampleID)
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s:\ngot  %+v, %v\nwant %+v", info, got, err, want)
		}
	}
}

// A task returns the push that it was made from, with the numbers as they were sent.
func TestTaskPush(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC)
	for content, want := range map[string]ScheduledPush{
		``:   {},
		`[]`: {},
		`{"From_Account":12345,"To_Account":["a",7,null],"MsgRandom":1,"OfflinePushInfo":{"Title":"a","BadgeAddNum":1,"PushTemplateParam":{"n":1.0}}}`: {
			Message:  Message{From: "12345", Notification: map[string]any{"Title": "a", "BadgeAddNum": json.Number("1"), "PushTemplateParam": map[string]any{"n": json.Number("1.0")}}},
			Accounts: []string{"a", "7", ""},
		},
		`{"From_Account":"admin","Condition":{"TagsOr":["A"],"TagsAnd":[],"AttrsOr":{"city":"X","age":7,"vip":true},"AttrsAnd":{}}}`: {
			Message:   Message{From: "admin"},
			Condition: Condition{TagsOr: []string{"A"}, AttributesOr: map[string]string{"city": "X", "age": "7", "vip": "true"}},
		},
		`{"From_Account":{},"To_Account":{"a":1},"Condition":["A"],"OfflinePushInfo":"a"}`: {},
	} {
		want.Kind, want.At = ScheduledToAll, at
		if got := (ScheduledTask{Kind: ScheduledToAll, At: at, Content: json.RawMessage(content)}).Push(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", content, got, want)
		}
	}
}
