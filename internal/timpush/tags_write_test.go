package timpush

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The tags are those on the API pages (67821, 60569).
var (
	_ = registerWrite("add_tag", (*Client).AddUserTags, sampleTags)
	_ = registerWrite("remove_tag", (*Client).RemoveUserTags, sampleTags)
)

func sampleTags(account string) []string {
	if account == registrationID {
		return []string{"PlatinumMember", "MonthPassUser"}
	}
	return []string{"GoldMember", "WeekPassUser"}
}

// tagItems returns an item for each account, with that many tags.
func tagItems(accounts []string, tags int) []Write[[]string] {
	items := make([]Write[[]string], len(accounts))
	for i, account := range accounts {
		items[i] = Write[[]string]{account, numberedTags(tags)}
	}
	return items
}

func numberedTags(count int) []string {
	tags := make([]string, count)
	for i := range tags {
		tags[i] = fmt.Sprintf("tag%02d", i)
	}
	return tags
}

// Ten tags of an account are added at a time, and no request has an account twice.
// All are removed at once.
func TestUserTagsInRounds(t *testing.T) {
	t.Parallel()
	for tags, rounds := range map[int]int{1: 1, 10: 1, 11: 2, 20: 2, 25: 3, 100: 10} {
		service := newEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"few": {}, "many": {}, "other": {Tags: []string{"kept"}}}})
		client := newTestClient(t, testConfig(handlerTransport{service}))
		others := min(tags, 99) // an account has at most 100
		items := slices.Concat(tagItems([]string{"many"}, tags), tagItems([]string{"other"}, others), tagItems([]string{"few"}, 1))
		written, err := client.AddUserTags(t.Context(), items)
		slices.Sort(written.Done)
		if err != nil || !slices.Equal(written.Done, []string{"few", "many", "other"}) {
			t.Errorf("%d tags: %+v, %v", tags, written, err)
		}
		journal := service.Journal()
		for round, entry := range journal { // one that adds more than ten tags is rejected
			want := []string{"many", "other", "few"}
			if round > 0 {
				want = want[:2]
			}
			if !slices.Equal(entry.Accounts, want) || entry.Code != 0 {
				t.Errorf("%d tags: request %d is for %v, with code %d", tags, round, entry.Accounts, entry.Code)
			}
		}
		got, err := client.GetUserTags(t.Context(), []string{"few", "many", "other"}, nil, 0)
		if err != nil || len(journal) != rounds || len(got.Read["few"]) != 1 || !slices.Equal(got.Read["many"], numberedTags(tags)) || len(got.Read["other"]) != others+1 {
			t.Errorf("%d tags: %v, %v after %d requests", tags, got, err, len(journal))
		}
		written, err = client.RemoveUserTags(t.Context(), items)
		if err != nil || len(written.Done) != 3 || len(service.Journal()) != rounds+2 {
			t.Errorf("%d tags: removing %+v, %v", tags, written, err)
		}
		if got, err = client.GetUserTags(t.Context(), []string{"many", "other"}, nil, 0); err != nil || len(got.Read["many"]) > 0 || !slices.Equal(got.Read["other"], []string{"kept"}) {
			t.Errorf("%d tags: left are %v, %v", tags, got, err)
		}
	}
}

// If a round does not succeed for all accounts, those with tags from an earlier one
// are never lost.
func TestUserTagsFailInARound(t *testing.T) {
	t.Parallel()
	const late = 1 // the second round
	accounts := numbered(250)
	first, second, third := accounts[:100], accounts[100:200], accounts[200:] // the requests of a round
	for name, test := range map[string]struct {
		round   int // of the fault
		effect  emulator.Effect
		done    []string
		failed  []string
		unknown []string
	}{
		"rejected, first round":         {0, emulator.Effect{Code: 90009}, nil, nil, first},
		"unclear, first round":          {0, emulator.Effect{Code: 91000}, nil, nil, accounts[:200]},
		"interrupted, first round":      {0, emulator.Effect{Delay: time.Hour}, nil, nil, accounts[:200]},
		"bad content, first round":      {0, emulator.Effect{Code: 90020}, slices.Concat(first, second[1:], third), second[:1], nil},
		"failed account, first round":   {0, emulator.Effect{Body: failedAccount}, slices.Concat(first, second[1:], third), second[:1], second[:1]}, // perhaps with a part of its ten tags
		"rejected, later round":         {late, emulator.Effect{Code: 90009}, first, nil, accounts[100:]},
		"unclear, later round":          {late, emulator.Effect{Code: 91000}, first, nil, accounts[100:]},
		"interrupted, later round":      {late, emulator.Effect{Delay: time.Hour}, first, nil, accounts[100:]},
		"bad content, later round":      {late, emulator.Effect{Code: 90020}, slices.Concat(first, second[1:], third), second[:1], second[:1]},
		"failed account, later round":   {late, emulator.Effect{Body: failedAccount}, slices.Concat(first, second[1:], third), second[:1], second[:1]},
		"nothing fails":                 {late + 1, emulator.Effect{Code: 90009}, accounts, nil, nil},
		"stray failure, later round":    {late, emulator.Effect{Body: strayFailure}, first, nil, accounts[100:]},
		"connection lost, later round":  {late, emulator.Effect{Status: 502}, first, nil, accounts[100:]},
		"executed but lost, last round": {late, emulator.Effect{Status: 502, Execute: true}, first, nil, accounts[100:]},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := withAccounts(t, accounts)
			service.Script(emulator.Fault{Match: emulator.Match{Account: second[0]}, Skip: test.round, Effect: test.effect})
			config := testConfig(handlerTransport{service})
			config.RequestsPerSecond = 1 // one request at a time, in order
			config.RequestTimeout, config.MaxRetries = 2*time.Hour, 0
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
			defer cancel()
			written, err := newTestClient(t, config).AddUserTags(ctx, tagItems(accounts, 11))
			checkWritten(t, accounts, written, err)
			for what, lists := range map[string][2][]string{
				"done":    {written.Done, test.done},
				"failed":  {slices.Collect(maps.Keys(written.Failed)), test.failed},
				"unknown": {written.Unknown, test.unknown},
			} {
				got, want := slices.Sorted(slices.Values(lists[0])), slices.Sorted(slices.Values(lists[1]))
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s are %d accounts, want %d: %v", name, what, len(got), len(want), got)
				}
			}
			if fails := len(test.done)+len(test.failed) < len(accounts); (err != nil) != fails {
				t.Errorf("%s: the error is %v", name, err)
			}
			var interrupted *InterruptedError
			if errors.As(err, &interrupted) && (interrupted.Done != len(test.done) || interrupted.Total != len(accounts) || !interrupted.Unclear) {
				t.Errorf("%s: the error is %#v", name, interrupted)
			}
			if interrupts := test.effect.Delay > 0; interrupts != (interrupted != nil) {
				t.Errorf("%s: the error is %v", name, err)
			}
		})
	}
}

// Responses for the request of user100.
const (
	failedAccount = `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"user100","ErrorCode":90035}]}`
	strayFailure  = `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"USER100","ErrorCode":90035}]}`
)

// A context that ends between two rounds loses nothing either.
func TestUserTagsEndBetweenRounds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	service := withAccounts(t, []string{"user0", "user1"})
	client := newTestClient(t, testConfig(handlerTransport{service}))
	client.logger = logFunc(cancel) // after the response to the first request
	written, err := client.AddUserTags(ctx, append(tagItems([]string{"user0"}, 11), tagItems([]string{"user1"}, 10)...))
	var interrupted *InterruptedError
	if !errors.As(err, &interrupted) || interrupted.Done != 1 || interrupted.Total != 2 {
		t.Errorf("the error is %v", err)
	}
	if !slices.Equal(written.Done, []string{"user1"}) || !slices.Equal(written.Unknown, []string{"user0"}) || len(service.Journal()) != 1 {
		t.Errorf("%+v", written)
	}
}

// logFunc is called for each line of a log.
type logFunc func()

func (f logFunc) Debug(context.Context, string, map[string]any) { f() }
func (f logFunc) Info(context.Context, string, map[string]any)  {}

// Rounds keep the pace, and no request has an account twice.
func TestRoundsKeepThePace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		accounts := numbered(1000)
		service := withAccounts(t, accounts)
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: 50 * time.Millisecond}})
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 10
		started := time.Now()
		written, err := newTestClient(t, config).AddUserTags(t.Context(), tagItems(accounts, 11))
		if err != nil || len(written.Done) != len(accounts) {
			t.Errorf("%d done, %v", len(written.Done), err)
		}
		for _, entry := range service.Journal() {
			if len(entry.Accounts) != MaxAccounts || len(Unique(entry.Accounts)) != MaxAccounts || entry.Code != 0 {
				t.Fatalf("a request is for %v, with code %d", entry.Accounts, entry.Code)
			}
		}
		if requests, peak := len(service.Journal()), service.PeakRate(); requests != 20 || peak != 10 || time.Since(started) != 1100*time.Millisecond {
			t.Errorf("%d requests in %s, %d in one second", requests, time.Since(started), peak)
		}
	})
}
