package timpush

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// withName returns an emulator with the accounts, whose app has the attribute name
// "name".
func withName(t *testing.T, accounts []string) *emulator.Emulator {
	t.Helper()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	for _, account := range accounts {
		seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"name": ""}}
	}
	return newEmulator(t, seed)
}

// An attribute that the service rejects is reported with its account, and the
// other accounts are written, in few more requests.
func TestRejectedContentIsFound(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		accounts int
		bad      []int
		requests int // at most
	}{
		"none":             {100, nil, 1},
		"only one account": {1, []int{0}, 1},
		"one of two":       {2, []int{1}, 3},
		"the first":        {100, []int{0}, 15},
		"one inside":       {100, []int{57}, 15},
		"the last":         {100, []int{99}, 15},
		"two apart":        {100, []int{3, 90}, 27},
		"two neighbors":    {100, []int{49, 50}, 27},
		"all":              {3, []int{0, 1, 2}, 5},
		"all of a request": {100, numbers(100), 199},
		"one of three":     {250, []int{220}, 3 + 12},
		"one in each":      {300, []int{0, 150, 299}, 45},
	} {
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(test.accounts)
			service := withName(t, accounts)
			config := testConfig(handlerTransport{service})
			config.RequestsPerSecond = 20
			client := newTestClient(t, config)
			items := make([]Write[map[string]string], len(accounts))
			for i, account := range accounts {
				items[i] = Write[map[string]string]{account, map[string]string{"name": account}}
				if slices.Contains(test.bad, i) {
					items[i].Content = map[string]string{"name": account, "title": account}
				}
			}
			written, err := client.SetUserAttributes(t.Context(), items)
			checkWritten(t, accounts, written, err)
			if err != nil || len(written.Failed) != len(test.bad) || len(written.Unknown) > 0 {
				t.Errorf("%s: %d failed, %d unknown, %v", name, len(written.Failed), len(written.Unknown), err)
			}
			for _, i := range test.bad {
				failure := written.Failed[accounts[i]]
				if failure.Code == nil || *failure.Code != 90033 || failure.Meaning != invalidAttribute.meaning || failure.Info != "attribute is not set, or invalid" {
					t.Errorf("%s: %s failed with %+v", name, accounts[i], failure)
				}
			}
			journal := service.Journal()
			if len(journal) > test.requests || service.PeakRate() > 20 {
				t.Errorf("%s: %d requests, want at most %d; %d in one second", name, len(journal), test.requests, service.PeakRate())
			}
			got, err := client.GetUserAttributes(t.Context(), accounts, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for i, account := range accounts {
				want := account
				if slices.Contains(test.bad, i) {
					want = ""
				}
				if got.Read[account]["name"] != want {
					t.Errorf("%s: %s has %v", name, account, got.Read[account])
				}
			}
		})
	}
}

func numbers(count int) []int {
	all := make([]int, count)
	for i := range all {
		all[i] = i
	}
	return all
}

// Only codes about the content of a request are traced to an account. Others are
// errors of the request.
func TestOnlyRejectedContentIsHalved(t *testing.T) {
	t.Parallel()
	for _, code := range append(Codes(), 12345, 90040) {
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(4)
			service := withAccounts(t, accounts)
			service.Script(emulator.Fault{Match: emulator.Match{Account: "user2"}, Effect: emulator.Effect{Code: int(code), Info: "no: " + testKey}})
			config := testConfig(handlerTransport{service})
			config.MaxRetries = 0
			written, err := newTestClient(t, config).RemoveUserTags(t.Context(), tagged(accounts))
			checkWritten(t, accounts, written, err)
			requests, ofContent := len(service.Journal()), slices.Contains([]int64{90020, 90032, 90033, 90034, 90035}, code)
			want := []string{"user2"}
			switch failure := written.Failed["user2"]; {
			case !ofContent:
				if !IsCode(err, code) || len(written.Done)+len(written.Failed) > 0 || requests != 1 {
					t.Errorf("%d: %+v, %v after %d requests", code, written, err, requests)
				}
			case err != nil || !slices.Equal(slices.Collect(maps.Keys(written.Failed)), want) || len(written.Done) != 3 || requests != 5:
				t.Errorf("%d: %+v, %v after %d requests", code, written, err, requests)
			case *failure.Code != code || failure.Meaning != Meaning(code) || !strings.Contains(failure.Info, redacted) || strings.Contains(fmt.Sprintf("%+v", failure), testKey):
				t.Errorf("%d: %+v", code, failure)
			}
		})
	}
}

// A rejection after an attempt that may have been executed proves nothing, so the
// request fails as one, and its accounts are unknown.
func TestUnclearRejectionIsNotHalved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		accounts := numbered(4)
		service := withAccounts(t, accounts)
		service.Script(once(91000), always(90033))
		written, err := newTestClient(t, testConfig(handlerTransport{service})).AddUserTags(t.Context(), tagged(accounts))
		var failed *RequestError
		if !errors.As(err, &failed) || !failed.Unclear || !IsCode(err, 90033) {
			t.Errorf("the error is %v", err)
		}
		if !slices.Equal(written.Unknown, accounts) || len(written.Failed) > 0 || len(service.Journal()) != 2 {
			t.Errorf("%+v after %d requests", written, len(service.Journal()))
		}
	})
}

// The rejection of another request ends this one, but is not about its content.
func TestRejectionOfAnotherRequest(t *testing.T) {
	t.Parallel()
	rejected := &RequestError{Err: serviceError(90033)}
	if rejection := contentRejection(rejected); rejection == nil || *rejection.Code != 90033 {
		t.Errorf("the rejection is %+v", rejection)
	}
	for _, err := range []error{nil, &endedError{cause: rejected}, &RequestError{Err: serviceError(90033), Unclear: true}, &RequestError{Err: serviceError(90009)}} {
		if rejection := contentRejection(err); rejection != nil {
			t.Errorf("%#v is about the content: %+v", err, rejection)
		}
	}
}

// A half that fails as a request ends the write. What was written before is done,
// and what was not sent is not written.
func TestHalfFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect  emulator.Effect
		unknown int
	}{
		"rejected":    {emulator.Effect{Code: 70009}, 0},
		"unclear":     {emulator.Effect{Status: 502}, 25},
		"interrupted": {emulator.Effect{Delay: time.Hour}, 25},
	} {
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(100)
			service := withAccounts(t, accounts)
			service.Script( // the last quarter is not sent
				emulator.Fault{Match: emulator.Match{Account: "user99"}, Times: 2, Effect: emulator.Effect{Code: 90020}},
				emulator.Fault{Match: emulator.Match{Account: "user50"}, Effect: test.effect},
			)
			book := &logBook{}
			config := testConfig(handlerTransport{service})
			config.MaxRetries, config.RequestTimeout, config.Logger = 0, 2*time.Hour, book
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			written, err := newTestClient(t, config).RemoveUserTags(ctx, tagged(accounts))
			checkWritten(t, accounts, written, err)
			if err == nil || len(written.Done) != 50 || len(written.Failed) > 0 || len(written.Unknown) != test.unknown || len(service.Journal()) != 4 {
				t.Errorf("%s: %d done, %+v failed, %d unknown, %v after %d requests", name, len(written.Done), written.Failed, len(written.Unknown), err, len(service.Journal()))
			}
			var interrupted *InterruptedError
			if errors.As(err, &interrupted) != (test.effect.Delay > 0) || interrupted != nil && (interrupted.Done != 50 || interrupted.Total != 100 || !interrupted.Unclear) {
				t.Errorf("%s: the error is %#v", name, err)
			}
			for i, accounts := range []string{"accounts:100 ", "accounts:50 ", "accounts:50 ", "accounts:25 "} {
				if !strings.Contains(book.lines[i], accounts) {
					t.Errorf("%s: line %d of the log is %s", name, i, book.lines[i])
				}
			}
		})
	}
}

// The error of an interrupted write says that an outcome is unclear if any is, even
// if the request that it is about was not sent.
func TestInterruptedWriteIsUnclear(t *testing.T) {
	t.Parallel()
	for range 5 { // which request the error is about is random
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(300)
			service := withAccounts(t, accounts)
			service.Script(
				emulator.Fault{Match: emulator.Match{Account: "user0"}, Effect: emulator.Effect{Delay: time.Hour}},
				emulator.Fault{Effect: emulator.Effect{Code: 60007}}, // and so the others wait
			)
			config := testConfig(handlerTransport{service})
			config.MaxRetries, config.RequestTimeout = 1000, 2*time.Hour
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			written, err := newTestClient(t, config).RemoveUserTags(ctx, tagged(accounts))
			var interrupted *InterruptedError
			if !errors.As(err, &interrupted) || !interrupted.Unclear || !slices.Contains(written.Unknown, "user0") {
				t.Errorf("%+v, %v", written, err)
			}
		})
	}
}
