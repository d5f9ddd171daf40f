package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const modifyAPI = "modify_sched_task"

// lostModify loses the response to a change that the service made.
func lostModify() emulator.Fault {
	return emulator.Fault{Match: emulator.Match{API: modifyAPI}, Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}}
}

// A configuration that the push had, although no update has confirmed that, is not sent
// again after somebody else changes the push once more, and it is sent like that.
func TestScheduledPushIsSentOtherwise(t *testing.T) {
	t.Parallel()
	for cause, change := range map[string]func(*testing.T, *scheduler, values){
		"a lost response": func(t *testing.T, s *scheduler, arguments values) {
			t.Helper()
			s.app.Script(lostModify())
			checkParts(t, "update", s.run(arguments), "update\nERROR Unable to Change Scheduled Push\n")
			checkText(t, "the next run", s.run(arguments), "none\n")
		},
		"a lost response, not refreshed": func(t *testing.T, s *scheduler, arguments values) {
			t.Helper()
			s.app.Script(lostModify())
			checkParts(t, "update", s.run(arguments), "update\nERROR Unable to Change Scheduled Push\n")
		},
		"an edit that the configuration follows": func(t *testing.T, s *scheduler, arguments values) {
			t.Helper()
			s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(`"Title":"Other","Desc":"Text","BadgeAddNum":1`, usersField)})
			checkText(t, "the next run", s.run(arguments), "none\n")
		},
		"an update that cannot be read": func(t *testing.T, s *scheduler, arguments values) {
			t.Helper()
			c, _ := s.plan(arguments)
			fault := unreadable()
			fault.Times = 1
			s.app.Script(fault)
			checkParts(t, "update", s.apply(c), "WARNING Unable to Read Scheduled Push\n")
		},
	} {
		for drift, test := range map[string]struct {
			push    emulator.ScheduledPush
			after   time.Duration // it is sent
			differs string
		}{
			"an earlier time": {emulator.ScheduledPush{In: "30m"}, 45 * time.Minute, "send_at"}, // which is in the future
			"other content":   {emulator.ScheduledPush{Content: contentOf(`"Title":"Drift","Desc":"Text"`, usersField)}, 2 * time.Hour, "notification"},
		} {
			synctest.Test(t, func(t *testing.T) {
				t.Log(cause, "and then", drift)
				s := newScheduler(t, values{"max_retries": 0})
				s.created(t, toUsers())
				arguments := toUsers(titled("Other"))
				change(t, s, arguments)
				s.drift(t, firstTask, &test.push)
				pass(test.after)
				s.wire.taken()
				s.checkRun(t, arguments, "update\n"+sentDifferently(test.differs), "get")
				s.checkRun(t, arguments, "none\n", "get")
				if sent := s.sent(); len(sent) != 1 {
					t.Errorf("pushes were sent to %q", sent)
				}
			})
		}
	}
}

// A change that the service has certainly rejected is another push afterwards.
func TestScheduledPushChangeIsRejected(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		arguments := toUsers(titled("Other"))
		c, _ := s.plan(arguments)
		s.app.Script(emulator.Fault{Match: emulator.Match{API: modifyAPI}, Effect: emulator.Effect{Code: timpush.CodeScheduledPushUnderWay}})
		checkParts(t, "update", s.apply(c), "The push was not changed.")
		pass(2 * time.Hour)
		_, text := s.plan(arguments)
		checkParts(t, "afterwards", text, "Time in the Past", anotherPush)
	})
}

// An update that the service has confirmed leaves no earlier arguments: to send those is
// another push.
func TestScheduledPushRevertAfterwards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		first := toUsers()
		s.created(t, first)
		checkText(t, "update", s.run(toUsers(first, titled("Other"))), "update\n")
		pass(2 * time.Hour)
		_, text := s.plan(first)
		checkParts(t, "afterwards", text, "Time in the Past", anotherPush)
	})
}
