package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Against the emulator, every question that can be asked has the expected answer, and the report says whose answers they are.
func TestEmulator(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t, emptySeed())
		client := newRecorder(t, service)
		report := Run(t.Context(), fullSetup(), client, noProgress)
		for i, result := range report.Questions {
			closed := Questions()[i].Closed != ""
			if closed != (result.Outcome == NotAsked) || !closed && result.Outcome != Same {
				t.Errorf("%s: %s, answered %q, expected %q, reason %q, info %q", result.ID, result.Outcome, result.Answered, result.Expected, result.Reason, result.Info)
			}
		}
		if report.Failed() || report.Note != emulatorNote || !strings.Contains(report.AnsweredBy, "emulator") || len(report.Kept) != 3 {
			t.Errorf("the report has %q, %q, kept %q, failed %t", report.Note, report.AnsweredBy, report.Kept, report.Failed())
		}
		checkAudience(t, client, service)
		checkClean(t, client)
	})
}

// A run that may not set names asks nothing that needs them, and one without a RegistrationID nothing that needs it.
func TestFewerQuestions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newService(t, emptySeed())
		client := newRecorder(t, service)
		setup := fullSetup()
		setup.Names, setup.RegistrationID = false, ""
		report := runQuestions(t.Context(), setup, client, slices.Concat(untouched, names, attributes, delivery), noProgress)
		for _, result := range report.Questions {
			needsNames := strings.HasPrefix(result.ID, "names-") && result.ID != "names-none"
			if needsNames && (result.Outcome != NotAsked || result.Reason == "") || result.Outcome == Failed {
				t.Errorf("%s: %s, %q", result.ID, result.Outcome, result.Reason)
			}
		}
		if slices.ContainsFunc(client.asked, func(a asked) bool { return a.api == "set_attr_name" }) || report.Failed() {
			t.Errorf("names were set, or the run failed: %q", report.Problem)
		}
	})
}

// In an app with names, the tool keeps them, and its second run uses its own names again.
func TestNamesAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed := emptySeed()
		seed.AttributeNames = map[string]emulator.AttributeName{"0": {Name: "city"}, "9": {Name: "phone", Type: "registration_id"}}
		client := newRecorder(t, newService(t, seed))
		for run := range 2 {
			report := runQuestions(t.Context(), fullSetup(), client, names, noProgress)
			if report.Failed() || len(report.Kept) != 3 {
				t.Errorf("run %d: kept %q, problem %q", run, report.Kept, report.Problem)
			}
			for _, result := range report.Questions {
				if result.ID == "names-merge" && result.Outcome != NotAsked {
					t.Errorf("%s is asked although other names could be lost", result.ID)
				}
			}
		}
		for _, request := range client.asked {
			if names, _ := request.body["AttrNames"].(map[string]any); request.api == "set_attr_name" && (names["0"] != "city" || names["9"] != "phone") {
				t.Errorf("names of others are not in %v", request.body)
			}
		}
	})
}

// Whatever request a run ends at, nothing is pushed to others, and nothing is left behind.
func TestInterruption(t *testing.T) {
	t.Parallel()
	for api, questions := range map[string][]Question{
		"add_tag": tags, "set_attr_name": names, "set_attr": slices.Concat(names[:2], attributes), addTask: scheduled,
		"modify_sched_task": scheduled, "get_sched_task": notifications, "push": pushes, "batch": questionsOf(t, "batch-error-list", "batch-repeat"), "revoke": questionsOf(t, "push-repeat", "revoke-batch"),
	} {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newService(t, emptySeed())
				client := newRecorder(t, service)
				ctx, cancel := context.WithCancel(t.Context())
				client.before = func(_ int, asked string) error {
					if asked == api {
						cancel()
					}
					return nil
				}
				report := runQuestions(ctx, fullSetup(), client, questions, noProgress)
				failed := slices.ContainsFunc(report.Questions, func(r Result) bool { return r.Outcome == Failed })
				if !report.Failed() || failed || len(report.NotRemoved) > 0 || len(report.Questions) != len(questions) || ctx.Err() == nil {
					t.Errorf("problem %q, not removed %q, %d questions", report.Problem, report.NotRemoved, len(report.Questions))
				}
				checkAudience(t, client, service)
				checkClean(t, client)
			})
		})
	}
}

// If the service executes a request but its response is lost, the run goes on, and removes what the request created.
func TestLostResponses(t *testing.T) {
	t.Parallel()
	for api, questions := range map[string][]Question{
		"add_tag": questionsOf(t, "tags-order", "tags-duplicate"), "set_attr": questionsOf(t, "names-add", "attributes-empty", "attributes-kept"),
		addTask: questionsOf(t, "scheduled-add", "scheduled-repeat"),
	} {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newService(t, emptySeed())
				service.Script(emulator.Fault{Match: emulator.Match{API: api}, Times: 2, Effect: emulator.Effect{Execute: true, Status: 502}})
				client := newRecorder(t, service)
				report := runQuestions(t.Context(), fullSetup(), client, questions, noProgress)
				failed := 0
				for _, result := range report.Questions {
					if result.Outcome == Failed {
						failed++
					}
				}
				if failed == 0 || !report.Failed() || len(report.NotRemoved) > 0 {
					t.Errorf("%d questions failed, not removed %q", failed, report.NotRemoved)
				}
				checkClean(t, client)
			})
		})
	}
}

// creationOrder is a service whose lists select by the time of creation, whatever the order.
type creationOrder struct{ asker }

func (o creationOrder) Ask(ctx context.Context, api string, request json.RawMessage) (json.RawMessage, error) {
	return o.asker.Ask(ctx, api, json.RawMessage(strings.ReplaceAll(string(request), `"schedat"`, `"createat"`)))
}

// A scheduled push whose ID is lost is found whenever it is due, and whichever time a list selects by.
func TestLostTasks(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"scheduled-add", "scheduled-late"} {
		for _, byCreation := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				service := newService(t, emptySeed())
				service.Script(emulator.Fault{Match: emulator.Match{API: addTask}, Effect: emulator.Effect{Execute: true, Status: 502}})
				client := newRecorder(t, service)
				direct := client.next
				if byCreation {
					client.next = creationOrder{direct}
				}
				report := runQuestions(t.Context(), fullSetup(), client, questionsOf(t, id), noProgress)
				if report.Questions[0].Outcome != Failed || len(report.NotRemoved) > 0 {
					t.Errorf("%s, by creation %t: %s, not removed %q", id, byCreation, report.Questions[0].Outcome, report.NotRemoved)
				}
				client.next = direct
				checkClean(t, client)
			})
		}
	}
}

// A rejected deletion does not prove that a push is gone. It counts as gone if it is neither read nor listed.
func TestRejectedDeletion(t *testing.T) {
	t.Parallel()
	reject := func(api string) emulator.Fault {
		return emulator.Fault{Match: emulator.Match{API: api}, Effect: emulator.Effect{Code: timpush.CodeBadScheduledPush}}
	}
	empty := emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"Total":0,"Tasks":[]}`}}
	for name, test := range map[string]struct {
		faults []emulator.Fault
		left   int
	}{
		"read and listed": {[]emulator.Fault{reject("delete_sched_task")}, 1},
		"only read":       {[]emulator.Fault{reject("delete_sched_task"), empty}, 1},
		"only listed":     {[]emulator.Fault{reject("delete_sched_task"), reject("get_sched_task")}, 1},
		"neither":         {[]emulator.Fault{reject("delete_sched_task"), reject("get_sched_task"), empty}, 0},
		"all is rejected": {[]emulator.Fault{reject("delete_sched_task"), reject("get_sched_task"), reject("list_sched_task")}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := newService(t, emptySeed())
			service.Script(test.faults...)
			report := runQuestions(t.Context(), fullSetup(), newRecorder(t, service), questionsOf(t, "scheduled-add"), noProgress)
			if len(report.NotRemoved) != test.left || report.Failed() != (test.left > 0) {
				t.Errorf("%s: not removed %q, failed %t", name, report.NotRemoved, report.Failed())
			}
		})
	}
}

// What cannot be removed is in the report, without accounts.
func TestNotRemoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newRecorder(t, newService(t, emptySeed()))
		ctx, cancel := context.WithCancel(t.Context())
		client.before = func(_ int, api string) error {
			if api == "revoke" {
				cancel()
			}
			if ctx.Err() != nil {
				return errors.New("the network is down for " + accountOne)
			}
			return nil
		}
		report := runQuestions(ctx, fullSetup(), client, questionsOf(t, "names-add", "attributes-unset-name", "tags-order", "scheduled-add", "revoke-batch"), noProgress)
		if text := strings.Join(report.NotRemoved, "\n"); len(report.NotRemoved) != 3 || !report.Failed() || strings.Contains(text, accountOne) {
			t.Errorf("not removed: %s", text)
		}
	})
}

// A run does not begin with accounts that do not exist, or that have something.
func TestAccountsAreChecked(t *testing.T) {
	t.Parallel()
	for account, want := range map[string]string{"nobody": "account 2 cannot be read (error code 70107)", "somebody": "account 2 has attributes or tags"} {
		synctest.Test(t, func(t *testing.T) {
			client := newRecorder(t, newService(t, emptySeed()))
			setup := fullSetup()
			setup.Accounts[1] = account
			report := Run(t.Context(), setup, client, noProgress)
			if !strings.Contains(report.Problem, want) || !report.Failed() {
				t.Errorf("%s: the problem is %q, want %q", account, report.Problem, want)
			}
			for _, request := range client.asked {
				if !strings.HasPrefix(request.api, "get_") {
					t.Errorf("%s: %s was sent", account, request.api)
				}
			}
		})
	}
}

// Refusals for frequency are waited for; other failures of the service leave a question open.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]Outcome{60018: Same, 91000: Unclear} {
		synctest.Test(t, func(t *testing.T) {
			service := newService(t, emptySeed())
			service.Script(emulator.Fault{Match: emulator.Match{API: "no_such_command"}, Times: 1, Effect: emulator.Effect{Code: code}})
			report := runQuestions(t.Context(), fullSetup(), newRecorder(t, service), questionsOf(t, "gateway-unknown-command"), noProgress)
			if result := report.Questions[0]; result.Outcome != want {
				t.Errorf("after %d: %s, %q", code, result.Outcome, result.Reason)
			}
		})
	}
}

// checkAudience checks, from the requests and from what the emulator sent, that nobody but the two accounts gets a push.
func checkAudience(t *testing.T, client *recorder, service *emulator.Emulator) {
	t.Helper()
	own := func(accounts any) bool {
		list, _ := accounts.([]any)
		return len(list) > 0 && !slices.ContainsFunc(list, func(account any) bool { return account != accountOne && account != accountTwo })
	}
	for _, request := range client.asked {
		condition, _ := request.body["Condition"].(map[string]any)
		content, _ := request.body["Content"].(map[string]any)
		tags, _ := condition["TagsAnd"].([]any)
		ok := true
		switch request.api {
		case "push":
			ok = len(tags) > 0 && strings.HasPrefix(fmt.Sprint(tags[0]), "conformance-") && request.body["To_Account"] == nil
		case "batch":
			ok = own(request.body["To_Account"]) && condition == nil
		case addTask:
			at, _ := time.Parse(time.DateTime, fmt.Sprint(request.body["SchedAt"]))
			ok = request.body["Type"] == "User" && own(content["To_Account"]) && content["Condition"] == nil && time.Until(at) > 6*24*time.Hour
		case "modify_sched_task":
			ok = request.body["Type"] == "User" && (content["To_Account"] == nil || own(content["To_Account"])) && content["Condition"] == nil
		}
		if !ok {
			t.Errorf("%s could reach others: %v", request.api, request.body)
		}
	}
	for _, entry := range service.Journal() {
		for _, account := range entry.Sent {
			if account != accountOne && account != accountTwo {
				t.Errorf("%s was sent to %s", entry.API, account)
			}
		}
	}
}

// checkClean checks that the accounts have nothing, and that no push is scheduled.
func checkClean(t *testing.T, client *recorder) {
	t.Helper()
	client.before = nil
	s := newSession(fullSetup(), client)
	s.mark = "" // finds every task
	if err := s.checkEmpty(t.Context()); err != nil {
		t.Error(err)
	}
	for _, account := range s.existing() {
		attributes, err := s.attributesOf(t.Context(), account)
		if err != nil || len(attributes) > 0 {
			t.Errorf("%s has attributes %v (%v)", account, attributes, err)
		}
	}
	for _, later := range []time.Duration{due, lateDue} {
		found, err := s.list(t.Context(), time.Now().Add(later-3*day), time.Now().Add(later+3*day))
		if err := must(found, err); err != nil || string(found.fields["Total"]) != "0" {
			t.Errorf("scheduled pushes: %s (%v)", found.fields["Total"], err)
		}
	}
}
