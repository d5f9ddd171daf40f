package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const scheduledPush = "timpush_scheduled_push"

// firstTask is the ID of the first scheduled push at the emulator.
const firstTask, secondTask = "9007199254740993", "9007199254740994"

// scheduler is an app, and a scheduled push that is managed. Tests use it in virtual
// time.
type scheduler struct {
	*instance

	app  *emulator.Emulator
	wire *requestLog
}

func newScheduler(t *testing.T, provider values) *scheduler {
	t.Helper()
	return newSchedulerAt(t, seededEmulator(t, emulator.SampleSeed()), provider)
}

func newSchedulerAt(t *testing.T, app *emulator.Emulator, provider values) *scheduler {
	t.Helper()
	wire := &requestLog{Handler: app}
	return &scheduler{newConfigured(t, wire, provider).newInstance(scheduledPush), app, wire}
}

// pass lets virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

// in returns a time as an argument has it.
func in(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.RFC3339) }

// inUTC returns a time as the service has it.
func inUTC(d time.Duration) string { return time.Now().Add(d).UTC().Format(time.DateTime) }

// toUsers is a push to two accounts in an hour, with other arguments in place of some.
func toUsers(others ...values) values {
	arguments := values{
		"send_at":      in(time.Hour),
		"audience":     map[string]any{"accounts": []any{"xiaoming", "xiaohua"}},
		"notification": map[string]any{"title": "Title", "description": "Text", "badge_add": 1},
	}
	for _, other := range others {
		maps.Copy(arguments, other)
	}
	return arguments
}

func titled(title string) values {
	return values{"notification": map[string]any{"title": title, "description": "Text", "badge_add": 1}}
}

// notified is a notification with other fields.
func notified(others map[string]any) values {
	fields := map[string]any{"title": "Title", "description": "Text"}
	maps.Copy(fields, others)
	return values{"notification": fields}
}

// created schedules a push.
func (s *scheduler) created(t *testing.T, arguments values) {
	t.Helper()
	if text := s.run(arguments); text != "create\n" {
		t.Fatal(text)
	}
	s.wire.taken()
}

// checkRun plans and applies, and checks the action, the diagnostics, and the commands
// that were called.
func (s *scheduler) checkRun(t *testing.T, arguments values, want string, commands ...string) {
	t.Helper()
	checkText(t, "run", s.run(arguments), want)
	s.checkCommands(t, commands...)
}

// checkCommands checks the commands that were called since the last check, sorted.
func (s *scheduler) checkCommands(t *testing.T, want ...string) {
	t.Helper()
	var commands []string
	for _, request := range s.wire.taken() {
		command, _, _ := strings.Cut(request, " ")
		commands = append(commands, strings.TrimSuffix(command, "_sched_task"))
	}
	if slices.Sort(want); !slices.Equal(commands, want) {
		t.Errorf("the commands are %q, want %q", commands, want)
	}
}

// tasks returns the scheduled pushes of the app, by ID.
func (s *scheduler) tasks(t *testing.T) map[string]map[string]any {
	t.Helper()
	response := s.list(t, values{"begin": "2000-01-01T00:00:00Z", "end": "2000-02-01T00:00:00Z"}, 0, true)
	tasks := map[string]map[string]any{}
	for _, result := range response {
		if text := render(result.Diagnostics); text != "" {
			t.Fatal(text)
		}
		task, _ := goValue(t, s.decode(result.Resource)).(map[string]any)
		tasks[fmt.Sprint(task["task_id"])] = task
	}
	return tasks
}

// sent returns the accounts that scheduled pushes were sent to, of each push.
func (s *scheduler) sent() (pushes []string) {
	for _, entry := range s.app.Journal() {
		if entry.API == emulator.ScheduledRun {
			pushes = append(pushes, strings.Join(entry.Sent, " "))
		}
	}
	return pushes
}

// list returns the results of the list resource.
func (s *scheduler) list(t *testing.T, arguments values, limit int64, include bool) (results []tfprotov6.ListResourceResult) {
	t.Helper()
	return s.p.list(scheduledPush, arguments, limit, include)
}

// drift changes a scheduled push from the outside.
func (s *scheduler) drift(t *testing.T, id string, push *emulator.ScheduledPush) {
	t.Helper()
	if err := s.app.Drift(emulator.Change{ScheduledPushes: map[string]*emulator.ScheduledPush{id: push}}); err != nil {
		t.Fatal(err)
	}
}

// contentOf is content of a push, with a notification and further fields.
func contentOf(notification, fields string) json.RawMessage {
	return json.RawMessage(`{"From_Account":"administrator","OfflinePushInfo":{` + notification + `}` + fields + `}`)
}

const usersField = `,"To_Account":["xiaoming","xiaohua"]`

// A push is scheduled, changed in place with complete content, and canceled.
func TestScheduledPush(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		checkText(t, "create", s.run(toUsers()), "create\n")
		content := func(title string) string {
			return `"Content":{"From_Account":"administrator","To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{"BadgeAddNum":1,"Desc":"Text","Title":"` + title + `"}}`
		}
		s.wire.check(t, "create",
			`add_sched_task {"Sdkappid":1400000000,"Type":"User","SchedAt":"`+inUTC(time.Hour)+`",`+content("Title")+`}`,
			`get_sched_task {"Sdkappid":1400000000,"TaskID":`+firstTask+`}`)
		for name, want := range map[string]any{
			"task_id": firstTask, "status": "pending", "push_task_id": "", "dispatch_error": "", "created_at": in(0), "send_at": in(time.Hour), "from_account": nil,
		} {
			if got := s.attribute(name); got != want {
				t.Errorf("%s is %v, want %v", name, got, want)
			}
		}
		s.checkRun(t, toUsers(), "none\n", "get")

		created := s.attribute("created_at")
		pass(time.Minute)
		later := toUsers(titled("Other"))
		c, text := s.plan(later)
		if c == nil || text != "" || c.action != "update" || c.attribute("task_id") != firstTask || c.attribute("status") != "pending" || c.attribute("created_at") != created {
			t.Fatalf("%+v, %s", c, text)
		}
		s.wire.taken()
		checkText(t, "update", s.apply(c), "")
		s.wire.check(t, "update",
			`get_sched_task {"Sdkappid":1400000000,"TaskID":`+firstTask+`}`,
			`modify_sched_task {"Sdkappid":1400000000,"TaskID":`+firstTask+`,"Type":"User","SchedAt":"`+inUTC(time.Hour)+`",`+content("Other")+`}`)
		s.checkRun(t, later, "none\n", "get")

		s.checkRun(t, nil, "delete\n", "get", "delete")
		if tasks := s.tasks(t); len(tasks) > 0 || !s.state.IsNull() {
			t.Errorf("the app has %v, the state is %s", tasks, s.state)
		}
		pass(2 * time.Hour)
		s.tasks(t)
		if sent := s.sent(); sent != nil {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}

// A push goes to whom the arguments say, also after the kind of the audience changes,
// which replaces the push.
func TestScheduledPushAudiences(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		for n, step := range []struct {
			audience map[string]any
			action   string
			sent     string
		}{
			{map[string]any{"condition": map[string]any{"tags_or": []any{"x"}}}, "create\n", ""},
			{map[string]any{"condition": map[string]any{"attributes_and": map[string]any{"city": "ShenZhen"}}}, "update\n", "xiaoming"},
			{map[string]any{"accounts": []any{"xiaohua"}}, "replace\n", "xiaohua"},
			{map[string]any{"everyone": true}, "replace\n", ""},
			{map[string]any{"accounts": []any{"xiaoming"}}, "replace\n", "xiaoming"},
		} {
			arguments := toUsers(values{"audience": step.audience, "from_account": "xiaoming"})
			checkText(t, fmt.Sprint("step ", n), s.run(arguments), step.action)
			s.wire.taken()
			s.checkRun(t, arguments, "none\n", "get")
			if tasks := s.tasks(t); len(tasks) != 1 || tasks[fmt.Sprint(s.attribute("task_id"))] == nil {
				t.Errorf("step %d: the app has %v", n, tasks)
			}
		}
		pass(2 * time.Hour)
		s.tasks(t)
		if sent := s.sent(); !slices.Equal(sent, []string{"xiaoming"}) {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}

// The same instant in another spelling, and changes that are not sent, need no request.
func TestScheduledPushSameContent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		elsewhere := time.Now().Add(time.Hour + time.Second/2).In(time.FixedZone("", 8*60*60)).Format(time.RFC3339Nano)
		s.checkRun(t, toUsers(values{"send_at": elsewhere}), "none\n", "get")
		if got := s.attribute("send_at"); got != in(time.Hour) {
			t.Errorf("send_at is %v", got)
		}
		other := values{"send_at": elsewhere, "from_account": "administrator", "timeouts": map[string]any{"read": "1m"}}
		s.checkRun(t, toUsers(other), "update\n", "get")
		s.checkRun(t, toUsers(other), "none\n", "get")

		// Nor does a push that is done become another one by them.
		pass(2 * time.Hour)
		config := toUsers(values{"send_at": in(-time.Hour)})
		s.checkRun(t, config, "update\n", "get")
		s.checkRun(t, config, "none\n", "get")
	})
}

// identityOf returns an identity, as Go values.
func (i *instance) identityValues() any {
	i.p.tb.Helper()
	value, err := i.identity.IdentityData.Unmarshal(identityType)
	if err != nil {
		i.p.tb.Fatal(err)
	}
	return goValue(i.p.tb, value)
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"sdk_app_id": tftypes.Number, "task_id": tftypes.String}}

// The identity is set by create, read, and update, and is another one after a
// replacement.
func TestScheduledPushIdentity(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		check := func(after, id string) {
			if got, want := show(s.identityValues()), "{sdk_app_id:1400000000 task_id:"+id+"]"; got != want {
				t.Errorf("after %s, the identity is %s, want %s", after, got, want)
			}
		}
		s.created(t, toUsers())
		check("create", firstTask)
		s.identity = nil // as with an older CLI
		s.refresh()
		check("read", firstTask)
		s.identity = nil
		c, _ := s.planFrom(s.decode(s.p.block(s.schema(), toUsers(titled("Other")))), false)
		checkText(t, "update", s.apply(c), "")
		check("update", firstTask)
		checkText(t, "replace", s.run(toUsers(values{"audience": map[string]any{"everyone": true}})), "replace\n")
		check("replace", secondTask)
	})
}

// The state of one app is never applied to another, also if the change would make no
// request.
func TestScheduledPushOfAnotherApp(t *testing.T) {
	t.Parallel()
	for name, changed := range map[string]values{
		"another notification": titled("Other"),
		"only the timeouts":    {"timeouts": map[string]any{"read": "1m"}},
		"only the order":       {"audience": map[string]any{"accounts": []any{"xiaohua", "xiaoming"}}},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			s.created(t, toUsers())
			config := s.decode(s.p.block(s.schema(), toUsers(changed)))
			gone := tftypes.NewValue(s.objectType(), nil)
			update, _ := s.planFrom(config, false)
			destroy, _ := s.planFrom(gone, false)
			if update.action != "update" {
				t.Errorf("%s: %s is planned", name, update.action)
			}
			app := s.p
			s.p = newConfigured(t, s.wire, values{"sdk_app_id": testSDKAppID + 1})
			s.identity = nil // as with an older CLI
			_, planned := s.planFrom(config, false)
			_, destroyed := s.planFrom(gone, false)
			for operation, text := range map[string]string{
				"refresh": s.refresh(), "plan": render(planned.Diagnostics), "plan to destroy": render(destroyed.Diagnostics), "update": s.apply(update), "destroy": s.apply(destroy),
			} {
				checkText(t, name+": "+operation, text, "ERROR Another App\nThis resource manages the scheduled push of SDKAppID 1400000000, but the provider is configured for SDKAppID 1400000001. "+
					"Use the provider configuration of that app, or remove the resource from the state and create or import it for the new app.\n\nSet by: sdk_app_id (TIMPUSH_SDK_APP_ID)\n")
			}
			s.checkCommands(t)
			s.p, s.identity = app, nil
			s.checkRun(t, toUsers(), "none\n", "get")
		})
	}
}
