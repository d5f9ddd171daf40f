package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/arrivals"
)

// The pushes are those on the API pages (60561, 67553).
var (
	_ = register("push", func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		condition := Condition{TagsAnd: []string{"Stock A", "Stock B"}}
		pushed, err := client.PushToSelected(t.Context(), samplePush, condition, 124032)
		return shownPush(t, pushed, err), err
	})
	_ = register("batch", func(t *testing.T, client *Client, accounts []string) (shown string, err error) {
		t.Helper()
		calls := 0
		err = client.PushToAccounts(t.Context(), samplePush, accounts, MaxPushAccounts, func() uint32 { return 3674128 }, func(pushed Pushed) {
			calls++
			shown = shownPush(t, pushed, err)
			if !slices.Equal(pushed.Accounts, accounts) {
				t.Errorf("batch: sent to %v, not %v", pushed.Accounts, accounts)
			}
		})
		if want := err == nil || unclear(err); calls > 1 || (calls == 1) != want {
			t.Errorf("batch: %d requests are reported with %v", calls, err)
		}
		return shown, err
	})
)

var samplePush = Message{
	From:         "administrator",
	Notification: map[string]any{"PushFlag": 0, "Title": "Offline Push Title", "Desc": "Offline Push Content"},
}

// shownPush returns the outcome of a push as text. It checks what must be true of any
// response.
func shownPush(t *testing.T, pushed Pushed, err error) string {
	t.Helper()
	if err != nil && (pushed.TaskID != "" || pushed.Refused != nil || pushed.Unexpected != nil || pushed.Unclear != unclear(err)) {
		t.Errorf("the outcome is %+v with %v", pushed, err)
	}
	shown := fmt.Sprintf("%+v", pushed)
	for account, failure := range pushed.Refused {
		if failure.Message() == "" || !slices.Contains(pushed.Accounts, account) {
			t.Errorf("%s is refused without a reason, or was not asked for: %+v", account, failure)
		}
		shown += failure.Message()
	}
	return shown
}

// recorded returns a client of an emulator that has the accounts, and follows the
// fault script.
func recorded(t *testing.T, accounts []string, faults ...emulator.Fault) (*Client, *arrivals.Recorder) {
	t.Helper()
	service := withAccounts(t, accounts)
	service.Script(faults...)
	requests := &arrivals.Recorder{Handler: service}
	return newTestClient(t, testConfig(handlerTransport{requests})), requests
}

// randoms returns MsgRandoms from 1.
func randoms() func() uint32 {
	var last uint32
	return func() uint32 {
		last++
		return last
	}
}

func TestPushBodies(t *testing.T) {
	t.Parallel()
	type body = map[string]any
	message := Message{From: "sender", Notification: map[string]any{"Title": "<t>", "BadgeAddNum": json.Number("1")}, DataID: "data"}
	many := func(condition Condition) func(*Client) error {
		return func(client *Client) error {
			_, err := client.PushToSelected(t.Context(), message, condition, MaxMessageRandom)
			return err
		}
	}
	for name, test := range map[string]struct {
		push func(*Client) error
		more body // the fields that the others do not have
	}{
		"all": {func(client *Client) error {
			_, err := client.PushToAll(t.Context(), message, MaxMessageRandom)
			return err
		}, body{}},
		"tags": {
			many(Condition{TagsOr: []string{"a", "b"}, TagsAnd: []string{"c"}, TagsNot: []string{"d"}}),
			body{"Condition": body{"TagsOr": []any{"a", "b"}, "TagsAnd": []any{"c"}, "TagsNot": []any{"d"}}},
		},
		"one tag": {many(Condition{TagsNot: []string{" d"}}), body{"Condition": body{"TagsNot": []any{" d"}}}},
		"attributes": {
			many(Condition{AttributesOr: map[string]string{"a": "1", "b": "2"}, AttributesAnd: map[string]string{"c": ""}}),
			body{"Condition": body{"AttrsOr": body{"a": "1", "b": "2"}, "AttrsAnd": body{"c": ""}}},
		},
		"accounts": {func(client *Client) error {
			return client.PushToAccounts(t.Context(), message, []string{"user1", "user0", "user1"}, 1000, func() uint32 { return MaxMessageRandom }, func(Pushed) {})
		}, body{"To_Account": []any{"user1", "user0"}}},
	} {
		client, requests := recorded(t, nil)
		_ = test.push(client) // some attributes do not exist
		want := body{
			"From_Account": "sender", "MsgRandom": json.Number("4294967295"), "DataId": "data",
			"OfflinePushInfo": body{"Title": "<t>", "BadgeAddNum": json.Number("1")},
		}
		maps.Copy(want, test.more)
		if len(requests.Bodies()) != 1 || !reflect.DeepEqual(requests.Bodies()[0], want) {
			t.Errorf("%s: sent %v, want %v", name, requests.Bodies(), want)
		}
	}
}

// No condition that could select other accounts than was meant is sent: a part that
// is empty would be left out.
func TestPushToSelectedNeedsCondition(t *testing.T) {
	t.Parallel()
	for name, condition := range map[string]Condition{
		"no part":              {},
		"an empty part":        {TagsOr: []string{}},
		"another empty part":   {TagsAnd: []string{"a"}, TagsOr: []string{}},
		"no attributes":        {AttributesAnd: map[string]string{}},
		"tags with attributes": {TagsAnd: []string{"a"}, AttributesAnd: map[string]string{"a": ""}},
		"an empty tag":         {TagsAnd: []string{""}},
	} {
		client, requests := recorded(t, nil)
		pushed, err := client.PushToSelected(t.Context(), samplePush, condition, 1)
		if err == nil || pushed.Unclear || len(requests.Bodies()) > 0 {
			t.Errorf("%s: %v after %d requests", name, err, len(requests.Bodies()))
		}
	}
}

// PushBytes is the size of the body with the longest random.
func TestPushBytes(t *testing.T) {
	t.Parallel()
	for _, condition := range []*Condition{nil, {TagsAnd: []string{"<&é"}}, {AttributesOr: map[string]string{"a": "1"}}} {
		var sent []byte
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			sent, _ = io.ReadAll(request.Body)
			return nil, io.EOF
		})))
		client.config.MaxRetries = 0
		if condition == nil {
			_, _ = client.PushToAll(t.Context(), samplePush, MaxMessageRandom)
		} else {
			_, _ = client.PushToSelected(t.Context(), samplePush, *condition, MaxMessageRandom)
		}
		if size, err := PushBytes(samplePush, condition); err != nil || size != len(sent) || size == 0 {
			t.Errorf("the body has %d bytes, not %d: %v", len(sent), size, err)
		}
	}
}

// What is odd about the response to an executed push is noted, and no error: the push
// has been sent.
func TestPushResponses(t *testing.T) {
	t.Parallel()
	unknown := map[string]AccountError{"user0": accountError(CodeAccountNotFound, "")}
	for response, want := range map[string]Pushed{
		`"TaskId":"a_1"`:                            {TaskID: "a_1"},
		`"TaskId":7`:                                {TaskID: "7"},
		`"TaskId":"a_1","ErrorList":null`:           {TaskID: "a_1"},
		`"TaskId":"a_1","ErrorList":[]`:             {TaskID: "a_1"},
		`"taskid":"a_1"`:                            {Unexpected: []string{"contains no TaskId"}},
		`"TaskId":null`:                             {Unexpected: []string{"contains no TaskId"}},
		`"TaskId":"a_1","ErrorList":{"k":[1]}`:      {TaskID: "a_1", Unexpected: []string{"contains a field ErrorList that is not a list"}},
		`"ErrorList":7`:                             {Unexpected: []string{"contains a field ErrorList that is not a list", "contains no TaskId"}},
		`"TaskId":"a_1","ErrorList":[%]`:            {TaskID: "a_1", Refused: unknown},
		`"ErrorList":[%,{"ErrorCode":0}]`:           {Refused: unknown, Unexpected: []string{"contains no TaskId"}},
		`"TaskId":"a_1","ErrorList":[7,%]`:          {TaskID: "a_1", Refused: unknown, Unexpected: []string{errNoAccount.Error()}},
		`"TaskId":"a_1","ErrorList":[{},{},%,null]`: {TaskID: "a_1", Refused: unknown, Unexpected: []string{errNoAccount.Error()}},
		`"TaskId":"a_1","ErrorList":[%` + strings.Repeat(`,7`, maxElements) + `]`: {
			TaskID: "a_1", Refused: unknown, Unexpected: []string{errNoAccount.Error()},
		},
	} {
		response = strings.ReplaceAll(response, "%", `{"To_Account":"user0","ErrorCode":70107}`)
		client := newTestClient(t, testConfig(responses(`{"ActionStatus":"OK","ErrorCode":0,`+response+`}`)))
		var got Pushed
		err := client.PushToAccounts(t.Context(), samplePush, []string{"user0"}, 1, randoms(), func(pushed Pushed) { got = pushed })
		want.Random, want.Accounts = 1, []string{"user0"}
		if want.Refused == nil {
			want.Refused = map[string]AccountError{}
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%.100s: got %+v, %v; want %+v", response, got, err, want)
		}
	}
}

// Pushes to accounts are requests of so many accounts, one a second, also if several
// operations of a client push at the same time. Each has a random of its own.
func TestPushToAccountsKeepsPace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ accounts, perRequest, requests int }{
		{0, 30, 0}, {1, 30, 1}, {30, 30, 1}, {31, 30, 2}, {3, 1, 3}, {1001, 800, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, requests := recorded(t, numbered(test.accounts))
			started := time.Now()
			var group sync.WaitGroup
			const operations = 2
			for operation := range operations {
				group.Go(func() {
					random := randoms()
					var reached []string
					err := client.PushToAccounts(t.Context(), samplePush, numbered(test.accounts), test.perRequest,
						func() uint32 { return random() + uint32(operation)<<16 },
						func(pushed Pushed) {
							reached = append(reached, pushed.Accounts...)
							if pushed.TaskID == "" || pushed.Unclear || len(pushed.Refused) > 0 || pushed.Unexpected != nil {
								t.Errorf("%+v: %+v", test, pushed)
							}
						})
					if err != nil || !slices.Equal(reached, numbered(test.accounts)) {
						t.Errorf("%+v: %d accounts, %v", test, len(reached), err)
					}
				})
			}
			group.Wait()
			used := map[string]bool{}
			for i, body := range requests.Bodies() {
				used[fmt.Sprint(body["MsgRandom"])] = true
				if asked, _ := body["To_Account"].([]any); len(asked) > min(test.perRequest, MaxPushAccounts) {
					t.Errorf("%+v: a request has %d accounts", test, len(asked))
				}
				if late := requests.Times()[i].Sub(started); late != time.Duration(i)*window {
					t.Errorf("%+v: request %d arrives after %s", test, i+1, late)
				}
			}
			if len(requests.Bodies()) != operations*test.requests || len(used) != operations*test.requests {
				t.Errorf("%+v: %d requests with %d randoms", test, len(requests.Bodies()), len(used))
			}
		})
	}
}

// Pushes to all or by condition are at most one a second, and do not slow those to
// accounts.
func TestPushKeepsPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, requests := recorded(t, []string{"user0"})
		started := time.Now()
		for random := range uint32(3) {
			if _, err := client.PushToAll(t.Context(), samplePush, random); err != nil {
				t.Error(err)
			}
		}
		err := client.PushToAccounts(t.Context(), samplePush, []string{"user0"}, 1, randoms(), func(Pushed) {})
		if took := time.Since(started); err != nil || took != 2*window || len(requests.Bodies()) != 4 {
			t.Errorf("%d pushes took %s: %v", len(requests.Bodies()), took, err)
		}
	})
}

// A retry has the random of its request, the next request another.
func TestRetryKeepsMessageRandom(t *testing.T) {
	t.Parallel()
	for _, code := range []int{CodeTooFrequent, CodeAppTooFrequent, CodeTooManyRequests, CodeTooManyCalls, CodePushTooFrequent} {
		synctest.Test(t, func(t *testing.T) {
			client, requests := recorded(t, numbered(2), emulator.Fault{Skip: 1, Times: 2, Effect: emulator.Effect{Code: code}})
			if err := client.PushToAccounts(t.Context(), samplePush, numbered(2), 1, randoms(), func(Pushed) {}); err != nil {
				t.Error(err)
			}
			var used []string
			for i, body := range requests.Bodies() {
				used = append(used, fmt.Sprint(body["MsgRandom"]))
				if i > 0 && requests.Times()[i].Sub(requests.Times()[i-1]) < window {
					t.Errorf("%d: request %d arrives %s after the previous one", code, i+1, requests.Times()[i].Sub(requests.Times()[i-1]))
				}
			}
			if !slices.Equal(used, []string{"1", "2", "2", "2"}) {
				t.Errorf("%d: the randoms are %v", code, used)
			}
		})
	}
}

// A request of a strict class whose outcome is unclear ends the operation, with what
// is known.
func TestPushToAccountsEndsWithFailure(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect  emulator.Effect
		unclear bool
	}{
		"rejected": {emulator.Effect{Code: CodePushDisabled}, false},
		"internal": {emulator.Effect{Code: CodeInternal, Execute: true}, true},
		"lost":     {emulator.Effect{Delay: time.Hour}, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, requests := recorded(t, numbered(4), emulator.Fault{Skip: 1, Effect: test.effect})
			var sent []string
			err := client.PushToAccounts(t.Context(), samplePush, numbered(4), 1, randoms(), func(pushed Pushed) {
				sent = append(sent, fmt.Sprintf("%s unclear %t", pushed.Accounts, pushed.Unclear))
				if pushed.Unclear == (pushed.TaskID != "") {
					t.Errorf("%s: %+v", name, pushed)
				}
			})
			want := []string{"[user0] unclear false", "[user1] unclear true"}
			if !test.unclear {
				want = want[:1]
			}
			var failed *RequestError
			if !errors.As(err, &failed) || failed.Unclear != test.unclear || failed.Attempts != 1 || failed.API != "batch" {
				t.Errorf("%s: the error is %v", name, err)
			}
			if !slices.Equal(sent, want) || len(requests.Bodies()) != 2 {
				t.Errorf("%s: %q after %d requests", name, sent, len(requests.Bodies()))
			}
		})
	}
}

// Before a request is sent, the end of the context is certain to leave it unsent. A
// request in flight completes, and its outcome counts.
func TestPushInterrupted(t *testing.T) {
	t.Parallel()
	slow := func(effect emulator.Effect) []emulator.Fault {
		effect.Delay = 5 * time.Second
		return []emulator.Fault{{Skip: 1, Times: 1, Effect: effect}}
	}
	for name, test := range map[string]struct {
		faults   []emulator.Fault
		after    time.Duration // when the context ends
		requests int           // of one account each
		sent     int           // that are reported
		done     int           // accounts in the error
		failed   bool          // the error is that of the request
		unclear  bool
		last     bool // the error has the last failure
	}{
		"before the first":            {after: 0},
		"while waiting for the pace":  {after: 500 * time.Millisecond, requests: 1, sent: 1, done: 1},
		"in flight":                   {faults: slow(emulator.Effect{}), after: 3 * time.Second, requests: 2, sent: 2, done: 2},
		"in flight, then rejected":    {faults: slow(emulator.Effect{Code: CodePushDisabled}), after: 3 * time.Second, requests: 2, sent: 1, failed: true},
		"in flight, then lost":        {faults: slow(emulator.Effect{Drop: true}), after: 3 * time.Second, requests: 2, sent: 2, failed: true, unclear: true},
		"in flight, then throttled":   {faults: slow(emulator.Effect{Code: CodePushTooFrequent}), after: 3 * time.Second, requests: 2, sent: 1, done: 1, last: true},
		"while waiting for the retry": {faults: []emulator.Fault{always(CodePushTooFrequent)}, after: 500 * time.Millisecond, requests: 1, last: true},
		"after the last":              {after: time.Hour, requests: 3, sent: 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, requests := recorded(t, numbered(3), test.faults...)
			ctx, cancel := context.WithTimeout(t.Context(), test.after)
			defer cancel()
			var sent []Pushed
			err := client.PushToAccounts(ctx, samplePush, numbered(3), 1, randoms(), func(pushed Pushed) { sent = append(sent, pushed) })
			if len(requests.Bodies()) != test.requests || len(sent) != test.sent {
				t.Errorf("%s: %d requests, %d reported", name, len(requests.Bodies()), len(sent))
			}
			if test.sent == 3 {
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				return
			}
			var (
				interrupted *InterruptedError
				failed      *RequestError
			)
			switch {
			case test.failed && (!errors.As(err, &failed) || failed.Unclear != test.unclear):
				t.Errorf("%s: the error is %v", name, err)
			case test.failed:
			case !errors.As(err, &interrupted):
				t.Errorf("%s: the error is %v", name, err)
			case interrupted.Done != test.done || interrupted.Total != 3 || interrupted.Items != "accounts" || interrupted.Unclear || (interrupted.Last != nil) != test.last:
				t.Errorf("%s: the error is %+v", name, interrupted)
			}
		})
	}
}

// A single push is interrupted only before it is sent.
func TestSinglePushInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, requests := recorded(t, []string{"user0"}, emulator.Fault{Effect: emulator.Effect{Delay: 5 * time.Second}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if pushed, err := client.PushToAll(ctx, samplePush, 1); err != nil || pushed.TaskID == "" {
			t.Errorf("in flight: %+v, %v", pushed, err)
		}
		pushed, err := client.PushToAll(ctx, samplePush, 2)
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Unclear || pushed.Unclear || interrupted.Total != 0 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("before it is sent: %+v, %v", pushed, err)
		}
		if len(requests.Bodies()) != 1 {
			t.Errorf("%d requests", len(requests.Bodies()))
		}
	})
}

// Each request is logged with its number, and the progress at most once a second.
func TestPushProgressIsLogged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := recorded(t, numbered(5))
		book := &logBook{}
		client.logger = book
		if err := client.PushToAccounts(t.Context(), samplePush, numbered(5), 2, randoms(), func(Pushed) {}); err != nil {
			t.Error(err)
		}
		const call = "DEBUG Called the Push Service map[accounts:%d api:batch attempt:1 batch:%d batches:3 duration_ms:0 error_code:0 http_status:200]"
		want := []string{
			fmt.Sprintf(call, 2, 1),
			fmt.Sprintf(call, 2, 2),
			"INFO Pushing to accounts map[pushed to:4 total:5]",
			fmt.Sprintf(call, 1, 3),
		}
		if !slices.Equal(book.lines, want) {
			t.Errorf("the log is %q", book.lines)
		}
	})
}
