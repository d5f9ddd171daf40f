package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// mergingService is a service that merges a change into the content of a push, which no
// page excludes.
func mergingService(t *testing.T) *emulator.Emulator {
	t.Helper()
	app, err := emulator.New(emulator.Options{
		SDKAppID: testSDKAppID, Key: testKey, Seed: emulator.SampleSeed(), Readings: emulator.Readings{MergesContent: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// notHeld is the error about a change that the service did not make completely.
func notHeld(fix, differing string) string {
	return "ERROR Unable to Change Scheduled Push\nThe service accepted the change, but the push (task " + firstTask + ") still differs from the configuration: the service may return a change late, or keep what a change leaves out. " +
		"The state has what the service returned. " + fix + "\n\nDifferent: " + differing + "\n"
}

const replaceIt = "Apply again, in case the service was only slow. If that fails too, replace the push before it is sent: apply with -replace and the address of this resource. " +
	"If the replacement differs too, set what differs to what the state has."

// If the service keeps what a change leaves out, the change is an error, and the state has
// what the service holds. A replacement has what is configured. If the push is sent without
// one, it is done.
func TestScheduledPushServiceMerges(t *testing.T) {
	t.Parallel()
	condition := func(part string, tags ...any) values {
		return values{"audience": map[string]any{"condition": map[string]any{part: tags}}}
	}
	for name, test := range map[string]struct {
		before, after values
		differing     string
		replaced      bool
	}{
		"a field":       {notified(map[string]any{"online_only": true}), notified(nil), "notification.online_only", true},
		"nested":        {notified(map[string]any{"apns": map[string]any{"title": "a", "sound": "b"}}), notified(map[string]any{"apns": map[string]any{"sound": "b"}}), "notification.apns.title", false},
		"an object":     {notified(map[string]any{"apns": map[string]any{"title": "a"}}), notified(nil), "notification.apns", false},
		"free-form":     {notified(map[string]any{"template_parameters": `{"a":1,"b":2}`}), notified(map[string]any{"template_parameters": `{"a":1}`}), "notification.template_parameters", false},
		"in json":       {notified(map[string]any{"json": `{"X":1,"Y":2}`}), notified(map[string]any{"json": `{"Y":2}`}), "notification.json", true},
		"deep in json":  {notified(map[string]any{"json": `{"X":{"a":1,"b":[2]}}`}), notified(map[string]any{"json": `{"X":{"b":[2]}}`}), "notification.json", false},
		"not 1":         {notified(map[string]any{"apns": map[string]any{"badge_mode": 0}}), notified(nil), "notification.apns", true},
		"outdated":      {notified(map[string]any{"android": map[string]any{"vivo_classification": 0}}), notified(nil), "notification.android", false},
		"a badge of 0":  {notified(map[string]any{"badge_set": 0}), notified(nil), "notification.badge_set", false},
		"the condition": {condition("tags_or", "x"), condition("tags_and", "y"), "audience.condition.tags_or", true},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSchedulerAt(t, mergingService(t), nil)
			s.created(t, toUsers(test.before))
			arguments := toUsers(test.after)
			for range 2 { // the next plan tries again
				checkText(t, name, s.run(arguments), "update\n"+notHeld(replaceIt, test.differing))
			}
			if task := s.tasks(t)[firstTask]; show(s.attribute("notification")) != show(task["notification"]) || show(s.attribute("audience")) != show(task["audience"]) {
				t.Errorf("%s: the state is %s, the app has %v", name, s.state, task)
			}
			s.wire.taken()
			if test.replaced {
				s.tainted = true // as with -replace
				s.checkRun(t, arguments, "replace\n", "get", "delete", "add", "get")
				s.checkRun(t, arguments, "none\n", "get")
			}
			pass(2 * time.Hour)
			if !test.replaced {
				checkParts(t, name, s.run(arguments), "update\n")
				s.checkCommands(t, "get")
			}
			s.checkRun(t, arguments, "none\n", "get")
			if sent := s.sent(); len(sent) != 1 {
				t.Errorf("%s: pushes were sent to %q", name, sent)
			}
		})
	}
}

// A push that begins right after a change that the service did not make completely cannot be
// replaced.
func TestScheduledPushServiceMergesTooLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSchedulerAt(t, mergingService(t), nil)
		s.created(t, toUsers(notified(map[string]any{"ext": "{}"})))
		arguments := toUsers(notified(nil))
		c, _ := s.plan(arguments)
		pass(time.Hour - time.Second)
		s.app.Script(emulator.Fault{Match: emulator.Match{API: "modify_sched_task"}, Effect: emulator.Effect{Execute: true, Delay: 2 * time.Second}})
		checkText(t, "apply", s.apply(c), notHeld("The service has begun to send it, so it can no longer be replaced.", "notification.ext"))
		s.wire.taken()
		s.checkRun(t, arguments, "update\n"+sentDifferently("notification"), "get")
		s.checkRun(t, arguments, "none\n", "get")
	})
}

// If the push cannot be read after a change, the next refresh reads it.
func TestScheduledPushUpdateIsNotRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSchedulerAt(t, mergingService(t), values{"max_retries": 0})
		s.created(t, toUsers(notified(map[string]any{"online_only": true})))
		arguments := toUsers(notified(nil))
		c, _ := s.plan(arguments)
		s.app.Script(emulator.Fault{Match: emulator.Match{API: "get_sched_task"}, Times: 1, Effect: emulator.Effect{Code: 60009}})
		checkParts(t, "apply", s.apply(c), "WARNING Unable to Read Scheduled Push\nThe push was changed (task "+firstTask+"), but reading it failed. The next refresh reads it. ")
		s.wire.taken()
		s.checkRun(t, arguments, "update\n"+notHeld(replaceIt, "notification.online_only"), "get", "modify", "get", "get")
	})
}

// What the service added to a push that is imported, and adds again after each change, is
// nothing that a change has left out.
func TestScheduledPushImportServiceAdds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSchedulerAt(t, mergingService(t), nil)
		arguments := toUsers()
		s.created(t, arguments)
		s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(sampleNotification+`,"New":1,"Ext":"","BadgeSetNum":0`, usersField)})
		s.instance = s.p.newInstance(s.kind)
		checkText(t, "import", s.importState(firstTask), "")
		checkText(t, "change", s.run(arguments), "update\n")
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")
	})
}
