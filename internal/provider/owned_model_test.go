package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// modelRuns is the number of random sequences for each kind.
const modelRuns = 10

// TestOwnedModel runs random sequences of plan, apply, drift, faults, import, and
// destroy. After the last apply without faults, the service has what the
// configuration says, and nothing else changed.
func TestOwnedModel(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{ownedAttributes, ownedTags} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(modelRuns) {
				synctest.Test(t, func(t *testing.T) {
					m := newModel(t, kind, seed)
					for range 12 {
						m.step()
					}
					m.finish()
					if t.Failed() {
						t.Logf("%s, seed %d:\n%s", kind, seed, strings.Join(m.log, "\n"))
					}
				})
				if t.Failed() {
					return
				}
			}
		})
	}
}

// model is an app, a resource, and what is known of the app.
type model struct {
	*owner

	t      *testing.T
	random *rand.Rand
	faults *lossy
	log    []string

	config map[string]any               // the last configuration
	others map[string]map[string]string // what accounts have that no configuration mentions
}

// Accounts and names that configurations use. The app has more, which no
// configuration mentions.
var (
	modelAccounts = []string{"a", "b", "c", "d"}
	modelNames    = []string{"n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"}
)

const (
	otherAccount = "z"
	otherName    = "other"
)

func newModel(t *testing.T, kind string, seed uint64) *model {
	t.Helper()
	names := map[string]emulator.AttributeName{"9": {Name: otherName}}
	for i, name := range modelNames {
		names[fmt.Sprint(i)] = emulator.AttributeName{Name: name}
	}
	m := &model{t: t, random: rand.New(rand.NewPCG(seed, 1)), config: map[string]any{}, others: map[string]map[string]string{}}
	accounts := map[string]emulator.Account{}
	for _, name := range append([]string{otherAccount}, modelAccounts...) {
		m.others[name] = map[string]string{otherName: m.value(kind)}
		accounts[name] = m.account(kind, m.others[name])
	}
	m.others[otherAccount]["n0"] = m.value(kind)
	accounts[otherAccount] = m.account(kind, m.others[otherAccount])
	m.owner = newOwner(t, kind, emulator.Seed{Accounts: accounts, AttributeNames: names}, values{"max_retries": 0})
	m.faults = &lossy{Handler: m.wire.Handler, random: m.random}
	m.wire.Handler = m.faults
	return m
}

// lossy loses some requests, before or after they are executed, and fails one of the
// accounts of others.
type lossy struct {
	http.Handler

	random *rand.Rand
	isOn   bool
}

func (l *lossy) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	if l.isOn {
		fate := l.random.IntN(6)
		if fate == 2 && strings.HasSuffix(request.URL.Path, "_attr_name") { // has no accounts
			fate = 0
		}
		switch fate {
		case 0:
			response.WriteHeader(http.StatusBadGateway)
			return
		case 1:
			l.Handler.ServeHTTP(httptest.NewRecorder(), request)
			response.WriteHeader(http.StatusBadGateway)
			return
		case 2:
			l.failOne(response, request)
			return
		}
	}
	l.Handler.ServeHTTP(response, request)
}

// failOne executes a request with only a part of what it is to write to its first
// account, perhaps nothing and perhaps everything, and adds the account to the
// response's ErrorList.
func (l *lossy) failOne(response http.ResponseWriter, request *http.Request) {
	var body map[string][]any
	_ = json.NewDecoder(request.Body).Decode(&body)
	first := map[string]any{"ErrorCode": 91000}
	for field, items := range body { // one of To_Account, UserAttrs, and UserTags
		item, isItem := items[0].(map[string]any)
		if !isItem {
			first["To_Account"], body[field] = items[0], items[1:]
			continue
		}
		first["To_Account"] = item["To_Account"]
		if !l.keepSome(item) {
			body[field] = items[1:]
		}
	}
	result := map[string]any{"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": ""}
	if encoded, _ := json.Marshal(body); !bytes.HasSuffix(encoded, []byte("[]}")) {
		request.Body = io.NopCloser(bytes.NewReader(encoded))
		executed := httptest.NewRecorder()
		l.Handler.ServeHTTP(executed, request)
		_ = json.Unmarshal(executed.Body.Bytes(), &result)
	}
	failed, _ := result["ErrorList"].([]any)
	result["ErrorList"] = append(failed, first)
	_ = json.NewEncoder(response).Encode(result)
}

// keepSome keeps a random part of what an item is to write, and reports whether it is
// anything.
func (l *lossy) keepSome(item map[string]any) bool {
	for _, field := range []string{"Attrs", "Tags"} {
		switch content := item[field].(type) {
		case map[string]any: // values by name
			for _, name := range slices.Sorted(maps.Keys(content)) {
				if l.random.IntN(2) == 0 {
					delete(content, name)
				}
			}
			return len(content) > 0
		case []any:
			content = slices.DeleteFunc(content, func(any) bool { return l.random.IntN(2) == 0 })
			item[field] = content
			return len(content) > 0
		}
	}
	return false
}

// value returns a random value; tags have none.
func (m *model) value(kind string) string {
	if kind == ownedTags {
		return ""
	}
	return fmt.Sprint("v", m.random.IntN(4))
}

// account returns an account of the emulator with these attributes or tags.
func (m *model) account(kind string, has map[string]string) emulator.Account {
	if kind == ownedTags {
		return emulator.Account{Tags: slices.Sorted(maps.Keys(has))}
	}
	return emulator.Account{Attributes: maps.Clone(has)}
}

// some returns a random selection.
func (m *model) some(from []string) (selected []string) {
	for _, element := range from {
		if m.random.IntN(2) == 0 {
			selected = append(selected, element)
		}
	}
	return selected
}

// configure makes a random configuration of these accounts.
func (m *model) configure(accounts []string) {
	m.config = map[string]any{}
	for _, account := range m.some(accounts) {
		names := m.some(modelNames)
		m.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		if m.kind == ownedTags {
			m.config[account] = anyOf(names)
			continue
		}
		attributes := map[string]any{}
		for _, name := range names {
			attributes[name] = m.value(m.kind)
		}
		m.config[account] = attributes
	}
}

func anyOf(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// arguments returns the configuration with a random on_account_error.
func (m *model) arguments() values {
	return m.of(m.config, values{"on_account_error": []any{nil, "error", "warn"}[m.random.IntN(3)]})
}

func (m *model) note(format string, arguments ...any) {
	m.log = append(m.log, fmt.Sprintf(format, arguments...))
}

// step does something at random.
func (m *model) step() {
	m.t.Helper()
	switch m.random.IntN(8) {
	case 0, 1:
		m.configure(modelAccounts)
		m.apply(m.arguments())
	case 2, 3:
		m.configure(m.existing())
		m.apply(m.arguments())
	case 4:
		m.apply(m.arguments())
	case 5:
		m.drift()
	case 6:
		m.importAgain()
	case 7:
		m.apply(nil)
	}
	m.checkOthers()
}

// apply plans and applies, perhaps with faults, and perhaps with drift in between.
func (m *model) apply(arguments values) {
	m.t.Helper()
	m.faults.isOn = m.random.IntN(2) == 0
	defer func() { m.faults.isOn = false }()
	if arguments == nil && m.state.IsNull() {
		return
	}
	c, text := m.plan(arguments)
	if c == nil {
		m.note("plan of %v fails: %s", arguments, text)
		return
	}
	if m.random.IntN(4) == 0 {
		m.drift()
	}
	text += m.instance.apply(c)
	m.note("%s %v, faults %t: %s: state %s", c.action, arguments, m.faults.isOn, text, m.owns())
}

// drift changes accounts from the outside: what they have of the configuration's
// names, what else they have, and whether they exist.
func (m *model) drift() {
	m.t.Helper()
	faults := m.faults.isOn
	m.faults.isOn = false
	defer func() { m.faults.isOn = faults }()
	name := modelAccounts[m.random.IntN(len(modelAccounts))]
	has, exists := m.service()[name]
	change := emulator.Change{Accounts: map[string]*emulator.Account{}}
	switch {
	case !exists:
		m.others[name] = map[string]string{otherName: m.value(m.kind)}
		account := m.account(m.kind, m.others[name])
		change.Accounts[name] = &account
	case m.random.IntN(3) == 0:
		delete(m.others, name)
		change.Accounts[name] = nil
	default:
		m.others[name] = map[string]string{otherName: m.value(m.kind)}
		for _, changed := range m.some(slices.Sorted(maps.Keys(has))) {
			if m.random.IntN(2) == 0 {
				delete(has, changed)
			} else {
				has[changed] = m.value(m.kind)
			}
		}
		maps.Copy(has, m.others[name])
		account := m.account(m.kind, has)
		change.Accounts[name] = &account
	}
	m.note("drift: %s: %v", name, change.Accounts[name])
	if err := m.app.Drift(change); err != nil {
		m.t.Fatal(err)
	}
}

// importAgain removes the resource from the state, and imports what it had.
func (m *model) importAgain() {
	m.t.Helper()
	owned, _ := m.attribute(m.argument()).(map[string]any)
	if len(owned) == 0 {
		return
	}
	field := map[string]string{ownedAttributes: "names", ownedTags: "tags"}[m.kind]
	id := fmt.Sprintf(`{"accounts":%s,"%s":%s}`, jsonList(slices.Sorted(maps.Keys(owned))), field, jsonList(modelNames))
	state, private := m.state, m.private
	m.state, m.private = tftypes.NewValue(m.objectType(), nil), nil
	text := m.importState(id)
	m.note("import %s: %s: state %s", id, text, m.owns())
	if m.state.IsNull() { // for example, since an account no longer exists
		m.state, m.private = state, private
	}
}

func jsonList(texts []string) string { return `["` + strings.Join(texts, `","`) + `"]` }

// service returns what all accounts have at the service.
func (m *model) service() map[string]map[string]string {
	m.t.Helper()
	response := m.p.read(m.t.Context(), m.kind, values{"accounts": anyOf(append([]string{otherAccount}, modelAccounts...)), "on_account_error": "ignore"}, false)
	if len(response.Diagnostics) > 0 {
		m.t.Fatal(render(response.Diagnostics))
	}
	all := map[string]map[string]string{}
	read, _ := m.p.stateOf(m.kind, response, m.argument()).(map[string]any)
	for account, has := range read {
		all[account] = pairsOf(has)
	}
	return all
}

// pairsOf returns attributes or tags as a map.
func pairsOf(has any) map[string]string {
	pairs := map[string]string{}
	switch has := has.(type) {
	case map[string]any:
		for name, value := range has {
			pairs[name] = fmt.Sprint(value)
		}
	case []any:
		for _, tag := range has {
			pairs[fmt.Sprint(tag)] = ""
		}
	}
	return pairs
}

// existing returns the configurable accounts that exist.
func (m *model) existing() []string {
	service := m.service()
	return slices.DeleteFunc(slices.Clone(modelAccounts), func(account string) bool { return service[account] == nil })
}

// checkOthers checks that nothing changed that no configuration mentions.
func (m *model) checkOthers() {
	m.t.Helper()
	service := m.service()
	for account, want := range m.others {
		got := service[account]
		for name, value := range want {
			if found, has := got[name]; !has || found != value {
				m.t.Errorf("%s has %v, which must include %v", account, got, want)
			}
		}
	}
	if !maps.Equal(service[otherAccount], m.others[otherAccount]) {
		m.t.Errorf("%s has %v, want %v", otherAccount, service[otherAccount], m.others[otherAccount])
	}
}

// finish applies a last configuration, as often as needed, and checks the service.
func (m *model) finish() {
	m.t.Helper()
	m.configure(m.existing())
	arguments := m.of(m.config)
	for range 2 {
		m.note("last: %s", m.run(arguments))
	}
	if c, text := m.plan(arguments); c == nil || c.action != "none" || text != "" {
		m.t.Errorf("the last plan is not empty: %s", text)
	}
	service := m.service()
	for account, other := range m.others {
		want := maps.Clone(other)
		maps.Copy(want, pairsOf(m.config[account]))
		if !maps.Equal(service[account], want) {
			m.t.Errorf("%s has %v, want %v", account, service[account], want)
		}
	}
	if len(service) != len(m.others) {
		m.t.Errorf("the accounts are %v, want %v", service, m.others)
	}
}
