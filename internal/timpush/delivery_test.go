package timpush

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// sampleWindow and sampleTasks are those of the requests on the API pages.
var (
	sampleWindow = Window{Start: time.Unix(1700000000, 0), End: time.Unix(1700086400, 0)}
	sampleTasks  = []string{"xxx-yyy-zzz"}
)

const deliveryEnvelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`

// shown returns a result of any type as text.
func shown(t *testing.T, result any) string {
	t.Helper()
	encoded, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

// checkUnexpected checks what must be true of the clauses about any response.
func checkUnexpected(t *testing.T, clauses []string) {
	t.Helper()
	if len(clauses) > maxUnexpected || !slices.IsSorted(clauses) || len(slices.Compact(slices.Clone(clauses))) != len(clauses) || slices.Contains(clauses, "") {
		t.Errorf("the clauses are not sorted, unique, and few: %q", clauses)
	}
	for _, clause := range clauses {
		if len(clause) > 2000 || strings.ContainsAny(clause, "\n\r\x1b") {
			t.Errorf("a clause is not for people: %q", clause)
		}
	}
}

// recorder is a service that records requests and responds to all with the same.
type recorder struct {
	response string
	latency  time.Duration

	mu      sync.Mutex
	bodies  []string
	paths   []string
	arrived []time.Time
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.bodies, r.paths, r.arrived = append(r.bodies, string(body)), append(r.paths, request.URL.Path), append(r.arrived, time.Now())
	r.mu.Unlock()
	connected(request)
	select {
	case <-time.After(r.latency):
	case <-request.Context().Done():
		return nil, request.Context().Err()
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader([]byte(r.response)))}, nil
}

// Seven task IDs take two requests, at least a second apart, each with the same
// window. Repeated IDs are requested once.
func TestTasksAreSplit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path string
		read func(*Client, context.Context, Window, []string) error
	}{
		{"/v4/timpush/all_member_push_statistics", func(c *Client, ctx context.Context, window Window, taskIDs []string) error {
			_, err := c.PushStatistics(ctx, SourcePush, window, taskIDs)
			return err
		}},
		{"/v4/timpush/all_member_push_loss", func(c *Client, ctx context.Context, window Window, taskIDs []string) error {
			_, err := c.PushLosses(ctx, SourcePush, window, taskIDs)
			return err
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := &recorder{response: deliveryEnvelope + `,"Results":null}`, latency: 300 * time.Millisecond}
			now := time.Now()
			window := Window{now.Add(-time.Hour), now}
			err := test.read(newTestClient(t, testConfig(service)), t.Context(), window, []string{"a", "b", "a", "c", "d", "e", "f", "b", "g"})
			want := []string{`{"StartTime":946681200,"EndTime":946684800,"TaskID":["a","b","c","d","e"]}`, `{"StartTime":946681200,"EndTime":946684800,"TaskID":["f","g"]}`}
			slices.Sort(service.bodies) // requests of one read have no order
			if err != nil || !slices.Equal(service.bodies, want) || service.paths[0] != test.path {
				t.Fatalf("%v; sent %s to %s, want %s", err, service.bodies, service.paths, want)
			}
			if apart := service.arrived[1].Sub(service.arrived[0]); apart < time.Second {
				t.Errorf("%s: the requests are %s apart", test.path, apart)
			}
		})
	}
}

// Reads of one command at a time share its pace of one request a second; other
// commands have a pace of their own.
func TestDeliveryReadsShareThePace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &recorder{response: deliveryEnvelope + `,"Results":null}`, latency: 50 * time.Millisecond}
		client := newTestClient(t, testConfig(service))
		var reads sync.WaitGroup
		read := func(read func() error) {
			reads.Go(func() {
				if err := read(); err != nil {
					t.Error(err)
				}
			})
		}
		window := Window{time.Now().Add(-time.Hour), time.Now()}
		for range 2 {
			read(func() error {
				_, err := client.PushStatistics(t.Context(), SourcePush, window, numbered(7))
				return err
			})
		}
		read(func() error {
			_, err := client.PushLosses(t.Context(), SourcePush, window, nil)
			return err
		})
		reads.Wait()
		var statistics []time.Time
		for i, path := range service.paths {
			if strings.HasSuffix(path, "statistics") {
				statistics = append(statistics, service.arrived[i])
			} else if waited := service.arrived[i].Sub(service.arrived[0]); waited != 0 {
				t.Errorf("the other command waited for %s", waited)
			}
		}
		if len(statistics) != 4 {
			t.Fatalf("%d requests for statistics, want 2 for each read", len(statistics))
		}
		for i, arrived := range statistics[1:] {
			if apart := arrived.Sub(statistics[i]); apart < time.Second {
				t.Errorf("two requests are %s apart", apart)
			}
		}
	})
}

// Each command about deliveries waits a second between two requests.
func TestDeliveryCommandsHaveTheirOwnPace(t *testing.T) {
	t.Parallel()
	for _, command := range deliveryCommands() {
		synctest.Test(t, func(t *testing.T) {
			service := &recorder{response: deliveryEnvelope + `}`}
			client := newTestClient(t, testConfig(service))
			for range 2 {
				var response lossesResponse
				response.clean = client.redactor.clean
				if err := client.call(t.Context(), t.Context(), request{command: command, body: struct{}{}, operation: &operation{}}, &response); err != nil {
					t.Fatal(err)
				}
			}
			if apart := service.arrived[1].Sub(service.arrived[0]); apart < time.Second {
				t.Errorf("%s: two requests are %s apart", command.name, apart)
			}
		})
	}
}

// The bodies of requests without task IDs: no list and an empty list are not the
// same, since the service takes an empty list for the complete app.
func TestDeliveryRequests(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		source  Source
		taskIDs []string
		want    []string
		wantErr error
	}{
		"the complete app":                      {SourcePush, nil, []string{`{"StartTime":1700000000,"EndTime":1700086400,"TaskID":[]}`}, nil},
		"no tasks":                              {SourcePush, []string{}, nil, nil},
		"messages":                              {SourceMessage, nil, []string{`{"StartTime":1700000000,"EndTime":1700086400}`}, nil},
		"tasks of messages, which do not exist": {SourceMessage, []string{}, nil, errMessageTasks},
	} {
		service := &recorder{response: deliveryEnvelope + `,"Results":null}`}
		client := newTestClient(t, testConfig(service))
		_, err := client.PushStatistics(t.Context(), test.source, sampleWindow, test.taskIDs)
		_, lossErr := client.PushLosses(t.Context(), test.source, sampleWindow, test.taskIDs)
		if !errors.Is(err, test.wantErr) || !errors.Is(lossErr, test.wantErr) || !slices.Equal(service.bodies, slices.Concat(test.want, test.want)) {
			t.Errorf("%s: got %v, %v; sent %s; want %s twice", name, err, lossErr, service.bodies, test.want)
		}
	}
}

// Long reads report their progress in tasks, and so does an interruption.
func TestTasksAreCounted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		book := &logBook{}
		config := testConfig(&recorder{response: deliveryEnvelope + `,"Results":null}`})
		config.Logger = book
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		result, err := newTestClient(t, config).PushStatistics(ctx, SourcePush, Window{time.Now().Add(-time.Hour), time.Now()}, numbered(15))
		var interrupted *InterruptedError
		if result != nil || !errors.As(err, &interrupted) || interrupted.Done != 10 || interrupted.Total != 15 || interrupted.Items != "tasks" ||
			err.Error() != "interrupted after 10 of 15 tasks: context deadline exceeded" {
			t.Errorf("got %v, %v", result, err)
		}
		log := strings.Join(book.lines, "\n")
		if !strings.Contains(log, "Reading tasks") || !strings.Contains(log, "read:10") || !strings.Contains(log, "total:15") || !strings.Contains(log, "tasks:5") || strings.Contains(log, "accounts") {
			t.Errorf("the log is\n%s", log)
		}
	})
}

// A start that would be too old when the request arrives is moved forward.
func TestWindowBody(t *testing.T) {
	t.Parallel()
	const limit, second = MaxLossesWindow, time.Second
	for name, test := range map[string]struct {
		start, end         time.Duration // before now
		wantStart, wantEnd time.Duration
	}{
		"recent":                        {time.Hour, 0, time.Hour, 0},
		"limit":                         {limit, 0, limit - 10*second, 0},
		"older than the limit":          {limit + time.Hour, 0, limit - 10*second, 0},
		"just old enough":               {limit - 10*second, 0, limit - 10*second, 0},
		"a second older":                {limit - 9*second, 0, limit - 10*second, 0},
		"a second younger":              {limit - 11*second, 0, limit - 11*second, 0},
		"short, at the limit":           {limit, limit - time.Minute, limit - 10*second, limit - time.Minute},
		"very short, at the limit":      {limit, limit - 10*second, limit, limit - 10*second},
		"parts of a second are dropped": {time.Hour - 300*time.Millisecond, -700 * time.Millisecond, time.Hour, 0},
		"in the future":                 {-time.Hour, -2 * time.Hour, -time.Hour, -2 * time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			now := time.Now()
			body, err := json.Marshal(windowBody{Window{now.Add(-test.start), now.Add(-test.end)}, limit, nil})
			want := fmt.Sprintf(`{"StartTime":%d,"EndTime":%d}`, now.Add(-test.wantStart).Unix(), now.Add(-test.wantEnd).Unix())
			if err != nil || string(body) != want {
				t.Errorf("%s: got %s, %v, want %s", name, body, err, want)
			}
		})
	}
}

// Reads of exactly the limit succeed although their requests wait for their turns,
// also behind those of other reads, and for retries. An end in the future is sent as
// the time at which the read began.
func TestWindowOfExactlyTheLimit(t *testing.T) {
	t.Parallel()
	for limit, read := range map[time.Duration]func(*Client, context.Context, Window) error{
		MaxStatisticsWindow: func(c *Client, ctx context.Context, window Window) error {
			_, err := c.PushStatistics(ctx, SourcePush, window, numbered(100))
			return err
		},
		MaxLossesWindow: func(c *Client, ctx context.Context, window Window) error {
			_, err := c.PushLosses(ctx, SourcePush, window, numbered(100))
			return err
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := &recorder{response: deliveryEnvelope + `,"Results":null}`, latency: time.Second}
			client, now := newTestClient(t, testConfig(service)), time.Now()
			var reads sync.WaitGroup
			for range 3 {
				reads.Go(func() {
					if err := read(client, t.Context(), Window{now.Add(-limit), now.Add(time.Hour)}); err != nil {
						t.Error(err)
					}
				})
			}
			reads.Wait()
			if len(service.bodies) != 60 || service.arrived[59].Sub(now) < time.Minute {
				t.Fatalf("%d requests", len(service.bodies))
			}
			for i, body := range service.bodies {
				var sent windowRequest
				if err := json.Unmarshal([]byte(body), &sent); err != nil {
					t.Fatal(err)
				}
				age := time.Duration(service.arrived[i].Unix()-sent.StartTime) * time.Second
				if age > limit || age < limit-12*time.Second || sent.EndTime != now.Unix() {
					t.Errorf("the window %s arrives with a start that is %s old", body, age)
				}
			}
		})
	}
}

// A small read takes its turn, and does not wait behind all requests of a large one.
func TestSmallDeliveryReadTakesItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &recorder{response: deliveryEnvelope + `,"Results":null}`}
		client, now := newTestClient(t, testConfig(service)), time.Now()
		window := Window{now.Add(-time.Hour), now}
		var large sync.WaitGroup
		large.Go(func() {
			if _, err := client.PushStatistics(t.Context(), SourcePush, window, numbered(250)); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(10 * time.Millisecond)
		_, err := client.PushStatistics(t.Context(), SourcePush, window, nil)
		if waited := time.Since(now); err != nil || waited > 3*time.Second {
			t.Errorf("the small read took %s, %v", waited, err)
		}
		large.Wait()
		if took := time.Since(now); took != 50*time.Second {
			t.Errorf("all took %s", took)
		}
	})
}

// The emulator, which enforces windows and the pace, accepts the longest windows,
// and its responses are as the API pages say.
func TestDeliveriesOfEmulator(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed := emulator.Seed{Accounts: map[string]emulator.Account{"Mary": {Platform: "fcm", Device: emulator.Device{System: "Android", Token: "secret of the device"}}}}
		tasks := numbered(7)
		for _, task := range tasks {
			seed.Statistics = append(seed.Statistics, emulator.Statistics{
				TaskID: task, Account: "Mary", Age: "1h",
				Platforms: map[string]emulator.Counts{"fcm": {Total: 10, Sent: 9, Delivered: 8, Clicked: 1}, "online": {Total: 1, Sent: 1, Delivered: 1}},
				Losses:    []emulator.LossCount{{Stage: "after_send", Platform: "fcm", Code: "410", Message: "Unregistered", Count: 1}, {Stage: "before_send", Code: "-1", Message: "no certificate", Count: 1}},
			})
		}
		client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, seed)}))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		now := time.Now()
		statistics, err := client.PushStatistics(ctx, SourcePush, Window{now.Add(-MaxStatisticsWindow), now}, tasks)
		if err != nil {
			t.Fatal(err)
		}
		platforms := map[string]Counts{"fcm": counts(70, 63, 56, 7), "online": counts(7, 7, 7, 0)}
		if shown(t, statistics.Counts) != shown(t, counts(77, 70, 63, 7)) || shown(t, statistics.Platforms) != shown(t, platforms) || len(statistics.Tasks) != 7 || len(statistics.Unexpected) > 0 {
			t.Errorf("the statistics are %s", shown(t, statistics))
		}
		losses, err := client.PushLosses(ctx, SourcePush, Window{now.Add(-MaxLossesWindow), now}, tasks)
		want := &Losses{Losses: []Loss{loss(StageAfterSend, "fcm", "410", 7, "Unregistered"), loss(StageBeforeSend, "", "-1", 7, "no certificate")}}
		if err != nil || shown(t, losses) != shown(t, want) {
			t.Errorf("got %v, and the losses are %s", err, shown(t, losses))
		}
		trace, err := client.PushTrace(ctx, tasks[0], "Mary")
		if err != nil || len(trace.Devices) != 1 || *trace.Devices[0].System != "Android" || len(trace.Unexpected) > 0 || strings.Contains(shown(t, trace), "secret") {
			t.Errorf("got %v, and the trace is %s", err, shown(t, trace))
		}
	})
}

// A retry starts from nothing: what the cut response had does not count.
func TestDeliveryIsRetried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bodies := []string{`,"Results":[{"TaskID":"a","TotalCount":"1"}],"More":`, `}`}
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			body := bodies[0]
			bodies = bodies[1:]
			return responses(deliveryEnvelope + body).RoundTrip(request)
		})))
		got, err := client.PushStatistics(t.Context(), SourcePush, Window{time.Now().Add(-time.Hour), time.Now()}, nil)
		if err != nil || len(got.Tasks) > 0 || !slices.Equal(got.Unexpected, []string{"Results is missing"}) {
			t.Errorf("got %v, %s", err, shown(t, got))
		}
	})
}

func TestPlatforms(t *testing.T) {
	t.Parallel()
	want := []string{"apns", "xiaomi", "huawei", "fcm", "meizu", "oppo", "vivo", "honor", "online"}
	if got := Platforms(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	for number, want := range map[int64]string{0: "platform_0", 1: "apns", 8: "honor", 9: "platform_9"} {
		if got, documented := platformName(number); got != want || documented != (number <= 8) {
			t.Errorf("%d is %s, documented %t", number, got, documented)
		}
	}
}
