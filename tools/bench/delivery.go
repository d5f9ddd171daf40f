package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Limits of the service for statistics and losses (71894, 71895).
const (
	tasksPerRequest           = 5
	deliveryRequestsPerSecond = 1
)

// deliveryRoundTrip is the round trip of the plans that read deliveries.
const deliveryRoundTrip = 50 * time.Millisecond

// deliveryReads are expressions of the number of tasks read, by data source.
var deliveryReads = []struct{ kind, count string }{
	{"timpush_push_statistics", "length(data.timpush_push_statistics.day.tasks)"},
	{"timpush_push_losses", "sum(data.timpush_push_losses.day.losses[*].count)"},
}

// deliveries measures reads of the pushes of many tasks. In each task, one push was lost.
func (b *bench) deliveries(ctx context.Context, counts []int) ([]read, error) {
	var reads []read
	for _, count := range counts {
		tasks := make([]string, count)
		var seed emulator.Seed
		for i := range tasks {
			tasks[i] = fmt.Sprintf("task%03d", i)
			seed.Statistics = append(seed.Statistics, emulator.Statistics{
				TaskID:    tasks[i],
				Age:       "1h",
				Platforms: map[string]emulator.Counts{"apns": {Total: 1, Sent: 1}},
				Losses:    []emulator.LossCount{{Stage: "after_send", Platform: "apns", Code: "410", Message: "Unregistered", Count: 1}},
			})
		}
		ids, err := json.Marshal(tasks)
		if err != nil {
			return nil, err
		}
		emptyWorkspace, err := b.listWorkspace(count)
		if err != nil {
			return nil, err
		}
		for _, d := range deliveryReads {
			workspace, err := b.workspace(map[string]string{"main.tf": fmt.Sprintf(deliveryConfig, d.kind, ids, d.count)})
			if err != nil {
				return nil, err
			}
			r, err := b.read(ctx, read{
				kind:      d.kind,
				count:     count,
				requests:  (count + tasksPerRequest - 1) / tasksPerRequest,
				perSecond: deliveryRequestsPerSecond,
				roundTrip: deliveryRoundTrip,
			}, emptyWorkspace, workspace, seed)
			if err != nil {
				return nil, fmt.Errorf("%d tasks, %s: %w", count, d.kind, err)
			}
			// #nosec G706 -- a number and a constant
			log.Printf("%d tasks, %s: %.2f times the floor", count, d.kind, r.ratio())
			reads = append(reads, r)
		}
	}
	return reads, nil
}

// deliveryConfig reads the pushes of tasks: %[1]s is the data source, %[2]s the list of tasks, and %[3]s their number.
const deliveryConfig = requiredProviders + `
data "%[1]s" "day" {
  last     = "24h"
  task_ids = %[2]s
}

output "read_count" {
  value = %[3]s
}
`
