package provider

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const addAPI = "add_sched_task"

// mayBeScheduled is the text about a push that may be scheduled.
const mayBeScheduled = "The push may be scheduled, or become so, so the provider did not send the request again, and the push is not in the state. " +
	"Before you apply again, check the scheduled pushes, in the console or with the list resource timpush_scheduled_push (Terraform 1.14): set begin to a time before this attempt, and end to one after send_at. Import the push if it exists. Otherwise, it would be sent twice.\n\nAPI: add_sched_task\n"

// Whatever loses the response to a create that was executed, the push is found and
// adopted, and the app has one. If it was not executed, or if that is certain, the
// create fails without a state. (Package timpush tests every fault, at each moment.)
func TestScheduledPushNeverTwice(t *testing.T) {
	t.Parallel()
	for n, fault := range faults.Of(addAPI, timpush.Codes()) {
		if n%10 != 0 || needsConnection(fault) || fault.Outcome == faults.Harmless {
			continue // a tenth is enough here
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			for _, executed := range []bool{true, false} {
				if executed && fault.Refused && fault.Network == nil {
					continue // the fault proves that it was not
				}
				synctest.Test(t, func(t *testing.T) { checkScheduledOnce(t, fault, executed) })
			}
		})
	}
}

func checkScheduledOnce(t *testing.T, fault faults.Fault, executed bool) {
	t.Helper()
	s := newScheduler(t, nil)
	fault.Effect.Execute = executed
	s.app.Script(emulator.Fault{Match: emulator.Match{API: addAPI}, Effect: fault.Effect})
	seen := &signatures{Handler: s.wire}
	faulty := testProvider(testEnvironment(), seen)
	if fault.Network != nil {
		faulty.transport = addTransport{faulty.transport, executed, fault.Network}
	}
	p := newProtocolOf(t, faulty)
	if text := p.configure(nil); text != "" {
		t.Fatal(text)
	}
	s.instance = p.newInstance(scheduledPush)
	arguments := toUsers()
	text := s.run(arguments)
	seen.check(t, text)
	adds, tasks := 0, 0
	for _, entry := range s.app.Journal() {
		if entry.API == addAPI {
			adds++
		}
		if entry.API == addAPI && entry.Executed {
			tasks++
		}
	}
	unclear := !fault.Refused // if it was not executed
	switch {
	case executed:
		if text != "create\n" || tasks != 1 || adds != 1 || s.attribute("task_id") != firstTask {
			t.Errorf("%d of %d requests were executed, the state is %s:\n%s", tasks, adds, s.state, text)
		}
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")
	case tasks > 0 || !s.state.IsNull() || unclear && adds > 1:
		t.Errorf("%d of %d requests were executed, the state is %s:\n%s", tasks, adds, s.state, text)
	case !strings.HasPrefix(text, "create\nERROR Unable to Create Scheduled Push\n") || strings.Contains(text, mayBeScheduled) != unclear || strings.Contains(text, "\nSearch for the push: found no such push\n") != unclear:
		t.Errorf("it should be reported as unclear: %t\n%s", unclear, text)
	case unclear && strings.Contains(text, "Try again"):
		t.Errorf("the advice is wrong:\n%s", text)
	}
}

// addTransport fails each request that schedules a push with err, perhaps after the
// service has executed it.
type addTransport struct {
	http.RoundTripper

	executed bool
	err      error
}

func (a addTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(request.URL.Path, addAPI) {
		return a.RoundTripper.RoundTrip(request)
	}
	if !a.executed {
		return nil, a.err
	}
	if response, err := a.RoundTripper.RoundTrip(request); err == nil {
		_ = response.Body.Close()
	}
	return nil, a.err
}

// lostAdd loses the response to a request that schedules a push.
func lostAdd(executed bool) emulator.Fault {
	return emulator.Fault{Match: emulator.Match{API: addAPI}, Effect: emulator.Effect{Execute: executed, Status: 502}}
}

// Only a push that was scheduled since the create began is adopted. The other resource has
// another provider process, which does not know whose the first push is.
func TestScheduledPushAdoptsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		other := newConfigured(t, s.wire, nil).newInstance(scheduledPush)
		pass(time.Second)
		s.app.Script(lostAdd(false))
		checkParts(t, "the same push of another resource", other.run(arguments), "create\nERROR Unable to Create Scheduled Push\n", mayBeScheduled)
		if !other.state.IsNull() {
			t.Errorf("the state is %s", other.state)
		}
	})
}

// If the search fails, the error says so, and there is no state.
func TestScheduledPushSearchFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, values{"max_retries": 0})
		s.app.Script(lostAdd(true), emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Times: 1, Effect: emulator.Effect{Code: 60009}})
		arguments := toUsers()
		checkParts(t, "create", s.run(arguments), "create\nERROR Unable to Create Scheduled Push\n", mayBeScheduled, "\nAttempts: 1 in 0s\n",
			"Search for the push: failed, since list_sched_task failed after 1 attempt(s) in 0s: the service responded with error code 60009")
		if !s.state.IsNull() {
			t.Errorf("the state is %s", s.state)
		}
		s.checkCommands(t, "add", "list")

		// As the error advises:
		tasks := s.tasks(t)
		if len(tasks) != 1 || tasks[firstTask] == nil {
			t.Fatalf("the app has %v", tasks)
		}
		checkText(t, "import", s.importState(firstTask), "")
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")
	})
}

// A create that ends early still looks for its push, although that takes time.
func TestScheduledPushCreateIsCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		fault := lostAdd(true)
		fault.Effect.Delay = time.Minute / 4
		s.app.Script(fault, emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Times: 2, Effect: emulator.Effect{Delay: time.Minute}})
		c, _ := s.plan(toUsers())
		ctx, cancel := context.WithCancel(t.Context())
		defer time.AfterFunc(time.Second, cancel).Stop()
		text := s.applyIn(ctx, c)
		checkParts(t, "create", text, "WARNING Unable to Read Scheduled Push\nThe push was scheduled (task "+firstTask+"), but reading it failed. The next refresh reads it. The read was canceled.")
		if id, status := s.attribute("task_id"), s.attribute("status"); id != firstTask || status != "pending" {
			t.Errorf("the push is %v, %v", id, status)
		}
		s.wire.taken()
		s.checkRun(t, toUsers(values{"send_at": s.attribute("send_at")}), "none\n", "get")
		if created := s.attribute("created_at"); created == "" {
			t.Error("the refresh does not set created_at")
		}
	})
}

// An update whose response is lost is repeated. If that does not help, the state has the
// old push, and a refresh shows the new one.
func TestScheduledPushUpdateLosesResponse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, values{"max_retries": 1})
		s.created(t, toUsers())
		lost := emulator.Fault{Match: emulator.Match{API: "modify_sched_task"}, Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}}
		s.app.Script(lost)
		checkText(t, "once", s.run(toUsers(titled("Other"))), "update\n")
		s.checkCommands(t, "get", "modify", "modify", "get")
		lost.Times = 2
		s.app.Script(lost)
		newest := toUsers(titled("Newest"), values{"send_at": s.attribute("send_at")})
		checkParts(t, "always", s.run(newest), "update\nERROR Unable to Change Scheduled Push\n")
		if notification, _ := s.attribute("notification").(map[string]any); notification["title"] != "Other" {
			t.Errorf("the state has %v", notification)
		}
		pass(2 * time.Hour) // it is sent as changed
		s.wire.taken()
		s.checkRun(t, newest, "none\n", "get")
		if notification, _ := s.attribute("notification").(map[string]any); notification["title"] != "Newest" {
			t.Errorf("the state has %v", notification)
		}
	})
}

// A change whose response is lost, and whose retry finds that the push has begun, may have
// been made.
func TestScheduledPushBeginsBeforeRetry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		const modify = "modify_sched_task"
		arguments := toUsers(titled("Other"))
		c, _ := s.plan(arguments)
		s.app.Script(
			emulator.Fault{Match: emulator.Match{API: modify}, Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}},
			emulator.Fault{Match: emulator.Match{API: modify}, Effect: emulator.Effect{Code: timpush.CodeScheduledPushUnderWay}},
		)
		text := s.apply(c)
		checkParts(t, "apply", text, "ERROR Unable to Change Scheduled Push\nThe service rejected the request: the push is being dispatched. An earlier attempt got no usable response, so the push may have been changed before. Plan again: if the plan shows no change, it was. ")
		if strings.Contains(text, "was not changed") {
			t.Error(text)
		}
		pass(time.Hour)
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")
	})
}
