package provider

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// staleReads returns the last response again to some reads of a push.
type staleReads struct {
	http.Handler

	last  []byte
	stale int // how many reads
}

func (s *staleReads) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	switch {
	case !strings.HasSuffix(request.URL.Path, "/get_sched_task"):
		s.Handler.ServeHTTP(response, request)
		return
	case s.stale > 0:
		s.stale--
	default:
		recorder := httptest.NewRecorder()
		s.Handler.ServeHTTP(recorder, request)
		s.last = recorder.Body.Bytes()
	}
	_, _ = response.Write(s.last)
}

// A change that the service returns late is read again, once. After that, the next
// run finds it, or makes it again.
func TestScheduledPushIsReadLate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		after     values
		differing string
		again     bool // the next refresh cannot see it
	}{
		"another text":     {notified(map[string]any{"title": "Other"}), "notification.title", false},
		"an unknown field": {notified(map[string]any{"json": `{"X":1}`}), "notification.json", true},
		"another time":     {values{"send_at": "2000-01-01T02:00:00Z"}, "send_at", false},
	} {
		synctest.Test(t, func(t *testing.T) {
			t.Log(name)
			s := newScheduler(t, nil)
			reads := &staleReads{Handler: s.app}
			s.wire.Handler = reads
			before := toUsers(notified(nil))
			after := toUsers(before, test.after)
			s.created(t, before)

			c, _ := s.plan(after)
			reads.stale = 1
			s.wire.taken()
			begin := time.Now()
			checkText(t, "late", s.apply(c), "")
			s.checkCommands(t, "modify", "get", "get")
			if took := time.Since(begin); took < time.Second || took > 2*time.Second {
				t.Errorf("it took %s", took)
			}
			s.checkRun(t, after, "none\n", "get")

			checkText(t, "back", s.run(before), "update\n")
			c, _ = s.plan(after)
			reads.stale = 2
			checkText(t, "too late", s.apply(c), notHeld(replaceIt, test.differing))
			s.wire.taken()
			if test.again {
				s.checkRun(t, after, "update\n", "get", "modify", "get")
			}
			s.checkRun(t, after, "none\n", "get")
		})
	}
}

// An update that is canceled does not wait.
func TestScheduledPushIsReadLateAndCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		reads := &staleReads{Handler: s.app}
		s.wire.Handler = reads
		s.created(t, toUsers())
		c, _ := s.plan(toUsers(titled("Other")))
		reads.stale = 1
		s.wire.taken()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		checkText(t, "apply", s.applyIn(ctx, c), notHeld(replaceIt, "notification.title"))
		s.checkCommands(t, "modify", "get")
	})
}
