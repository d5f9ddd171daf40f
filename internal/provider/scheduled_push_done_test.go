package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// alreadySent is the warning that a push to accounts that is done leaves the state.
func alreadySent(id string) string {
	return "WARNING Push Was Already Sent\nThe service has already begun to send the push (task " + id + "), so it can no longer be canceled: it is only removed from the state. " +
		"The API documentation disagrees on whether a push to listed accounts can be revoked.\n"
}

// sentDifferently is the warning about a push that was not sent as it is configured.
func sentDifferently(argument string) string {
	return "WARNING Push Was Sent Differently\nThe push (task " + firstTask + ") was sent as the state says, not as the configuration: somebody else changed it before, or a change got no usable response. " +
		"Nothing is sent again, and apply only sets the state to the configuration. To send the push as configured too, set send_at to another time in the future, which schedules another push.\n\nDifferent: " + argument + "\n"
}

const anotherPush = "WARNING Another Push\nThe service has already begun to send the push (task " + firstTask + `, status "dispatched"), so this change schedules another push: whoever got the first one gets both. To keep the first one only, undo the change.` + "\n"

// Past is done: a push that was sent has no diff, and its results are in the state.
// Destroy forgets it with a warning.
func TestScheduledPushIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		pass(time.Hour)
		s.checkRun(t, arguments, "none\n", "get")
		if got := s.attribute("status"); got != "dispatching" {
			t.Errorf("the status is %v", got)
		}
		pass(time.Minute)
		s.checkRun(t, arguments, "none\n", "get")
		if status, task := s.attribute("status"), fmt.Sprint(s.attribute("push_task_id")); status != "dispatched" || task == "" || s.attribute("dispatch_error") != "" {
			t.Errorf("the status is %v, the task of the push %q", status, task)
		}
		s.checkRun(t, nil, "delete\n"+alreadySent(firstTask)+alreadySent(firstTask), "get", "delete")
		if !s.state.IsNull() || len(s.tasks(t)) != 1 {
			t.Errorf("the state is %s, the app has %v", s.state, s.tasks(t))
		}
		if sent := s.sent(); !slices.Equal(sent, []string{"xiaohua xiaoming"}) {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}

// A push that could not be sent says why.
func TestScheduledPushIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers(values{"audience": map[string]any{"condition": map[string]any{"attributes_and": map[string]any{"city": "ShenZhen"}}}})
		s.created(t, arguments)
		if err := s.app.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"1": {Name: "town", Type: "user_id"}}}); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Hour)
		const notSent = "WARNING Push Was Not Sent\nThe service reported an error when it was to send the push (task " + firstTask + `): "attribute is not set, or invalid". `
		s.checkRun(t, arguments, "none\n"+notSent+"It may have reached nobody. To try again, set send_at to a later time, which schedules another push. To end this warning, remove the resource.\n", "get")
		if status, why := s.attribute("status"), s.attribute("dispatch_error"); status != "dispatched" || why != "attribute is not set, or invalid" {
			t.Errorf("the status is %v, the error %q", status, why)
		}
		_, text := s.plan(toUsers(titled("Other")))
		checkParts(t, "another push", text, "This change schedules another push: if anybody got the first one, they get both. To keep the first one only, undo the change.")
		_, text = s.plan(nil)
		checkParts(t, "destroy", text, notSent+"The push is only removed from the state.")
	})
}

// A push to everyone that is done can be revoked.
func TestScheduledPushToEveryoneIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers(values{"audience": map[string]any{"everyone": true}}))
		pass(2 * time.Hour)
		checkParts(t, "destroy", s.run(nil), "WARNING Push Was Already Sent", "For 24 hours after its start, the action timpush_revoke_push can revoke it.")
	})
}

// An edit of a push that is done is another push, which the plan shows as a replacement,
// with a warning. Its time must be in the future.
func TestScheduledPushEditAfterwards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		sendAt := arguments["send_at"]
		pass(2 * time.Hour)

		past := "ERROR [AttributeName(\"send_at\")] Time in the Past\nsend_at is \"" + fmt.Sprint(sendAt) + "\", which is in the past: the time is " + in(0) + ". Set it to a later time, or check this machine's clock. Or undo the change: the push is done.\n"
		c, text := s.plan(toUsers(titled("Other"), values{"send_at": sendAt}))
		if c != nil {
			t.Errorf("%s is planned", c.action)
		}
		checkText(t, "without another time", text, past+anotherPush)

		edited := toUsers(titled("Other"))
		c, text = s.plan(edited)
		checkText(t, "plan", text, anotherPush)
		if c == nil || c.action != "replace" || c.attribute("task_id") != tftypes.UnknownValue || c.attribute("status") != tftypes.UnknownValue {
			t.Fatalf("planned is %+v", c)
		}
		s.wire.taken()
		checkText(t, "apply", s.apply(c), alreadySent(firstTask))
		s.checkCommands(t, "delete", "add", "get")
		if id, status := s.attribute("task_id"), s.attribute("status"); id != secondTask || status != "pending" {
			t.Errorf("the push is %v, %v", id, status)
		}
		s.checkRun(t, edited, "none\n", "get")
		pass(2 * time.Hour)
		s.refresh()
		if sent := s.sent(); len(sent) != 2 {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}

// The edit of a push that was pending when it was last read, and whose time has passed
// since, is another push too.
func TestScheduledPushEditIsDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		pass(time.Hour)
		_, response := s.planFrom(s.decode(s.p.block(s.schema(), toUsers(titled("Other")))), false)
		checkText(t, "plan", render(response.Diagnostics), "WARNING Another Push\nThe time of the push (task "+firstTask+") has passed, so the service has begun to send it, or is about to. "+
			"This change schedules another push: whoever gets the first one gets both. To keep the first one only, undo the change.\n")
	})
}

// A pending push is not canceled by another time. A destroy fails too if the time of the
// configuration has passed, so the error says how to cancel the push.
func TestScheduledPushMovedToThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		_, text := s.plan(toUsers(values{"send_at": in(-time.Hour)}))
		checkParts(t, "plan", text, "Time in the Past", " or check this machine's clock. To cancel the push that is scheduled, delete its block, or destroy it with -refresh=false.")
	})
}

// A push that somebody changes before it is sent is done too: the configuration that was
// applied, or that matches an import, has no lasting diff.
func TestScheduledPushDriftsBeforeItIsSent(t *testing.T) {
	t.Parallel()
	for name, manage := range map[string]func(*scheduler, values){
		"created": func(s *scheduler, arguments values) { s.created(t, arguments) },
		"changed": func(s *scheduler, arguments values) {
			s.created(t, toUsers(titled("Old")))
			checkText(t, "change", s.run(arguments), "update\n")
		},
		"imported": func(s *scheduler, arguments values) {
			s.created(t, arguments)
			s.instance = s.p.newInstance(s.kind)
			checkText(t, "import", s.importState(firstTask), "")
			checkText(t, "import", s.run(arguments), "none\n")
		},
		"imported with other defaults": func(s *scheduler, arguments values) {
			s.created(t, arguments)
			s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(sampleNotification+`,"PushFlag":0,"BadgeSetNum":0`, usersField)})
			s.instance = s.p.newInstance(s.kind)
			checkText(t, "import", s.importState(firstTask), "")
		},
	} {
		for seen, drift := range map[bool]string{true: sampleNotification + `,"PushFlag":1`, false: `"Title":"Drift","Desc":"Text","BadgeAddNum":1`} {
			name := fmt.Sprintf("%s, seen while pending: %t", name, seen)
			synctest.Test(t, func(t *testing.T) {
				s := newScheduler(t, nil)
				arguments := toUsers()
				manage(s, arguments)
				s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(drift, usersField)})
				if seen {
					s.refresh()
				}
				pass(2 * time.Hour)
				s.refresh()
				drifted := s.attribute("notification")
				if show(drifted) == show(arguments["notification"]) {
					t.Errorf("%s: the state has %v", name, drifted)
				}
				s.wire.taken()
				c, text := s.plan(toUsers(arguments, values{"send_at": tftypes.UnknownValue}))
				if c == nil || c.action != "update" || text != sentDifferently("notification") {
					t.Errorf("%s: a time that is not known: %+v, %s", name, c, text)
				}
				s.checkRun(t, arguments, "update\n"+sentDifferently("notification"), "get", "get")
				s.checkRun(t, arguments, "none\n", "get")
				checkText(t, name+": an edit", s.run(toUsers(titled("Edit"))), "replace\n"+anotherPush+alreadySent(firstTask))
			})
		}
	}
}

// A default that is written out, or removed, sends nothing, before and after the push is
// sent. What the service may return in place of a missing value is no other push either.
func TestScheduledPushDefaults(t *testing.T) {
	t.Parallel()
	const whilePending, onlyWhenDone = "", "modify"
	for name, test := range map[string]struct {
		before, after map[string]any
		sends         string // while it is pending
	}{
		"online_only":         {map[string]any{"online_only": false}, nil, whilePending},
		"written out":         {nil, map[string]any{"online_only": false}, whilePending},
		"an empty object":     {map[string]any{"android": map[string]any{}}, nil, whilePending},
		"no languages":        {nil, map[string]any{"languages": map[string]any{}}, whilePending},
		"an object of a few":  {map[string]any{"apns": map[string]any{"badge_mode": 1, "mutable_content": 0}}, map[string]any{"android": map[string]any{"vivo_notify_type": "4"}}, whilePending},
		"a badge of 0":        {map[string]any{"badge_set": 0}, nil, onlyWhenDone},
		"another default":     {map[string]any{"apns": map[string]any{"badge_mode": 0}}, nil, onlyWhenDone},
		"an empty title":      {map[string]any{"apns": map[string]any{"title": ""}}, nil, onlyWhenDone},
		"JSON is spelled":     {map[string]any{"json": `{"a":1, "b":{}}`}, map[string]any{"json": `{"b":{},"a":1}`}, whilePending},
		"an empty JSON field": {map[string]any{"json": `{"a":{}}`}, nil, onlyWhenDone},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			before := toUsers(notified(test.before))
			after := toUsers(before, notified(test.after))
			s.created(t, before)
			commands := []string{"get"}
			if test.sends != "" {
				commands = append(commands, test.sends, "get")
			}
			t.Log(name)
			s.checkRun(t, after, "update\n", commands...)
			s.checkRun(t, after, "none\n", "get")
			pass(2 * time.Hour)
			s.checkRun(t, before, "update\n", "get")
		})
	}
}

// What the console or the service adds to a push that is done, and then imported, is no
// reason to send another one.
func TestScheduledPushImportDoneWithDefaults(t *testing.T) {
	t.Parallel()
	for name, added := range map[string]string{
		"defaults":       `,"PushFlag":0,"Ext":"","BadgeSetNum":0,"ApnsInfo":{"BadgeMode":1}`,
		"unknown fields": `,"New":1,"ApnsInfo":{"New":{"a":1}}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			t.Log(name)
			s := newScheduler(t, nil)
			arguments := toUsers()
			s.created(t, arguments)
			s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(sampleNotification+added, usersField)})
			pass(2 * time.Hour)
			s.instance = s.p.newInstance(s.kind)
			checkText(t, "import", s.importState(firstTask), "")
			s.wire.taken()
			s.checkRun(t, arguments, "update\n", "get")
			s.checkRun(t, arguments, "none\n", "get")
		})
	}
}

// A push that begins between plan and apply is not changed, and the error says what to
// do. It is not deleted either.
func TestScheduledPushBeginsBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	for wait, code := range map[time.Duration]string{time.Hour: "90107", 2 * time.Hour: "90106"} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			arguments := toUsers()
			s.created(t, arguments)
			update, _ := s.plan(toUsers(titled("Other"), values{"send_at": in(24 * time.Hour)}))
			destroy, _ := s.plan(nil)
			s.state = s.changed("send_at", in(24*time.Hour)) // so that only the service knows
			pass(wait)
			s.wire.taken()
			checkParts(t, code, s.apply(update), "ERROR Unable to Change Scheduled Push\nThe service rejected the request: ",
				". The push was not changed. Plan again: if you still want the change, it schedules another push, so set send_at to a time in the future. Otherwise, undo the change.\n\nAPI: modify_sched_task\n",
				"\nError code: "+code+"\n")
			s.checkCommands(t, "modify")
			text := s.apply(destroy)
			s.checkCommands(t, "delete")
			checkParts(t, code, text, notCanceled+"\n\nAPI: delete_sched_task\n", "\nError code: "+code+"\n")
			if s.state.IsNull() {
				t.Errorf("%s: there is no state", code)
			}
		})
	}
}

// A push that is sent between a plan that replaces it and its apply is not sent again.
// The next plan says that it would be.
func TestScheduledPushIsSentBeforeReplacement(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		everyone := toUsers(values{"audience": map[string]any{"everyone": true}, "send_at": in(24 * time.Hour)})
		c, text := s.plan(everyone)
		if c == nil || c.action != "replace" || text != "" {
			t.Fatalf("%+v, %s", c, text)
		}
		pass(2 * time.Hour)
		s.wire.taken()
		checkParts(t, "apply", s.apply(c), sentSince)
		s.checkCommands(t, "delete")
		if got := s.attribute("task_id"); got != firstTask {
			t.Errorf("the push is %v", got)
		}
		c, text = s.plan(everyone)
		if c == nil || c.action != "replace" {
			t.Fatalf("%+v", c)
		}
		checkText(t, "the next plan", text, anotherPush)

		checkText(t, "destroy", s.run(nil), "delete\n"+alreadySent(firstTask)+alreadySent(firstTask))
	})
}

// With create_before_destroy, the replacement is scheduled first, so both pushes are sent.
// The error about the first one does not deny that.
func TestScheduledPushIsSentBeforeReplacementThatIsCreatedFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		edited := toUsers(values{"audience": map[string]any{"condition": map[string]any{"attributes_and": map[string]any{"city": "ShenZhen"}}}, "send_at": in(24 * time.Hour)})
		c, text := s.plan(edited)
		if c == nil || c.action != "replace" || text != "" {
			t.Fatalf("%+v, %s", c, text)
		}
		pass(2 * time.Hour)
		null := tftypes.NewValue(s.objectType(), nil)
		created := s.p.newInstance(s.kind)
		checkText(t, "create", render(created.change(t.Context(), null, c.config, c.planned, c.private)), "")
		text = render(s.change(t.Context(), s.state, null, null, nil))
		checkParts(t, "delete", text, sentSince)
		if strings.Contains(text, "othing was changed") {
			t.Error(text)
		}

		// As the error advises:
		checkText(t, "destroy the replacement", created.run(nil), "delete\n")
		pass(48 * time.Hour)
		s.tasks(t)
		if sent := s.sent(); !slices.Equal(sent, []string{"xiaohua xiaoming"}) {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}

// changed returns the state with another text in an attribute.
func (i *instance) changed(name, text string) tftypes.Value {
	i.p.tb.Helper()
	attributes := i.attributes(i.state)
	attributes[name] = tftypes.NewValue(tftypes.String, text)
	return tftypes.NewValue(i.objectType(), attributes)
}

// If the time passes between plan and apply, nothing is requested.
func TestScheduledPushTimePassesBeforeApply(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		create, _ := s.plan(toUsers())
		pass(time.Hour)
		const past = "ERROR [AttributeName(\"send_at\")] Time in the Past\n"
		checkParts(t, "create", s.apply(create), past)
		s.checkCommands(t)
		if !s.state.IsNull() {
			t.Errorf("the state is %s", s.state)
		}
		s.created(t, toUsers())
		update, _ := s.plan(toUsers(titled("Other")))
		s.wire.taken()
		pass(time.Hour)
		checkParts(t, "update", s.apply(update), "ERROR [AttributeName(\"notification\")] Unable to Change Scheduled Push\nThe service has begun to send the push (task "+firstTask+"), so it can no longer be changed. The push was not changed. Plan again: ")
		s.checkCommands(t)
	})
}
