package provider

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// TestAttributeNamesModel runs random sequences of plan, apply, drift, faults, import,
// and destroy, like [TestOwnedModel]. After the last apply without faults, the app has
// the configured names, and no other index changed.
func TestAttributeNamesModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(modelRuns) {
		synctest.Test(t, func(t *testing.T) {
			m := newNamesModel(t, seed)
			for range 12 {
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

// namesModel is an app, a resource, and what is known of the app. Configurations
// mention the indexes below modelIndexes only.
type namesModel struct {
	*instance

	t      *testing.T
	random *rand.Rand
	app    *emulator.Emulator
	faults *lossy
	log    []string
	config map[string]any
}

const modelIndexes = 6

func newNamesModel(t *testing.T, seed uint64) *namesModel {
	t.Helper()
	app := seededEmulator(t, emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"2": {Name: "name2-0", Type: "registration_id"}, "8": {Name: "other"}}})
	random := rand.New(rand.NewPCG(seed, 2))
	faults := &lossy{Handler: app, random: random}
	return &namesModel{
		instance: newConfigured(t, faults, values{"max_retries": 0}).newInstance("timpush_attribute_names"),
		t:        t, random: random, app: app, faults: faults, config: map[string]any{},
	}
}

// attributeNames returns the app's names: index and account type by name.
func (m *namesModel) attributeNames() map[string]string {
	m.t.Helper()
	faults := m.faults.isOn
	m.faults.isOn = false
	defer func() { m.faults.isOn = faults }()
	response := m.p.read(m.t.Context(), "timpush_attribute_names", values{}, false)
	if len(response.Diagnostics) > 0 {
		m.t.Fatal(render(response.Diagnostics))
	}
	return entries(m.p.stateOf("timpush_attribute_names", response, "attribute_names"))
}

// entries returns attribute names as texts of index and account type.
func entries(names any) map[string]string {
	texts := map[string]string{}
	all, _ := names.(map[string]any)
	for name, entry := range all {
		fields, _ := entry.(map[string]any)
		texts[name] = fmt.Sprint(fields["index"], " ", fields["account_type"])
	}
	return texts
}

// configure makes a random configuration. An index that the app uses keeps its type,
// and unless the state has it, perhaps its name.
func (m *namesModel) configure(isValid bool) {
	used, owned := map[string][2]string{}, map[string]bool{} // by index
	for name, entry := range m.attributeNames() {
		index, accountType, _ := strings.Cut(entry, " ")
		used[index] = [2]string{name, accountType}
	}
	for _, entry := range entries(m.attribute("attribute_names")) {
		index, _, _ := strings.Cut(entry, " ")
		owned[index] = true
	}
	m.config = map[string]any{}
	for i := range modelIndexes {
		index := fmt.Sprint(i)
		name, accountType := fmt.Sprintf("name%d-%d", i, m.random.IntN(3)), []string{"user_id", "registration_id"}[m.random.IntN(2)]
		if there, isUsed := used[index]; isUsed {
			accountType = there[1]
			if isValid && !owned[index] {
				name = there[0]
			}
		}
		if m.random.IntN(2) == 0 || len(m.config) == 0 && i == modelIndexes-1 {
			m.config[name] = map[string]any{"index": i, "account_type": accountType}
		}
	}
}

func (m *namesModel) note(format string, arguments ...any) {
	m.log = append(m.log, fmt.Sprintf(format, arguments...))
}

// step does something at random.
func (m *namesModel) step() {
	m.t.Helper()
	switch m.random.IntN(7) {
	case 0, 1, 2:
		m.configure(m.random.IntN(3) > 0)
		m.apply(values{"attribute_names": m.config})
	case 3:
		m.drift()
	case 4:
		if m.importAgain(); len(m.config) > 0 {
			m.apply(values{"attribute_names": m.config})
		}
	case 5:
		m.apply(nil)
	case 6:
		if len(m.config) > 0 {
			m.apply(values{"attribute_names": m.config})
		}
	}
	if other := m.attributeNames()["other"]; other != "8 user_id" {
		m.t.Errorf("the name other is at %q", other)
	}
}

// apply plans and applies, perhaps with faults, and perhaps with drift in between.
func (m *namesModel) apply(arguments values) {
	m.t.Helper()
	if arguments == nil && m.state.IsNull() {
		return
	}
	m.faults.isOn = m.random.IntN(2) == 0
	defer func() { m.faults.isOn = false }()
	before := m.attributeNames()
	c, text := m.plan(arguments)
	if c == nil {
		m.note("plan of %v fails: %s", arguments, text)
		return
	}
	drifted := m.random.IntN(4) == 0
	if drifted {
		m.drift()
	}
	text += m.instance.apply(c)
	m.note("%s %v, faults %t: %s: state %v", c.action, arguments, m.faults.isOn, text, m.attribute("attribute_names"))
	if after := m.attributeNames(); (c.action == "none" || c.action == "delete") && !drifted && !maps.Equal(before, after) {
		m.t.Errorf("%s changed the names from %v to %v", c.action, before, after)
	}
}

// drift renames an index from the outside.
func (m *namesModel) drift() {
	m.t.Helper()
	i := m.random.IntN(modelIndexes)
	name := emulator.AttributeName{Name: fmt.Sprintf("name%d-%d", i, m.random.IntN(3))}
	for _, entry := range m.attributeNames() {
		if index, accountType, _ := strings.Cut(entry, " "); index == fmt.Sprint(i) {
			name.Type = accountType
		}
	}
	m.note("drift: %d is %v", i, name)
	if err := m.app.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{fmt.Sprint(i): name}}); err != nil {
		m.t.Fatal(err)
	}
}

// importAgain removes the resource from the state, and imports the app's names.
func (m *namesModel) importAgain() {
	m.t.Helper()
	imported := m.p.newInstance(m.kind)
	text := imported.importState(fmt.Sprint(testSDKAppID))
	if failed := imported.state.IsNull(); failed {
		m.t.Fatal(text)
	}
	m.instance = imported
	m.note("import: %s: state %v", text, m.attribute("attribute_names"))
}

// finish applies a last configuration, and checks the app.
func (m *namesModel) finish() {
	m.t.Helper()
	m.configure(true)
	before, arguments := m.attributeNames(), values{"attribute_names": m.config}
	m.note("last: %s", m.run(arguments))
	if c, text := m.plan(arguments); c == nil || c.action != "none" || text != "" {
		m.t.Errorf("the last plan is not empty: %s", text)
	}
	want := entries(m.config)
	for name, entry := range before {
		index, _, _ := strings.Cut(entry, " ")
		isConfigured := false
		for _, configured := range want {
			isConfigured = isConfigured || strings.HasPrefix(configured, index+" ")
		}
		if !isConfigured {
			want[name] = entry
		}
	}
	if got := m.attributeNames(); !maps.Equal(got, want) {
		m.t.Errorf("the app has %v, want %v", got, want)
	}
}
