package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// resourceRoundTrip is the round trip of the steps of a resource.
const resourceRoundTrip = 50 * time.Millisecond

// step is a command in the life of a resource.
type step struct {
	name      string
	config    string // main.tf from this step on; "" keeps it
	arguments []string
	want      map[string]int // texts of the output, and how often each must occur
}

// secondPlan is the name of the step that only refreshes.
const secondPlan = "second plan, without changes"

// steps are the steps of a resource that manages two attributes for each account.
var steps = []step{
	{"plan", managed(`"gold"`), planArguments, map[string]int{"\nPlan: 1 to add, 0 to change, 0 to destroy.\n": 1}},
	{"apply", "", applyArguments, map[string]int{"Resources: 1 added, 0 changed, 0 destroyed.\n": 1}},
	{secondPlan, "", planArguments, map[string]int{"\nNo changes. ": 1}},
	{"plan of 3 changed accounts", managed(changedLevel), planArguments, map[string]int{
		"\nPlan: 0 to add, 1 to change, 0 to destroy.\n": 1, `~ "user`: 3, `~ "level" = "gold" -> "silver"`: 3,
	}},
	{"apply of 3 changed accounts", "", applyArguments, map[string]int{"Resources: 0 added, 1 changed, 0 destroyed.\n": 1}},
}

// Applies use the saved plan, so that plans are not measured twice.
var (
	planArguments  = []string{"plan", "-input=false", "-no-color", "-out=saved"}
	applyArguments = []string{"apply", "-input=false", "-no-color", "saved"}
)

// changedLevel is the level of an account after the change.
const changedLevel = `contains(["user000000", "user000001", "user000002"], a) ? "silver" : "gold"`

// managed returns the configuration of the resource; level is an expression.
func managed(level string) string {
	return requiredProviders + `
resource "timpush_user_attributes" "all" {
  attributes = { for a in split("\n", file("accounts.txt")) : a => { level = ` + level + `, city = "ShenZhen" } }
}
`
}

// stepResult is the measurement of a step.
type stepResult struct {
	accounts        int
	step            string
	requests        int
	empty, provider time.Duration // medians
}

func (r stepResult) ratio() float64 { return r.provider.Seconds() / r.empty.Seconds() }

// resources measures the steps of a resource for each number of accounts.
func (b *bench) resources(ctx context.Context, sizes []int) ([]stepResult, error) {
	var all []stepResult
	for _, size := range sizes {
		var lives [][]stepResult
		for start := time.Now(); len(lives) < b.repetitions || time.Since(start) < minDuration; {
			life, err := b.life(ctx, size)
			if err != nil {
				return nil, fmt.Errorf("%d accounts: %w", size, err)
			}
			lives = append(lives, life)
		}
		for i := range steps {
			measured, err := medianOf(i, lives)
			if err != nil {
				return nil, fmt.Errorf("%d accounts: %w", size, err)
			}
			// #nosec G706 -- a number and a constant
			log.Printf("%d accounts, %s: %.2f times the empty provider", size, measured.step, measured.ratio())
			all = append(all, measured)
		}
	}
	return all, nil
}

// life measures each step once. The providers take turns, so that both run under the
// same load.
func (b *bench) life(ctx context.Context, accounts int) ([]stepResult, error) {
	names := accountNames(accounts)
	var workspaces [2]string // of the empty provider, and of the provider
	for i := range workspaces {
		folder, err := b.workspace(map[string]string{linesFile: strings.Join(names, "\n")})
		if err != nil {
			return nil, err
		}
		workspaces[i] = folder
	}
	service, err := serve(unmanaged(names), resourceRoundTrip)
	if err != nil {
		return nil, err
	}
	defer service.close()

	measured := make([]stepResult, len(steps))
	for i, step := range steps {
		empty, err := b.step(ctx, b.empty, workspaces[0], step, nil)
		if err != nil {
			return nil, fmt.Errorf("%s with the empty provider: %w", step.name, err)
		}
		before := len(service.Journal())
		provider, err := b.step(ctx, b.provider, workspaces[1], step, service.variables())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
		measured[i] = stepResult{accounts, step.name, len(service.Journal()) - before, empty, provider}
	}
	return measured, service.checkRate()
}

// step measures one step. It fails if the CLI did not do what the step is about.
func (b *bench) step(ctx context.Context, cliConfig, workspace string, step step, variables []string) (time.Duration, error) {
	if step.config != "" {
		// #nosec G703 -- the name is a constant
		if err := os.WriteFile(filepath.Join(workspace, "main.tf"), []byte(step.config), 0o600); err != nil {
			return 0, err
		}
	}
	output, took, err := b.run(ctx, cliConfig, workspace, variables, step.arguments...)
	if err != nil {
		return 0, err
	}
	for text, want := range step.want {
		if got := strings.Count(output, text); got != want {
			return 0, fmt.Errorf("the output has %q %d times, want %d:\n%s", text, got, want, output)
		}
	}
	return took, nil
}

// unmanaged returns an app whose accounts exist, but have no attributes yet.
func unmanaged(names []string) emulator.Seed {
	seed := emulator.Seed{
		Accounts:       make(map[string]emulator.Account, len(names)),
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "level"}, "1": {Name: "city"}},
	}
	for _, name := range names {
		seed.Accounts[name] = emulator.Account{}
	}
	return seed
}

// medianOf returns a step with the medians of several lives. All must have made the
// same number of requests.
func medianOf(step int, lives [][]stepResult) (stepResult, error) {
	var empty, provider []time.Duration
	measured := lives[0][step]
	for _, life := range lives {
		if life[step].requests != measured.requests {
			return stepResult{}, fmt.Errorf("%s: %d requests were made, but %d in another run", measured.step, life[step].requests, measured.requests)
		}
		empty, provider = append(empty, life[step].empty), append(provider, life[step].provider)
	}
	measured.empty, measured.provider = median(empty), median(provider)
	return measured, nil
}
