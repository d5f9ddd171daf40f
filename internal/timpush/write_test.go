package timpush

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// overTagged is add_tag with a code of its own.
var overTagged = writeCommand[[]string]{
	command: command{name: "add_tag", maxItems: MaxAccounts, codes: map[int64]codeFacts{90032: {meaning: "the account would have more than 100 tags"}}},
	body:    userTagsBody,
}

// tagged returns one item for each account, with one tag.
func tagged(accounts []string) []Write[[]string] {
	items := make([]Write[[]string], len(accounts))
	for i, account := range accounts {
		items[i] = Write[[]string]{account, []string{"canary"}}
	}
	return items
}

// withAccounts returns an emulator whose app has the accounts.
func withAccounts(t *testing.T, accounts []string) *emulator.Emulator {
	t.Helper()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	for _, account := range accounts {
		seed.Accounts[account] = emulator.Account{}
	}
	return newEmulator(t, seed)
}

func TestWrite(t *testing.T) {
	t.Parallel()
	for _, count := range []int{0, 1, 99, 100, 101, 250} {
		accounts := numbered(count)
		service := withAccounts(t, accounts)
		client := newTestClient(t, testConfig(handlerTransport{service}))
		written, err := writeItems(t.Context(), client, addTag, tagged(append(accounts, "stranger")))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(written.Done)
		slices.Sort(accounts)
		want := map[string]AccountError{"stranger": accountError(70107, "")}
		if !slices.Equal(written.Done, accounts) || !reflect.DeepEqual(written.Failed, want) || len(written.Unknown) > 0 {
			t.Errorf("%d accounts: %d done, %v failed, %v unknown", count, len(written.Done), written.Failed, written.Unknown)
		}
		tags, err := client.GetUserTags(t.Context(), accounts, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for account, tags := range tags.Read {
			if !slices.Equal(tags, []string{"canary"}) {
				t.Errorf("%s has the tags %v", account, tags)
			}
		}
	}
}

// A command's own meaning of a code replaces the meaning in the common table.
func TestWriteUsesCommandMeaning(t *testing.T) {
	t.Parallel()
	tags := make([]string, 100)
	for i := range tags {
		tags[i] = fmt.Sprintf("tag%d", i)
	}
	client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"full": {Tags: tags}}})}))
	written, err := writeItems(t.Context(), client, overTagged, tagged([]string{"full", "stranger"}))
	if err != nil {
		t.Fatal(err)
	}
	if got := written.Failed["full"].Message(); got != "the account would have more than 100 tags" {
		t.Errorf("90032 means %q", got)
	}
	if got := written.Failed["stranger"].Message(); got != Meaning(70107) {
		t.Errorf("70107 means %q", got)
	}
}

// An account in ErrorList may have been written, unless its code proves that it was
// not. With several names, it may have been written in part.
func TestFailedAccountMayBeWritten(t *testing.T) {
	t.Parallel()
	for failure, test := range map[string]struct{ one, several bool }{
		`"ErrorCode":70107`:         {false, false}, // there is no such account
		`"ErrorCode":70399`:         {false, false},
		`"ErrorCode":70398`:         {false, true},
		`"ErrorCode":90035`:         {false, true},
		`"ErrorCode":60007`:         {false, true},
		`"ErrorCode":91000`:         {true, true},
		`"ErrorCode":60013`:         {true, true},
		`"ErrorCode":12345`:         {true, true}, // not documented
		`"ErrorInfo":""`:            {true, true}, // has no code
		`"ErrorCode":"it is text!"`: {true, true},
	} {
		for tags, want := range map[int]bool{1: test.one, 2: test.several} {
			service := withAccounts(t, []string{"alice", "bob"})
			service.Script(emulator.Fault{Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"alice",` + failure + `}]}`}})
			written, err := newTestClient(t, testConfig(handlerTransport{service})).AddUserTags(t.Context(), tagItems([]string{"alice", "bob"}, tags))
			if _, failed := written.Failed["alice"]; err != nil || !failed || !slices.Equal(written.Done, []string{"bob"}) {
				t.Errorf("%s: %+v, %v", failure, written, err)
			}
			if unknown := slices.Equal(written.Unknown, []string{"alice"}); unknown != want || len(written.Unknown) > 1 {
				t.Errorf("%s, %d tags: %v are unknown, want alice %t", failure, tags, written.Unknown, want)
			}
		}
	}
}

// The error comes with the outcome for each account: earlier requests are done, a
// rejected one is not, and one without a response is unknown.
func TestWriteFailsMidway(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		effect  emulator.Effect
		unknown int
	}{
		"rejected":    {emulator.Effect{Code: 90009}, 0},
		"internal":    {emulator.Effect{Code: 91000}, 100},
		"bad gateway": {emulator.Effect{Status: http.StatusBadGateway}, 100},
		"not JSON":    {emulator.Effect{Body: "<html>"}, 100},
		"no response": {emulator.Effect{Delay: time.Hour}, 100},
	} {
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(500)
			service := withAccounts(t, accounts)
			service.Script(emulator.Fault{Match: emulator.Match{Account: "user200"}, Effect: test.effect})
			config := testConfig(handlerTransport{service})
			config.RequestsPerSecond = 1 // one request at a time
			config.MaxRetries = 0
			written, err := writeItems(t.Context(), newTestClient(t, config), addTag, tagged(accounts))
			var failed *RequestError
			if !errors.As(err, &failed) || failed.Unclear != (test.unknown > 0) {
				t.Errorf("%s: the error is %v", name, err)
			}
			if len(written.Done) != 200 || len(written.Failed) != 0 || len(written.Unknown) != test.unknown {
				t.Errorf("%s: %d done, %d failed, %d unknown", name, len(written.Done), len(written.Failed), len(written.Unknown))
			}
		})
	}
}

// After a failure, no further requests are sent, and those in flight complete, so
// that as few outcomes as possible are unknown.
func TestWriteWaitsForRequestsUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		accounts := numbered(1000)
		service := withAccounts(t, accounts)
		service.Script(
			emulator.Fault{Match: emulator.Match{Account: "user0"}, Effect: emulator.Effect{Delay: time.Second, Code: 90009}},
			emulator.Fault{Effect: emulator.Effect{Delay: 3 * time.Second}},
		)
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 4
		written, err := writeItems(t.Context(), newTestClient(t, config), addTag, tagged(accounts))
		if !IsCode(err, CodePushNotAdministrator) {
			t.Errorf("the error is %v", err)
		}
		if len(written.Done) != 300 || len(written.Unknown) != 0 || len(service.Journal()) != 4 {
			t.Errorf("%d done, %d unknown, %d requests", len(written.Done), len(written.Unknown), len(service.Journal()))
		}
	})
}

// After a failure, waiting requests of a strict class are not sent either.
func TestStrictWriteStopsAfterFailure(t *testing.T) {
	t.Parallel()
	for code, unknown := range map[int]int{CodePushNotAdministrator: 0, CodeInternal: 100} {
		synctest.Test(t, func(t *testing.T) {
			accounts := numbered(1000)
			service := withAccounts(t, accounts)
			service.Script(emulator.Fault{Skip: 1, Effect: emulator.Effect{Code: code}})
			write := addTag
			write.command.pace = paceSingle
			config := testConfig(handlerTransport{service})
			config.MaxRetries = 0
			started := time.Now()
			written, err := writeItems(t.Context(), newTestClient(t, config), write, tagged(accounts))
			if !IsCode(err, int64(code)) || time.Since(started) > 2*window {
				t.Errorf("after %s the error is %v", time.Since(started), err)
			}
			if len(written.Done) != 100 || len(written.Unknown) != unknown || len(service.Journal()) != 2 {
				t.Errorf("%d: %d done, %d unknown, %d requests", code, len(written.Done), len(written.Unknown), len(service.Journal()))
			}
		})
	}
}

// A single call that ends before its response may have been executed. One that
// ends while waiting for its turn was not.
func TestInterruptedCallIsUnclear(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var interrupted *InterruptedError
		if _, err := client.GetAttributeNames(ctx); !errors.As(err, &interrupted) || !interrupted.Unclear || !IsUnclear(err) {
			t.Errorf("the error is %v", err)
		}
		if _, err := client.GetAttributeNames(ctx); !errors.As(err, &interrupted) || interrupted.Unclear || IsUnclear(err) {
			t.Errorf("after the end, the error is %v", err)
		}
	})
}

// An interrupted write reports how far it got, and leaves requests in flight
// unknown.
func TestWriteInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		accounts := numbered(500)
		service := withAccounts(t, accounts)
		service.Script(emulator.Fault{Match: emulator.Match{Account: "user100"}, Effect: emulator.Effect{Delay: time.Hour}})
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 2
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		written, err := writeItems(ctx, newTestClient(t, config), addTag, tagged(accounts))
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || interrupted.Done != 400 || interrupted.Total != 500 {
			t.Errorf("the error is %v", err)
		}
		if len(written.Done) != 400 || len(written.Unknown) != 100 {
			t.Errorf("%d done, %d unknown", len(written.Done), len(written.Unknown))
		}
	})
}

// If the service executes a request but the response is lost, the request is
// retried only if running it twice is safe.
func TestRetryPolicies(t *testing.T) {
	t.Parallel()
	for name, effect := range map[string]emulator.Effect{
		"connection dropped": {Drop: true},
		"response cut short": {Truncate: true},
		"response stalls":    {Stall: true},
		"slow response":      {Delay: time.Hour},
		"bad gateway":        {Status: http.StatusBadGateway},
		"too many requests":  {Status: http.StatusTooManyRequests},
		"internal error":     {Code: CodeInternal},
		"service timeout":    {Code: CodeServiceTimeout},
		"JSON cut short":     {Body: `{"ActionStatus":"OK","Err`},
	} {
		effect.Execute = true
		for policy, want := range map[retryPolicy]int{retryAlways: 3, retryIfNotExecuted: 1} {
			synctest.Test(t, func(t *testing.T) {
				service := withAccounts(t, []string{"user0"})
				service.Script(emulator.Fault{Times: 2, Effect: effect})
				client := newTestClient(t, testConfig(pipedTransport(t, service)))
				write := addTag
				write.command.retry = policy
				written, err := writeItems(t.Context(), client, write, tagged([]string{"user0"}))
				executed := 0
				for _, entry := range service.Journal() {
					if entry.Executed {
						executed++
					}
				}
				if executed != want {
					t.Errorf("%s: executed %d times, want %d", name, executed, want)
				}
				done := policy == retryAlways
				var failed *RequestError
				if done != (err == nil) || !done && (!errors.As(err, &failed) || !failed.Unclear) {
					t.Errorf("%s: the error is %v", name, err)
				}
				if (len(written.Done) == 1) != done || (len(written.Unknown) == 1) == done {
					t.Errorf("%s: %+v", name, written)
				}
			})
		}
	}
}

// Both policies retry what certainly was not executed. The strict policy retries
// nothing else.
func TestRetryIfNotExecuted(t *testing.T) {
	t.Parallel()
	refused := &TransportError{Unsent: true}
	for name, test := range map[string]struct {
		err     error
		retried bool
		unclear bool
	}{
		"too frequent":             {serviceError(CodeTooFrequent), true, false},
		"app too frequent":         {serviceError(CodeAppTooFrequent), true, false},
		"too many requests":        {serviceError(CodeTooManyRequests), true, false},
		"too many calls":           {serviceError(CodeTooManyCalls), true, false},
		"no connection":            {refused, true, false},
		"no connection, permanent": {&TransportError{Unsent: true, Permanent: true}, false, false},
		"expired UserSig":          {serviceError(CodeUserSigExpired), false, false},
		"wrong key":                {serviceError(CodeUserSigWrongKey), false, false},
		"internal":                 {serviceError(CodeInternal), false, true},
		"service timeout":          {serviceError(CodeServiceTimeout), false, true},
		"unreadable response":      {serviceError(CodeUnreadableResponse), false, true},
		"unknown code":             {serviceError(12345), false, true},
		"reset":                    {&TransportError{}, false, true},
		"too many, by a gateway":   {&HTTPError{Status: http.StatusTooManyRequests}, false, true},
		"bad gateway":              {&HTTPError{Status: http.StatusBadGateway}, false, true},
		"cut short":                {&ResponseError{CutShort: true}, false, true},
	} {
		client := newTestClient(t, testConfig(nil))
		history := attempts{count: 1}
		_, again := client.failed(&history, command{retry: retryIfNotExecuted}, test.err)
		if again != test.retried || history.unclear != test.unclear || history.last.Unclear != test.unclear {
			t.Errorf("%s: retried %t, unclear %t", name, again, history.unclear)
		}
	}
}

func serviceError(code int64) *ServiceError { return &ServiceError{Code: code, facts: codes[code]} }

// Once an attempt may have been executed, the outcome stays unclear, whatever
// later attempts return.
func TestUnclearPersists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, once(91000), once(70009))
		var failed *RequestError
		if err := readOne(t.Context(), client); !errors.As(err, &failed) || failed.Attempts != 2 || !failed.Unclear {
			t.Errorf("the error is %#v", failed)
		}
	})
}
