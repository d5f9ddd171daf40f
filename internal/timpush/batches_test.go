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

// inFlight returns a client that sends that many requests at a time.
func inFlight(t *testing.T, requests int) *Client {
	t.Helper()
	config := testConfig(responses(""))
	config.RequestsPerSecond = requests
	return newTestClient(t, config)
}

func TestInBatchesSplits(t *testing.T) {
	t.Parallel()
	for accounts, sizes := range map[int][]int{
		0: nil, 1: {1}, 99: {99}, 100: {100}, 101: {100, 1}, 250: {100, 100, 50},
	} {
		asked := numbered(accounts)
		batches := make([][]string, len(sizes))
		err := inBatches(t.Context(), inFlight(t, 10), getAttr.command, reading, asked, func(_ context.Context, batch batch[string]) error {
			fields := batch.request.fields
			number, ok := fields["batch"].(int)
			if !ok || fields["batches"] != len(sizes) || fields["accounts"] != len(batch.items) {
				t.Errorf("the log fields are %v, want %d batches", fields, len(sizes))
				return nil
			}
			batches[number-1] = batch.items
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, batch := range batches {
			got = append(got, len(batch))
		}
		if !slices.Equal(got, sizes) || !slices.Equal(slices.Concat(batches...), asked) {
			t.Errorf("%d accounts give batches of %v, want %v in order", accounts, got, sizes)
		}
	}
}

func TestInBatchesRunsSeveralAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most := 0, 0
		err := inBatches(t.Context(), inFlight(t, 10), getAttr.command, reading, numbered(50*MaxAccounts), func(context.Context, batch[string]) error {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			running--
			mu.Unlock()
			return nil
		})
		if err != nil || most != 10 {
			t.Errorf("%d ran at a time (%v), want 10", most, err)
		}
	})
}

func TestInBatchesCancelsOthersAfterFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("failed for good")
		started := time.Now()
		err := inBatches(t.Context(), inFlight(t, 10), getAttr.command, reading, numbered(300), func(ctx context.Context, batch batch[string]) error {
			if batch.items[0] == "user100" {
				time.Sleep(time.Second)
				return failure
			}
			<-ctx.Done() // never ends by itself
			return ctx.Err()
		})
		if !errors.Is(err, failure) {
			t.Errorf("got %v, want the first failure", err)
		}
		if waited := time.Since(started); waited != time.Second {
			t.Errorf("the others ended after %s", waited)
		}
	})
}

// A complete read succeeds even if ctx ends at the same moment.
func TestInBatchesCompleteWhenContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	err := inBatches(ctx, inFlight(t, 10), getAttr.command, reading, numbered(1), func(context.Context, batch[string]) error {
		cancel()
		return nil
	})
	if err != nil {
		t.Errorf("got %v", err)
	}
}

// A permanent failure is reported even if ctx ends at the same moment.
func TestInBatchesFailureWhenContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	failure := &RequestError{Err: errors.New("failed for good")}
	err := inBatches(ctx, inFlight(t, 10), getAttr.command, reading, numbered(1), func(context.Context, batch[string]) error {
		cancel()
		return failure
	})
	if !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
}

// Waiting batches do not start after a failure.
func TestInBatchesStartsNoneAfterFailure(t *testing.T) {
	t.Parallel()
	failure, begun := errors.New("failed for good"), 0
	err := inBatches(t.Context(), inFlight(t, 1), getAttr.command, reading, numbered(1000), func(context.Context, batch[string]) error {
		begun++
		return failure
	})
	if !errors.Is(err, failure) || begun != 1 {
		t.Errorf("%d batches were begun, %v", begun, err)
	}
}

func TestInBatchesReportsInterruption(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		asked := numbered(250)
		err := inBatches(ctx, inFlight(t, 10), getAttr.command, reading, asked, func(ctx context.Context, batch batch[string]) error {
			if batch.items[0] == "user0" {
				return nil
			}
			<-ctx.Done()
			return ctx.Err()
		})
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Done != 100 || interrupted.Total != 250 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
