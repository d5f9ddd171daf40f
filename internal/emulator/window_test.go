package emulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const day = 24 * 3600

// TestWindows tests windows at the edges of what a command covers. Times are seconds, counted from the arrival.
func TestWindows(t *testing.T) {
	t.Parallel()
	limits := map[string]int64{
		"all_member_push_statistics": 30 * day, "normal_push_statistics": 30 * day,
		"all_member_push_loss": 7 * day, "normal_push_loss": 7 * day,
	}
	for api, limit := range limits {
		old := fmt.Sprintf("70402 StartTime must be within the last %d days", limit/day)
		long := fmt.Sprintf("70402 the time from StartTime to EndTime must be at most %d days", limit/day)
		const order = "70402 EndTime must be after StartTime"
		for name, tc := range map[string]struct {
			from, to int64
			fraction time.Duration // of a second, of the arrival
			want     string        // "" if the window is accepted
		}{
			"the complete time":             {from: -limit, to: 0},
			"one second":                    {from: -1, to: 0},
			"too old by a second":           {from: -limit - 1, to: 0, want: old},
			"too old by a nanosecond":       {from: -limit, to: 0, fraction: 1, want: old},
			"a fraction later, not too old": {from: -limit + 1, to: 0, fraction: time.Second - 1},
			"too long by a second":          {from: -limit, to: 1, want: long},
			"as long, in the future":        {from: -limit + 60, to: 60},
			"only in the future":            {from: 60, to: 120},
			"far in the future":             {from: 0, to: 1 << 40, want: long},
			"empty":                         {from: -60, to: -60, want: order},
			"reversed":                      {from: -60, to: -61, want: order},
			"before 1970":                   {from: -1 << 62, to: 0, want: old},
		} {
			d := newDeliveries(t, Seed{})
			body := d.window(tc.from+1, tc.to+1, `,"TaskID":[]`) // ask waits a second
			d.clock.forward(tc.fraction)
			if got := d.ask(t, api, body); tc.want == "" && strings.HasPrefix(got, "70402") || tc.want != "" && got != tc.want {
				t.Errorf("%s, %s: got %s, want %q", api, name, got, tc.want)
			}
		}
	}
}

// TestWindowEnds: a push counts in the seconds from StartTime to EndTime, both included.
func TestWindowEnds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from, to int64 // from the second of the push
		counted  bool
	}{
		"starts with it": {0, 1, true},
		"ends with it":   {-1, 0, true},
		"starts after":   {1, 2, false},
		"ends before":    {-2, -1, false},
	} {
		d := newDeliveries(t, Seed{Accounts: map[string]Account{"a": {}}, Statistics: []Statistics{
			{TaskID: "seeded", Age: "1h", Counts: &Counts{Total: 1}},
			{TaskID: "at the start", Counts: &Counts{Total: 1}},
		}})
		now := d.window(tc.from, tc.to, `,"TaskID":["at the start"]`)
		ago := d.window(tc.from-3600, tc.to-3600, `,"TaskID":["seeded"]`)
		d.clock.forward(time.Hour + time.Second/2)
		pushed := d.window(tc.from, tc.to, `,"TaskID":["`+d.push(t, "push", pushBody(""))+`"]`)
		for _, body := range []string{now, ago, pushed} {
			if got := d.ask(t, "all_member_push_statistics", body); strings.Contains(got, `"TotalCount":1`) != tc.counted {
				t.Errorf("%s, %s: %s", name, body, got)
			}
		}
	}
}

// TestStatisticsRequests tests the fields of requests.
func TestStatisticsRequests(t *testing.T) {
	t.Parallel()
	const many = "70402 TaskID must have at most 5 elements"
	const bad = "90001 failed to parse the request body"
	for fields, want := range map[string]string{
		`"TaskID":[]`:                                    "",
		`"TaskID":["a","b","c","d","e"]`:                 "",
		`"TaskID":["a"],"More":{}`:                       "",
		`"TaskID":["a","a","a","a","a","a"]`:             many,
		`"TaskID":null`:                                  bad,
		`"TaskID":"a"`:                                   bad,
		`"TaskID":["a",1]`:                               bad,
		`"TaskID":[null]`:                                bad,
		`"TaskId":[]`:                                    bad,
		`"TaskID":[],"StartTime":null`:                   bad,
		`"TaskID":[],"StartTime":"1700000000"`:           bad,
		`"TaskID":[],"StartTime":1700000000.5`:           bad,
		`"TaskID":[],"EndTime":1e9`:                      bad,
		`"TaskID":[],"EndTime":[]`:                       bad,
		`"TaskID":[],"EndTime":9223372036854775808`:      bad,
		`"TaskID":[],"EndTime":1,"StartTime":"x"`:        bad,
		`"TaskID":["a","b","c","d","e","f"],"EndTime":1`: "70402 EndTime must be after StartTime",
	} {
		for _, api := range []string{"all_member_push_statistics", "all_member_push_loss", "normal_push_statistics", "normal_push_loss"} {
			if strings.HasPrefix(api, "normal") && !strings.Contains(fields, "Time") {
				continue // has no tasks
			}
			d := newDeliveries(t, Seed{})
			// The last of two fields with one name counts.
			got := d.ask(t, api, d.window(-60, 0, ","+fields))
			if accepted := strings.HasPrefix(got, `"Results":[`); accepted != (want == "") || !accepted && got != want {
				t.Errorf("%s %s: got %s, want %q", api, fields, got, want)
			}
		}
	}
	for _, api := range []string{"all_member_push_statistics", "all_member_push_loss", "normal_push_statistics", "normal_push_loss"} {
		for _, body := range []string{`{"TaskID":[]}`, `{"TaskID":[],"StartTime":1}`, `{"TaskID":[],"EndTime":1}`} {
			if got := newDeliveries(t, Seed{}).ask(t, api, body); got != bad {
				t.Errorf("%s %s: got %s, want %s", api, body, got, bad)
			}
		}
	}
}

// TestStatisticsRate: each of these commands can be called once a second, and does not count with the others.
func TestStatisticsRate(t *testing.T) {
	t.Parallel()
	c := newClock()
	e := newTest(t, func(o *Options) { o.Now, o.RequestsPerSecond = c.now, 1 })
	checked := 0
	for _, api := range Commands() {
		if !strings.HasPrefix(api, "all_member_push_") && !strings.HasPrefix(api, "normal_push_") {
			continue
		}
		checked++
		for i, step := range []struct {
			forward time.Duration
			tooFast bool
		}{{0, false}, {time.Second - 1, true}, {1, true}, {time.Second, false}} {
			c.forward(step.forward)
			if r := read(t, postTo(t, e, api, "{}")); (*r.ErrorCode == 60007) != step.tooFast {
				t.Errorf("%s, request %d: code %d, too fast: want %t", api, i, *r.ErrorCode, step.tooFast)
			}
		}
	}
	if r := read(t, post(t, e, `{"To_Account":["xiaoming"]}`)); *r.ErrorCode != 0 || e.PeakRate() != 1 || checked != 6 {
		t.Errorf("code %d, peak %d, %d commands", *r.ErrorCode, e.PeakRate(), checked)
	}
}
