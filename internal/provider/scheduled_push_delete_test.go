package provider

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// destroyed plans to destroy and, after a change at the service, destroys.
func (s *scheduler) destroyed(t *testing.T, change func()) string {
	t.Helper()
	c, text := s.plan(nil)
	if c == nil || text != "" {
		t.Fatal(text)
	}
	s.wire.taken()
	change()
	return s.apply(c)
}

// sentSince is the beginning of the error about a push that was sent between plan and
// apply, and beingSent that about one that is being sent.
const (
	sentSince = "ERROR Unable to Delete Scheduled Push\nThe service rejected the request: the push has already been dispatched. " +
		notCanceled + "\n\nAPI: delete_sched_task\n"
	beingSent = "ERROR Unable to Delete Scheduled Push\nThe service rejected the request: the push is being dispatched. " +
		notCanceled + "\n\nAPI: delete_sched_task\n"
)

const notCanceled = "The service began to send the push after the state was last refreshed, so the push was not canceled. Plan again: the plan says what becomes of the push. " +
	"If the block has create_before_destroy, another push may already be scheduled in its place: destroy that one before its send_at, unless both are wanted."

// A push that is gone needs no delete. One that exists is never forgotten because a
// delete was rejected.
func TestScheduledPushDelete(t *testing.T) {
	t.Parallel()
	rejected := func(code int) emulator.Fault {
		return emulator.Fault{Match: emulator.Match{API: "delete_sched_task"}, Effect: emulator.Effect{Code: code}}
	}
	for name, test := range map[string]struct {
		change func(*scheduler)
		want   string // the beginning of the text; "" for none
		calls  []string
	}{
		"gone": {func(s *scheduler) { s.drift(t, firstTask, nil) }, "", []string{"delete", "get", "list", "list"}},
		"rejected, with all reads": {
			func(s *scheduler) {
				s.app.Script(rejected(90104), unreadable())
			},
			"ERROR Unable to Delete Scheduled Push\nThe service rejected the request: a parameter is invalid",
			[]string{"delete", "get", "list"},
		},
		"rejected and not listed": {
			func(s *scheduler) {
				s.app.Script(rejected(90104), unreadable(), emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Effect: emulator.Effect{Code: 60009}})
			},
			"ERROR Unable to Delete Scheduled Push\n",
			[]string{"delete", "get", "list"},
		},
		"rejected": {func(s *scheduler) { s.app.Script(rejected(90104)) }, "ERROR Unable to Delete Scheduled Push\nThe service rejected the request: a parameter is invalid", []string{"delete", "get"}},
		"rejected and not readable": {
			func(s *scheduler) {
				s.app.Script(rejected(90104), emulator.Fault{Match: emulator.Match{API: "get_sched_task"}, Effect: emulator.Effect{Code: 60009}})
			},
			"ERROR Unable to Delete Scheduled Push\n",
			[]string{"delete", "get"},
		},
		"being dispatched": {func(s *scheduler) { s.app.Script(rejected(90107)) }, beingSent, []string{"delete"}},
		"done":             {func(s *scheduler) { s.app.Script(rejected(90106)) }, sentSince, []string{"delete"}},
		"another kind": {
			func(s *scheduler) {
				s.drift(t, firstTask, &emulator.ScheduledPush{Type: "All", Content: contentOf(sampleNotification, "")})
			}, "", []string{"delete", "get", "delete"},
		},
		"another kind, done": {
			func(s *scheduler) {
				s.drift(t, firstTask, &emulator.ScheduledPush{Type: "All", Content: contentOf(sampleNotification, "")})
				pass(2 * time.Hour)
			}, sentSince, []string{"delete", "get", "delete"},
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, values{"max_retries": 0})
			s.created(t, toUsers())
			text := s.destroyed(t, func() { test.change(s) })
			s.checkCommands(t, test.calls...)
			if test.want == "" {
				checkText(t, name, text, "")
			} else {
				checkParts(t, name, text, test.want)
			}
			if kept := strings.HasPrefix(text, "ERROR "); s.state.IsNull() == kept {
				t.Errorf("%s: the state is %s", name, s.state)
			}
		})
	}
}

// A delete whose response is lost is repeated, and the push is gone.
func TestScheduledPushDeleteLosesResponse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		text := s.destroyed(t, func() {
			s.app.Script(emulator.Fault{Match: emulator.Match{API: "delete_sched_task"}, Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}})
		})
		checkText(t, "delete", text, "")
		s.checkCommands(t, "delete", "delete", "get", "list", "list")
		if tasks := s.tasks(t); len(tasks) > 0 || !s.state.IsNull() {
			t.Errorf("the app has %v, the state is %s", tasks, s.state)
		}
	})
}

// A push that the service was already sending at the plan is forgotten, as the plan says,
// also if it is still sending it. A large push can take long.
func TestScheduledPushDeleteWhileBeingSent(t *testing.T) {
	t.Parallel()
	for wait, code := range map[time.Duration]string{time.Hour: "90107", 2 * time.Hour: "90106"} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			s.created(t, toUsers())
			pass(time.Hour)
			c, text := s.plan(nil)
			if status := s.attribute("status"); status != "dispatching" {
				t.Fatalf("the status is %v", status)
			}
			checkText(t, "plan", text, alreadySent(firstTask))
			s.wire.taken()
			pass(wait - time.Hour)
			checkText(t, code, s.apply(c), alreadySent(firstTask))
			s.checkCommands(t, "delete")
			if !s.state.IsNull() {
				t.Errorf("%s: the state is %s", code, s.state)
			}
		})
	}
}

// due is the warning about a push that is due, but still pending when it was last read.
const due = "WARNING Push Is Due\nThe time of the push (task " + firstTask + `) has passed, but its last known status is "pending". If the service has not begun to send it, it is canceled. ` +
	"If the service no longer has it, it is only removed from the state. Otherwise, apply fails: plan again.\n"

// A push that is due, but pending when it was last read, is canceled if the service still
// can, and is otherwise an error: no plan has said that it is forgotten.
func TestScheduledPushDeleteIsDue(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"the service is late": true, "the service is not": false} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			s.created(t, toUsers())
			if late {
				s.drift(t, firstTask, &emulator.ScheduledPush{In: "24h"})
			}
			pass(time.Hour)
			c, response := s.planFrom(s.decode(nil), false)
			checkText(t, name+": plan", render(response.Diagnostics), due)
			text := s.apply(c)
			if late {
				checkText(t, name, text, "")
			} else {
				checkParts(t, name, text, beingSent)
			}
			if s.state.IsNull() != late {
				t.Errorf("%s: the state is %s", name, s.state)
			}
		})
	}
}

// A status that the provider does not know is no reason to forget a push that would
// be sent.
func TestScheduledPushUnknownStatus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		s.state = s.changed("status", "paused")
		c, _ := s.planFrom(s.decode(nil), false)
		s.wire.taken()
		checkText(t, "destroy", s.apply(c), "")
		s.checkCommands(t, "delete")
		pass(2 * time.Hour)
		s.tasks(t)
		if sent := s.sent(); sent != nil {
			t.Errorf("pushes were sent to %q", sent)
		}
	})
}
