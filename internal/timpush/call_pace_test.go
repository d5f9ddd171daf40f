package timpush

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// A command of a strict class stays within its own limit and the shared one.
// Throttling slows only its own class.
func TestPaceClasses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, emulator.Seed{})}))
		times := func(command command, count int) time.Duration {
			started := time.Now()
			for range count {
				turn, err := client.awaitTurn(t.Context(), request{command: command, operation: &operation{}})
				if err != nil {
					t.Fatal(err)
				}
				turn.release(answered)
			}
			return time.Since(started)
		}
		push, revoke := command{name: "push", pace: paceSingle}, command{name: "revoke", pace: paceSingle}
		add, list := command{name: "add_sched_task", pace: paceTimed}, command{name: "list_sched_task", pace: paceTimed}
		for _, test := range []struct {
			command command
			count   int
			want    time.Duration
		}{
			{push, 3, 2 * window},
			{revoke, 1, 0}, // has its own limit
			{add, 5, 0},
			{list, 1, window}, // shares the limit of timed tasks
			{getAttr.command, 50, 0},
		} {
			if took := times(test.command, test.count); took != test.want {
				t.Errorf("%d %s took %s, want %s", test.count, test.command.name, took, test.want)
			}
		}
		time.Sleep(2 * window)
		turn, err := client.awaitTurn(t.Context(), request{command: push, operation: &operation{}})
		if err != nil {
			t.Fatal(err)
		}
		turn.slow()
		turn.release(answered)
		if took := times(getAttr.command, 150); took != window {
			t.Errorf("after a push came too soon, 150 reads took %s", took)
		}
		if took := times(push, 1); took != window {
			t.Errorf("the next push went %s later, want 2 s after the first", took)
		}
		if took := times(add, 100-50); took > 10*window { // at most the shared limit
			t.Errorf("timed tasks took %s", took)
		}
	})
}

// Requests of strict classes count toward the shared limit too.
func TestPaceClassesShareLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		config := testConfig(handlerTransport{newEmulator(t, emulator.Seed{})})
		config.RequestsPerSecond = 1
		client := newTestClient(t, config)
		started := time.Now()
		for _, name := range []string{"push", "revoke", "get_attr"} {
			turn, err := client.awaitTurn(t.Context(), request{command: command{name: name, pace: paceSingle}, operation: &operation{}})
			if err != nil {
				t.Fatal(err)
			}
			turn.release(answered)
		}
		if took := time.Since(started); took != 2*window {
			t.Errorf("three requests took %s", took)
		}
	})
}
