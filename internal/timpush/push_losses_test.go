package timpush

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	_ = registerLosses("all_member_push_loss", SourcePush, sampleTasks)
	_ = registerLosses("normal_push_loss", SourceMessage, nil)
)

func registerLosses(command string, source Source, taskIDs []string) commandTest { //nolint:unparam // a declaration needs a value
	return register(command, func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		got, err := client.PushLosses(t.Context(), source, sampleWindow, taskIDs)
		if err != nil {
			if got != nil {
				t.Errorf("%s: an error with a result: %v", command, err)
			}
			return "", err
		}
		checkUnexpected(t, got.Unexpected)
		again := lossCounts{}
		for _, loss := range got.Losses {
			if loss.Stage != StageBeforeSend && loss.Stage != StageAfterSend || loss.Count != nil && *loss.Count < 0 {
				t.Errorf("%s: a loss is %+v", command, loss)
			}
			again.add(reason{loss.Stage, loss.Platform, loss.Code, loss.Message}, loss.Count)
		}
		if !reflect.DeepEqual(again.sorted(), got.Losses) {
			t.Errorf("%s: the losses are not sorted and unique: %+v", command, got.Losses)
		}
		return shown(t, got), nil
	})
}

func loss(stage, platform, code string, count int64, message string) Loss {
	if count == unknown {
		return Loss{stage, platform, code, nil, message}
	}
	return Loss{stage, platform, code, &count, message}
}

func TestPushLosses(t *testing.T) {
	t.Parallel()
	const before, after = StageBeforeSend, StageAfterSend
	sample := []Loss{
		loss(after, "apns", "Unregistered", 1290, "Unregistered"), loss(after, "xiaomi", "regid_invalid", 391, "regid_invalid"),
		loss(before, "apns", "50001", 320, "certificate id not set"), loss(before, "apns", "50002", 85, "token not uploaded"), loss(before, "xiaomi", "50002", 52, "token not uploaded"),
	}
	results := func(results string) string { return deliveryEnvelope + `,"Results":` + results + `}` }
	one := []Loss{loss(before, "", "1", 1, "m")}
	const oneRow = `"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":1,"ErrInfo":"m"}]`
	for name, test := range map[string]struct {
		source     Source
		body       string
		want       []Loss
		unexpected []string
	}{
		"sample":             {SourcePush, string(golden(t, "all_member_push_loss_response.json")), sample, nil},
		"sample of messages": {SourceMessage, string(golden(t, "normal_push_loss_response.json")), sample, nil},

		// Places of results.
		"messages in an object":  {SourceMessage, results(`{` + oneRow + `}`), one, nil},
		"messages in a list":     {SourceMessage, results(`[{` + oneRow + `}]`), one, nil},
		"messages in both":       {SourceMessage, deliveryEnvelope + `,"Results":{` + oneRow + `},` + oneRow + `}`, one, []string{"the response has both Results and a result at the top level"}},
		"messages in neither":    {SourceMessage, deliveryEnvelope + `}`, nil, []string{"Results is missing"}},
		"messages, null results": {SourceMessage, results(`null`), nil, nil},
		"object":                 {SourcePush, results(`{` + oneRow + `}`), one, []string{"Results is an object, not a list"}},
		"top level":              {SourcePush, deliveryEnvelope + `,` + oneRow + `}`, one, []string{"the result is at the top level, not in Results"}},
		"null results":           {SourcePush, results(`null`), nil, nil},
		"no results":             {SourcePush, results(`[]`), nil, nil},
		"missing results":        {SourcePush, deliveryEnvelope + `}`, nil, []string{"Results is missing"}},
		"no lists":               {SourcePush, results(`[{"TaskID":"a"}]`), nil, []string{"a result has none of the lists of losses"}},
		"null lists":             {SourcePush, results(`[{"ReadyToSendLoss":null}]`), nil, nil},

		// Rows.
		"totals and platforms": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":9,"ErrInfo":"m"},{"ErrCode":"2","ErrCount":4,"ErrInfo":"m"}],
				"PlatformReadyToSendLoss":[{"ErrCode":"1","ErrCount":3,"ErrInfo":"m","EventType":1,"PushPlatform":2}],
				"PostSendDeliveredLoss":[{"ErrCode":"1","ErrCount":5,"ErrInfo":"m"}]},
				{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":2,"ErrInfo":"m"}]}]`),
			// The nine in the first result include those of xiaomi.
			[]Loss{loss(after, "", "1", 5, "m"), loss(before, "", "2", 4, "m"), loss(before, "xiaomi", "1", 3, "m"), loss(before, "", "1", 2, "m")},
			[]string{`for the code "1", ReadyToSendLoss has 9 losses, and PlatformReadyToSendLoss has 3`},
		},
		"several totals of a code": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":2,"ErrInfo":"m"},{"ErrCode":"1","ErrCount":4,"ErrInfo":"n"}],
				"PlatformReadyToSendLoss":[{"ErrCode":"1","ErrCount":3,"ErrInfo":"n","EventType":1,"PushPlatform":2},{"ErrCode":"1","ErrCount":3,"ErrInfo":"m","EventType":1,"PushPlatform":1}]}]`),
			[]Loss{loss(before, "apns", "1", 3, "m"), loss(before, "xiaomi", "1", 3, "n")},
			nil,
		},
		"no codes": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"","ErrCount":5,"ErrInfo":"m"}],
				"PlatformReadyToSendLoss":[{"ErrCode":"","ErrCount":5,"ErrInfo":"m","EventType":1,"PushPlatform":2}]}]`),
			[]Loss{loss(before, "xiaomi", "", 5, "m")},
			nil,
		},
		"total without a count": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":"many","ErrInfo":"m"}],
				"PlatformReadyToSendLoss":[{"ErrCode":"1","ErrCount":5,"ErrInfo":"m","EventType":1,"PushPlatform":2}]}]`),
			[]Loss{loss(before, "xiaomi", "1", 5, "m")},
			[]string{"ErrCount in ReadyToSendLoss is the text \"many\", not a number"},
		},
		"platform without a count": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":9,"ErrInfo":"m"}],
				"PlatformReadyToSendLoss":[{"ErrCode":"1","ErrCount":"many","ErrInfo":"m","EventType":1,"PushPlatform":2}]}]`),
			[]Loss{loss(before, "", "1", 9, "m"), loss(before, "xiaomi", "1", unknown, "m")},
			[]string{"ErrCount in PlatformReadyToSendLoss is the text \"many\", not a number"},
		},
		"sums": {
			SourcePush, results(`[{"TaskID":"a",` + oneRow + `},{"TaskID":"b",` + oneRow + `},{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":5,"ErrInfo":"other"}]}]`),
			[]Loss{loss(before, "", "1", 5, "other"), loss(before, "", "1", 2, "m")},
			nil,
		},
		"order": {
			SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"b","ErrCount":1,"ErrInfo":""},{"ErrCode":"a","ErrCount":1,"ErrInfo":"n"},{"ErrCode":"a","ErrCount":1,"ErrInfo":"m"},{"ErrCode":"z","ErrInfo":""},{"ErrCode":"y","ErrCount":0,"ErrInfo":""}],
				"PlatformReadyToSendLoss":[{"ErrCode":"c","ErrCount":1,"ErrInfo":"","EventType":2}],"PostSendDeliveredLoss":[{"ErrCode":"d","ErrCount":1,"ErrInfo":""}]}]`),
			[]Loss{
				loss(after, "", "d", 1, ""), loss(before, "", "a", 1, "m"), loss(before, "", "a", 1, "n"), loss(before, "", "b", 1, ""), loss(before, "online", "c", 1, ""),
				loss(before, "", "y", 0, ""), loss(before, "", "z", unknown, ""),
			},
			[]string{"ErrCount in ReadyToSendLoss is missing"},
		},
		"codes as numbers": {SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":70107,"ErrCount":"2","ErrInfo":null}]}]`), []Loss{loss(before, "", "70107", 2, "")}, []string{
			"ErrCount in ReadyToSendLoss is the text \"2\", not a number", "ErrInfo in ReadyToSendLoss is null, not a text",
		}},
		"missing fields": {SourcePush, results(`[{"PlatformPostSendDeliveredLoss":[{}]}]`), []Loss{loss(after, "platform_0", "", unknown, "")}, []string{
			"ErrCode in PlatformPostSendDeliveredLoss is missing", "ErrCount in PlatformPostSendDeliveredLoss is missing", "ErrInfo in PlatformPostSendDeliveredLoss is missing",
			"EventType in PlatformPostSendDeliveredLoss is missing", "PushPlatform in PlatformPostSendDeliveredLoss is missing",
		}},
		"wrong types": {SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":["1"],"ErrCount":-1,"ErrInfo":{"a":1}},7],"PostSendDeliveredLoss":"x"}]`), []Loss{loss(before, "", "", unknown, "")}, []string{
			"ErrCode in ReadyToSendLoss is a list, not a text", "ErrCount in ReadyToSendLoss is -1", "ErrInfo in ReadyToSendLoss is an object, not a text",
			`PostSendDeliveredLoss is the text "x", not a list`, "ReadyToSendLoss contains the number 7, not an object",
		}},
		"secrets": {SourcePush, results(`[{"ReadyToSendLoss":[{"ErrCode":"` + testKey + `","ErrCount":1,"ErrInfo":"` + testKey + `"}]}]`), []Loss{loss(before, "", redacted, 1, redacted)}, nil},
	} {
		got, err := newTestClient(t, testConfig(responses(test.body))).PushLosses(t.Context(), test.source, sampleWindow, nil)
		if err != nil || !slices.Equal(got.Unexpected, test.unexpected) || shown(t, got.Losses) != shown(t, append([]Loss{}, test.want...)) {
			t.Errorf("%s: got %v,\n%s, want\n%s\n%q", name, err, shown(t, got), shown(t, test.want), test.unexpected)
		}
	}
}

// Results that are not for the requested tasks are counted, and noted.
func TestResultsOfOtherTasks(t *testing.T) {
	t.Parallel()
	body := deliveryEnvelope + `,"Results":[{"TaskID":"a"},{"TaskID":"other"},{},{"TaskID":""}]}`
	want := []string{"a result has no TaskID", `a result is for the task "other", which was not requested`}
	for name, asked := range map[string]struct {
		tasks []string
		want  []string
	}{"tasks": {[]string{"a", "b"}, want}, "the app": {nil, nil}} {
		client := newTestClient(t, testConfig(responses(body)))
		statistics, err := client.PushStatistics(t.Context(), SourcePush, sampleWindow, asked.tasks)
		if err != nil {
			t.Fatal(err)
		}
		losses, err := client.PushLosses(t.Context(), SourcePush, sampleWindow, asked.tasks)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range [][]string{statistics.Unexpected, losses.Unexpected} {
			got = slices.DeleteFunc(got, func(clause string) bool {
				return !strings.Contains(clause, "TaskID") && !strings.Contains(clause, "task")
			})
			if !slices.Equal(got, asked.want) {
				t.Errorf("%s: got %q, want %q", name, got, asked.want)
			}
		}
	}
}

func TestPushLossesOfSeveralRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			requests++
			body := fmt.Sprintf(`,"Results":[{"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":%d,"ErrInfo":""},{"ErrCode":"2","ErrInfo":""}]}]}`, requests)
			return responses(deliveryEnvelope + body).RoundTrip(request)
		})))
		got, err := client.PushLosses(t.Context(), SourcePush, Window{time.Now().Add(-time.Hour), time.Now()}, numbered(7))
		want := []Loss{loss(StageBeforeSend, "", "1", 3, ""), loss(StageBeforeSend, "", "2", unknown, "")}
		if err != nil || !reflect.DeepEqual(got.Losses, want) {
			t.Errorf("got %v, %s", err, shown(t, got))
		}
	})
}
