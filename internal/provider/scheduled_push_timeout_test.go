package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// A CLI sends no configuration to read, delete, and import, so the advice about their
// timeouts is another one.
func TestScheduledPushTimesOut(t *testing.T) {
	t.Parallel()
	const applyOnce = ", and apply once with -refresh=false, because only an apply changes the timeouts in the state."
	for name, test := range map[string]struct {
		api  string
		run  func(*scheduler) string
		want string
	}{
		"read":   {"get_sched_task", func(s *scheduler) string { return s.refresh() }, "The read timed out after 7s. Set timeouts.read to more than 7s" + applyOnce},
		"delete": {"delete_sched_task", func(s *scheduler) string { return s.destroyed(t, func() {}) }, "The delete timed out after 9s. Requests failed and were retried. The service rejected the request: the call rate is over the limit. Set timeouts.delete to more than 9s" + applyOnce},
		"import": {"get_sched_task", func(s *scheduler) string { return s.importState(firstTask) }, "The import timed out after 5m. Run the command again."},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, values{"request_timeout": "1h", "max_retries": 10})
			s.created(t, toUsers(values{"timeouts": map[string]any{"read": "7s", "delete": "9s"}}))
			effect := emulator.Effect{Delay: time.Hour}
			if completes(test.api) { // the timeout ends its retries
				effect = emulator.Effect{Delay: time.Minute, Code: timpush.CodeTooFrequent}
			}
			s.app.Script(emulator.Fault{Match: emulator.Match{API: test.api}, Effect: effect})
			checkParts(t, name, test.run(s), "Scheduled Push\n", test.want)
		})
	}
}
