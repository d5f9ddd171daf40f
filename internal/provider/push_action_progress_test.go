package provider

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The advice about a push that may have been sent, and about accounts that it was not
// sent to.
const (
	unclearAdvice = mayHaveBeenSent + " Before you invoke the action again, find out: ask a recipient, or read the data source timpush_push_statistics for the last minutes, without task_ids. Whoever got the push would get it twice."
	restAdvice    = "Accounts get the push in the order of audience.accounts. To push to the rest, list only the accounts that it was not sent to: the others would get it twice."
)

// A push that is not sent to everybody says how far it got, and what to do.
func TestPushActionProgress(t *testing.T) {
	t.Parallel()
	second := func(effect emulator.Effect) emulator.Fault { return emulator.Fault{Skip: 1, Times: 1, Effect: effect} }
	three := values{"accounts_per_second": 3}
	strangers := func(count int) any {
		accounts := make([]any, count)
		for i := range accounts {
			accounts[i] = fmt.Sprintf("stranger%d", i)
		}
		return map[string]any{"accounts": accounts}
	}
	for name, test := range map[string]struct {
		fault    emulator.Fault
		audience any
		more     values
		want     string
		sent     []string
	}{
		"the second request is unclear": {second(emulator.Effect{Execute: true, Status: 502}), users(7), three, `Sent to 3 accounts. Task ID: batch_386d4380_1
May have been sent to 3 accounts. Message random: N
ERROR Unable to Push Notification
The response has HTTP status 502, which the service never returns: it comes from a gateway, a proxy, or another server. {unclear}

API: batch
Host: adminapisgp.im.qcloud.com
HTTP status: 502
Content type: "application/json"
Size: 0 bytes
Attempts: 1 in T

Accounts: sent to 3 of 7, unclear for 3, not sent to 1
First account that it was not sent to: "user6"
Message random: N

{rest}
`, []string{"user0 user1 user2", "user3 user4 user5"}},
		"the last request is unclear": {emulator.Fault{Skip: 1, Effect: emulator.Effect{Execute: true, Drop: true}}, users(6), three, `Sent to 3 accounts. Task ID: batch_386d4380_1
May have been sent to 3 accounts. Message random: N
ERROR Unable to Push Notification
The response has HTTP status 502, which the service never returns: it comes from a gateway, a proxy, or another server. {unclear}

API: batch
Host: adminapisgp.im.qcloud.com
HTTP status: 502
Content type: "application/json"
Size: 0 bytes
Attempts: 1 in T

Accounts: sent to 3 of 6, unclear for 3
Message random: N
`, []string{"user0 user1 user2", "user3 user4 user5"}},
		"the first request is unclear": {emulator.Fault{Effect: emulator.Effect{Execute: true, Code: timpush.CodeInternal}}, users(4), three, `May have been sent to 3 accounts. Message random: N
ERROR Unable to Push Notification
The service rejected the request: the service failed internally. {unclear}

API: batch
Host: adminapisgp.im.qcloud.com
Error code: 91000
Attempts: 1 in T

Accounts: sent to 0 of 4, unclear for 3, not sent to 1
First account that it was not sent to: "user3"
Message random: N

{rest}
`, []string{"user0 user1 user2"}},
		"the second request is refused": {second(emulator.Effect{Code: timpush.CodePushDisabled, Info: "off"}), users(7), three, `Sent to 3 accounts. Task ID: batch_386d4380_1
ERROR Unable to Push Notification
The service rejected the request: the push feature is not enabled for the app. Enable the Push Service for the app in the console.

API: batch
Host: adminapisgp.im.qcloud.com
Error code: 90045
Service text: "off"
Attempts: 1 in T

Accounts: sent to 3 of 7, not sent to 4
First account that it was not sent to: "user3"

{rest}
`, []string{"user0 user1 user2"}},
		"the first request is refused": {emulator.Fault{Effect: emulator.Effect{Code: timpush.CodePushDisabled}}, users(7), three, `ERROR Unable to Push Notification
The service rejected the request: the push feature is not enabled for the app. Enable the Push Service for the app in the console.

API: batch
Host: adminapisgp.im.qcloud.com
Error code: 90045
Attempts: 1 in T

Nothing was sent.
`, nil},
		"some accounts are refused": {emulator.Fault{}, map[string]any{"accounts": []any{"user0", "user1", "a", "user2", "b"}}, three, `Sent to 2 accounts. Task ID: batch_386d4380_1
Refused: "a". Error code 70107 (the account does not exist in the app)
Sent to 1 account. Task ID: batch_386d4381_2
Refused: "b". Error code 70107 (the account does not exist in the app)
WARNING [AttributeName("audience")] Some Accounts Do Not Get the Push
The service refused 2 of 5 accounts. The others get the push.

Error code 70107 (the account does not exist in the app): "a", "b"
Fix: Import the account or let it log in once, or remove it from accounts.
`, []string{"user0 user1", "user2"}},
		"all accounts are refused": {emulator.Fault{}, strangers(2), three, `Sent to no account. Task ID: batch_386d4380_1
Refused: "stranger0". Error code 70107 (the account does not exist in the app)
Refused: "stranger1". Error code 70107 (the account does not exist in the app)
ERROR [AttributeName("audience")] No Account Gets the Push
The service refused 2 of 2 accounts. Nobody gets the push.

Error code 70107 (the account does not exist in the app): "stranger0", "stranger1"
Fix: Import the account or let it log in once, or remove it from accounts.
`, []string{""}},
		"many accounts are refused": {emulator.Fault{}, strangers(36), three, `Sent to no account. Task ID: batch_386d4380_1
Refused: "stranger0". Error code 70107 (the account does not exist in the app)
Refused: "stranger1". Error code 70107 (the account does not exist in the app)
Refused: "stranger2". Error code 70107 (the account does not exist in the app)
Sent to no account. Task ID: batch_386d4381_2
Refused: "stranger3". Error code 70107 (the account does not exist in the app)
Refused: "stranger4". Error code 70107 (the account does not exist in the app)
Refused: "stranger5". Error code 70107 (the account does not exist in the app)
Sent to no account. Task ID: batch_386d4382_3
Refused: "stranger6". Error code 70107 (the account does not exist in the app)
Refused: "stranger7". Error code 70107 (the account does not exist in the app)
Refused: "stranger8". Error code 70107 (the account does not exist in the app)
Sent to no account. Task ID: batch_386d4383_4
Refused: "stranger9". Error code 70107 (the account does not exist in the app)
Sent to no account. Task ID: batch_386d4384_5
Sent to no account. Task ID: batch_386d4385_6
Sent to no account. Task ID: batch_386d4386_7
Sent to no account. Task ID: batch_386d4387_8
Sent to no account. Task ID: batch_386d4388_9
Sent to no account. Task ID: batch_386d4389_a
Not shown: 2 more task IDs
Not shown: 26 more refused accounts
ERROR [AttributeName("audience")] No Account Gets the Push
The service refused 36 of 36 accounts. Nobody gets the push.

Error code 70107 (the account does not exist in the app): "stranger0", "stranger1", "stranger2", "stranger3", "stranger4", "stranger5", "stranger6", "stranger7", "stranger8", "stranger9"
Fix: Import the account or let it log in once, or remove it from accounts.

Not shown: 26 more
`, make([]string, 12)},
		"an account is refused, then a request is unclear": {second(emulator.Effect{Execute: true, Code: timpush.CodeInternal}), map[string]any{"accounts": []any{"user0", "user1", "a", "user2", "user3"}}, three, `Sent to 2 accounts. Task ID: batch_386d4380_1
Refused: "a". Error code 70107 (the account does not exist in the app)
May have been sent to 2 accounts. Message random: N
ERROR Unable to Push Notification
The service rejected the request: the service failed internally. {unclear}

API: batch
Host: adminapisgp.im.qcloud.com
Error code: 91000
Attempts: 1 in T

Accounts: sent to 2 of 5, refused for 1, unclear for 2
Message random: N
WARNING [AttributeName("audience")] Some Accounts Do Not Get the Push
The service refused 1 of 5 accounts.

Error code 70107 (the account does not exist in the app): "a"
Fix: Import the account or let it log in once, or remove it from accounts.
`, []string{"user0 user1", "user2 user3"}},
		"responses without task IDs": {emulator.Fault{Effect: emulator.Effect{Execute: true, Body: `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":7}`}}, users(4), three, `Sent to 3 accounts. Task ID: not in the response
Sent to 1 account. Task ID: not in the response
The push was sent, but a response differs from the API documentation: it contains a field ErrorList that is not a list
WARNING Unexpected Response to a Push
The push was sent, but a response differs from the API documentation. Report this as a bug in the provider.

contains a field ErrorList that is not a list
contains no TaskId
`, []string{"user0 user1 user2", "user3"}},
		"everyone, refused": {emulator.Fault{Effect: emulator.Effect{Code: timpush.CodePushQuota}}, everyone(), nil, `ERROR Unable to Push Notification
The service rejected the request: the app's daily quota of pushes is used up. Try again tomorrow, push to accounts instead, which has no daily quota, or change the app's edition in the console.

API: push
Host: adminapisgp.im.qcloud.com
Error code: 90047
Attempts: 1 in T

Nothing was sent.
`, nil},
		"everyone, unclear": {emulator.Fault{Effect: emulator.Effect{Execute: true, Code: timpush.CodeInternal}}, everyone(), nil, `May have been sent. Message random: N
ERROR Unable to Push Notification
The service rejected the request: the service failed internally. {unclear}

API: push
Host: adminapisgp.im.qcloud.com
Error code: 91000
Attempts: 1 in T

Message random: N
`, []string{"user0 user1 user2 user3 user4 user5 user6 xiaohua xiaoming"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				want := strings.NewReplacer("{unclear}", unclearAdvice, "{rest}", restAdvice).Replace(test.want)
				service := seededEmulator(t, withUsers(7))
				service.Script(test.fault)
				if text := normal(newInvocation(t, pushName, service).run(pushTo(test.audience, test.more))); text != want {
					t.Errorf("got:\n%s\nwant:\n%s", text, want)
				}
				if sent := sentTo(service); !slices.Equal(sent, test.sent) {
					t.Errorf("sent to %q, want %q", sent, test.sent)
				}
			})
		})
	}
}

// A push that is canceled, or times out, completes the request in flight, and sends no
// other.
func TestPushActionInterrupted(t *testing.T) {
	t.Parallel()
	slow := emulator.Fault{Effect: emulator.Effect{Delay: time.Second}}
	for name, test := range map[string]struct {
		cancel   time.Duration // 0 for never
		timeout  string
		fault    emulator.Fault
		audience any
		want     string
		sent     int
	}{
		"canceled between requests": {1500 * time.Millisecond, "5m", emulator.Fault{}, users(7), `Sent to 3 accounts. Task ID: batch_386d4380_1
Sent to 3 accounts. Task ID: batch_386d4381_2
ERROR Unable to Push Notification
The push was canceled with 6 of 7 accounts done. No request was cut off.

Accounts: sent to 6 of 7, not sent to 1
First account that it was not sent to: "user6"

{rest}
`, 2},
		"canceled in flight": {500 * time.Millisecond, "5m", slow, users(7), `Sent to 3 accounts. Task ID: batch_386d4380_1
ERROR Unable to Push Notification
The push was canceled with 3 of 7 accounts done. No request was cut off.

Accounts: sent to 3 of 7, not sent to 4
First account that it was not sent to: "user3"

{rest}
`, 1},
		"canceled in flight, complete": {500 * time.Millisecond, "5m", slow, users(3), `Sent to 3 accounts. Task ID: batch_386d4380_1
`, 1},
		"canceled before a retry": {500 * time.Millisecond, "5m", emulator.Fault{Effect: emulator.Effect{Code: timpush.CodeTooFrequent}}, users(7), `ERROR Unable to Push Notification
The push was canceled with 0 of 7 accounts done. No request was cut off.

Nothing was sent.
`, 0},
		"timeout between requests": {0, "3500ms", slow, users(7), `Sent to 3 accounts. Task ID: batch_386d4380_1
Sent to 3 accounts. Task ID: batch_386d4382_2
ERROR [AttributeName("timeouts")] Unable to Push Notification
The push timed out after 3.5s with 6 of 7 accounts done. Set timeouts.invoke to more than 3.5s, or push to fewer accounts.

Accounts: sent to 6 of 7, not sent to 1
First account that it was not sent to: "user6"

{rest}
`, 2},
		"timeout in flight": {0, "2500ms", slow, users(7), `Sent to 3 accounts. Task ID: batch_386d4380_1
Sent to 3 accounts. Task ID: batch_386d4382_2
ERROR [AttributeName("timeouts")] Unable to Push Notification
The push timed out after 2.5s with 6 of 7 accounts done. Set timeouts.invoke to more than 2.5s, or push to fewer accounts.

Accounts: sent to 6 of 7, not sent to 1
First account that it was not sent to: "user6"

{rest}
`, 2},
		"timeout of everyone": {0, "500ms", slow, everyone(), `Sent. Task ID: 386d4380_1
`, 1},
		"timeout before a retry": {0, "500ms", emulator.Fault{Effect: emulator.Effect{Code: timpush.CodeTooFrequent}}, everyone(), `ERROR [AttributeName("timeouts")] Unable to Push Notification
The push timed out after 500ms. Requests failed and were retried. The service rejected the request: the call rate is over the limit. Set timeouts.invoke to more than 500ms. Lower requests_per_second (TIMPUSH_REQUESTS_PER_SECOND), especially if other programs or provider aliases call the same app, or raise the limit in the console.

API: push
Host: adminapisgp.im.qcloud.com
Error code: 60007
Attempts: 1 in T

Nothing was sent.
`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				want := strings.NewReplacer("{unclear}", unclearAdvice, "{rest}", restAdvice).Replace(test.want)
				service := seededEmulator(t, withUsers(7))
				service.Script(test.fault)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				arguments := pushTo(test.audience, values{"timeouts": map[string]any{"invoke": test.timeout}})
				if name != "timeout of everyone" && name != "timeout before a retry" {
					arguments["accounts_per_second"] = 3
				}
				if text := normal(newInvocation(t, pushName, service).invoked(ctx, arguments)); text != want {
					t.Errorf("got:\n%s\nwant:\n%s", text, want)
				}
				<-time.After(time.Hour) // for requests that are sent later
				if sent := sentTo(service); len(sent) != test.sent {
					t.Errorf("sent to %q, want %d pushes", sent, test.sent)
				}
			})
		})
	}
}

// Without a connection, nothing was sent.
func TestPushActionWithoutConnection(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	faulty := testProvider(testEnvironment(), newEmulator(t))
	faulty.transport = failingTransport{faulty.transport, "push", refused}
	p := newProtocolOf(t, faulty)
	if text := p.configure(values{"max_retries": 0}); text != "" {
		t.Fatal(text)
	}
	const want = `ERROR Unable to Push Notification
The request failed: the connection was refused. Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), the network, and any proxy.

API: push
Host: adminapisgp.im.qcloud.com
Attempts: 1 in T

Nothing was sent.
`
	if text := normal(invocation{p, pushName}.run(pushTo(everyone(), nil))); text != want {
		t.Errorf("got:\n%s", text)
	}
}
