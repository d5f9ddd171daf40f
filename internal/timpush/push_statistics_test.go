package timpush

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	_ = registerStatistics("all_member_push_statistics", SourcePush, sampleTasks)
	_ = registerStatistics("normal_push_statistics", SourceMessage, nil)
)

func registerStatistics(command string, source Source, taskIDs []string) commandTest { //nolint:unparam // a declaration needs a value
	return register(command, func(t *testing.T, client *Client, _ []string) (string, error) {
		t.Helper()
		got, err := client.PushStatistics(t.Context(), source, sampleWindow, taskIDs)
		if err != nil {
			if got != nil {
				t.Errorf("%s: an error with a result: %v", command, err)
			}
			return "", err
		}
		checkUnexpected(t, got.Unexpected)
		all := map[string]TaskStatistics{"": {got.Counts, got.Platforms}}
		for id, statistics := range got.Tasks {
			if all[id] = statistics; id == "" {
				t.Errorf("%s: a task without an ID", command)
			}
		}
		for _, statistics := range all {
			if statistics.Platforms == nil {
				t.Errorf("%s: no map of platforms", command)
			}
			for _, counts := range append([]Counts{statistics.Counts}, mapValues(statistics.Platforms)...) {
				for _, count := range []*int64{counts.Total, counts.Sent, counts.Delivered, counts.Clicked} {
					if count != nil && *count < 0 {
						t.Errorf("%s: a count is %d", command, *count)
					}
				}
			}
		}
		return shown(t, got), nil
	})
}

func mapValues(counts map[string]Counts) (values []Counts) {
	for _, value := range counts {
		values = append(values, value)
	}
	return values
}

// unknown is a count that the service does not give.
const unknown = -1

func counts(total, sent, delivered, clicked int64) Counts {
	count := func(n int64) *int64 {
		if n == unknown {
			return nil
		}
		return &n
	}
	return Counts{count(total), count(sent), count(delivered), count(clicked)}
}

func TestPushStatistics(t *testing.T) {
	t.Parallel()
	const (
		full  = `"TotalCount":10,"SentCount":8,"DeliveredCount":6,"ClickCount":1`
		rows  = `,"PlatformStatistics":`
		none  = rows + `[]`
		apns  = rows + `[{"EventType":1,"PushPlatform":1,` + full + `}]`
		where = " in PlatformStatistics"
	)
	type platforms = map[string]Counts
	var (
		ten     = counts(10, 8, 6, 1)
		results = func(results string) string { return deliveryEnvelope + `,"Results":` + results + `}` }
		row     = func(row string) string { return results(`[{` + full + rows + `[` + row + `]}]`) }
	)
	for name, test := range map[string]struct {
		source Source
		body   string
		want   Statistics // nil Tasks and Platforms are empty
	}{
		"sample": {SourcePush, string(golden(t, "all_member_push_statistics_response.json")), Statistics{
			Counts: counts(2670, 2213, 532, 206), Platforms: platforms{"apns": counts(532, 391, 0, 27)},
			Tasks: map[string]TaskStatistics{"xxx-yyy-zzz": {counts(2670, 2213, 532, 206), platforms{"apns": counts(532, 391, 0, 27)}}},
		}},
		"sample of messages": {SourceMessage, string(golden(t, "normal_push_statistics_response.json")), Statistics{
			Counts: counts(2670, 2213, 532, 206), Platforms: platforms{"apns": counts(532, 391, 0, 27)},
		}},

		// Sums.
		"no results":              {SourcePush, results(`[]`), Statistics{Counts: counts(0, 0, 0, 0)}},
		"null results":            {SourcePush, results(`null`), Statistics{Counts: counts(0, 0, 0, 0)}},
		"missing results":         {SourcePush, deliveryEnvelope + `}`, Statistics{Counts: Counts{}, Unexpected: []string{"Results is missing"}}},
		"without task ID":         {SourcePush, results(`[{` + full + apns + `}]`), Statistics{Counts: ten, Platforms: platforms{"apns": ten}}},
		"empty and null task IDs": {SourcePush, results(`[{"TaskID":"",` + full + none + `},{"TaskID":null,` + full + none + `}]`), Statistics{Counts: counts(20, 16, 12, 2)}},
		"several results": {
			SourcePush, results(`[{"TaskID":"a",` + full + apns + `},{"TaskID":"b",` + full + none + `},{"TaskID":"a",` + full + apns + `},{` + full + apns + `}]`),
			Statistics{Counts: counts(40, 32, 24, 4), Platforms: platforms{"apns": counts(30, 24, 18, 3)}, Tasks: map[string]TaskStatistics{
				"a": {counts(20, 16, 12, 2), platforms{"apns": counts(20, 16, 12, 2)}}, "b": {ten, platforms{}},
			}},
		},
		"a row of each platform": {
			SourcePush, row(`{"EventType":1,"PushPlatform":8,` + full + `},{"EventType":1,"PushPlatform":8,` + full + `},{"EventType":2,"PushPlatform":0,` + full + `},{"EventType":2,"PushPlatform":3,` + full + `},{"EventType":1,"PushPlatform":0,` + full + `}`),
			Statistics{Counts: ten, Platforms: platforms{"honor": counts(20, 16, 12, 2), "online": counts(20, 16, 12, 2), "platform_0": ten}},
		},
		"totals are not derived": {
			SourcePush, results(`[{"PlatformStatistics":[{"EventType":1,"PushPlatform":1,` + full + `}]}]`),
			Statistics{Counts: counts(unknown, unknown, unknown, unknown), Platforms: platforms{"apns": ten}, Unexpected: []string{"ClickCount is missing", "DeliveredCount is missing", "SentCount is missing", "TotalCount is missing"}},
		},
		"some counts are missing": {
			SourcePush, results(`[{"TotalCount":1,"SentCount":2,"DeliveredCount":null` + none + `},{"TotalCount":3,"ClickCount":0,"DeliveredCount":null,"PlatformStatistics":null}]`),
			Statistics{Counts: counts(4, 2, unknown, 0), Unexpected: []string{"ClickCount is missing", "DeliveredCount is null, not a number", "SentCount is missing"}},
		},

		// Counts.
		"counts as text":     {SourcePush, results(`[{"TotalCount":"12","SentCount":"1.5","DeliveredCount":"many","ClickCount":""` + none + `}]`), Statistics{Counts: counts(12, unknown, unknown, unknown), Unexpected: []string{`ClickCount is the text "", not a number`, `DeliveredCount is the text "many", not a number`, `SentCount is 1.5`, `SentCount is the text "1.5", not a number`, `TotalCount is the text "12", not a number`}}},
		"spellings":          {SourcePush, results(`[{"TotalCount":7.0,"SentCount":1e3,"DeliveredCount":1e12,"ClickCount":-0` + none + `}]`), Statistics{Counts: counts(7, 1000, 1e12, 0)}},
		"impossible numbers": {SourcePush, results(`[{"TotalCount":-1,"SentCount":0.5,"DeliveredCount":1000000000001,"ClickCount":1e400` + none + `}]`), Statistics{Counts: counts(unknown, unknown, unknown, unknown), Unexpected: []string{"ClickCount is 1e400", "DeliveredCount is 1000000000001", "SentCount is 0.5", "TotalCount is -1"}}},
		"other types":        {SourcePush, results(`[{"TotalCount":[1],"SentCount":{"a":1},"DeliveredCount":true,"ClickCount":false` + none + `}]`), Statistics{Counts: counts(unknown, unknown, unknown, unknown), Unexpected: []string{"ClickCount is false, not a number", "DeliveredCount is true, not a number", "SentCount is an object, not a number", "TotalCount is a list, not a number"}}},
		"names in another case": {
			SourcePush, results(`[{"totalcount":1,"SentCount":8,"DeliveredCount":6,"ClickCount":1` + none + `}]`),
			Statistics{Counts: counts(unknown, 8, 6, 1), Unexpected: []string{"TotalCount is missing"}},
		},

		// Rows.
		"missing rows":                    {SourcePush, results(`[{` + full + `}]`), Statistics{Counts: ten, Unexpected: []string{"PlatformStatistics is missing"}}},
		"rows of a type":                  {SourcePush, results(`[{` + full + rows + `{"a":1}}]`), Statistics{Counts: ten, Unexpected: []string{"PlatformStatistics is an object, not a list"}}},
		"rows not objects":                {SourcePush, row(`7,null,"a"`), Statistics{Counts: ten, Unexpected: []string{`PlatformStatistics contains null, not an object`, `PlatformStatistics contains the number 7, not an object`, `PlatformStatistics contains the text "a", not an object`}}},
		"unknown platform":                {SourcePush, row(`{"EventType":1,"PushPlatform":9,` + full + `}`), Statistics{Counts: ten, Platforms: platforms{"platform_9": ten}, Unexpected: []string{"PushPlatform 9 is not documented"}}},
		"platform as text":                {SourcePush, row(`{"EventType":"1","PushPlatform":"2",` + full + `}`), Statistics{Counts: ten, Platforms: platforms{"xiaomi": ten}, Unexpected: []string{`EventType` + where + ` is the text "1", not a number`, `PushPlatform` + where + ` is the text "2", not a number`}}},
		"no platform":                     {SourcePush, row(`{` + full + `}`), Statistics{Counts: ten, Platforms: platforms{"platform_0": ten}, Unexpected: []string{`EventType` + where + ` is missing`, `PushPlatform` + where + ` is missing`}}},
		"impossible numbers of platforms": {SourcePush, row(`{"EventType":3,"PushPlatform":-1,` + full + `}`), Statistics{Counts: ten, Platforms: platforms{"platform_0": ten}, Unexpected: []string{"EventType 3 is not documented", `PushPlatform` + where + ` is -1`}}},
		"counts of a row":                 {SourcePush, row(`{"EventType":2,"TotalCount":1,"SentCount":2,"DeliveredCount":"3"}`), Statistics{Counts: ten, Platforms: platforms{"online": counts(1, 2, 3, unknown)}, Unexpected: []string{"ClickCount" + where + " is missing", `DeliveredCount` + where + ` is the text "3", not a number`}}},

		// Task IDs.
		"task ID as number": {SourcePush, results(`[{"TaskID":7,` + full + none + `}]`), Statistics{Counts: ten, Tasks: map[string]TaskStatistics{"7": {ten, platforms{}}}, Unexpected: []string{"TaskID is the number 7, not a text"}}},
		"task ID as list":   {SourcePush, results(`[{"TaskID":["a"],` + full + none + `}]`), Statistics{Counts: ten, Unexpected: []string{"TaskID is a list, not a text"}}},
		"task ID, not NFC":  {SourcePush, results(`[{"TaskID":"cafe\u0301",` + full + none + `}]`), Statistics{Counts: ten, Tasks: map[string]TaskStatistics{"caf\u00e9": {ten, platforms{}}}}},

		// Places of results.
		"object":                  {SourcePush, results(`{` + full + none + `}`), Statistics{Counts: ten, Unexpected: []string{"Results is an object, not a list"}}},
		"text":                    {SourcePush, results(`"a"`), Statistics{Counts: Counts{}, Unexpected: []string{`Results is the text "a", not a list`}}},
		"elements not objects":    {SourcePush, results(`[null,[1],{` + full + none + `}]`), Statistics{Counts: ten, Unexpected: []string{"Results contains a list, not an object", "Results contains null, not an object"}}},
		"top level":               {SourcePush, deliveryEnvelope + `,"TaskID":"a",` + full + none + `}`, Statistics{Counts: ten, Tasks: map[string]TaskStatistics{"a": {ten, platforms{}}}, Unexpected: []string{"the result is at the top level, not in Results"}}},
		"both":                    {SourcePush, deliveryEnvelope + `,"Results":[],` + full + none + `}`, Statistics{Counts: Counts{}, Unexpected: []string{"the response has both Results and a result at the top level"}}},
		"messages, without event": {SourceMessage, deliveryEnvelope + `,` + full + rows + `[{"PushPlatform":1,` + full + `}]}`, Statistics{Counts: ten, Platforms: platforms{"apns": ten}}},
		"messages, missing":       {SourceMessage, deliveryEnvelope + `}`, Statistics{Counts: counts(unknown, unknown, unknown, unknown), Unexpected: []string{"ClickCount is missing", "DeliveredCount is missing", "PlatformStatistics is missing", "SentCount is missing", "TotalCount is missing"}}},
		"messages, list":          {SourceMessage, results(`[{` + full + none + `}]`), Statistics{Counts: ten, Unexpected: []string{"the result is in Results, not at the top level"}}},
		"messages, object":        {SourceMessage, results(`{` + full + none + `}`), Statistics{Counts: ten, Unexpected: []string{"the result is in Results, not at the top level"}}},
		"messages, both":          {SourceMessage, deliveryEnvelope + `,"Results":[{}],` + full + none + `}`, Statistics{Counts: ten, Unexpected: []string{"the response has both Results and a result at the top level"}}},
		"messages, null and both": {SourceMessage, deliveryEnvelope + `,"Results":null,` + full + none + `}`, Statistics{Counts: ten}},

		"secrets": {SourcePush, results(`[{"TaskID":"` + testKey + `","TotalCount":"` + testKey + `","SentCount":"` + strings.Repeat("é", 500) + `","DeliveredCount":6,"ClickCount":1` + none + `}]`), Statistics{
			Counts: counts(unknown, unknown, 6, 1), Tasks: map[string]TaskStatistics{redacted: {counts(unknown, unknown, 6, 1), platforms{}}},
			Unexpected: []string{`SentCount is the text "` + strings.Repeat("é", longestQuoted) + `"..., not a number`, `TotalCount is the text "(redacted)", not a number`},
		}},
	} {
		got, err := newTestClient(t, testConfig(responses(test.body))).PushStatistics(t.Context(), test.source, sampleWindow, nil)
		if test.want.Platforms == nil {
			test.want.Platforms = platforms{}
		}
		if test.want.Tasks == nil {
			test.want.Tasks = map[string]TaskStatistics{}
		}
		if err != nil || len(got.Unexpected) == 0 && len(test.want.Unexpected) > 0 || shown(t, withoutNil(got)) != shown(t, withoutNil(&test.want)) {
			t.Errorf("%s: got %v,\n%s, want\n%s", name, err, shown(t, got), shown(t, test.want))
		}
	}
}

// withoutNil makes no clauses equal to an empty list.
func withoutNil(statistics *Statistics) *Statistics {
	statistics.Unexpected = append([]string{}, statistics.Unexpected...)
	return statistics
}

// The results of all requests are summed, and so are their clauses.
func TestPushStatisticsOfSeveralRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			requests++
			body := fmt.Sprintf(`,"Results":[{"TaskID":"a","TotalCount":%d,"SentCount":1,"DeliveredCount":1,"PlatformStatistics":[{"EventType":1,"PushPlatform":%d,"TotalCount":1,"SentCount":1,"DeliveredCount":1,"ClickCount":0}]}]}`, requests, 8+requests)
			return responses(deliveryEnvelope + body).RoundTrip(request)
		})))
		got, err := client.PushStatistics(t.Context(), SourcePush, Window{time.Now().Add(-time.Hour), time.Now()}, numbered(7))
		one := counts(1, 1, 1, 0)
		all := TaskStatistics{counts(3, 2, 2, unknown), map[string]Counts{"platform_9": one, "platform_10": one}}
		want := &Statistics{Counts: all.Counts, Platforms: all.Platforms, Tasks: map[string]TaskStatistics{"a": all}, Unexpected: []string{
			"ClickCount is missing", "PushPlatform 10 is not documented", "PushPlatform 9 is not documented",
			`a result is for the task "a", which was not requested`,
		}}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %s, want %s", err, shown(t, got), shown(t, want))
		}
	})
}

// Responses with thousands of oddities have a limited number of clauses, in each
// and together.
func TestUnexpectedIsLimited(t *testing.T) {
	t.Parallel()
	decoder := deliveryDecoder{noted: map[string]bool{}}
	for i := range 1000 {
		decoder.note("clause %d", i)
	}
	if len(decoder.noted) != maxUnexpected {
		t.Errorf("%d clauses are in memory", len(decoder.noted))
	}
	synctest.Test(t, func(t *testing.T) {
		platform := 1000
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			var rows []string
			for range 4000 {
				platform++
				rows = append(rows, fmt.Sprintf(`{"EventType":1,"PushPlatform":%d}`, platform))
			}
			return responses(deliveryEnvelope + `,"Results":[{"PlatformStatistics":[` + strings.Join(rows, ",") + `]}]}`).RoundTrip(request)
		})))
		got, err := client.PushStatistics(t.Context(), SourcePush, Window{time.Now().Add(-time.Hour), time.Now()}, numbered(10))
		if err != nil || len(got.Unexpected) != maxUnexpected || len(got.Platforms) != 8000 {
			t.Errorf("got %v, %d clauses, %d platforms", err, len(got.Unexpected), len(got.Platforms))
		}
	})
}
