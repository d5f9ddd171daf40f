package owned

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// change is what differs between two blocks: what to remove from accounts, and
// what to set. Accounts are sorted.
type change struct {
	removals  []timpush.Write[[]string]
	sets      []timpush.Write[pairs]
	unchecked bool // sets have new names, and the plan only warned of those that the app lacks
}

// difference returns the change from one block to another.
func difference(prior, planned block) (c change) {
	for _, name := range prior.names() {
		after := planned.accounts[name].pairs
		var dropped []string
		for _, key := range slices.Sorted(maps.Keys(prior.accounts[name].pairs)) {
			if _, kept := after[key]; !kept {
				dropped = append(dropped, key)
			}
		}
		if len(dropped) > 0 {
			c.removals = append(c.removals, timpush.Write[[]string]{Account: name, Content: dropped})
		}
	}
	for _, name := range planned.names() {
		before, set := prior.accounts[name].pairs, pairs{}
		for key, value := range planned.accounts[name].pairs {
			old, had := before[key]
			if !had || old != value {
				set[key] = value
			}
			c.unchecked = c.unchecked || !had && planned.isWarn
		}
		if len(set) > 0 {
			c.sets = append(c.sets, timpush.Write[pairs]{Account: name, Content: set})
		}
	}
	return c
}

func (c change) isEmpty() bool { return len(c.removals)+len(c.sets) == 0 }

// outcome is what a change has done.
type outcome struct{ removed, set timpush.Written }

// done returns the accounts that were written or removed from.
func (o outcome) done() map[string]bool { return setOf(slices.Concat(o.removed.Done, o.set.Done)) }

// isNothing reports whether nothing was done, and the service said nothing about an
// account.
func (o outcome) isNothing() bool {
	return len(o.removed.Done)+len(o.removed.Failed)+len(o.removed.Unknown)+len(o.set.Done)+len(o.set.Failed)+len(o.set.Unknown) == 0
}

// write removes, and then sets. If a request fails, it sends no others. The
// outcome is valid in either case. What is to be removed from an account that no
// longer exists is removed.
func (k Kind) write(ctx context.Context, client *timpush.Client, c change) (o outcome, err error) {
	if len(c.removals) > 0 {
		removed, err := k.remove(ctx, client, c.removals)
		o.removed = *removed
		if err != nil {
			return o, err
		}
	}
	sets, lacking := c.sets, map[string]timpush.AccountError(nil)
	if k.HasNames && c.unchecked {
		if sets, lacking, err = withNames(ctx, client, c.sets); err != nil {
			return o, err
		}
	}
	if len(c.sets) > 0 {
		set, err := k.Set(client, ctx, sets)
		o.set = *set
		maps.Copy(o.set.Failed, lacking)
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

// after returns what the state has after a change: what is done as planned, and
// the rest as it was. Where that is unclear, it has both, so that nothing that the
// resource may own is forgotten.
func (k Kind) after(prior, planned block, c change, o outcome) (map[string]tftypes.Value, error) {
	has := make(map[string]pairs, len(prior.accounts)) // what changed accounts have
	removed := setOf(o.removed.Done)
	for _, removal := range c.removals {
		left := maps.Clone(prior.accounts[removal.Account].pairs)
		if removed[removal.Account] {
			for _, key := range removal.Content {
				delete(left, key)
			}
		}
		has[removal.Account] = left
	}
	done, unclear := setOf(o.set.Done), setOf(o.set.Unknown)
	for _, set := range c.sets {
		after, isChanged := has[set.Account]
		if !isChanged {
			after = maps.Clone(prior.accounts[set.Account].pairs)
		}
		if after == nil && (done[set.Account] || unclear[set.Account]) {
			after = pairs{}
		}
		for key, value := range set.Content {
			_, had := after[key]
			if done[set.Account] || !had && unclear[set.Account] {
				after[key] = value
			}
		}
		has[set.Account] = after
	}
	return k.assembled(prior, planned, has)
}

// assembled returns the accounts of a state: has are the pairs of accounts that
// were to change, nil for an account that the state does not get.
func (k Kind) assembled(prior, planned block, has map[string]pairs) (map[string]tftypes.Value, error) {
	accounts := make(map[string]tftypes.Value, len(planned.accounts))
	for name, account := range planned.accounts {
		if _, isChanged := has[name]; !isChanged {
			accounts[name] = account.written
		}
	}
	for name, p := range has {
		before, existed := prior.accounts[name]
		after, isPlanned := planned.accounts[name]
		if p == nil || len(p) == 0 && !isPlanned {
			continue
		}
		var written []tftypes.Value
		if isPlanned {
			written = append(written, after.written)
		}
		if existed {
			written = append(written, before.written)
		}
		value, err := k.Form.encode(p, written...)
		if err != nil {
			return nil, err
		}
		accounts[name] = value
	}
	return accounts, nil
}

func setOf(accounts []string) map[string]bool {
	set := make(map[string]bool, len(accounts))
	for _, account := range accounts {
		set[account] = true
	}
	return set
}
