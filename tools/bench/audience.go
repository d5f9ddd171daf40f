package main

import (
	"context"
	"time"
)

// audienceRoundTrip is the round trip of the plans that determine an audience.
const audienceRoundTrip = 50 * time.Millisecond

// Variants of an audience beside the plain read. A condition selects every second
// account.
var audiences = []variant{
	{`timpush_user_attributes, only read`, linesFile, fromFile},
	{`timpush_push_audience`, linesFile, requiredProviders + `
data "timpush_push_audience" "half" {
  accounts  = split("\n", file("accounts.txt"))
  condition = { attributes_and = { city = "ShenZhen" } }
}

output "read_count" {
  value = length(data.timpush_push_audience.half.reached) + length(data.timpush_push_audience.half.missed)
}
`},
	{`timpush_user_attributes and provider::timpush::audience`, linesFile, fromFile + `
output "reached" {
  value = length(provider::timpush::audience({ attributes_and = { city = "ShenZhen" } }, data.timpush_user_attributes.all.attributes))
}
`},
	{`timpush_user_attributes and [for ... : ... if ...]`, linesFile, fromFile + `
output "reached" {
  value = length([for account, attributes in data.timpush_user_attributes.all.attributes : account if attributes.city == "ShenZhen"])
}
`},
}

// audiences measures what an audience costs beside the read that it needs.
func (b *bench) audiences(ctx context.Context, sizes []int) ([]variantResult, error) {
	var all []variantResult
	for _, size := range sizes {
		seed := seedOf(accountNames(size))
		for i, name := range accountNames(size) {
			if i%2 > 0 {
				seed.Accounts[name].Attributes["city"] = "BeiJing"
			}
		}
		compared, err := b.compare(audiences, size, func(workspace string) (time.Duration, int, error) {
			return b.planProvider(ctx, workspace, size, seed, audienceRoundTrip)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, compared...)
	}
	return all, nil
}
