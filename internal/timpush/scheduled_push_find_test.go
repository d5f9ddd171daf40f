package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Content is the same if all that was sent is in it, whatever the service adds, but not
// if the audience is another.
func TestSameContent(t *testing.T) {
	t.Parallel()
	push := ScheduledPush{
		Kind: ScheduledToSelected,
		Message: Message{From: "admin", Notification: map[string]any{
			"Title": "caf\u00e9", "Ext": "", "PushFlag": 0, "HarmonyInfo": map[string]any{"Title": ""},
			"BadgeAddNum": json.Number("12345678901234567890"),
			"ApnsInfo":    map[string]any{"MutableContent": 1, "Sound": "a"},
			"MultiLanguageContent": []any{
				map[string]any{"Language": "zh", "Title": "a"},
				map[string]any{"Language": "en", "Title": "b"},
			},
		}},
		Condition: Condition{AttributesAnd: map[string]string{"city": "X", "level": "7"}},
	}
	const content = `{"From_Account":"admin","Condition":{"AttrsAnd":{"city":"X","level":"7"}},"OfflinePushInfo":{"Title":"café","Ext":"","PushFlag":0,"BadgeAddNum":12345678901234567890,"ApnsInfo":{"MutableContent":1,"Sound":"a"},"MultiLanguageContent":[{"Language":"zh","Title":"a"},{"Language":"en","Title":"b"}]}}`
	for change, same := range map[string]bool{
		``:  true,
		`{`: false,
		`{"From_Account" => {"MsgRandom":1,"From_Account"`:               true,
		`"OfflinePushInfo":{ => "OfflinePushInfo":{"New":[1],`:           true,
		`"OfflinePushInfo":{ => "OfflinePushInfo":{"HarmonyInfo":"x",`:   false,
		`"Sound":"a" => "Sound":"a","Badge":{}`:                          true,
		`"From_Account":"admin" => "From_Account":144115`:                true,
		`"From_Account":"admin", => `:                                    false,
		`"From_Account":"admin" => "From_Account":"other"`:               false,
		`12345678901234567890 => "12345678901234567890"`:                 true,
		`12345678901234567890 => 12345678901234567891`:                   false,
		`"level":"7" => "level":7`:                                       true,
		`"level":"7" => "level":8`:                                       false,
		`"level":"7" => "level":["7"]`:                                   false,
		`,"level":"7" => `:                                               false,
		`"Ext":"", => `:                                                  true,
		`"PushFlag":0, => `:                                              true,
		`"Ext":"" => "Ext":null`:                                         true,
		`"Ext":"" => "Ext":"a"`:                                          false,
		`"Ext":"" => "Ext":{"a":1}`:                                      false,
		`café => cafe` + "\u0301":                                        true,
		`café => cafe`:                                                   false,
		`"ApnsInfo":{"MutableContent":1,"Sound":"a"} => "ApnsInfo":"{}"`: false,
		`{"Language":"zh","Title":"a"},{"Language":"en","Title":"b"} => {"Language":"en","Title":"b"},{"Language":"zh","Title":"a"}`: false,
		`{"Language":"zh","Title":"a"}, => `:                                                     false,
		`"Condition":{ => "To_Account":[],"Condition":{"TagsOr":[],"TagsNot":null,"AttrsOr":{},`: true,
		`"Condition":{ => "To_Account":["a"],"Condition":{`:                                      false,
		`"Condition":{ => "Condition":{"TagsOr":["A"],`:                                          false,
		`"Condition":{ => "Condition":{"New":"A",`:                                               false,
		`"city":"X" => "city":"X","new":"X"`:                                                     false,
		`"Condition":{"AttrsAnd":{"city":"X","level":"7"}}, => `:                                 false,
		`"Condition":{"AttrsAnd":{"city":"X","level":"7"}} => "Condition":"X"`:                   false,
	} {
		got := content
		if from, to, replaced := strings.Cut(change, " => "); replaced {
			if got = strings.Replace(content, from, to, 1); got == content {
				t.Errorf("%s changes nothing", change)
			}
		} else if change != "" {
			got = change
		}
		if SameContent(push, json.RawMessage(got)) != same {
			t.Errorf("%s: same content is %t", change, !same)
		}
	}
	if SameContent(push, nil) || SameContent(ScheduledPush{Kind: "x"}, json.RawMessage(content)) {
		t.Error("no content is the same")
	}
}

// Accounts are the same in any order and number, and a push to all has no audience.
func TestSameContentAudience(t *testing.T) {
	t.Parallel()
	for content, same := range map[string][2]bool{ // to user1 and user2, to all
		`{"To_Account":["user1","user2"]}`:         {true, false},
		`{"To_Account":["user2","user1"]}`:         {true, false},
		`{"To_Account":["user2","user1","user2"]}`: {true, false},
		`{"To_Account":["user2","user2"]}`:         {false, false},
		`{"To_Account":["user1","user2",null]}`:    {false, false},
		`{"To_Account":["user1"]}`:                 {false, false},
		`{"To_Account":["user1","user2","user3"]}`: {false, false},
		`{"To_Account":"user1"}`:                   {false, false},
		`{"To_Account":[]}`:                        {false, true},
		`{}`:                                       {false, true},
		`{"Condition":{"TagsOr":["A"]}}`:           {false, false},
		`{"Condition":{"TagsOr":[]}}`:              {false, true},
	} {
		for n, kind := range []ScheduledKind{ScheduledToAccounts, ScheduledToAll} {
			if got := SameContent(ScheduledPush{Kind: kind, Accounts: []string{"user1", "user2"}}, json.RawMessage(content)); got != same[n] {
				t.Errorf("%s of %s: %t", content, kind, got)
			}
		}
	}
}

// Tags are the same in any order, in the content and between pushes, but only in their
// own list.
func TestSameAudience(t *testing.T) {
	t.Parallel()
	sent := ScheduledPush{Kind: ScheduledToSelected, Condition: Condition{TagsOr: []string{"A", "cafz", "caf\u00e9"}, TagsAnd: []string{"C"}, TagsNot: []string{"D", "E"}}}
	for condition, same := range map[string]bool{
		`{"TagsOr":["A","cafz","caf\u00e9"],"TagsAnd":["C"],"TagsNot":["D","E"]}`:        true,
		`{"TagsOr":["caf\u00e9","A","cafz"],"TagsAnd":["C"],"TagsNot":["E","D"]}`:        true,
		`{"TagsOr":["cafz","cafz","A","caf\u00e9"],"TagsAnd":["C"],"TagsNot":["E","D"]}`: true,
		`{"TagsOr":["cafz","caf\u00e9"],"TagsAnd":["C"],"TagsNot":["D","E"]}`:            false,
		`{"TagsOr":["A","cafz","caf\u00e9"],"TagsAnd":["D","E"],"TagsNot":["C"]}`:        false,
		`{"TagsOr":["A","cafz","caf\u00e9","D"],"TagsAnd":["C"],"TagsNot":["D","E"]}`:    false,
	} {
		content := json.RawMessage(`{"OfflinePushInfo":{},"Condition":` + condition + `}`)
		if got := SameContent(sent, content); got != same {
			t.Errorf("%s: same content is %t", condition, got)
		}
		if got := SameAudience(sent, ScheduledTask{Kind: ScheduledToSelected, Content: content}.Push()); got != same {
			t.Errorf("%s: same audience is %t", condition, got)
		}
	}
	if !SameContent(sent, json.RawMessage(`{"Condition":{"TagsOr":["cafe\u0301","cafz","A"],"TagsAnd":["C"],"TagsNot":["D","E"]}}`)) {
		t.Error("tags in another normalization are others")
	}
	to := func(accounts ...string) ScheduledPush {
		return ScheduledPush{Kind: ScheduledToAccounts, Accounts: accounts}
	}
	with := func(names map[string]string) ScheduledPush {
		return ScheduledPush{Kind: ScheduledToSelected, Condition: Condition{AttributesOr: names}}
	}
	switch {
	case !SameAudience(to("a", "b"), to("b", "a", "b")):
		t.Error("accounts in another order are others")
	case SameAudience(to("a"), to("a", "b")), SameAudience(to("a"), ScheduledPush{Kind: ScheduledToAll, Accounts: []string{"a"}}),
		SameAudience(with(map[string]string{"a": "1"}), with(map[string]string{"a": "2"})):
		t.Error("another audience is the same")
	}
}

// A search never finds what the client has returned before: each push has a task of its
// own.
func TestFindScheduledPushOfAnother(t *testing.T) {
	t.Parallel()
	lost := emulator.Effect{Drop: true}
	executed := emulator.Effect{Execute: true, Drop: true}
	for name, test := range map[string]struct {
		first, second emulator.Effect // of two requests to add the same push
		found         bool            // by the second one
	}{
		"the first one was added":     {emulator.Effect{Execute: true}, lost, false},
		"both were added":             {emulator.Effect{Execute: true}, executed, true},
		"the first one was searched":  {executed, lost, false},
		"both are searched":           {executed, executed, true},
		"the first one was not added": {lost, executed, true},
		"both are lost":               {lost, lost, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, service := scheduling(t)
			for _, effect := range []emulator.Effect{test.first, test.second} {
				service.Script(emulator.Fault{Match: emulator.Match{API: "add_sched_task"}, Times: 1, Effect: effect})
			}
			schedule := func() string {
				since := time.Now()
				id, err := client.AddScheduledPush(t.Context(), sampleScheduled())
				if err == nil {
					return id
				}
				found, err := client.FindScheduledPush(t.Context(), sampleScheduled(), since)
				switch {
				case err != nil:
					t.Errorf("%s: %v", name, err)
				case found != nil:
					return found.ID
				}
				return ""
			}
			first, second := schedule(), schedule()
			if (second != "") != test.found || second != "" && second == first {
				t.Errorf("%s: the tasks are %q and %q", name, first, second)
			}
		})
	}
}

// A search waits for a request that adds, whose push is listed before its ID is known,
// but not longer than its context.
func TestFindScheduledPushWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"user1": {}, "user2": {}}})
		client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			response, err := handlerTransport{service}.RoundTrip(request)
			if strings.Contains(request.URL.Path, "add_sched_task") {
				time.Sleep(5 * time.Second)
			}
			return response, err
		})))
		added := make(chan error, 1)
		go func() {
			_, err := client.AddScheduledPush(t.Context(), sampleScheduled())
			added <- err
		}()
		since := time.Now()
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var interrupted *InterruptedError
		if found, err := client.FindScheduledPush(ctx, sampleScheduled(), since); found != nil || !errors.As(err, &interrupted) {
			t.Errorf("found %v, %v", found, err)
		}
		if found, err := client.FindScheduledPush(t.Context(), sampleScheduled(), since); found != nil || err != nil {
			t.Errorf("found %v, %v", found, err)
		}
		if err := <-added; err != nil {
			t.Error(err)
		}
	})
}

// taskText returns a task with the sample push, with fields replaced.
func taskText(id string, fields map[string]string) string {
	all := map[string]string{
		"TaskID": id, "Type": `"User"`, "Status": `"pending"`, "SchedAt": `"2025-06-01 10:00:00"`, "CreateAt": `"2025-05-20 08:30:00"`,
		"Content": `{"From_Account":12345,"MsgRandom":1,"To_Account":["user1","user2"],"OfflinePushInfo":{"Title":"Offline Push Title","Desc":"Offline Push Content"}}`,
	}
	maps.Copy(all, fields)
	var written []string
	for name, value := range all {
		written = append(written, `"`+name+`":`+value)
	}
	return "{" + strings.Join(written, ",") + "}"
}

// The newest task of the same push is found, if it is pending and was created since the
// attempt, and not in the future: that would be another time zone.
func TestFindScheduledPush(t *testing.T) {
	t.Parallel()
	sample := func(id string) string { return taskText(id, nil) }
	with := func(name, value string) string { return taskText("9", map[string]string{name: value}) }
	created := func(id, at string) string {
		return taskText(id, map[string]string{"CreateAt": `"2025-05-20 ` + at + `"`})
	}
	for name, test := range map[string]struct {
		tasks []string
		want  string
	}{
		"nothing":                 {nil, ""},
		"one":                     {[]string{sample("9")}, "9"},
		"the same second":         {[]string{sample("9"), sample("123456789012345678901"), sample("10")}, "123456789012345678901"},
		"newest":                  {[]string{created("7", "08:30:01"), created("8", "08:30:02"), sample("9")}, "8"},
		"before the attempt":      {[]string{created("9", "08:29:59")}, ""},
		"a little ahead":          {[]string{created("9", "08:40:00")}, "9"},
		"in the future":           {[]string{created("9", "08:40:01")}, ""},
		"in the zone of Beijing":  {[]string{created("9", "15:30:00"), created("8", "16:30:00")}, ""},
		"unknown creation":        {[]string{with("CreateAt", `""`)}, ""},
		"another kind":            {[]string{with("Type", `"All"`)}, ""},
		"another time":            {[]string{with("SchedAt", `"2025-06-01 10:00:01"`)}, ""},
		"unknown time":            {[]string{with("SchedAt", `null`)}, ""},
		"begun":                   {[]string{with("Status", `"dispatching"`)}, ""},
		"unknown status":          {[]string{with("Status", `null`)}, ""},
		"other accounts":          {[]string{with("Content", `{"To_Account":["user1"],"OfflinePushInfo":{"Title":"Offline Push Title","Desc":"Offline Push Content"}}`)}, ""},
		"another title":           {[]string{with("Content", `{"From_Account":1,"To_Account":["user1","user2"],"OfflinePushInfo":{"Title":"other","Desc":"Offline Push Content"}}`)}, ""},
		"no content":              {[]string{with("Content", `null`)}, ""},
		"one of many":             {[]string{with("Status", `"dispatched"`), sample("8"), with("Type", `"Tag"`)}, "8"},
		"title is not in the row": {[]string{taskText("9", map[string]string{"Title": `""`})}, "9"},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, bodies := sentBodies(t, `{"ActionStatus":"OK","ErrorCode":0,"Total":0,"Tasks":[`+strings.Join(test.tasks, ",")+`]}`)
			since := time.Date(2025, 5, 20, 8, 30, 0, 999, time.UTC)
			push := sampleScheduled()
			push.At = push.At.Add(999 * time.Millisecond)
			found, err := client.FindScheduledPush(t.Context(), push, since)
			if err != nil || (found == nil) != (test.want == "") || found != nil && found.ID != test.want {
				t.Errorf("%s: found %v, %v", name, found, err)
			}
			if first := (*bodies)[0]; !strings.Contains(first, `"OrderBy":"schedat","Asc":true,"BeginTime":"2025-06-01 09:59:59","EndTime":"2025-06-01 10:00:02"`) {
				t.Errorf("the first list is of %s", first)
			}
			if len(*bodies) == 1 != (test.want != "") {
				t.Errorf("%s: %d lists", name, len(*bodies))
			}
		})
	}
}

// If windows select by the time of creation, whatever the order, the push is found too,
// also by a service whose clock is a little ahead. If looking fails, there is an error.
func TestFindScheduledPushByCreation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service, err := emulator.New(emulator.Options{
			SDKAppID: testSDKAppID, Key: testKey, Seed: emulator.Seed{Accounts: map[string]emulator.Account{"user1": {}, "user2": {}}},
			Now: func() time.Time { return time.Now().Add(9 * time.Minute) },
		})
		if err != nil {
			t.Fatal(err)
		}
		client := newTestClient(t, testConfig(handlerTransport{service}))
		id, err := newTestClient(t, testConfig(handlerTransport{service})).AddScheduledPush(t.Context(), sampleScheduled())
		if err != nil {
			t.Fatal(err)
		}
		const empty = `{"ActionStatus":"OK","ErrorCode":0,"Total":0,"Tasks":[]}`
		service.Script(emulator.Fault{Times: 1, Effect: emulator.Effect{Body: empty}}, emulator.Fault{Skip: 1, Effect: emulator.Effect{Code: CodePushDisabled}})
		if found, err := client.FindScheduledPush(t.Context(), sampleScheduled(), time.Now()); err != nil || found == nil || found.ID != id {
			t.Errorf("found %v, %v", found, err)
		}
		if found, err := client.FindScheduledPush(t.Context(), sampleScheduled(), time.Now()); !IsCode(err, CodePushDisabled) || found != nil {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

// A push is looked for by its time and then by its creation, if that is known. It is
// absent only if no list has it, and a list that fails is an error.
func TestHasScheduledPush(t *testing.T) {
	t.Parallel()
	at, created := time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC), time.Date(2025, 5, 20, 8, 30, 0, 0, time.UTC)
	const byTime = `"OrderBy":"schedat","Asc":true,"BeginTime":"2025-06-01 09:59:59","EndTime":"2025-06-01 10:00:01"`
	const byCreation = `"OrderBy":"createat","Asc":true,"BeginTime":"2025-05-20 08:29:59","EndTime":"2025-05-20 08:30:01"`
	for name, test := range map[string]struct {
		created time.Time
		ids     []string // in the lists, one after the other
		has     bool
		fails   bool
		lists   []string
	}{
		"by time":          {created, []string{"9"}, true, false, []string{byTime}},
		"by creation":      {created, []string{"8", "9"}, true, false, []string{byTime, byCreation}},
		"absent":           {created, []string{"8", "99"}, false, false, []string{byTime, byCreation}},
		"unknown creation": {time.Time{}, []string{"8", "9"}, false, false, []string{byTime}},
		"failed":           {created, []string{"8", ""}, false, true, []string{byTime, byCreation}},
	} {
		synctest.Test(t, func(t *testing.T) {
			var lists []string
			client := newTestClient(t, testConfig(handlerTransport{http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
				body, _ := io.ReadAll(request.Body)
				id := test.ids[len(lists)]
				lists = append(lists, string(body))
				if id == "" {
					_, _ = io.WriteString(w, `{"ActionStatus":"FAIL","ErrorCode":90104,"ErrorInfo":"bad"}`)
					return
				}
				_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"Total":2,"Tasks":[{"TaskID":7},{"TaskID":`+id+`}]}`)
			})}))
			has, err := client.HasScheduledPush(t.Context(), "9", at, test.created)
			if has != test.has || IsCode(err, CodeBadScheduledPush) != test.fails || (err != nil) != test.fails {
				t.Errorf("%s: %t, %v", name, has, err)
			}
			if !slices.EqualFunc(lists, test.lists, strings.Contains) {
				t.Errorf("%s: listed %s", name, lists)
			}
		})
	}
}

// In random sequences of commands, lost responses, and waits, the client's view is that
// of a model.
func TestScheduledPushSequences(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		synctest.Test(t, func(t *testing.T) {
			run := scheduledRun{t: t, random: rand.New(rand.NewPCG(seed, 0)), tasks: map[string]*modelTask{}}
			run.client, run.service = scheduling(t)
			for range 30 {
				run.step()
			}
			run.check()
			if t.Failed() {
				t.Logf("seed %d:\n%s", seed, strings.Join(run.log, "\n"))
			}
		})
	}
}

// modelTask is a task in the model.
type modelTask struct {
	push    ScheduledPush
	created time.Time
}

func (m *modelTask) pending() bool { return m.push.At.After(time.Now()) }

// scheduledRun is a random sequence.
type scheduledRun struct {
	t       *testing.T
	random  *rand.Rand
	client  *Client
	service *emulator.Emulator
	tasks   map[string]*modelTask
	log     []string
}

// draw returns a random push, one of few, so that some are the same.
func (r *scheduledRun) draw() ScheduledPush {
	push := ScheduledPush{
		Kind:    []ScheduledKind{ScheduledToAll, ScheduledToSelected, ScheduledToAccounts}[r.random.IntN(3)],
		At:      time.Now().Truncate(time.Minute).Add(time.Duration(1+r.random.IntN(3)) * time.Minute),
		Message: Message{From: []string{"administrator", "144115"}[r.random.IntN(2)], Notification: map[string]any{"Title": string(rune('a' + r.random.IntN(2)))}},
	}
	switch push.Kind {
	case ScheduledToAll:
	case ScheduledToSelected:
		push.Condition = Condition{TagsOr: []string{string(rune('A' + r.random.IntN(2)))}}
	case ScheduledToAccounts:
		push.Accounts = []string{"user1", "user2"}[:1+r.random.IntN(2)]
	}
	return push
}

// pick returns the ID of a random task, which may be deleted.
func (r *scheduledRun) pick() string {
	if ids := slices.Sorted(maps.Keys(r.tasks)); len(ids) > 0 {
		return ids[r.random.IntN(len(ids))]
	}
	return sampleID
}

func (r *scheduledRun) step() {
	switch n := r.random.IntN(10); {
	case n < 3:
		r.add(r.random.IntN(2) == 0)
	case n < 5:
		id, push := r.pick(), r.draw()
		task := r.tasks[id]
		if task != nil {
			push.Kind = task.push.Kind
			push.Condition, push.Accounts = task.push.Condition, task.push.Accounts
		}
		err := r.client.ModifyScheduledPush(r.t.Context(), id, push)
		if r.expect("modify", id, err) {
			task.push = push
		}
	case n < 6:
		id, kind := r.pick(), ScheduledToAll
		if task := r.tasks[id]; task != nil {
			kind = task.push.Kind
		}
		err := r.client.DeleteScheduledPush(r.t.Context(), id, kind)
		if r.expect("delete", id, err) {
			delete(r.tasks, id)
		}
	case n < 8:
		r.check()
	default:
		wait := time.Duration(r.random.IntN(90)) * time.Second
		r.note("wait %s", wait)
		time.Sleep(wait)
	}
}

// add adds a push. If the response is lost, it looks for it.
func (r *scheduledRun) add(lost bool) {
	push := r.draw()
	since := time.Now()
	if lost {
		r.service.Script(emulator.Fault{Match: emulator.Match{API: "add_sched_task"}, Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}})
	}
	id, err := r.client.AddScheduledPush(r.t.Context(), push)
	created := time.Now().Truncate(time.Second)
	if lost && id == "" && unclear(err) {
		var found *ScheduledTask
		if found, err = r.client.FindScheduledPush(r.t.Context(), push, since); found != nil {
			id = found.ID
		}
	}
	r.note("add %+v, lost %t: %s, %v", push, lost, id, err)
	if err != nil || id == "" || r.tasks[id] != nil {
		r.t.Errorf("added %q, lost %t: %v", id, lost, err)
		return
	}
	r.tasks[id] = &modelTask{push, created}
}

// expect reports whether a command for a task succeeded, as it should if the task is
// pending.
func (r *scheduledRun) expect(command, id string, err error) bool {
	r.note("%s %s: %v", command, id, err)
	task := r.tasks[id]
	want := task != nil && task.pending()
	if want != (err == nil) || task == nil && !IsCode(err, CodeBadScheduledPush) ||
		task != nil && !want && !IsCode(err, CodeScheduledPushDone, CodeScheduledPushUnderWay) {
		r.t.Errorf("%s %s: %v, pending %t", command, id, err, want)
	}
	return want && err == nil
}

// check compares both lists, and a task, with the model.
func (r *scheduledRun) check() {
	for _, by := range []ScheduledOrder{ByCreation, ByTime} {
		listed := map[string]bool{}
		err := r.client.ListScheduledPushes(r.t.Context(), ScheduledQuery{By: by, Begin: time.Now().Add(-8 * 24 * time.Hour), End: time.Now().Add(time.Hour)}, func(task ScheduledTask) bool {
			listed[task.ID] = true
			r.compare(task)
			return true
		})
		if err != nil || len(listed) != len(r.tasks) {
			r.t.Errorf("%d tasks are listed, not %d: %v", len(listed), len(r.tasks), err)
		}
	}
	id := r.pick()
	task, err := r.client.GetScheduledPush(r.t.Context(), id)
	switch {
	case r.tasks[id] == nil:
		if !IsCode(err, CodeBadScheduledPush) {
			r.t.Errorf("%s: %v", id, err)
		}
	case err != nil:
		r.t.Errorf("%s: %v", id, err)
	default:
		r.compare(*task)
	}
}

func (r *scheduledRun) compare(task ScheduledTask) {
	want := r.tasks[task.ID]
	if want == nil || !task.At.Equal(want.push.At) || !task.CreatedAt.Equal(want.created) || !task.sends(want.push) || (task.Status == StatusPending) != want.pending() {
		r.t.Errorf("the task is %+v with %s, the model's %+v", task, task.Content, want)
		return
	}
	again := task.Push()
	if from := want.push.Message.From; again.Message.From != from || !SameContent(again, task.Content) || !SameContent(want.push, task.Content) {
		r.t.Errorf("the push is %+v, the model's %+v", again, want.push)
	}
}

func (r *scheduledRun) note(format string, arguments ...any) {
	r.log = append(r.log, time.Now().Format(time.TimeOnly)+" "+fmt.Sprintf(format, arguments...))
}
