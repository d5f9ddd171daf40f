package timpush

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batch contains the items of one request: accounts, values to write to accounts,
// or task IDs.
type batch[Item any] struct {
	items   []Item
	request request // without its body
}

// inBatches splits items into requests of the command and runs do for each,
// several at a time. The first batch that fails cancels the context of the
// others. If ctx ends before all batches are done, the error is an
// [*InterruptedError].
func inBatches[Item any](ctx context.Context, c *Client, command command, work work, items []Item, do func(context.Context, batch[Item]) error) error {
	batches := slices.Collect(slices.Chunk(items, command.maxItems))
	progress, operation := newProgress(c.logger, work, len(items)), &operation{}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(c.config.RequestsPerSecond) // more could not be sent at once; requests waiting for a retry count too
	for i, items := range batches {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // canceled while this batch was waiting
			}
			err := do(groupCtx, batch[Item]{items, request{
				command:   command,
				operation: operation,
				fields:    map[string]any{"batch": i + 1, "batches": len(batches), work.items: len(items)},
			}})
			if err != nil {
				return err
			}
			progress.add(ctx, len(items))
			return nil
		})
	}
	return interruption(ctx, group.Wait(), work, progress.count(), len(items))
}

// Unique returns the items in order, without duplicates.
func Unique(items []string) []string {
	seen := make(map[string]struct{}, len(items))
	once := make([]string, 0, len(items))
	for _, item := range items {
		if _, ok := seen[item]; !ok {
			seen[item] = struct{}{}
			once = append(once, item)
		}
	}
	return once
}
