package timpush

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func numbered(n int) []string {
	accounts := make([]string, n)
	for i := range accounts {
		accounts[i] = fmt.Sprintf("user%d", i)
	}
	return accounts
}

// inFlight returns a client with so many requests under way at a time.
func inFlight(t *testing.T, requests int) *Client {
	t.Helper()
	config := testConfig(replies(""))
	config.RequestsPerSecond = requests
	return newTestClient(t, config)
}

func TestInBatchesSplits(t *testing.T) {
	t.Parallel()
	for accounts, sizes := range map[int][]int{
		0: nil, 1: {1}, 99: {99}, 100: {100}, 101: {100, 1}, 250: {100, 100, 50},
	} {
		asked := numbered(accounts)
		batches, err := inBatches(t.Context(), inFlight(t, 10), slices.Concat(asked, asked), func(_ context.Context, batch batch) ([]string, error) {
			return batch.accounts, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, batch := range batches {
			got = append(got, len(batch))
		}
		if !slices.Equal(got, sizes) || !slices.Equal(slices.Concat(batches...), asked) {
			t.Errorf("%d accounts, each twice, give batches of %v, want %v with each once in order", accounts, got, sizes)
		}
	}
}

func TestInBatchesRunsSeveralAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most := 0, 0
		_, err := inBatches(t.Context(), inFlight(t, 10), numbered(50*batchSize), func(context.Context, batch) (int, error) {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			running--
			mu.Unlock()
			return 0, nil
		})
		if err != nil || most != 10 {
			t.Errorf("%d ran at a time (%v), want 10", most, err)
		}
	})
}

func TestInBatchesEndsTheOthersAfterAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("failed for good")
		started := time.Now()
		replies, err := inBatches(t.Context(), inFlight(t, 10), numbered(300), func(ctx context.Context, batch batch) (int, error) {
			if batch.accounts[0] == "user100" {
				time.Sleep(time.Second)
				return 0, failure
			}
			<-ctx.Done() // would never end of itself
			return 0, ctx.Err()
		})
		if !errors.Is(err, failure) || replies != nil {
			t.Errorf("got %v, %v; want the first failure and no replies", replies, err)
		}
		if waited := time.Since(started); waited != time.Second {
			t.Errorf("the others ended after %s", waited)
		}
	})
}

// A read that is whole is one, also where ctx ends in the same moment.
func TestInBatchesWholeAtTheLastMoment(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	replies, err := inBatches(ctx, inFlight(t, 10), numbered(1), func(context.Context, batch) (int, error) {
		cancel()
		return 7, nil
	})
	if err != nil || len(replies) != 1 || replies[0] != 7 {
		t.Errorf("got %v, %v", replies, err)
	}
}

// A failure for good is told, also where ctx ends in the same moment.
func TestInBatchesFailureAtTheLastMoment(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	failure := &RequestError{Err: errors.New("failed for good")}
	_, err := inBatches(ctx, inFlight(t, 10), numbered(1), func(context.Context, batch) (int, error) {
		cancel()
		return 0, failure
	})
	if !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
}

// Batches that wait for their turn are not begun after a failure.
func TestInBatchesBeginsNoMoreAfterAFailure(t *testing.T) {
	t.Parallel()
	failure, begun := errors.New("failed for good"), 0
	_, err := inBatches(t.Context(), inFlight(t, 1), numbered(1000), func(context.Context, batch) (int, error) {
		begun++
		return 0, failure
	})
	if !errors.Is(err, failure) || begun != 1 {
		t.Errorf("%d batches were begun, %v", begun, err)
	}
}

func TestInBatchesSaysWhatWasCutShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := inBatches(ctx, inFlight(t, 10), numbered(250), func(ctx context.Context, batch batch) (int, error) {
			if batch.accounts[0] == "user0" {
				return 0, nil
			}
			<-ctx.Done()
			return 0, ctx.Err()
		})
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Read != 100 || interrupted.Total != 250 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
