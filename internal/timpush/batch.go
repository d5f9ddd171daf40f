package timpush

import (
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// batchSize is the most accounts that one request may ask for (60564, 90018).
const batchSize = 100

// inBatches splits accounts into requests, each account asked for once, and
// runs read for each, several at a time. Batches are numbered from 0 in the
// order of the accounts. The first batch that fails for good ends the others.
// Where ctx ends, the error is an [*InterruptedError].
func inBatches[Reply any](ctx context.Context, accounts []string, read func(context.Context, []string) (Reply, error)) ([]Reply, error) {
	accounts = unique(accounts)
	batches := slices.Collect(slices.Chunk(accounts, batchSize))
	replies := make([]Reply, len(batches))
	var done atomic.Int64
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(maxInFlight)
	for i, batch := range batches {
		if groupCtx.Err() != nil {
			break
		}
		group.Go(func() error {
			reply, err := read(groupCtx, batch)
			if err != nil {
				return err
			}
			replies[i] = reply
			done.Add(int64(len(batch)))
			return nil
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return nil, &InterruptedError{Read: int(done.Load()), Total: len(accounts), Err: ctx.Err()}
	}
	if err != nil {
		return nil, err
	}
	return replies, nil
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
