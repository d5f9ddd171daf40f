package provider

import (
	"testing"
	"testing/synctest"
)

// The service does not say which parameter it rejects. A push that does not exist yet has
// no task ID that could be wrong.
func TestScheduledPushIsRejected(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		condition := map[string]any{"attributes_and": map[string]any{"citty": "ShenZhen"}}
		text := s.run(toUsers(values{"audience": map[string]any{"condition": condition}}))
		checkParts(t, "create", text,
			"The service rejected the request: a parameter is invalid, for example the time, the notification, or an attribute name in the condition. Compare the attribute names in audience.condition with those of the app",
			"\n\nAPI: add_sched_task", "\nError code: 90104")
		if !s.state.IsNull() || len(s.tasks(t)) != 0 {
			t.Errorf("the state is %s, the app has %v", s.state, s.tasks(t))
		}
	})
}
