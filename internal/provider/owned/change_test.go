package owned

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// service is what accounts have at a service that does some of what it is asked to.
type service struct {
	random *rand.Rand
	has    map[string]pairs
	done   map[string]bool // accounts for which everything was certainly done
}

var errRequest = errors.New("a request failed")

// execute executes items, at random: done, failed, unknown (executed or not), or not sent.
func execute[Content any](s *service, items []timpush.Write[Content], do func(pairs, Content), mayFail bool) (*timpush.Written, error) {
	written, err := &timpush.Written{Failed: map[string]timpush.AccountError{}}, error(nil)
	outcomes := 2
	if mayFail && s.random.IntN(2) == 0 {
		outcomes, err = 5, errRequest
	}
	for _, item := range items {
		switch s.random.IntN(outcomes) {
		case 0:
			do(s.has[item.Account], item.Content)
			written.Done = append(written.Done, item.Account)
			continue
		case 1:
			code := int64(timpush.CodeAccountLimit)
			written.Failed[item.Account] = timpush.AccountError{Code: &code}
		case 2:
			do(s.has[item.Account], item.Content)
			written.Unknown = append(written.Unknown, item.Account)
		case 3:
			written.Unknown = append(written.Unknown, item.Account)
		}
		s.done[item.Account] = false
	}
	return written, err
}

// kind returns a kind whose client is the service.
func (s *service) kind(form Form) Kind {
	return Kind{
		Form: form,
		Set: func(_ *timpush.Client, _ context.Context, items []timpush.Write[pairs]) (*timpush.Written, error) {
			return execute(s, items, func(has, set pairs) { maps.Copy(has, set) }, true)
		},
		Remove: func(_ *timpush.Client, _ context.Context, items []timpush.Write[[]string]) (*timpush.Written, error) {
			return execute(s, items, func(has pairs, names []string) {
				for _, name := range names {
					delete(has, name)
				}
			}, true)
		},
	}
}

// randomBlock returns accounts with pairs.
func randomBlock(t *testing.T, random *rand.Rand, form Form) block {
	t.Helper()
	b := block{accounts: map[string]account{}, known: true}
	for i := range 8 {
		if random.IntN(4) == 0 {
			continue
		}
		p := pairs{}
		for _, name := range []string{"a", "b", "c", "d"} {
			if random.IntN(2) == 0 {
				p[name] = ""
				if form == (Values{}) {
					p[name] = fmt.Sprint(random.IntN(2))
				}
			}
		}
		written, err := form.encode(p)
		if err != nil {
			t.Fatal(err)
		}
		b.accounts[fmt.Sprintf("account%d", i)] = account{p, written, true}
	}
	return b
}

// After a change that is done in part, the state has accounts that are done as
// planned, and never forgets a pair that the service has: of the plan, or not yet
// removed.
func TestAfter(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(seed, 0))
		form := []Form{Values{}, Names{}}[seed%2]
		prior, planned := randomBlock(t, random, form), randomBlock(t, random, form)
		s := &service{random: random, has: map[string]pairs{}, done: map[string]bool{}}
		for _, b := range []block{planned, prior} {
			for name, account := range b.accounts {
				s.has[name], s.done[name] = pairs{}, true
				if _, existed := prior.accounts[name]; existed {
					s.has[name] = maps.Clone(account.pairs)
				}
			}
		}
		k, c := s.kind(form), difference(prior, planned)
		o, err := k.write(t.Context(), nil, c)
		if err != nil { // what was not sent is not done
			for _, set := range c.sets {
				s.done[set.Account] = s.done[set.Account] && slices.Contains(o.set.Done, set.Account)
			}
			for _, removal := range c.removals {
				s.done[removal.Account] = s.done[removal.Account] && slices.Contains(o.removed.Done, removal.Account)
			}
		}
		accounts, err := k.after(prior, planned, c, o)
		if err != nil {
			t.Fatal(err)
		}
		checkAfter(t, fmt.Sprintf("seed %d", seed), form, s, prior, planned, accounts)
	}
}

func checkAfter(t *testing.T, when string, form Form, s *service, prior, planned block, accounts map[string]tftypes.Value) {
	t.Helper()
	for name, has := range s.has {
		value, inState := accounts[name]
		p := pairs{}
		if inState {
			var err error
			if p, _, err = form.decode(value); err != nil {
				t.Fatal(err)
			}
		}
		after, isPlanned := planned.accounts[name]
		if s.done[name] && (inState != isPlanned || isPlanned && !value.Equal(after.written)) {
			t.Errorf("%s: %s is done, and the state has %s, %t", when, name, value, inState)
		}
		for key := range has {
			if _, owned := p[key]; !owned {
				t.Errorf("%s: %s has %s, which the state forgets", when, name, key)
			}
		}
		for key := range p {
			_, was := prior.accounts[name].pairs[key]
			_, will := after.pairs[key]
			if !was && !will {
				t.Errorf("%s: the state of %s has %s, which nobody asked for", when, name, key)
			}
		}
	}
}
