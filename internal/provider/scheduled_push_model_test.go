package provider

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// TestScheduledPushModel runs random sequences of plan, apply, time, drift, faults,
// and destroy. After the last apply without faults, the app has the configured push
// and no other one that is pending, unless an error said that it may. Each push
// is sent at most once, and only those that the configuration had.
func TestScheduledPushModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(modelRuns) {
		synctest.Test(t, func(t *testing.T) {
			m := newScheduleModel(t, seed)
			for range 10 {
				m.step()
			}
			m.finish()
			if t.Failed() {
				t.Logf("seed %d:\n%s", seed, strings.Join(m.log, "\n"))
			}
		})
		if t.Failed() {
			return
		}
	}
}

// scheduleModel is an app, a scheduled push, and what is known of both.
type scheduleModel struct {
	*scheduler

	t       *testing.T
	random  *rand.Rand
	faults  *lossyAdds
	log     []string
	config  values // the last configuration
	titles  int    // so that each push can be told apart
	allowed int    // errors that said that a push may be scheduled
}

func newScheduleModel(t *testing.T, seed uint64) *scheduleModel {
	t.Helper()
	app := seededEmulator(t, emulator.SampleSeed())
	random := rand.New(rand.NewPCG(seed, 3))
	faults := &lossyAdds{Handler: app, random: random}
	wire := &requestLog{Handler: faults}
	return &scheduleModel{
		scheduler: &scheduler{newConfigured(t, wire, values{"max_retries": 0}).newInstance(scheduledPush), app, wire},
		t:         t, random: random, faults: faults,
	}
}

// lossyAdds loses some requests, before or after they are executed, and delays others.
type lossyAdds struct {
	http.Handler

	random *rand.Rand
	isOn   bool
}

func (l *lossyAdds) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	if l.isOn {
		switch l.random.IntN(6) {
		case 0:
			response.WriteHeader(http.StatusBadGateway)
			return
		case 1:
			l.Handler.ServeHTTP(httptest.NewRecorder(), request)
			response.WriteHeader(http.StatusBadGateway)
			return
		}
	}
	l.Handler.ServeHTTP(response, request)
}

func (m *scheduleModel) note(format string, arguments ...any) {
	m.log = append(m.log, in(0)+" "+fmt.Sprintf(format, arguments...))
}

// configure makes a random configuration: a new one, or a change of the last one.
func (m *scheduleModel) configure() {
	audiences := []any{
		map[string]any{"everyone": true},
		map[string]any{"accounts": []any{"xiaoming"}},
		map[string]any{"accounts": []any{"xiaoming", "xiaohua"}},
		map[string]any{"condition": map[string]any{"tags_or": []any{"GoldMember"}}},
	}
	changed := values{}
	for name, value := range m.config {
		changed[name] = value
	}
	if m.config == nil || m.random.IntN(2) == 0 {
		changed["audience"] = audiences[m.random.IntN(len(audiences))]
	}
	if m.config == nil || m.random.IntN(2) == 0 {
		m.titles++
		changed["notification"] = map[string]any{"title": fmt.Sprint("Title ", m.titles), "description": "Text"}
	}
	if m.config == nil || m.random.IntN(2) == 0 {
		changed["send_at"] = in(time.Duration(1+m.random.IntN(4)) * time.Hour)
	}
	m.config = changed
}

// step does something at random.
func (m *scheduleModel) step() {
	m.t.Helper()
	switch m.random.IntN(8) {
	case 0, 1, 2:
		m.configure()
		m.apply(m.config)
	case 3:
		if m.config != nil {
			m.apply(m.config)
		}
	case 4, 5:
		pass(time.Duration(m.random.IntN(3)) * time.Hour)
	case 6:
		m.drift()
	case 7:
		m.apply(nil)
	}
	m.checkSent()
}

// apply plans and applies, perhaps with faults, and perhaps with time or drift in
// between. A plan that changes nothing changes nothing.
func (m *scheduleModel) apply(arguments values) {
	m.t.Helper()
	if arguments == nil && m.state.IsNull() {
		return
	}
	m.faults.isOn = m.random.IntN(2) == 0
	defer func() { m.faults.isOn = false }()
	c, text := m.plan(arguments)
	if c == nil {
		m.note("plan of %v fails: %s", arguments, text)
		return
	}
	switch m.random.IntN(6) {
	case 0:
		pass(time.Duration(1+m.random.IntN(3)) * time.Hour)
	case 1:
		m.drift()
	}
	m.wire.taken()
	applied := m.instance.apply(c)
	adds := 0
	for _, request := range m.wire.taken() {
		if strings.HasPrefix(request, addAPI) {
			adds++
		}
	}
	if adds > 1 || adds > 0 && c.action != "create" && c.action != "replace" {
		m.t.Errorf("%s scheduled %d pushes", c.action, adds)
	}
	if strings.Contains(applied, mayBeScheduled) {
		m.allowed++
	}
	m.note("%s %v, faults %t: %s%s: task %v is %v", c.action, arguments, m.faults.isOn, text, applied, m.attribute("task_id"), m.attribute("status"))
}

// pending returns the IDs of the tasks that are pending.
func (m *scheduleModel) pending() (ids []string) {
	m.t.Helper()
	faults := m.faults.isOn
	m.faults.isOn = false
	defer func() { m.faults.isOn = faults }()
	for id, task := range m.tasks(m.t) {
		if task["status"] == "pending" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// drift changes or deletes a push that is pending, from the outside.
func (m *scheduleModel) drift() {
	m.t.Helper()
	pending := m.pending()
	if len(pending) == 0 {
		return
	}
	id := pending[m.random.IntN(len(pending))]
	var push *emulator.ScheduledPush
	if m.random.IntN(3) > 0 {
		content, _ := json.Marshal(map[string]any{"From_Account": "administrator", "To_Account": []string{"xiaohua"}, "OfflinePushInfo": map[string]any{"Title": "Drift"}})
		push = &emulator.ScheduledPush{Type: "User", Content: content, In: fmt.Sprintf("%ds", int(time.Since(midnight).Seconds())+7200)}
	}
	m.note("drift: %s is %v", id, push)
	m.scheduler.drift(m.t, id, push)
}

// midnight is when virtual time starts.
var midnight = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// checkSent checks that no task was sent twice, and that there are no more tasks that
// are pending than there may be.
func (m *scheduleModel) checkSent() {
	m.t.Helper()
	pending := m.pending()
	sent := map[string]bool{}
	for _, entry := range m.app.Journal() {
		if entry.API != emulator.ScheduledRun {
			continue
		}
		if sent[entry.TaskID] {
			m.t.Errorf("the push %s was sent twice", entry.TaskID)
		}
		sent[entry.TaskID] = true
	}
	if len(pending) > 1+m.allowed {
		m.t.Errorf("the pending pushes are %q, although only %d errors said that a push may be scheduled", pending, m.allowed)
	}
}

// finish applies a last configuration, and checks the app: the configured push exists, is
// sent as configured at its time, and has no diff afterwards.
func (m *scheduleModel) finish() {
	m.t.Helper()
	m.configure()
	m.titles++
	m.config["send_at"] = in(5 * time.Hour)
	m.config["notification"] = map[string]any{"title": "Last", "description": "Text"}
	m.note("last: %s", m.run(m.config))
	if c, text := m.plan(m.config); c == nil || c.action != "none" || text != "" {
		m.t.Errorf("the last plan is not empty: %s", text)
	}
	id := fmt.Sprint(m.attribute("task_id"))
	if task := m.tasks(m.t)[id]; task == nil || show(task["notification"]) != show(m.attribute("notification")) || task["send_at"] != m.config["send_at"] ||
		show(task["audience"]) != show(m.attribute("audience")) {
		m.t.Errorf("the app has %v", task)
	}
	pass(6 * time.Hour)
	m.checkSent()
	if c, text := m.plan(m.config); c == nil || c.action != "none" || text != "" || m.attribute("status") != "dispatched" {
		m.t.Errorf("it is not done: %s", text)
	}
	ran := 0
	for _, entry := range m.app.Journal() {
		if entry.TaskID != "" && entry.TaskID == m.attribute("push_task_id") {
			ran++
		}
	}
	if ran != 1 {
		m.t.Errorf("the last push was sent %d times", ran)
	}
}
