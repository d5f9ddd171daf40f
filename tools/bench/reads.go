package main

import (
	"context"
	"fmt"
	"log"
	"slices"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// fromFile reads the accounts in a file with one account per line.
const fromFile = requiredProviders + `
data "timpush_user_attributes" "all" {
  accounts = split("\n", file("accounts.txt"))
}
` + accountsRead

const requiredProviders = `
terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}
`

// accountsRead is the only output, so that the CLI prints little.
const accountsRead = `
output "read_count" {
  value = length(data.timpush_user_attributes.all.attributes)
}
`

// minDuration is the minimum time to measure a row of the table: short plans vary
// more, and so are repeated more often.
const minDuration = 6 * time.Second

// read is a plan that reads accounts, or the pushes of tasks, measured with both providers.
type read struct {
	kind            string // the data source
	count           int    // accounts or tasks
	requests        int
	perSecond       int // the service's limit of requests
	roundTrip       time.Duration
	empty, provider time.Duration // medians
}

// pace is the time that the service's limit costs: a second and a round trip for
// each full second's worth of requests, because a request counts until one second
// after its response, and one round trip for the last requests.
func (r read) pace() time.Duration {
	waits := (r.requests+r.perSecond-1)/r.perSecond - 1
	return time.Duration(waits)*(time.Second+r.roundTrip) + r.roundTrip
}

// floor is the least that a plan can take with the plugin framework.
func (r read) floor() time.Duration { return r.empty + r.pace() }

func (r read) ratio() float64 { return r.provider.Seconds() / r.floor().Seconds() }

// reads measures each number of accounts with each round trip.
func (b *bench) reads(ctx context.Context, sizes []int, roundTrips []time.Duration) ([]read, error) {
	if len(sizes) == 0 {
		return nil, nil
	}
	if err := b.warmUp(ctx); err != nil {
		return nil, err
	}
	var reads []read
	for _, size := range sizes {
		seed := seedOf(accountNames(size))
		workspace, err := b.listWorkspace(size)
		if err != nil {
			return nil, err
		}
		for _, roundTrip := range roundTrips {
			r, err := b.read(ctx, readOf(size, roundTrip), workspace, workspace, seed)
			if err != nil {
				return nil, fmt.Errorf("%d accounts, round trip %s: %w", size, roundTrip, err)
			}
			// #nosec G706 -- a number and a duration
			log.Printf("%d accounts, round trip %s: %.2f times the floor", size, roundTrip, r.ratio())
			reads = append(reads, r)
		}
	}
	return reads, nil
}

// warmUp reads one account with each provider, unmeasured, because the first run
// reads the binaries from the disk.
func (b *bench) warmUp(ctx context.Context) error {
	workspace, err := b.listWorkspace(1)
	if err != nil {
		return err
	}
	_, err = b.read(ctx, readOf(1, 0), workspace, workspace, seedOf(accountNames(1)))
	return err
}

// readOf returns a read of accounts that is to be measured.
func readOf(accounts int, roundTrip time.Duration) read {
	return read{
		kind:      "timpush_user_attributes",
		count:     accounts,
		requests:  (accounts + accountsPerRequest - 1) / accountsPerRequest,
		perSecond: requestsPerSecond,
		roundTrip: roundTrip,
	}
}

// listWorkspace returns a workspace that reads this number of accounts from a file.
func (b *bench) listWorkspace(accounts int) (string, error) {
	return b.workspace(map[string]string{"main.tf": fromFile, linesFile: strings.Join(accountNames(accounts), "\n")})
}

// read measures the two providers alternately, so that both run under the same load.
// The workspace of the empty provider can be another one.
func (b *bench) read(ctx context.Context, r read, emptyWorkspace, workspace string, seed emulator.Seed) (read, error) {
	var empty, provider []time.Duration
	start := time.Now()
	for len(provider) < b.repetitions || time.Since(start) < minDuration {
		took, err := b.plan(ctx, b.empty, emptyWorkspace, r.count)
		if err != nil {
			return read{}, err
		}
		empty = append(empty, took)

		took, requests, err := b.planProvider(ctx, workspace, r.count, seed, r.roundTrip)
		if err != nil {
			return read{}, err
		}
		if requests != r.requests {
			return read{}, fmt.Errorf("%d requests were made, want %d", requests, r.requests)
		}
		provider = append(provider, took)
	}
	r.empty, r.provider = median(empty), median(provider)
	return r, nil
}

// accountNames returns n names of equal length.
func accountNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("user%06d", i)
	}
	return names
}

// seedOf gives each account the attributes that the empty provider returns.
func seedOf(names []string) emulator.Seed {
	seed := emulator.Seed{Accounts: make(map[string]emulator.Account, len(names))}
	for _, name := range names {
		seed.Accounts[name] = emulator.Account{Attributes: map[string]string{"sex": "male", "city": "ShenZhen"}}
	}
	return seed
}

// median returns the median. It sorts its argument.
func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return (times[(len(times)-1)/2] + times[len(times)/2]) / 2
}
