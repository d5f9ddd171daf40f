package main

import (
	"context"
	"fmt"
	"log"
	"slices"
	"strings"
	"time"
)

// audienceCall calls the function with accounts that are in the state.
const audienceCall = `length(provider::timpush::audience({ attributes_and = { city = "ShenZhen" } }, data.timpush_user_attributes.all.attributes))`

// callsPerRepetition is how many pairs of calls are measured in place of a plan: the
// function's time is the small difference of two long ones.
const callsPerRepetition = 3

// call is a call of the function audience, measured with both providers. The empty
// provider's function answers at once.
type call struct {
	accounts    int
	empty       time.Duration   // median
	differences []time.Duration // of each pair, sorted
}

// quartile returns a quartile of the differences: 2 is the median.
func (c call) quartile(number int) time.Duration {
	return c.differences[(len(c.differences)-1)*number/4]
}

// calls measures calls of the function by the console, which reads the state and
// nothing else. The providers take turns in being called first.
func (b *bench) calls(ctx context.Context, sizes []int) ([]call, error) {
	var all []call
	for _, size := range sizes {
		workspace, err := b.listWorkspace(size)
		if err != nil {
			return nil, err
		}
		if _, _, err := b.run(ctx, b.empty, workspace, nil, "apply", "-input=false", "-no-color", "-auto-approve"); err != nil {
			return nil, err
		}
		var empty, differences []time.Duration
		for pair := range callsPerRepetition * b.repetitions {
			least, took, err := b.pair(ctx, workspace, size, pair%2 == 0)
			if err != nil {
				return nil, err
			}
			empty, differences = append(empty, least), append(differences, took-least)
		}
		slices.Sort(differences)
		measured := call{size, median(empty), differences}
		all = append(all, measured)
		// #nosec G706 -- a number and a duration
		log.Printf("%d accounts, function: %.2f s", size, measured.quartile(2).Seconds())
	}
	return all, nil
}

// pair measures a call with each provider.
func (b *bench) pair(ctx context.Context, workspace string, accounts int, emptyFirst bool) (empty, provider time.Duration, err error) {
	if emptyFirst {
		empty, err = b.call(ctx, b.empty, workspace, 0)
	}
	if err == nil {
		provider, err = b.call(ctx, b.provider, workspace, accounts)
	}
	if err == nil && !emptyFirst {
		empty, err = b.call(ctx, b.empty, workspace, 0)
	}
	return empty, provider, err
}

// call measures one call. It fails if the function does not return this number of
// accounts.
func (b *bench) call(ctx context.Context, cliConfig, workspace string, accounts int) (time.Duration, error) {
	command := b.command(ctx, cliConfig, workspace, "console", "-no-color")
	command.Stdin = strings.NewReader(audienceCall)
	start := time.Now()
	printed, err := command.CombinedOutput()
	took := time.Since(start)
	if err != nil {
		return 0, fmt.Errorf("console: %w\n%s", err, printed)
	}
	if want := fmt.Sprintf("\n%d\n", accounts); !strings.HasSuffix("\n"+string(printed), want) {
		return 0, fmt.Errorf("the function does not return %d accounts:\n%s", accounts, printed)
	}
	return took, nil
}
