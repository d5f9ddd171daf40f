package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/arrivals"
)

const (
	pushName   = "timpush_push"
	revokeName = "timpush_revoke_push"
)

// pushTo returns the arguments of a push to an audience, and more arguments.
func pushTo(audience any, more values) values {
	arguments := values{"audience": audience, "notification": map[string]any{"title": "Title", "description": "Text"}}
	maps.Copy(arguments, more)
	return arguments
}

func everyone() any { return map[string]any{"everyone": true} }

// users returns an audience of so many accounts, from user0.
func users(count int) map[string]any {
	accounts := make([]any, count)
	for i := range accounts {
		accounts[i] = fmt.Sprintf("user%d", i)
	}
	return map[string]any{"accounts": accounts}
}

// withUsers returns a seed with so many accounts, from user0.
func withUsers(count int) emulator.Seed {
	seed := sampleSeed()
	for i := range count {
		seed.Accounts[fmt.Sprintf("user%d", i)] = emulator.Account{}
	}
	return seed
}

// newInvocation returns an action of a provider whose requests go to the service.
func newInvocation(t *testing.T, name string, service *emulator.Emulator) invocation {
	t.Helper()
	return invocation{newConfigured(t, service, nil), name}
}

var (
	randomNumber = regexp.MustCompile(`(Message random: )\d+`)
	elapsed      = regexp.MustCompile(`( in )[0-9.]+m?s\n`)
)

// normal replaces what is random in a text.
func normal(text string) string {
	return elapsed.ReplaceAllString(randomNumber.ReplaceAllString(text, "${1}N"), "${1}T\n")
}

// sentTo returns the accounts that each push was sent to.
func sentTo(service *emulator.Emulator) (pushes []string) {
	for _, entry := range service.Journal() {
		if entry.TaskID != "" {
			pushes = append(pushes, strings.Join(entry.Sent, " "))
		}
	}
	return pushes
}

// A push is sent to its audience, and progress messages have its task IDs.
func TestPushAction(t *testing.T) {
	t.Parallel()
	const task = "386d4380" // the time in a bubble
	for name, test := range map[string]struct {
		audience any
		more     values
		progress string
		sent     []string
	}{
		"everyone":     {everyone(), nil, "Sent. Task ID: " + task + "_1\n", []string{"user0 user1 user2 user3 xiaohua xiaoming"}},
		"condition":    {map[string]any{"condition": map[string]any{"tags_or": []any{"GoldMember"}}}, nil, "Sent. Task ID: " + task + "_1\n", []string{"xiaoming"}},
		"accounts":     {users(3), nil, "Sent to 3 accounts. Task ID: batch_" + task + "_1\n", []string{"user0 user1 user2"}},
		"an account":   {users(1), nil, "Sent to 1 account. Task ID: batch_" + task + "_1\n", []string{"user0"}},
		"one a second": {users(2), values{"accounts_per_second": 1}, "Sent to 1 account. Task ID: batch_" + task + "_1\nSent to 1 account. Task ID: batch_386d4381_2\n", []string{"user0", "user1"}},
		"duplicates": {
			map[string]any{"accounts": []any{"user1", "user0", "user1"}},
			values{"accounts_per_second": 2},
			"Sent to 2 accounts. Task ID: batch_" + task + "_1\n",
			[]string{"user0 user1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := seededEmulator(t, withUsers(4))
				if text := newInvocation(t, pushName, service).run(pushTo(test.audience, test.more)); text != test.progress {
					t.Errorf("got:\n%s\nwant:\n%s", text, test.progress)
				}
				if sent := sentTo(service); !slices.Equal(sent, test.sent) {
					t.Errorf("sent to %q, want %q", sent, test.sent)
				}
			})
		})
	}
}

// Arguments become the fields of the request. The sender is the provider's identifier,
// unless the action has its own.
func TestPushActionBodies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"defaults": {pushTo(everyone(), nil), `{"From_Account":"administrator","MsgRandom":0,"OfflinePushInfo":{"Desc":"Text","Title":"Title"}}`},
		"all": {
			pushTo(users(1), values{"from_account": "user1", "data_id": "data", "message_random": 4294967295}),
			`{"DataId":"data","From_Account":"user1","MsgRandom":4294967295,"OfflinePushInfo":{"Desc":"Text","Title":"Title"},"To_Account":["user0"]}`,
		},
		"smallest random": {pushTo(everyone(), values{"message_random": 0}), `{"From_Account":"administrator","MsgRandom":0,"OfflinePushInfo":{"Desc":"Text","Title":"Title"}}`},
	} {
		service := seededEmulator(t, withUsers(2))
		bodies := &arrivals.Recorder{Handler: service}
		action := invocation{newConfigured(t, bodies, nil), pushName}
		if text := action.run(test.arguments); !strings.HasPrefix(text, "Sent") {
			t.Errorf("%s: %s", name, text)
			continue
		}
		body := bodies.Bodies()[0]
		if test.arguments["message_random"] == nil {
			body["MsgRandom"] = 0
		}
		if got, err := json.Marshal(body); err != nil || string(got) != test.want {
			t.Errorf("%s: sent %s, want %s", name, got, test.want)
		}
	}
}

// Each request has a message random of its own.
func TestPushActionRandoms(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bodies := &arrivals.Recorder{Handler: seededEmulator(t, withUsers(5))}
		invocation{newConfigured(t, bodies, nil), pushName}.run(pushTo(users(5), values{"accounts_per_second": 1}))
		seen := map[string]bool{}
		for _, body := range bodies.Bodies() {
			seen[fmt.Sprint(body["MsgRandom"])] = true
		}
		if len(seen) != 5 {
			t.Errorf("the randoms are %v", seen)
		}
	})
}

// Invalid arguments are errors in validate, in plan, and before the first request, since
// values can become known at any time.
func TestPushActionInvalidArguments(t *testing.T) {
	t.Parallel()
	notification := func(fields map[string]any) values { return values{"audience": everyone(), "notification": fields} }
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"empty sender":         {pushTo(everyone(), values{"from_account": ""}), `ERROR [AttributeName("from_account")] Invalid Account` + "\nfrom_account is empty. Set it to an ID, or remove it.\n"},
		"sender with a space":  {pushTo(everyone(), values{"from_account": "a "}), `ERROR [AttributeName("from_account")] Invalid Account` + "\n" + `from_account ("a ") begins or ends with whitespace. Remove the whitespace, for example with trimspace().` + "\n"},
		"empty data ID":        {pushTo(everyone(), values{"data_id": ""}), `ERROR [AttributeName("data_id")] Invalid Data ID` + "\ndata_id has 0 bytes. Set it to a text of 1 to 64 bytes, or remove it.\n"},
		"long data ID":         {pushTo(everyone(), values{"data_id": strings.Repeat("é", 33)}), `ERROR [AttributeName("data_id")] Invalid Data ID` + "\ndata_id has 66 bytes. Set it to a text of 1 to 64 bytes, or remove it.\n"},
		"negative random":      {pushTo(everyone(), values{"message_random": -1}), `ERROR [AttributeName("message_random")] Invalid Message Random` + "\nmessage_random is -1. Set it to a number from 0 to 4294967295, or remove it.\n"},
		"large random":         {pushTo(everyone(), values{"message_random": 4294967296}), `ERROR [AttributeName("message_random")] Invalid Message Random` + "\nmessage_random is 4294967296. Set it to a number from 0 to 4294967295, or remove it.\n"},
		"no accounts a second": {pushTo(users(1), values{"accounts_per_second": 0}), `ERROR [AttributeName("accounts_per_second")] Invalid Number of Accounts` + "\naccounts_per_second is 0. Set it to a number of at least 1, or remove it.\n"},
		"nobody":               {pushTo(map[string]any{}, nil), `ERROR [AttributeName("audience")] Invalid Audience` + "\naudience is empty, which does not mean everyone. Set exactly one of everyone, condition, and accounts. Terraform ignores misspelled arguments.\n"},
		"not everyone":         {pushTo(map[string]any{"everyone": false}, nil), `ERROR [AttributeName("audience").AttributeName("everyone")] Invalid Audience` + "\naudience.everyone is false. Set it to true to push to all accounts of the app, or remove it and set condition or accounts.\n"},
		"no accounts":          {pushTo(users(0), nil), `ERROR [AttributeName("audience").AttributeName("accounts")] Invalid Audience` + "\naudience.accounts is empty. Add an account, or push only if there are some, for example with count.\n"},
		"null account":         {pushTo(map[string]any{"accounts": []any{"a", nil}}, nil), `ERROR [AttributeName("audience").AttributeName("accounts")] Invalid Accounts` + "\naudience.accounts[1] is null. Remove null elements, for example with compact().\n"},
		"empty condition":      {pushTo(map[string]any{"condition": map[string]any{}}, nil), `ERROR [AttributeName("audience").AttributeName("condition")] Invalid Condition` + "\naudience.condition has neither tags nor attributes. Set at least one of its arguments: tags_or, tags_and, tags_not, attributes_or, or attributes_and. Terraform ignores misspelled arguments.\n"},
		"empty notification":   {notification(map[string]any{}), `ERROR [AttributeName("notification")] Invalid Notification` + "\nnotification is empty. Set title and description. Terraform ignores misspelled arguments.\n"},
		"badge":                {notification(map[string]any{"badge_add": 100}), `ERROR [AttributeName("notification").AttributeName("badge_add")] Invalid Notification` + "\nnotification.badge_add is 100. Set it to a number from 1 to 99.\n"},
		"timeout": {
			pushTo(users(1), values{"timeouts": map[string]any{"invoke": "5"}}),
			`ERROR [AttributeName("timeouts").AttributeName("invoke")] Invalid Timeout` + "\n" + `timeouts.invoke must be a duration greater than zero, not "5"; did you mean "5s" or "5m"? Set it to a number with a unit, such as "30s" or "5m".` + "\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newEmulator(t)
			checkInvalid(t, newInvocation(t, pushName, service), test.arguments, test.want)
			checkNoRequest(t, service)
		})
	}
}

// checkInvalid checks that arguments are an error in validate, plan, and invoke.
func checkInvalid(t *testing.T, action invocation, arguments values, want string) {
	t.Helper()
	config := action.p.block(action.schema(), arguments)
	if text := action.validate(arguments); text != want {
		t.Errorf("validate: got:\n%s\nwant:\n%s", text, want)
	}
	if text := render(action.plan(config, false).Diagnostics); text != want {
		t.Errorf("plan: got:\n%s\nwant:\n%s", text, want)
	}
	if progress, diagnostics := action.invoke(t.Context(), config); progress != "" || render(diagnostics) != want {
		t.Errorf("invoke: got:\n%s%s\nwant:\n%s", progress, render(diagnostics), want)
	}
}

// A notification without a title is a warning in validate and in plan, and no reason not
// to push.
func TestPushActionWarnings(t *testing.T) {
	t.Parallel()
	misspelled := map[string]any{"description": "Text"} // what the CLI passes on of { tittle = ..., description = ... }
	const want = `WARNING [AttributeName("notification")] Missing Text in Notification` + "\nnotification has no title. Set title and description. Terraform ignores misspelled arguments.\n"
	for name, arguments := range map[string]values{
		pushName:   {"audience": everyone(), "notification": misspelled},
		revokeName: {"task_id": earlierPush, "notification": misspelled},
	} {
		synctest.Test(t, func(t *testing.T) {
			action := newInvocation(t, name, newEmulator(t))
			config := action.p.block(action.schema(), arguments)
			if text := action.validate(arguments); text != want {
				t.Errorf("%s: validate: %s", name, text)
			}
			if text := render(action.plan(config, false).Diagnostics); text != want {
				t.Errorf("%s: plan: %s", name, text)
			}
			if progress, diagnostics := action.invoke(t.Context(), config); progress == "" || len(diagnostics) > 0 {
				t.Errorf("%s: invoke: %s%s", name, progress, render(diagnostics))
			}
		})
	}
}

// A required argument that becomes null never means everyone.
func TestPushActionNullArguments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		action    string
		arguments values
	}{
		"audience":          {pushName, pushTo(nil, nil)},
		"notification":      {pushName, values{"audience": everyone()}},
		"task_id":           {revokeName, values{"notification": map[string]any{"title": "Title", "description": "Text"}}},
		"notification ":     {revokeName, values{"task_id": earlierPush}},
		"audience, unknown": {pushName, values{"audience": nil, "notification": tftypes.UnknownValue}},
	} {
		argument, _, isPart := strings.Cut(strings.TrimSpace(name), ",")
		service := newEmulator(t)
		action := newInvocation(t, test.action, service)
		config := action.p.block(action.schema(), test.arguments)
		want := fmt.Sprintf("ERROR [AttributeName(%q)] Missing Argument\n%s is null. Set it.\n", argument, argument)
		if text := render(action.plan(config, false).Diagnostics); text != want {
			t.Errorf("plan without %s: %s", name, text)
		}
		if isPart {
			continue
		}
		if progress, diagnostics := action.invoke(t.Context(), config); progress != "" || render(diagnostics) != want {
			t.Errorf("invoke without %s: %s%s", name, progress, render(diagnostics))
		}
		checkNoRequest(t, service)
	}
}

// Arguments that do not fit together are errors in plan, on their paths, as far as they
// are known.
func TestPushActionLimits(t *testing.T) {
	t.Parallel()
	large := map[string]any{"title": strings.Repeat("a", 11_000), "description": "Text"}
	slow := func(timeouts any) values { return values{"accounts_per_second": 1, "timeouts": timeouts} }
	invoke := func(timeout string) map[string]any { return map[string]any{"invoke": timeout} }
	for name, test := range map[string]struct {
		arguments values
		want      string
	}{
		"a random for one request":   {pushTo(users(30), values{"message_random": 1}), ""},
		"a random for more requests": {pushTo(users(31), values{"message_random": 1}), `ERROR [AttributeName("message_random")] Conflicting Arguments` + "\nmessage_random is for one request, and the push takes 2, with at most 30 accounts each. Remove message_random, or push to fewer accounts.\n"},
		"a random, at another pace":  {pushTo(users(500), values{"message_random": 1, "accounts_per_second": 5000}), ""},
		"a random, above the most":   {pushTo(users(501), values{"message_random": 1, "accounts_per_second": 5000}), `ERROR [AttributeName("message_random")] Conflicting Arguments` + "\nmessage_random is for one request, and the push takes 2, with at most 500 accounts each. Remove message_random, or push to fewer accounts.\n"},
		"a pace for everyone":        {pushTo(everyone(), values{"accounts_per_second": 500}), `ERROR [AttributeName("accounts_per_second")] Conflicting Arguments` + "\naccounts_per_second is set, but audience has no accounts. Remove accounts_per_second.\n"},
		"just in time":               {pushTo(users(300), slow(nil)), ""},
		"too slow":                   {pushTo(users(301), slow(nil)), `ERROR [AttributeName("timeouts")] Timeout Too Short` + "\nThe push takes 301 requests with at most 1 account each, one a second, and so more than 5m. The timeout is 5m. Set timeouts.invoke to more than 5m, or raise accounts_per_second if the app's edition allows it.\n"},
		"too slow for its timeout":   {pushTo(users(5), values{"accounts_per_second": 1, "timeouts": invoke("3s")}), `ERROR [AttributeName("timeouts")] Timeout Too Short` + "\nThe push takes 5 requests with at most 1 account each, one a second, and so more than 4s. The timeout is 3s. Set timeouts.invoke to more than 4s, or raise accounts_per_second if the app's edition allows it.\n"},
		"too large":                  {values{"audience": everyone(), "notification": large}, `ERROR [AttributeName("notification")] Invalid Notification` + "\nThe push takes 11100 bytes, and the limit is 10240 bytes. Shorten the notification.\n"},
		"large, to accounts":         {values{"audience": users(1), "notification": large}, ""},

		"unknown audience":               {pushTo(tftypes.UnknownValue, values{"accounts_per_second": 1}), ""},
		"unknown accounts":               {pushTo(map[string]any{"accounts": tftypes.UnknownValue}, values{"message_random": 1}), ""},
		"an unknown account":             {pushTo(map[string]any{"accounts": []any{"user0", tftypes.UnknownValue}}, nil), ""},
		"unknown notification":           {values{"audience": everyone(), "notification": tftypes.UnknownValue}, ""},
		"unknown title":                  {values{"audience": everyone(), "notification": map[string]any{"description": "Text", "title": tftypes.UnknownValue}}, ""},
		"unknown numbers":                {pushTo(users(301), values{"message_random": tftypes.UnknownValue, "accounts_per_second": tftypes.UnknownValue}), ""},
		"a random, unknown pace":         {pushTo(users(31), values{"message_random": 1, "accounts_per_second": tftypes.UnknownValue}), ""},
		"unknown timeouts":               {pushTo(users(301), slow(tftypes.UnknownValue)), ""},
		"unknown timeout":                {pushTo(users(301), slow(map[string]any{"invoke": tftypes.UnknownValue})), ""},
		"unknown texts":                  {pushTo(everyone(), values{"from_account": tftypes.UnknownValue, "data_id": tftypes.UnknownValue}), ""},
		"unknown title, too slow":        {values{"audience": users(301), "accounts_per_second": 1, "notification": map[string]any{"description": "Text", "title": tftypes.UnknownValue}, "timeouts": invoke("1m")}, `ERROR [AttributeName("timeouts")] Timeout Too Short` + "\nThe push takes 301 requests with at most 1 account each, one a second, and so more than 5m. The timeout is 1m. Set timeouts.invoke to more than 5m, or raise accounts_per_second if the app's edition allows it.\n"},
		"unknown title, wrong otherwise": {values{"audience": everyone(), "notification": map[string]any{"description": "Text", "title": tftypes.UnknownValue, "badge_add": 0}}, `ERROR [AttributeName("notification").AttributeName("badge_add")] Invalid Notification` + "\nnotification.badge_add is 0. Set it to a number from 1 to 99.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newEmulator(t)
			if text := newInvocation(t, pushName, service).planned(test.arguments); text != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", text, test.want)
			}
			checkNoRequest(t, service)
		})
	}
}

// Values that are unknown when the action is invoked are an error, not an empty
// audience.
func TestPushActionUnknownInInvoke(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]values{
		pushName:   pushTo(map[string]any{"accounts": tftypes.UnknownValue}, nil),
		revokeName: {"task_id": tftypes.UnknownValue, "notification": map[string]any{"title": "Title", "description": "Text"}},
	} {
		service := newEmulator(t)
		action := newInvocation(t, name, service)
		progress, diagnostics := action.invoke(t.Context(), action.p.block(action.schema(), arguments))
		if text := progress + render(diagnostics); text != "ERROR Unknown Arguments\nThe block has a value that is not known. Report this as a bug in the provider.\n" {
			t.Errorf("%s: %s", name, text)
		}
		checkNoRequest(t, service)
	}
}
