package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"
)

// variantResult is the measurement of a variant.
type variantResult struct {
	accounts int
	requests int
	took     time.Duration // median
	ratio    float64       // to the first variant with the same accounts
	name     string
}

// variant is a configuration that passes accounts to data sources in a certain way.
type variant struct {
	name   string
	file   string // contains the accounts
	config string
}

// The files with accounts: as lines, or as the value of the variable accounts, which
// is a list, or a string of lines.
const (
	linesFile      = "accounts.txt"
	listVariable   = "list.auto.tfvars.json"
	stringVariable = "string.auto.tfvars.json"
)

// Variants of one list of accounts.
var lists = []variant{
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

// manyDataSources is the number of data sources in the for_each variant.
const manyDataSources = 1000

// Variants with one data source, and with many.
var dataSources = []variant{
	{`one data source with a list`, linesFile, fromFile},
	{`for_each, a data source for each account`, linesFile, requiredProviders + `
data "timpush_user_attributes" "each" {
  for_each = toset(split("\n", file("accounts.txt")))
  accounts = [each.value]
}

output "read_count" {
  value = sum([for one in data.timpush_user_attributes.each : length(one.attributes)])
}
`},
}

// variants measures ways to pass accounts. Lists are planned with the empty provider,
// because they differ only in the CLI's own time. One data source and many are also
// planned with the provider, because they differ in the number of requests. Without
// sizes, nothing is measured.
func (b *bench) variants(ctx context.Context, sizes []int) ([]variantResult, error) {
	if len(sizes) == 0 {
		return nil, nil
	}
	var all []variantResult
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
		return b.planProvider(ctx, workspace, manyDataSources, seed, 0)
	})
	return append(all, compared...), err
}

// planFunc plans a workspace, and returns the time it took.
type planFunc func(workspace string) (took time.Duration, requests int, err error)

// emptyPlan plans with the empty provider, which makes no requests.
func (b *bench) emptyPlan(ctx context.Context, accounts int) planFunc {
	return func(workspace string) (time.Duration, int, error) {
		took, err := b.plan(ctx, b.empty, workspace, accounts)
		return took, 0, err
	}
}

// compare plans the variants alternately, so that all run under the same load.
func (b *bench) compare(variants []variant, size int, plan planFunc) ([]variantResult, error) {
	compared := make([]variantResult, len(variants))
	workspaces := make([]string, len(variants))
	times := make([][]time.Duration, len(variants))
	for i, v := range variants {
		accounts, err := v.content(accountNames(size))
		if err != nil {
			return nil, err
		}
		if workspaces[i], err = b.workspace(map[string]string{"main.tf": v.config, v.file: accounts}); err != nil {
			return nil, err
		}
		compared[i] = variantResult{accounts: size, name: v.name}
	}
	for range b.repetitions {
		for i, workspace := range workspaces {
			took, requests, err := plan(workspace)
			if err != nil {
				return nil, fmt.Errorf("%d accounts, %s: %w", size, variants[i].name, err)
			}
			times[i], compared[i].requests = append(times[i], took), requests
		}
	}
	for i := range compared {
		compared[i].took = median(times[i])
		compared[i].ratio = compared[i].took.Seconds() / compared[0].took.Seconds()
		log.Printf("%d accounts, %s: %.2f s", size, compared[i].name, compared[i].took.Seconds())
	}
	return compared, nil
}

// content returns the content of the variant's file.
func (v variant) content(accounts []string) (string, error) {
	lines := strings.Join(accounts, "\n")
	var value any
	switch v.file {
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
