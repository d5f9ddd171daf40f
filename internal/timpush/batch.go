package timpush

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batchSize is the most accounts that one request may ask for (60564, 90018).
const batchSize = 100

// batch is the accounts of one request.
type batch struct {
	number, total int // number counts from 1
	accounts      []string
	queue         *queue // of the read that it belongs to
}

// inBatches splits accounts into requests, each account asked for once, and
// runs read for each, several at a time. The first batch that fails for good
// ends the others. Where ctx ends before all is read, the error is an
// [*InterruptedError].
func (c *Client) inBatches(ctx context.Context, accounts []string, read func(context.Context, batch) error) error {
	accounts = unique(accounts)
	batches := slices.Collect(slices.Chunk(accounts, batchSize))
	progress, waiting := newProgress(c.logger, len(accounts)), &queue{}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(c.config.RequestsPerSecond) // more could not go at once; where all wait to repeat, the read does
	for i, accounts := range batches {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // ended while this batch waited for its turn
			}
			if err := read(groupCtx, batch{number: i + 1, total: len(batches), accounts: accounts, queue: waiting}); err != nil {
				return err
			}
			progress.add(ctx, len(accounts))
			return nil
		})
	}
	return interruption(ctx, group.Wait(), progress.count(), len(accounts))
}

// unique returns the accounts in their order, each once.
func unique(accounts []string) []string {
	seen := make(map[string]struct{}, len(accounts))
	once := make([]string, 0, len(accounts))
	for _, account := range accounts {
		if _, ok := seen[account]; !ok {
			seen[account] = struct{}{}
			once = append(once, account)
		}
	}
	return once
}
