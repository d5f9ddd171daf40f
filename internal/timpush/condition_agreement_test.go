package timpush

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const (
	agreementApps        = 300
	agreementConditions  = 3    // for each app
	agreementComparisons = 5670 // of an account with a condition, which CONTRIBUTING.md mentions
)

// For random apps and conditions, the accounts that the client predicts to be reached
// are those that the emulator, which shares no code with it, sends a push to.
// Where the documentation leaves the meaning open, they are those that the
// emulator sends it to whichever reading is right.
func TestConditionAgreesWithEmulator(t *testing.T) {
	t.Parallel()
	userSig, err := tencentyun.GenUserSig(testSDKAppID, testKey, testAdmin, 3600)
	if err != nil {
		t.Fatal(err)
	}
	target := "/v4/timpush/push?" + url.Values{
		"sdkappid": {fmt.Sprint(testSDKAppID)}, "identifier": {testAdmin}, "usersig": {userSig}, "random": {"1"}, "contenttype": {"json"},
	}.Encode()
	var current *outbox
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		return handlerTransport{current.emulator}.RoundTrip(request)
	}))
	config.RequestsPerSecond = 1_000_000
	client := newTestClient(t, config)
	var total agreement
	for number := uint64(0); number < agreementApps && !t.Failed(); number++ {
		random := agreementRandom{rand.New(rand.NewPCG(number, 14))}
		seed := random.seed()
		usual := newOutbox(t, target, seed, emulator.Readings{})
		other := newOutbox(t, target, seed, emulator.Readings{TagsNotAll: true, AttrsEither: true})
		current = usual
		accounts := slices.Sorted(maps.Keys(seed.Accounts))
		attributes, err := client.GetUserAttributes(t.Context(), accounts, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		tags, err := client.GetUserTags(t.Context(), accounts, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for range agreementConditions {
			condition := random.condition(seed)
			selector := condition.Selector()
			predicted := []string{}
			for _, account := range accounts {
				if selector.MissedByTags(tags.Read[account])+selector.MissedByAttributes(attributes.Read[account]) == "" {
					predicted = append(predicted, account)
				}
			}
			total.compare(t, condition, predicted, usual.push(t, condition), other.push(t, condition))
			total.Missed += len(accounts) - len(predicted)
			if t.Failed() {
				t.Errorf("app %d: %+v", number, seed)
				break
			}
		}
	}
	t.Logf("%+v", total)
	if comparisons := total.Reached + total.Missed; comparisons != agreementComparisons && !t.Failed() {
		t.Errorf("%d accounts were compared, not %d: update the number, here and in CONTRIBUTING.md", comparisons, agreementComparisons)
	}
	for name, count := range map[string]int{
		"accounts reached": total.Reached, "accounts missed": total.Missed,
		"conditions by tags": total.Tags, "conditions by attributes": total.Attributes, "conditions whose readings differ": total.Differ,
	} {
		if count < agreementApps/10 {
			t.Errorf("%d %s: the test does not test much", count, name)
		}
	}
}

// agreement counts what was compared.
type agreement struct {
	Conditions, Tags, Attributes, Differ int // Differ: the two readings select different accounts
	Reached, Missed                      int // accounts, of all conditions
}

// compare compares a prediction with the accounts that a push is sent to under
// each reading.
func (a *agreement) compare(t *testing.T, condition Condition, predicted, usual, other []string) {
	t.Helper()
	both := slices.DeleteFunc(slices.Clone(usual), func(account string) bool { return !slices.Contains(other, account) })
	if !slices.Equal(predicted, both) {
		t.Errorf("%+q:\npredicted %q\nsent to   %q\nor to     %q", condition, predicted, usual, other)
	}
	differ := !slices.Equal(usual, other)
	if differ && !isOpen(condition) {
		t.Errorf("%+q: sent to %q or %q, although the meaning is documented", condition, usual, other)
	}
	a.Conditions++
	a.Tags += count(condition.UsesTags())
	a.Attributes += count(condition.UsesAttributes())
	a.Differ += count(differ)
	a.Reached += len(predicted)
}

// isOpen reports whether the documentation leaves the meaning of a condition open.
func isOpen(condition Condition) bool {
	return len(condition.TagsNot) > 1 || condition.AttributesOr != nil && condition.AttributesAnd != nil
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// outbox is an emulator, and what it sent last.
type outbox struct {
	emulator *emulator.Emulator
	target   string
	pushes   int
	sent     []string
}

func newOutbox(t *testing.T, target string, seed emulator.Seed, readings emulator.Readings) *outbox {
	t.Helper()
	box := &outbox{target: target}
	var err error
	box.emulator, err = emulator.New(emulator.Options{
		SDKAppID: testSDKAppID, Key: testKey, Seed: seed, Readings: readings,
		Journal: func(entry emulator.Entry) { box.sent = entry.Sent },
		Now:     func() time.Time { return time.Now().Add(time.Duration(box.pushes) * time.Second) }, // between pushes (90024)
	})
	if err != nil {
		t.Fatalf("%v: %+v", err, seed)
	}
	return box
}

// push sends a push with the condition, and returns whom it was sent to.
func (box *outbox) push(t *testing.T, condition Condition) []string {
	t.Helper()
	parts := map[string]any{}
	for name, tags := range map[string][]string{"TagsOr": condition.TagsOr, "TagsAnd": condition.TagsAnd, "TagsNot": condition.TagsNot} {
		if tags != nil {
			parts[name] = tags
		}
	}
	for name, attributes := range map[string]map[string]string{"AttrsOr": condition.AttributesOr, "AttrsAnd": condition.AttributesAnd} {
		if attributes != nil {
			parts[name] = attributes
		}
	}
	box.pushes++
	push := map[string]any{"From_Account": "a", "MsgRandom": box.pushes, "OfflinePushInfo": map[string]any{}}
	if len(parts) > 0 {
		push["Condition"] = parts
	}
	body, err := json.Marshal(push)
	if err != nil {
		t.Fatal(err)
	}
	response := httptest.NewRecorder()
	box.emulator.ServeHTTP(response, httptest.NewRequestWithContext(t.Context(), http.MethodPost, box.target, strings.NewReader(string(body))))
	if box.sent == nil {
		t.Fatalf("%s is answered with %s", body, response.Body)
	}
	return box.sent
}

// agreementRandom makes random apps and conditions.
type agreementRandom struct{ *rand.Rand }

// agreementTexts are tags, values, and names of attributes: some differ in case,
// in spaces, or only in their Unicode form, which includes texts that NFKC, but
// not NFC, makes equal.
var agreementTexts = []string{
	"A", "a", " A", "A ", "A B", "A  B", "gold", "Gold", "fi", "\ufb01", "\u00e9", "e\u0301", "e", "\u212b", "A\u030a", "\u6df1\u5733",
	"\ud55c", "\u1112\u1161\u11ab", "\"", "{}", "null", "0", "a\tb", "a\u200bb", "s\u0323\u0307", "s\u0307\u0323", "\u1e69",
}

// text returns a text, as it is or in NFD, in which macOS and some keyboards
// write.
func (r agreementRandom) text() string {
	text := agreementTexts[r.IntN(len(agreementTexts))]
	if r.IntN(3) == 0 {
		return norm.NFD.String(text)
	}
	return text
}

// texts returns up to most different texts, at least one.
func (r agreementRandom) texts(most int) (texts []string) {
	for range 1 + r.IntN(most) {
		if text := r.text(); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// seed returns an app. Its RegistrationIDs have tags and attributes of their own,
// as the service demands.
func (r agreementRandom) seed() emulator.Seed {
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}, AttributeNames: map[string]emulator.AttributeName{}}
	names := map[string]bool{} // in NFC
	types := []string{"user_id", "registration_id"}
	for index := range 1 + r.IntN(10) {
		name := r.text()
		if names[norm.NFC.String(name)] {
			continue
		}
		names[norm.NFC.String(name)] = true
		seed.AttributeNames[fmt.Sprint(index)] = emulator.AttributeName{Name: name, Type: types[count(r.IntN(4) == 0)]}
	}
	for number := range 1 + r.IntN(12) {
		account := emulator.Account{Attributes: map[string]string{}, Type: types[count(r.IntN(4) == 0)]}
		for _, index := range slices.Sorted(maps.Keys(seed.AttributeNames)) {
			name := seed.AttributeNames[index]
			if name.Type == account.Type && r.IntN(4) > 0 {
				account.Attributes[name.Name] = r.value()
			}
		}
		for _, tag := range r.texts(20)[r.IntN(2):] {
			if registered := strings.ContainsAny(tag, "0\"{"); registered == (account.Type == "registration_id") {
				account.Tags = append(account.Tags, tag)
			}
		}
		seed.Accounts[fmt.Sprint("account-", number)] = account
	}
	return seed
}

// value returns one of few values, so that accounts often have the wanted one.
func (r agreementRandom) value() string {
	return []string{"", "gold", "Gold", "gold ", "\u00e9", "e\u0301", "\u6df1\u5733"}[r.IntN(7)]
}

// condition returns a condition that the service accepts: by tags, by attributes,
// or, rarely, none.
func (r agreementRandom) condition(seed emulator.Seed) (condition Condition) {
	given := r.IntN(8) // one bit for each part
	switch kind := r.IntN(20); {
	case kind == 0 || given == 0:
	case kind < 11:
		if given&1 != 0 {
			condition.TagsOr = r.texts(10)
		}
		if given&2 != 0 {
			inOr := func(tag string) bool {
				return slices.ContainsFunc(condition.TagsOr, func(or string) bool { return norm.NFC.String(or) == norm.NFC.String(tag) })
			}
			if condition.TagsAnd = slices.DeleteFunc(r.texts(3), inOr); len(condition.TagsAnd) == 0 {
				condition.TagsAnd = nil
			}
		}
		if given&4 != 0 {
			condition.TagsNot = r.texts(3)
		}
	default:
		if given&1 != 0 {
			condition.AttributesOr = r.attributes(seed, 4)
		}
		if given&2 != 0 || given == 4 {
			condition.AttributesAnd = r.attributes(seed, 2)
		}
	}
	return condition
}

// attributes returns up to most attributes that the app has, at least one, with random values.
func (r agreementRandom) attributes(seed emulator.Seed, most int) map[string]string {
	attributes := map[string]string{}
	for _, index := range r.Perm(10)[:1+r.IntN(most)] {
		if name, found := seed.AttributeNames[fmt.Sprint(index)]; found {
			form := []norm.Form{norm.NFC, norm.NFD}[r.IntN(2)]
			attributes[form.String(name.Name)] = r.value()
		}
	}
	if len(attributes) == 0 {
		attributes[seed.AttributeNames["0"].Name] = r.value()
	}
	return attributes
}
