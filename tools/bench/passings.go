package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"
)

// passing is a plan whose accounts come to the data source in some way.
type passing struct {
	accounts int
	requests int
	took     time.Duration // median
	ratio    float64       // to the first way for the same accounts
	how      string
}

// way is one way to pass accounts.
type way struct {
	how    string
	file   string // what the accounts stand in
	config string
}

// The files that accounts stand in: one a line, or as the value of the variable
// accounts, a list or such lines again.
const (
	linesFile      = "accounts.txt"
	listVariable   = "list.auto.tfvars.json"
	stringVariable = "string.auto.tfvars.json"
)

// The ways to write one list of accounts.
var lists = []way{
	{`split("\n", file("accounts.txt"))`, linesFile, fromFile},
	{`split("\n", var.accounts), of type string`, stringVariable, requiredProviders + `
variable "accounts" {
  type = string
}

data "timpush_user_attributes" "all" {
  accounts = split("\n", var.accounts)
}
` + accountsRead},
	{`var.accounts, of type list(string)`, listVariable, requiredProviders + `
variable "accounts" {
  type = list(string)
}

data "timpush_user_attributes" "all" {
  accounts = var.accounts
}
` + accountsRead},
	{`[for a in split("\n", file("accounts.txt")) : a]`, linesFile, requiredProviders + `
data "timpush_user_attributes" "all" {
  accounts = [for a in split("\n", file("accounts.txt")) : a]
}
` + accountsRead},
}

// manyDataSources is how many data sources a configuration can well have.
const manyDataSources = 1000

// The ways to read accounts with one data source or with many.
var dataSources = []way{
	{`one data source with a list`, linesFile, fromFile},
	{`for_each, a data source for each account`, linesFile, requiredProviders + `
data "timpush_user_attributes" "each" {
  for_each = toset(split("\n", file("accounts.txt")))
  accounts = [each.value]
}

output "accounts_read" {
  value = sum([for one in data.timpush_user_attributes.each : length(one.attributes)])
}
`},
}

// passings measures what the way costs in which accounts are passed: lists with
// the empty provider, since that is the CLI's own time; one data source or many
// with the provider too, since that is a matter of requests as well. Without
// sizes it measures nothing.
func (b *bench) passings(ctx context.Context, sizes []int) ([]passing, error) {
	if len(sizes) == 0 {
		return nil, nil
	}
	var all []passing
	for _, size := range sizes {
		compared, err := b.compare(lists, size, b.emptyPlan(ctx, size))
		if err != nil {
			return nil, err
		}
		all = append(all, compared...)
	}
	compared, err := b.compare(dataSources, manyDataSources, b.emptyPlan(ctx, manyDataSources))
	if err != nil {
		return nil, err
	}
	all = append(all, compared...)
	seed := seedOf(accountNames(manyDataSources))
	compared, err = b.compare(dataSources, manyDataSources, func(workspace string) (time.Duration, int, error) {
		return b.planProvider(ctx, workspace, seed, 0)
	})
	return append(all, compared...), err
}

// planFunc makes a plan of a workspace, and says what it took.
type planFunc func(workspace string) (took time.Duration, requests int, err error)

// emptyPlan plans with the empty provider, which makes no requests.
func (b *bench) emptyPlan(ctx context.Context, accounts int) planFunc {
	return func(workspace string) (time.Duration, int, error) {
		took, err := b.plan(ctx, b.empty, workspace, accounts)
		return took, 0, err
	}
}

// compare plans each way in turn, so that all see the same machine.
func (b *bench) compare(ways []way, size int, plan planFunc) ([]passing, error) {
	compared := make([]passing, len(ways))
	workspaces := make([]string, len(ways))
	times := make([][]time.Duration, len(ways))
	for i, w := range ways {
		accounts, err := w.content(accountNames(size))
		if err != nil {
			return nil, err
		}
		if workspaces[i], err = b.workspace(map[string]string{"main.tf": w.config, w.file: accounts}); err != nil {
			return nil, err
		}
		compared[i] = passing{accounts: size, how: w.how}
	}
	for range b.repetitions {
		for i, workspace := range workspaces {
			took, requests, err := plan(workspace)
			if err != nil {
				return nil, fmt.Errorf("%d accounts, %s: %w", size, ways[i].how, err)
			}
			times[i], compared[i].requests = append(times[i], took), requests
		}
	}
	for i := range compared {
		compared[i].took = median(times[i])
		compared[i].ratio = compared[i].took.Seconds() / compared[0].took.Seconds()
		log.Printf("%d accounts, %s: %.2f s", size, compared[i].how, compared[i].took.Seconds())
	}
	return compared, nil
}

// content is what the way's file holds.
func (w way) content(accounts []string) (string, error) {
	lines := strings.Join(accounts, "\n")
	var value any
	switch w.file {
	case stringVariable:
		value = lines
	case listVariable:
		value = accounts
	default:
		return lines, nil
	}
	content, err := json.Marshal(map[string]any{"accounts": value})
	return string(content), err
}
