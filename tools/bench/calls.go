package main

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"
)

// audienceCall calls the function with accounts that are in the state.
const audienceCall = `length(provider::timpush::audience({ attributes_and = { city = "ShenZhen" } }, data.timpush_user_attributes.all.attributes))`

// callsPerRepetition is how often a call is measured in place of a plan: its own time is
// the small difference of two long ones.
const callsPerRepetition = 3

// call is a call of the function audience, measured with both providers. The empty
// provider's function answers at once.
type call struct {
	accounts        int
	empty, provider time.Duration // medians
	difference      time.Duration // median of the differences
}

// calls measures calls of the function by the console, which reads the state and
// nothing else.
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
		var empty, provider, differences []time.Duration
		for range callsPerRepetition * b.repetitions {
			least, err := b.call(ctx, b.empty, workspace, 0)
			if err != nil {
				return nil, err
			}
			took, err := b.call(ctx, b.provider, workspace, size)
			if err != nil {
				return nil, err
			}
			empty, provider, differences = append(empty, least), append(provider, took), append(differences, took-least)
		}
		all = append(all, call{size, median(empty), median(provider), median(differences)})
		// #nosec G706 -- a number and a duration
		log.Printf("%d accounts, function: %.2f s", size, median(differences).Seconds())
	}
	return all, nil
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
