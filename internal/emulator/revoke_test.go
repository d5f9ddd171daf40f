package emulator

import (
	"fmt"
	"testing"
	"time"
)

// TestRevoke tests the codes of revoke.
func TestRevoke(t *testing.T) {
	t.Parallel()
	seed := SampleSeed()
	seed.Statistics = []Statistics{{TaskID: "day", Age: "24h"}, {TaskID: "seeded", Age: "23h"}, {Source: "message", MessageID: "m"}}
	d := newDeliveries(t, seed)
	task := d.push(t, "push", pushBody(""))
	batch := d.push(t, "batch", fmt.Sprintf(batchOf, `"xiaohua"`))
	of := func(task string) string { return `{"TaskId":"` + task + `","OfflinePushInfo":{}}` }
	for i, step := range []struct {
		forward time.Duration
		body    string
		code    int
	}{
		{0, `{"OfflinePushInfo":{}}`, 90001},
		{0, of(""), 90001},
		{0, `{"TaskId":5,"OfflinePushInfo":{}}`, 90001},
		{0, `{"TaskID":"` + task + `","OfflinePushInfo":{}}`, 90001},
		{0, `{"TaskId":"` + task + `"}`, 90053},
		{0, `{"TaskId":"` + task + `","OfflinePushInfo":null}`, 90043},
		{0, `{"TaskId":"` + task + `","OfflinePushInfo":{"Title":5}}`, 90043},
		{0, of("unknown"), 90049},
		{0, of("m"), 90049},
		{0, of(batch), 90049},
		{0, of("day"), 0},
		{time.Second - 1, of(task), 90051},
		{1, of(task), 0},
		{time.Second, of(task), 90050},
		{time.Hour, of("seeded"), 90052}, // 24 hours and a second
	} {
		d.clock.forward(step.forward)
		if r := read(t, postTo(t, d.Emulator, "revoke", step.body)); *r.ErrorCode != step.code {
			t.Errorf("request %d, %s: code %d, want %d", i, step.body, *r.ErrorCode, step.code)
		}
	}
}
