package timpush

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

var _ = register("list_sched_task", func(t *testing.T, client *Client, _ []string) (string, error) {
	t.Helper()
	client.spelling.Store(1) // known, or else 90104 is answered with the other spelling
	var shown strings.Builder
	seen := map[string]bool{}
	begin := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	err := client.ListScheduledPushes(t.Context(), ScheduledQuery{By: ByTime, Begin: begin, End: begin.AddDate(0, 0, 1)}, func(task ScheduledTask) bool { // a day, or else 90104 is answered with shorter windows
		if !IsScheduledID(task.ID) || seen[task.ID] {
			t.Errorf("the task %q is invalid, or listed again", task.ID)
		}
		seen[task.ID] = true
		shown.WriteString(shownTask(t, task))
		return true
	})
	return shown.String(), err
})

// taskList is a service that has tasks with the IDs 1 to count, each a minute after the
// last one.
type taskList struct {
	count int
	begin time.Time // when task 0 would be

	largest      int                 // tasks in a page; 0 for what is wanted
	total        func(found int) any // nil for no Total
	ignoreOffset bool
	ignoreWindow bool
	openWindow   bool          // the end of a window does not belong to it
	longest      time.Duration // of a window; longer ones are rejected

	requests []listRequest
}

func (l *taskList) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	var body listRequest
	_ = json.NewDecoder(request.Body).Decode(&body)
	l.requests = append(l.requests, body)
	begin, _ := time.Parse(time.DateTime, body.BeginTime)
	end, _ := time.Parse(time.DateTime, body.EndTime)
	if l.longest > 0 && end.Sub(begin) > l.longest {
		_, _ = io.WriteString(w, `{"ActionStatus":"FAIL","ErrorCode":90104,"ErrorInfo":"the span is over the maximum"}`)
		return
	}
	if l.openWindow {
		end = end.Add(-time.Second)
	}
	var found []string
	for n := 1; n <= l.count; n++ {
		at := l.begin.Add(time.Duration(n) * time.Minute)
		if l.ignoreWindow || !at.Before(begin) && !at.After(end) {
			found = append(found, fmt.Sprintf(`{"TaskID":%d}`, n))
		}
	}
	total := ""
	if l.total != nil {
		total = fmt.Sprintf(`"Total":%v,`, l.total(len(found)))
	}
	if !l.ignoreOffset {
		found = found[min(body.Offset, len(found)):]
	}
	want := body.Want
	if l.largest > 0 {
		want = min(want, l.largest)
	}
	found = found[:min(want, len(found))]
	_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,`+total+`"Tasks":[`+strings.Join(found, ",")+`]}`)
}

// listed returns the IDs of the listed tasks, which must be without duplicates.
func listed(ctx context.Context, client *Client, query ScheduledQuery) (ids []string, err error) {
	err = client.ListScheduledPushes(ctx, query, func(task ScheduledTask) bool {
		ids = append(ids, task.ID)
		return true
	})
	return ids, err
}

// All tasks are listed once, whatever their number, however the service divides them
// into pages, and whatever it says of their number. A list ends.
func TestListScheduledPushesPages(t *testing.T) {
	t.Parallel()
	exact := func(found int) any { return found }
	of := func(total any) func(int) any { return func(int) any { return total } }
	for name, list := range map[string]taskList{
		"exact total":             {total: exact},
		"total as text":           {total: func(found int) any { return fmt.Sprintf("%q", fmt.Sprint(found)) }},
		"no total":                {},
		"total is null":           {total: of("null")},
		"total is no number":      {total: of(`{"a":1}`)},
		"total is 0":              {total: of(0)},
		"total of a page":         {total: func(found int) any { return min(found, 100) }},
		"total too large":         {total: of("99999999999999999999")},
		"total a little larger":   {total: func(found int) any { return found + 1 }},
		"negative total":          {total: of(-1)},
		"small pages":             {total: exact, largest: 20},
		"small pages, no total":   {largest: 20},
		"pages of one":            {total: exact, largest: 1},
		"the window is ignored":   {total: exact, ignoreWindow: true},
		"windows without the end": {total: exact, openWindow: true},
	} {
		for _, count := range []int{0, 1, 99, 100, 101, 250} {
			if name == "pages of one" && count > 10 {
				continue // slow, with 5 requests a second
			}
			synctest.Test(t, func(t *testing.T) {
				service := list
				service.count, service.begin = count, time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
				client := newTestClient(t, testConfig(handlerTransport{&service}))
				// A task is at the end of the first week, and some are in the second.
				begin := service.begin.Add(-7*24*time.Hour + 50*time.Minute)
				ids, err := listed(t.Context(), client, ScheduledQuery{By: ByTime, Begin: begin, End: service.begin.Add(24 * time.Hour)})
				if err != nil || len(ids) != count {
					t.Errorf("%s: %d of %d tasks, %v", name, len(ids), count, err)
				}
				slices.Sort(ids)
				if distinct := slices.Compact(ids); len(distinct) != count {
					t.Errorf("%s: %d of %d tasks are distinct", name, len(distinct), count)
				}
				if most := 2 * (2 + count/max(1, cmp.Or(list.largest, 100))); len(service.requests) > most {
					t.Errorf("%s: %d requests for %d tasks", name, len(service.requests), count)
				}
			})
		}
	}
}

// If the same page comes again although there is more, the list is not complete, which
// is an error and not an endless loop.
func TestListScheduledPushesRepeated(t *testing.T) {
	t.Parallel()
	begin := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	exact := func(found int) any { return found }
	for _, test := range []struct {
		list    taskList
		count   int
		problem string
	}{
		{taskList{total: exact}, 100, ""},
		{taskList{total: exact}, 99, ""},
		{taskList{}, 99, ""},
		{taskList{total: exact}, 101, "repeats tasks of earlier pages"},
		{taskList{}, 100, "repeats tasks of earlier pages"},
		{taskList{total: exact, largest: 20}, 21, "repeats tasks of earlier pages"},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := test.list
			service.count, service.begin, service.ignoreOffset = test.count, begin, true
			client := newTestClient(t, testConfig(handlerTransport{&service}))
			ids, err := listed(t.Context(), client, ScheduledQuery{By: ByTime, Begin: begin, End: begin.Add(24 * time.Hour)})
			var response *ResponseError
			switch {
			case test.problem == "" && (err != nil || len(ids) != test.count):
				t.Errorf("%d tasks: %d, %v", test.count, len(ids), err)
			case test.problem != "" && (!errors.As(err, &response) || !strings.Contains(response.Problem, test.problem)):
				t.Errorf("%d tasks: %v", test.count, err)
			}
		})
	}
}

// Pages that always have something new end too.
func TestListScheduledPushesEndless(t *testing.T) {
	t.Parallel()
	page := pageResponse{earlier: map[string]bool{}, tasks: []ScheduledTask{{ID: "1"}}}
	for n := range maxListed {
		page.earlier[fmt.Sprint(n+2)] = true
	}
	if err := page.end(2 * maxListed); err == nil || err.Error() != "is one of a list with more than 100000 tasks" {
		t.Errorf("got %v", err)
	}
	delete(page.earlier, "2")
	if err := page.end(2 * maxListed); err != nil || page.last {
		t.Errorf("got %v, last %t", err, page.last)
	}
}

// A list is asked for in windows of a week, the last of which is shorter, in whole
// seconds, and until the caller has enough.
func TestListScheduledPushesWindows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := taskList{count: 3, begin: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), total: func(found int) any { return found }}
		client := newTestClient(t, testConfig(handlerTransport{&service}))
		east := time.FixedZone("", 8*60*60)
		query := ScheduledQuery{By: ByCreation, Begin: time.Date(2025, 6, 1, 8, 0, 0, 999, east), End: time.Date(2025, 6, 15, 8, 0, 0, 1, east), Keyword: "a"}
		if ids, err := listed(t.Context(), client, query); err != nil || len(ids) != 3 {
			t.Errorf("%s, %v", ids, err)
		}
		want := func(begin, end string) listRequest {
			return listRequest{SDKAppID: testSDKAppID, Want: 100, OrderBy: "createat", Asc: true, BeginTime: begin, EndTime: end, Keyword: "a"}
		}
		if wants := []listRequest{
			want("2025-06-01 00:00:00", "2025-06-08 00:00:00"),
			want("2025-06-08 00:00:00", "2025-06-15 00:00:00"),
			want("2025-06-15 00:00:00", "2025-06-15 00:00:01"),
		}; !reflect.DeepEqual(service.requests, wants) {
			t.Errorf("sent\n%+v\nwant\n%+v", service.requests, wants)
		}

		service.requests = nil
		calls := 0
		if err := client.ListScheduledPushes(t.Context(), query, func(ScheduledTask) bool { calls++; return calls < 2 }); err != nil || calls != 2 || len(service.requests) != 1 {
			t.Errorf("%d calls, %d requests, %v", calls, len(service.requests), err)
		}
		query.End = query.Begin
		if _, err := listed(t.Context(), client, query); err != nil {
			t.Errorf("one second: %v", err)
		}
		query.End = query.Begin.Add(-2 * time.Second)
		if _, err := listed(t.Context(), client, query); err == nil || !strings.Contains(err.Error(), "the window ends at 2025-05-31 23:59:59, before it begins at 2025-06-01 00:00:00") {
			t.Errorf("the wrong way round: %v", err)
		}
	})
}

// If the service rejects a window of a week, each day of it is listed. If it rejects a
// day too, the window is not the reason, or its maximum is not in days.
func TestListScheduledPushesShorterWindows(t *testing.T) {
	t.Parallel()
	for longest, requests := range map[time.Duration]int{
		0:                  2,
		7 * 24 * time.Hour: 2,
		3 * 24 * time.Hour: 2 + 8, // a week in both spellings, and eight days
		24 * time.Hour:     2 + 8,
		23 * time.Hour:     2 + 2,
	} {
		synctest.Test(t, func(t *testing.T) {
			begin := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
			service := taskList{count: 250, begin: begin.Add(5 * 24 * time.Hour), longest: longest}
			client := newTestClient(t, testConfig(handlerTransport{&service}))
			ids, err := listed(t.Context(), client, ScheduledQuery{By: ByTime, Begin: begin, End: begin.AddDate(0, 0, 8)})
			pages := slices.DeleteFunc(service.requests, func(r listRequest) bool { return r.Offset > 0 })
			if len(pages) != requests {
				t.Errorf("%s: %d windows, want %d", longest, len(pages), requests)
			}
			if fails := longest == 23*time.Hour; IsCode(err, CodeBadScheduledPush) != fails || !fails && (err != nil || len(ids) != 250) {
				t.Errorf("%s: %d tasks, %v", longest, len(ids), err)
			}
		})
	}
}

// The spelling of the order that the service accepts is found, and remembered. If both
// are rejected, there is another reason.
func TestListScheduledPushesSpelling(t *testing.T) {
	t.Parallel()
	for camelCase, spellings := range map[bool][]string{false: {"schedat", "createat"}, true: {"schedat", "schedAt", "createAt"}} {
		synctest.Test(t, func(t *testing.T) {
			service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Readings: emulator.Readings{CamelCaseOrder: camelCase}})
			if err != nil {
				t.Fatal(err)
			}
			service.Script(emulator.Fault{Times: 2, Effect: emulator.Effect{Code: CodeBadScheduledPush}})
			var sent []string
			client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
				body, err := io.ReadAll(request.Body)
				if err != nil {
					return nil, err
				}
				var fields listRequest
				_ = json.Unmarshal(body, &fields)
				sent = append(sent, fields.OrderBy)
				request.Body = io.NopCloser(strings.NewReader(string(body)))
				return handlerTransport{service}.RoundTrip(request)
			})))
			query := ScheduledQuery{By: ByTime, Begin: time.Now(), End: time.Now()}
			_, err = listed(t.Context(), client, query)
			if !IsCode(err, CodeBadScheduledPush) || !slices.Equal(sent, []string{"schedat", "schedAt"}) {
				t.Errorf("sent %s, %v", sent, err)
			}
			sent = nil
			for _, by := range []ScheduledOrder{ByTime, ByCreation} {
				query.By = by
				if _, err := listed(t.Context(), client, query); err != nil {
					t.Error(err)
				}
			}
			if !slices.Equal(sent, spellings) {
				t.Errorf("sent %s, want %s", sent, spellings)
			}
			service.Script(always(CodeBadScheduledPush))
			sent = nil
			if _, err := listed(t.Context(), client, query); !IsCode(err, CodeBadScheduledPush) || len(sent) != 1 {
				t.Errorf("sent %s, %v", sent, err)
			}
		})
	}
}

// A failed page fails the list, and is retried before that.
func TestListScheduledPushesFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		list := func(faults ...emulator.Fault) error {
			client, service := scheduling(t)
			service.Script(faults...)
			_, err := listed(t.Context(), client, ScheduledQuery{Begin: begin, End: begin.AddDate(0, 0, 20)})
			return err
		}
		if err := list(emulator.Fault{Skip: 1, Times: 2, Effect: emulator.Effect{Drop: true}}); err != nil {
			t.Error(err)
		}
		if err := list(emulator.Fault{Skip: 2, Effect: emulator.Effect{Code: CodePushDisabled}}); !IsCode(err, CodePushDisabled) {
			t.Errorf("the error is %v", err)
		}
		client, service := scheduling(t)
		service.Script(emulator.Fault{Skip: 1, Effect: emulator.Effect{Delay: time.Hour}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := listed(ctx, client, ScheduledQuery{Begin: begin, End: begin.AddDate(0, 0, 20)})
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
	})
}
