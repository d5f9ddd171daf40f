package emulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// pushOf returns a push with this MsgRandom.
func pushOf(random int) string {
	return fmt.Sprintf(`{"From_Account":"administrator","MsgRandom":%d,"OfflinePushInfo":{}}`, random)
}

// pushLimitStep is a request and its outcome.
type pushLimitStep struct {
	forward time.Duration
	api     string
	body    string
	code    int
	task    int // the number of the push in its TaskId, 0 for none
	sends   bool
}

func (d deliveries) steps(t *testing.T, steps []pushLimitStep) {
	t.Helper()
	for i, s := range steps {
		d.clock.forward(s.forward)
		w := postTo(t, d.Emulator, s.api, s.body)
		entries := d.Journal()
		entry := entries[len(entries)-1]
		if got := *read(t, w).ErrorCode; got != s.code || (entry.Sent != nil) != s.sends || (entry.TaskID != "") != s.sends {
			t.Errorf("request %d: code %d, want %d; sent to %q as %q, want a push: %t", i, got, s.code, entry.Sent, entry.TaskID, s.sends)
		}
		if s.task != 0 && !strings.Contains(w.Body.String(), fmt.Sprintf(`_%d"`, s.task)) {
			t.Errorf("request %d: got %s, want push %d", i, w.Body, s.task)
		}
		if s.sends && !strings.Contains(w.Body.String(), `"TaskId":"`+entry.TaskID+`"`) {
			t.Errorf("request %d: the journal has the task %q, not that of %s", i, entry.TaskID, w.Body)
		}
	}
}

// TestPushInterval: two pushes within a second are rejected, unless the second one is a duplicate, which sends nothing.
func TestPushInterval(t *testing.T) {
	t.Parallel()
	batch := fmt.Sprintf(batchOf, `"xiaohua"`)
	newDeliveries(t, SampleSeed()).steps(t, []pushLimitStep{
		{0, "push", pushBody("{}"), 90001, 0, false}, // rejected pushes do not count
		{0, "push", pushOf(1), 0, 1, true},
		{0, "push", pushOf(2), 90024, 0, false},
		{0, "push", pushOf(1), 0, 1, false},
		{0, "push", pushBody("{}"), 90001, 0, false},
		{0, "batch", batch, 0, 2, true},
		{0, "batch", fmt.Sprintf(batchOf, `"xiaoming"`), 0, 2, false},
		{0, "batch", strings.Replace(batch, ":1,", ":2,", 1), 0, 3, true},
		{time.Second - 1, "push", pushOf(2), 90024, 0, false},
		{0, "push", pushOf(1), 0, 1, false},
		{0, "batch", batch, 0, 2, false},
		{1, "push", pushOf(1), 0, 4, true},
		{0, "batch", batch, 0, 5, true},
		{time.Second, "push", pushOf(2), 0, 6, true},
	})
}

// TestPushQuota: pushes to all or by condition count for any 24 hours, and so do scheduled ones.
func TestPushQuota(t *testing.T) {
	t.Parallel()
	seed := Seed{PushesPerDay: 3, Accounts: map[string]Account{"a": {}}, ScheduledPushes: map[string]*ScheduledPush{
		"1": {In: "1s", Type: "All", Content: []byte(`{"OfflinePushInfo":{}}`)},
		"2": {In: "2s", Type: "User", Content: []byte(`{"To_Account":["a"],"OfflinePushInfo":{}}`)},
		"3": {In: "4s", Type: "Tag", Content: []byte(`{"Condition":{"TagsOr":["x"]},"OfflinePushInfo":{}}`)},
	}}
	d := newDeliveries(t, seed)
	d.steps(t, []pushLimitStep{
		{0, "push", pushOf(1), 0, 1, true},
		{2 * time.Second, "push", pushOf(2), 0, 4, true}, // after two scheduled ones, of which the first counts
		{time.Second, "push", pushOf(3), 90047, 0, false},
		{0, "batch", fmt.Sprintf(batchOf, `"a"`), 0, 5, true},
		{24*time.Hour - 3*time.Second - 1, "push", pushOf(4), 90047, 0, false},
		{1, "push", pushOf(5), 0, 6, true},
	})
	var codes []int
	for _, entry := range d.Journal() {
		if entry.API == ScheduledRun {
			codes = append(codes, entry.Code)
		}
	}
	if fmt.Sprint(codes) != "[0 0 90047]" {
		t.Errorf("codes of scheduled pushes: %v", codes)
	}

	usual := newDeliveries(t, SampleSeed())
	for i := range 101 {
		usual.clock.forward(time.Second)
		if r := read(t, postTo(t, usual.Emulator, "push", pushOf(i))); (*r.ErrorCode == 90047) != (i == 100) {
			t.Errorf("push %d: code %d", i, *r.ErrorCode)
		}
	}
}
