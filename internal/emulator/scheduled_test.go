package emulator

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// schedule is an app with scheduled pushes, whose clock starts at a whole second.
type schedule struct {
	deliveries

	start time.Time
}

func newSchedule(t *testing.T, seed Seed) schedule {
	t.Helper()
	d := newDeliveries(t, seed)
	return schedule{d, d.clock.now()}
}

// in returns a time after the start, as requests have it.
func (s schedule) in(d time.Duration) string { return s.start.Add(d).UTC().Format(time.DateTime) }

// call sends a request with these fields, a second after the last one. It returns the response after the envelope, or the
// code of a rejection.
func (s schedule) call(t *testing.T, api, fields string) string {
	t.Helper()
	s.clock.forward(time.Second)
	w := postTo(t, s.Emulator, api, `{"Sdkappid":1400000000,`+fields+`}`)
	if r := read(t, w); *r.ErrorCode != 0 {
		return fmt.Sprint(*r.ErrorCode)
	}
	return strings.TrimSuffix(strings.TrimPrefix(w.Body.String(), `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,`), "}")
}

// info returns the scheduled push with this TaskID.
func (s schedule) info(t *testing.T, id string) (task struct {
	CreateAt, Type, SchedAt, Title, Desc, Status, DispatchErr, PushTaskID string
	DispatchSuccess                                                       int
	Content                                                               json.RawMessage
},
) {
	t.Helper()
	text, _ := strings.CutPrefix(s.call(t, "get_sched_task", `"TaskID":`+id), `"TaskInfo":`)
	if err := json.Unmarshal([]byte(text), &task); err != nil {
		t.Fatalf("scheduled push %s: %s", id, text)
	}
	return task
}

// list returns the TaskIDs in a list with these fields.
func (s schedule) list(t *testing.T, fields string) string {
	t.Helper()
	got := s.call(t, "list_sched_task", fields)
	total, rest, _ := strings.Cut(got, ",")
	ids := []string{strings.TrimPrefix(total, `"Total":`)}
	for _, id := range regexp.MustCompile(`"TaskID":(\d+)`).FindAllStringSubmatch(rest, -1) {
		ids = append(ids, id[1])
	}
	return strings.Join(ids, " ")
}

// content returns a Content with a title and these fields.
func content(title, fields string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"From_Account":"007","OfflinePushInfo":{"Title":%q,"Desc":"D"}%s}`, title, fields))
}

const (
	firstTask  = "9007199254740993"
	secondTask = "9007199254740994"
)

// TestScheduledPush adds, reads, changes, and deletes scheduled pushes.
func TestScheduledPush(t *testing.T) {
	t.Parallel()
	s := newSchedule(t, SampleSeed())
	all := func(title, at string) string {
		return `"Type":"All","SchedAt":"` + at + `","Content":` + string(content(title, ""))
	}
	for i, step := range []struct{ api, fields, want string }{
		{"add_sched_task", all("A", s.in(time.Hour)), `"TaskID":` + firstTask},
		{"add_sched_task", all("A", s.in(time.Hour)), `"TaskID":` + secondTask}, // not a duplicate
		{"get_sched_task", `"TaskID":` + firstTask, `"TaskInfo":{"TaskID":` + firstTask + `,"Sdkappid":1400000000,"CreateAt":"` + s.in(time.Second) +
			`","Type":"All","SchedAt":"` + s.in(time.Hour) + `","Content":{"From_Account":"007","MsgRandom":740993,"OfflinePushInfo":{"Title":"A","Desc":"D"}},` +
			`"Title":"A","Desc":"D","Status":"pending","DispatchSuccess":0,"DispatchErr":"","PushTaskID":""}`},
		{"modify_sched_task", `"TaskID":` + firstTask + `,"Type":"All","Content":{"From_Account":"12345","MsgRandom":7,"OfflinePushInfo":{"Title":"B"}}`, `"TaskID":` + firstTask},
		{"modify_sched_task", `"TaskID":` + firstTask + `,"Type":"All","SchedAt":"` + s.in(2*time.Hour) + `"`, `"TaskID":` + firstTask},
		{"get_sched_task", `"TaskID":` + firstTask, `"TaskInfo":{"TaskID":` + firstTask + `,"Sdkappid":1400000000,"CreateAt":"` + s.in(time.Second) +
			`","Type":"All","SchedAt":"` + s.in(2*time.Hour) + `","Content":{"From_Account":12345,"MsgRandom":7,"OfflinePushInfo":{"Title":"B"}},` +
			`"Title":"B","Desc":"","Status":"pending","DispatchSuccess":0,"DispatchErr":"","PushTaskID":""}`},
		{"delete_sched_task", `"TaskID":` + firstTask + `,"Type":"Tag"`, "90104"},
		{"delete_sched_task", `"TaskID":` + firstTask + `,"Type":"All"`, `"TaskID":` + firstTask},
		{"delete_sched_task", `"TaskID":` + firstTask + `,"Type":"All"`, "90104"},
		{"modify_sched_task", `"TaskID":` + firstTask + `,"Type":"All","SchedAt":"` + s.in(time.Hour) + `"`, "90104"},
		{"get_sched_task", `"TaskID":` + firstTask, "90104"},
	} {
		if got := s.call(t, step.api, step.fields); got != step.want {
			t.Errorf("step %d, %s %s:\ngot  %s\nwant %s", i, step.api, step.fields, got, step.want)
		}
	}
	s.clock.forward(3 * time.Hour)
	if got := s.info(t, secondTask); got.Status != "dispatched" {
		t.Errorf("got %+v", got)
	}
	w := postTo(t, s.Emulator, "delete_sched_task", `{"Sdkappid":1400000000,"TaskID":`+firstTask+`,"Type":"All"}`)
	if !strings.HasSuffix(w.Body.String(), `"ErrorCode":90104,"TaskID":0}`) {
		t.Errorf("got %s, want TaskID 0", w.Body)
	}
}

// TestChangeOfContent changes a scheduled push under both readings of the page: Content replaces the old one, or is merged into
// it. What is invalid in the end changes nothing.
func TestChangeOfContent(t *testing.T) {
	t.Parallel()
	seed := SampleSeed()
	seed.ScheduledPushes = map[string]*ScheduledPush{
		"1": {In: "1h", Type: "Tag", Content: json.RawMessage(`{"MsgRandom":7,"OfflinePushInfo":{"Title":"A","PushFlag":1,"ApnsInfo":{"Sound":"a","Title":"b"},"MultiLanguageContent":[{"Language":"zh"}]},"Condition":{"TagsOr":["x"]}}`)},
	}
	for _, tc := range []struct{ content, replaced, merged string }{
		{
			`{"OfflinePushInfo":{"Title":"B","ApnsInfo":{"Sound":"c"},"MultiLanguageContent":[]},"Condition":{"TagsAnd":["y"]}}`,
			`"Content":{"Condition":{"TagsAnd":["y"]},"MsgRandom":1,"OfflinePushInfo":{"Title":"B","ApnsInfo":{"Sound":"c"},"MultiLanguageContent":[]}}`,
			`"Content":{"Condition":{"TagsAnd":["y"],"TagsOr":["x"]},"MsgRandom":7,"OfflinePushInfo":{"ApnsInfo":{"Sound":"c","Title":"b"},"MultiLanguageContent":[],"PushFlag":1,"Title":"B"}}`,
		},
		{`{"OfflinePushInfo":{"Title":"B"}}`, "90104", `"Content":{"Condition":{"TagsOr":["x"]},"MsgRandom":7,"OfflinePushInfo":{"ApnsInfo":{"Sound":"a","Title":"b"},"MultiLanguageContent":[{"Language":"zh"}],"PushFlag":1,"Title":"B"}}`},
		{
			`{"OfflinePushInfo":{},"Condition":{"AttrsAnd":{"city":"x"}}}`,
			`"Content":{"Condition":{"AttrsAnd":{"city":"x"}},"MsgRandom":1,"OfflinePushInfo":{}}`,
			"90104",
		},
	} {
		for _, merges := range []bool{false, true} {
			s := newSchedule(t, seed)
			clock, want := s.clock, tc.replaced
			if merges {
				want = tc.merged
			}
			s.Emulator = newTest(t, func(o *Options) { o.Seed, o.Now, o.Readings.MergesContent = seed, clock.now, merges })
			got := s.call(t, "modify_sched_task", `"TaskID":1,"Type":"Tag","Content":`+tc.content)
			if got == `"TaskID":1` {
				got = s.call(t, "get_sched_task", `"TaskID":1`)
				got = regexp.MustCompile(`"Content":.*\}\}`).FindString(got)
			}
			if got != want {
				t.Errorf("%s, merged: %t:\ngot  %s\nwant %s", tc.content, merges, got, want)
			}
		}
	}
}

// TestScheduledRequests tests the fields of requests. Rejected requests change nothing.
func TestScheduledRequests(t *testing.T) {
	t.Parallel()
	seed := SampleSeed()
	seed.ScheduledPushes = map[string]*ScheduledPush{"1": {In: "1h", Type: "All", Content: content("seeded", "")}}
	s := newSchedule(t, seed)
	add := func(audience, at, content string) string {
		return `"Type":"` + audience + `","SchedAt":"` + at + `","Content":` + content
	}
	at, good := s.in(time.Hour), string(content("T", ""))
	long := strings.Repeat("x", 10<<10)
	to := func(n int) string { return string(content("T", `,"To_Account":["x"`+strings.Repeat(`,"x"`, n-1)+`]`)) }
	cond := func(condition string) string { return string(content("T", `,"Condition":`+condition)) }
	list := func(fields string) string {
		return `"Offset":0,"Want":1,"OrderBy":"schedat","Asc":true,"BeginTime":"` + s.in(0) + `","EndTime":"` + s.in(7*24*time.Hour) + `"` + fields
	}
	for _, tc := range []struct {
		api, fields string
		ok          bool
	}{
		{"add_sched_task", add("All", at, good), true},
		{"add_sched_task", add("All", at, `{"OfflinePushInfo":{}}`), true},
		{"add_sched_task", add("Tag", at, cond(`{"AttrsAnd":{"city":"ShenZhen"}}`)), true},
		{"add_sched_task", add("User", at, to(500)), true},
		{"add_sched_task", add("all", at, good), false},
		{"add_sched_task", `"SchedAt":"` + at + `","Content":` + good, false},
		{"add_sched_task", `"Type":"All","Content":` + good, false},
		{"add_sched_task", `"Type":"All","SchedAt":"` + at + `"`, false},
		{"add_sched_task", add("All", at, good) + `,"Sdkappid":1400000001`, false},
		{"add_sched_task", add("All", at, good) + `,"Sdkappid":"1400000000"`, false},
		{"add_sched_task", add("All", s.in(0), good), false},
		{"add_sched_task", add("All", strings.Replace(at, " ", "T", 1), good), false},
		{"add_sched_task", add("All", at+".5", good), false},
		{"add_sched_task", add("All", "2099-01-01 9:00:00", good), false},
		{"add_sched_task", add("All", "2099-02-30 09:00:00", good), false},
		{"add_sched_task", add("All", at, `"text"`), false},
		{"add_sched_task", add("All", at, `{}`), false},
		{"add_sched_task", add("All", at, `{"OfflinePushInfo":{"Title":1}}`), false},
		{"add_sched_task", add("All", at, `{"OfflinePushInfo":{},"From_Account":5}`), false},
		{"add_sched_task", add("All", at, `{"OfflinePushInfo":{},"MsgRandom":"5"}`), false},
		{"add_sched_task", add("All", at, string(content(long, ""))), false},
		{"add_sched_task", add("User", at, string(content(long, `,"To_Account":["x"]`))), true},
		{"add_sched_task", add("All", at, cond(`{"TagsOr":["x"]}`)), false},
		{"add_sched_task", add("All", at, to(1)), false},
		{"add_sched_task", add("Tag", at, good), false},
		{"add_sched_task", add("Tag", at, to(1)), false},
		{"add_sched_task", add("Tag", at, cond(`{"TagsOr":[""]}`)), false},
		{"add_sched_task", add("Tag", at, cond(`{"AttrsOr":{"unlisted":"x"}}`)), false},
		{"add_sched_task", add("User", at, good), false},
		{"add_sched_task", add("User", at, string(content("T", `,"To_Account":[]`))), false},
		{"add_sched_task", add("User", at, to(501)), false},
		{"modify_sched_task", `"TaskID":1,` + add("All", at, good), true},
		{"modify_sched_task", `"TaskID":1,"Type":"All"`, false},
		{"modify_sched_task", `"TaskID":1,` + add("Tag", at, cond(`{"TagsOr":["x"]}`)), false},
		{"modify_sched_task", `"TaskID":1,"SchedAt":"` + at + `"`, false},
		{"modify_sched_task", `"TaskID":1,` + add("All", s.in(0), good), false},
		{"modify_sched_task", `"TaskID":1,` + add("All", at, `{}`), false},
		{"modify_sched_task", `"TaskID":"1",` + add("All", at, good), false},
		{"modify_sched_task", add("All", at, good), false},
		{"delete_sched_task", `"TaskID":1`, false},
		{"delete_sched_task", `"Type":"All"`, false},
		{"get_sched_task", `"TaskID":1`, true},
		{"get_sched_task", `"TaskID":2`, false},
		{"get_sched_task", `"TaskID":1,"Sdkappid":1`, false},
		{"list_sched_task", list(""), true},
		{"list_sched_task", list(`,"Keyword":""`), true},
		{"list_sched_task", list(`,"Keyword":null`), false},
		{"list_sched_task", list(`,"Sdkappid":1`), false},
		{"list_sched_task", list(`,"Offset":-1`), false},
		{"list_sched_task", list(`,"Offset":null`), false},
		{"list_sched_task", list(`,"Want":0`), false},
		{"list_sched_task", list(`,"Want":"1"`), false},
		{"list_sched_task", list(`,"OrderBy":"schedAt"`), false},
		{"list_sched_task", list(`,"OrderBy":""`), false},
		{"list_sched_task", list(`,"Asc":1`), false},
		{"list_sched_task", list(`,"BeginTime":"` + s.in(-time.Second) + `"`), false}, // longer than 7 days
		{"list_sched_task", list(`,"EndTime":"` + s.in(0) + `"`), true},
		{"list_sched_task", list(`,"EndTime":"` + s.in(-time.Second) + `"`), false},
		{"list_sched_task", list(`,"EndTime":1`), false},
	} {
		before, _, _ := strings.Cut(s.list(t, list("")), " ")
		got := s.call(t, tc.api, tc.fields)
		if (got != "90104") != tc.ok {
			t.Errorf("%s %.300s: got %.200s, valid: want %t", tc.api, tc.fields, got, tc.ok)
		}
		if after, _, _ := strings.Cut(s.list(t, list("")), " "); (after != before) != (tc.ok && tc.api == "add_sched_task") {
			t.Errorf("%s %.300s: before %s, after %s", tc.api, tc.fields, before, after)
		}
	}
}

// TestScheduledInThePast: the earliest time is the next second.
func TestScheduledInThePast(t *testing.T) {
	t.Parallel()
	s := newSchedule(t, SampleSeed())
	for in, want := range map[time.Duration]int{-time.Second: 90104, 0: 90104, time.Second: 0} {
		body := `{"Sdkappid":1400000000,"Type":"All","SchedAt":"` + s.in(in) + `","Content":` + string(content("T", "")) + `}`
		if r := read(t, postTo(t, s.Emulator, "add_sched_task", body)); *r.ErrorCode != want {
			t.Errorf("in %v: code %d, want %d", in, *r.ErrorCode, want)
		}
	}
}

// TestRateOfScheduledPushes: the commands count together, and not with others.
func TestRateOfScheduledPushes(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) { o.RequestsPerSecond = 1 })
	for i, request := range []struct {
		api  string
		code int
	}{
		{"add_sched_task", 90104},
		{"modify_sched_task", 90104},
		{"delete_sched_task", 90104},
		{"get_sched_task", 90104},
		{"list_sched_task", 90104},
		{"add_sched_task", 60007},
		{"get_attr_name", 0},
	} {
		if r := read(t, postTo(t, e, request.api, "{}")); *r.ErrorCode != request.code {
			t.Errorf("request %d, %s: code %d, want %d", i, request.api, *r.ErrorCode, request.code)
		}
	}
}

// TestListOfScheduledPushes tests the order, the pages, and the filters of lists.
func TestListOfScheduledPushes(t *testing.T) {
	t.Parallel()
	seed := SampleSeed()
	seed.ScheduledPushes = map[string]*ScheduledPush{
		"3":  {In: "3h", Type: "All", Content: content("Black Friday", "")},
		"10": {In: "1h", Type: "All", Content: content("friday", "")},
		"2":  {In: "1h", Type: "All", Content: json.RawMessage(`{"OfflinePushInfo":{"Title":"x","Desc":"On Friday"}}`)},
		"4":  {In: "-1h", Type: "All", Content: content("past", "")},
	}
	for _, camelCase := range []bool{false, true} {
		s := newSchedule(t, seed)
		if camelCase {
			clock := s.clock
			s.Emulator = newTest(t, func(o *Options) { o.Seed, o.Now, o.Readings.CamelCaseOrder = seed, clock.now, true })
		}
		for _, tc := range []struct {
			order        string
			begin, end   time.Duration
			fields, want string
		}{
			{"schedat", 0, 24 * time.Hour, ``, "3 2 10 3"},
			{"schedat", 0, 24 * time.Hour, `,"Asc":false`, "3 3 10 2"},
			{"schedat", 0, 24 * time.Hour, `,"Offset":1,"Want":1`, "3 10"},
			{"schedat", 0, 24 * time.Hour, `,"Offset":2,"Want":9223372036854775807`, "3 3"},
			{"schedat", 0, 24 * time.Hour, `,"Offset":9223372036854775807`, "3"},
			{"schedat", 0, 24 * time.Hour, `,"Keyword":"Friday"`, "2 2 3"},
			{"schedat", time.Hour, 3 * time.Hour, ``, "3 2 10 3"},
			{"schedat", time.Hour + time.Second, 3 * time.Hour, ``, "1 3"},
			{"schedat", -time.Hour, 3*time.Hour - time.Second, ``, "3 4 2 10"},
			{"createat", 0, 0, ``, "3 2 3 10"},
			{"createat", -time.Hour, 0, ``, "4 4 2 3 10"},
			{"createat", time.Second, time.Hour, ``, "0"},
		} {
			fields := func(order string) string {
				return fmt.Sprintf(`"Offset":0,"Want":10,"Asc":true,"OrderBy":%q,"BeginTime":%q,"EndTime":%q%s`, order, s.in(tc.begin), s.in(tc.end), tc.fields)
			}
			accepted, rejected := tc.order, strings.Replace(tc.order, "at", "At", 1)
			if tc.order == "createat" {
				rejected = "createAt"
			}
			if camelCase {
				accepted, rejected = rejected, accepted
			}
			if got := s.list(t, fields(accepted)); got != tc.want {
				t.Errorf("%s %v to %v%s: got %s, want %s", accepted, tc.begin, tc.end, tc.fields, got, tc.want)
			}
			if got := s.list(t, fields(rejected)); got != "90104" {
				t.Errorf("%s is accepted: %s", rejected, got)
			}
		}
	}
}

// TestScheduledRuns: scheduled pushes are sent when they are due, to whom they select then.
func TestScheduledRuns(t *testing.T) {
	t.Parallel()
	seed := deliverySeed()
	seed.Accounts["tagged"] = Account{Tags: []string{"x"}}
	seed.AttributeNames = map[string]AttributeName{"0": {Name: "city"}}
	seed.ScheduledPushes = map[string]*ScheduledPush{
		"1": {In: "-1h", Type: "All", Content: content("All", "")},
		"2": {In: "1h", Type: "Tag", Content: content("Tag", `,"Condition":{"TagsOr":["x"]}`)},
		"3": {In: "1h", Type: "User", Content: content("User", `,"To_Account":["nobody","offline"]`)},
		"4": {In: "30m", Type: "Tag", Content: content("Broken", `,"Condition":{"AttrsOr":{"city":"x"}}`)},
		"5": {In: "2h", Type: "All", Content: content("Later", "")},
	}
	s := newSchedule(t, seed)
	change := Change{
		Accounts:       map[string]*Account{"online": {Tags: []string{"x"}}},
		AttributeNames: map[string]AttributeName{"0": {Name: "town"}},
	}
	if err := s.Drift(change); err != nil {
		t.Fatal(err)
	}
	if got := s.info(t, "4"); got.Status != "pending" || got.PushTaskID != "" {
		t.Errorf("before its time: %+v", got)
	}
	s.clock.forward(time.Hour - 3*time.Second)
	if got := s.info(t, "2"); got.Status != "pending" {
		t.Errorf("a second before its time: %+v", got)
	}
	s.clock.forward(time.Second - 1)
	postTo(t, s.Emulator, "get_attr_name", "{}") // any request, 1 ns before its time
	for _, step := range []struct {
		forward time.Duration
		code    int
	}{{1, 90107}, {time.Second - 1, 90107}, {1, 90106}} {
		s.clock.forward(step.forward)
		body := `{"Sdkappid":1400000000,"TaskID":2,"Type":"Tag","SchedAt":"` + s.in(3*time.Hour) + `"}`
		for _, api := range []string{"modify_sched_task", "delete_sched_task"} {
			if got := read(t, postTo(t, s.Emulator, api, body)); *got.ErrorCode != step.code {
				t.Errorf("%s after %v: code %d, want %d", api, step.forward, *got.ErrorCode, step.code)
			}
		}
	}
	var runs []Entry
	for _, entry := range s.Journal() {
		if entry.API == ScheduledRun {
			runs = append(runs, entry)
		}
	}
	for i, want := range []struct {
		id   string
		in   time.Duration
		code int
		sent string
	}{
		{"1", -time.Hour, 0, "[offline online tagged unreached unsent]"},
		{"4", 30 * time.Minute, 90033, "[]"},
		{"2", time.Hour, 0, "[online tagged]"},
		{"3", time.Hour, 0, "[offline]"},
	} {
		got, info := runs[i], s.info(t, want.id)
		if !got.At.Equal(s.start.Add(want.in)) || got.Code != want.code || got.Executed != (want.code == 0) || fmt.Sprint(got.Sent) != want.sent {
			t.Errorf("run of %s: %+v, want %+v", want.id, got, want)
		}
		if info.Status != "dispatched" || info.PushTaskID != got.TaskID || (got.TaskID == "") != (want.code != 0) ||
			(info.DispatchErr != "") != (want.code != 0) || info.DispatchSuccess != map[bool]int{true: 1}[want.code == 0] {
			t.Errorf("scheduled push %s: %+v after %+v", want.id, info, got)
		}
	}
	if len(runs) != 4 || !strings.HasPrefix(runs[3].TaskID, "batch_") {
		t.Errorf("runs %+v", runs)
	}
	task := s.info(t, "2").PushTaskID
	if got := s.ask(t, "all_member_push_statistics", s.window(-3600, 0, `,"TaskID":["`+task+`"]`)); !strings.Contains(got, `"TotalCount":2,`) {
		t.Errorf("statistics of a scheduled push: %s", got)
	}
	if r := read(t, postTo(t, s.Emulator, "revoke", `{"TaskId":"`+task+`","OfflinePushInfo":{}}`)); *r.ErrorCode != 0 {
		t.Errorf("a scheduled push cannot be revoked: %d", *r.ErrorCode)
	}
}

// TestRunsInTheJournal: an own journal gets them too, and secrets are hidden.
func TestRunsInTheJournal(t *testing.T) {
	t.Parallel()
	var entries []Entry
	e := newTest(t, func(o *Options) {
		o.Seed = Seed{
			Accounts:        map[string]Account{testKey: {}},
			ScheduledPushes: map[string]*ScheduledPush{"1": {In: "-1s", Type: "All", Content: content("T", "")}},
		}
		o.Journal = func(e Entry) { entries = append(entries, e) }
	})
	postTo(t, e, "get_attr_name", "{}")
	postTo(t, e, "get_attr_name", "{}")
	if len(entries) != 3 || entries[0].API != ScheduledRun || fmt.Sprint(entries[0].Sent) != "[(secret)]" {
		t.Errorf("journal %+v", entries)
	}
}

// TestDriftOfScheduledPushes changes scheduled pushes without a request.
func TestDriftOfScheduledPushes(t *testing.T) {
	t.Parallel()
	s := newSchedule(t, SampleSeed())
	s.call(t, "add_sched_task", `"Type":"All","SchedAt":"`+s.in(time.Hour)+`","Content":`+string(content("A", "")))
	drift := func(id string, push *ScheduledPush) {
		t.Helper()
		if err := s.Drift(Change{ScheduledPushes: map[string]*ScheduledPush{id: push}}); err != nil {
			t.Error(err)
		}
	}
	drift(firstTask, &ScheduledPush{Content: content("B", "")})
	if got := s.info(t, firstTask); got.Title != "B" || got.SchedAt != s.in(time.Hour) || got.CreateAt != s.in(time.Second) {
		t.Errorf("title changed: %+v", got)
	}
	drift(firstTask, &ScheduledPush{In: "2h", Type: "User", Content: content("C", `,"To_Account":["x"]`)})
	if got := s.info(t, firstTask); got.Title != "C" || got.SchedAt != s.in(2*time.Hour) || got.Type != "User" {
		t.Errorf("all changed: %+v", got)
	}
	drift("99", &ScheduledPush{In: "1h", Type: "All", Content: content("new", "")})
	if got := s.info(t, "99"); got.Title != "new" {
		t.Errorf("created: %+v", got)
	}
	drift(firstTask, nil)
	if got := s.call(t, "get_sched_task", `"TaskID":`+firstTask); got != "90104" {
		t.Errorf("deleted: %s", got)
	}
	err := s.Drift(Change{ScheduledPushes: map[string]*ScheduledPush{"99": nil, "x": {}}})
	if err == nil || err.Error() != `emulator: Drift: scheduled_pushes["x"]: the ID must be a number from 1 to 9223372036854775807` {
		t.Errorf("invalid change: %v", err)
	}
	if got := s.info(t, "99"); got.Title != "new" {
		t.Errorf("an invalid change changed the app: %+v", got)
	}
}
