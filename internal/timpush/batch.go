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
}

// inBatches splits accounts into requests, each account asked for once, and
// runs read for each, several at a time. Replies come in the order of the
// accounts. The first batch that fails for good ends the others. Where ctx ends
// before all is read, the error is an [*InterruptedError].
func inBatches[Reply any](ctx context.Context, c *Client, accounts []string, read func(context.Context, batch) (Reply, error)) ([]Reply, error) {
	accounts = unique(accounts)
	batches := slices.Collect(slices.Chunk(accounts, batchSize))
	replies := make([]Reply, len(batches))
	progress := newProgress(c.logger, len(accounts))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(c.config.RequestsPerSecond) // more could not go at once
	for i, accounts := range batches {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // ended while this batch waited for its turn
			}
			reply, err := read(groupCtx, batch{number: i + 1, total: len(batches), accounts: accounts})
			if err != nil {
				return err
			}
			replies[i] = reply
			progress.add(ctx, len(accounts))
			return nil
		})
	}
	err := group.Wait()
	var failed *RequestError
	switch {
	case err == nil:
		return replies, nil
	case errors.As(err, &failed) || ctx.Err() == nil:
		return nil, err
	}
	interrupted := &InterruptedError{Read: progress.count(), Total: len(accounts), Err: ctx.Err()}
	var ended *endedError
	if errors.As(err, &ended) && ended.last != nil {
		interrupted.Last = ended.last
	}
	return nil, interrupted
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
