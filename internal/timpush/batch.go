package timpush

import (
	"context"
	"errors"
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
	group.SetLimit(c.config.RequestsPerSecond) // more could not go at once
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
	err := group.Wait()
	var failed *RequestError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &failed) || ctx.Err() == nil:
		return err
	}
	interrupted := &InterruptedError{Read: progress.count(), Total: len(accounts), Err: ctx.Err()}
	var ended *endedError
	if errors.As(err, &ended) && ended.last != nil {
		interrupted.Last = ended.last
	}
	return interrupted
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
