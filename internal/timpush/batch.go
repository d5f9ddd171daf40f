package timpush

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// batchSize is the most accounts that one request may ask for (60564, 90018).
const batchSize = 100

// inBatches splits accounts into requests, each account asked for once, and
// runs read for each, up to inFlight at a time. Replies come in the order of the
// accounts. The first batch that fails for good ends the others. Where ctx ends
// before all is read, the error is an [*InterruptedError].
func inBatches[Reply any](ctx context.Context, inFlight int, accounts []string, read func(context.Context, []string) (Reply, error)) ([]Reply, error) {
	accounts = unique(accounts)
	batches := slices.Collect(slices.Chunk(accounts, batchSize))
	replies := make([]Reply, len(batches))
	var done atomic.Int64
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(inFlight)
	for i, batch := range batches {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // ended while this batch waited for its turn
			}
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
	var failed *RequestError
	switch {
	case err == nil:
		return replies, nil
	case errors.As(err, &failed) || ctx.Err() == nil:
		return nil, err
	}
	interrupted := &InterruptedError{Read: int(done.Load()), Total: len(accounts), Err: ctx.Err()}
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
