package emulator

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// pushBody returns the body of a push with this condition, "" for none.
func pushBody(condition string) string {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return `{"From_Account":"administrator","MsgRandom":1,"OfflinePushInfo":{}` + condition + `}`
}

// lastSent returns the accounts that the last request sent a push to.
func lastSent(e *Emulator) []string {
	entries := e.Journal()
	return entries[len(entries)-1].Sent
}

// TestConditions tests which accounts a condition selects, under each reading.
func TestConditions(t *testing.T) {
	t.Parallel()
	seed := Seed{
		Accounts: map[string]Account{
			"none":  {},
			"a":     {Tags: []string{"A"}, Attributes: map[string]string{"city": "ShenZhen"}},
			"ab":    {Tags: []string{"B", "A"}, Attributes: map[string]string{"city": "ShenZhen", "level": "gold"}},
			"c":     {Tags: []string{"C", "e\u0301"}, Attributes: map[string]string{"city": " ShenZhen", "level": "gold"}},
			"d":     {Tags: []string{"a", "A "}, Attributes: map[string]string{"city": "", "level": "e\u0301"}},
			"phone": {Type: "registration_id", Tags: []string{"P"}, Attributes: map[string]string{"os": "x"}},
		},
		AttributeNames: map[string]AttributeName{
			"0": {Name: "city"},
			"1": {Name: "level"},
			"2": {Name: "os", Type: "registration_id"},
			"3": {Name: "re\u0301gion"},
		},
	}
	const everybody = "a ab c d none phone"
	for condition, want := range map[string]struct {
		sent  string // with the usual readings
		other string // with the other readings; "" if they make no difference
	}{
		"":                                                            {sent: everybody},
		`{"TagsOr":["A"]}`:                                            {sent: "a ab"},
		`{"TagsOr":["A","C"]}`:                                        {sent: "a ab c"},
		`{"TagsOr":["a"]}`:                                            {sent: "d"},
		`{"TagsOr":["A "]}`:                                           {sent: "d"},
		`{"TagsOr":["X"]}`:                                            {sent: ""},
		`{"TagsOr":["\u00e9"]}`:                                       {sent: "c"},
		`{"TagsAnd":["A","B"]}`:                                       {sent: "ab"},
		`{"TagsAnd":["A","A"]}`:                                       {sent: "a ab"},
		`{"TagsAnd":["e\u0301","C"]}`:                                 {sent: "c"},
		`{"TagsNot":["A"]}`:                                           {sent: "c d none phone"},
		`{"TagsNot":["A","A"]}`:                                       {sent: "c d none phone"},
		`{"TagsNot":["A","B"]}`:                                       {sent: "c d none phone", other: "a c d none phone"},
		`{"TagsNot":["A","B","X"]}`:                                   {sent: "c d none phone", other: everybody},
		`{"TagsOr":["C","P"],"More":5}`:                               {sent: "c phone"},
		`{"TagsOr":["B","C"],"TagsAnd":["A"]}`:                        {sent: "ab"},
		`{"TagsOr":["A","C"],"TagsNot":["B"]}`:                        {sent: "a c"},
		`{"TagsAnd":["A"],"TagsNot":["B"]}`:                           {sent: "a"},
		`{"TagsOr":["A"],"TagsAnd":["B"],"TagsNot":["C"]}`:            {sent: "ab"},
		`{"AttrsOr":{"city":"ShenZhen"}}`:                             {sent: "a ab"},
		`{"AttrsOr":{"city":"ShenZhen","level":"gold"}}`:              {sent: "a ab c"},
		`{"AttrsAnd":{"city":"ShenZhen","level":"gold"}}`:             {sent: "ab"},
		`{"AttrsAnd":{"city":""}}`:                                    {sent: "d"},
		`{"AttrsAnd":{"city":"shenzhen"}}`:                            {sent: ""},
		`{"AttrsAnd":{"level":"\u00e9"}}`:                             {sent: "d"},
		`{"AttrsAnd":{"r\u00e9gion":"x"}}`:                            {sent: ""},
		`{"AttrsOr":{"os":"x","city":""}}`:                            {sent: "d phone"},
		`{"AttrsOr":{"city":"ShenZhen"},"AttrsAnd":{}}`:               {sent: "90001"},
		`{"AttrsOr":{"city":"x"},"AttrsAnd":{"os":"x"}}`:              {sent: "", other: "phone"},
		`{"AttrsOr":{"level":"gold"},"AttrsAnd":{"city":"ShenZhen"}}`: {sent: "ab", other: "a ab c"},
		`{"AttrsOr":{"level":"gold","city":""},"AttrsAnd":{"city":"","level":""}}`: {sent: "", other: "ab c d"},
	} {
		for other, readings := range map[bool]Readings{false: {}, true: {TagsNotAll: true, AttrsEither: true}} {
			e := newTest(t, func(o *Options) { o.Seed, o.Readings = seed, readings })
			got, want := read(t, postTo(t, e, "push", pushBody(condition))), want
			if other && want.other != "" {
				want.sent = want.other
			}
			if strings.HasPrefix(want.sent, "9") {
				if fmt.Sprint(*got.ErrorCode) != want.sent || lastSent(e) != nil {
					t.Errorf("%s: code %d, sent to %q", condition, *got.ErrorCode, lastSent(e))
				}
				continue
			}
			if sent := lastSent(e); *got.ErrorCode != 0 || sent == nil || !slices.Equal(sent, strings.Fields(want.sent)) {
				t.Errorf("%s, other readings %t: code %d, sent to %q, want %q", condition, other, *got.ErrorCode, sent, want.sent)
			}
		}
	}
}

// TestInvalidConditions: a push with an invalid condition is sent to nobody.
func TestInvalidConditions(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 51)
	for condition, code := range map[string]int{
		`null`:                            90001,
		`{}`:                              90001,
		`[]`:                              90001,
		`"TagsOr"`:                        90001,
		`{"tagsor":["A"]}`:                90001,
		`{"TagsOr":[]}`:                   90001,
		`{"TagsOr":null}`:                 90001,
		`{"TagsOr":"A"}`:                  90001,
		`{"TagsOr":["A",1]}`:              90001,
		`{"TagsOr":["A"],"TagsAnd":5}`:    90001,
		`{"TagsNot":[null]}`:              90001,
		`{"AttrsOr":{}}`:                  90001,
		`{"AttrsOr":["city"]}`:            90001,
		`{"AttrsOr":{"city":1}}`:          90001,
		`{"AttrsAnd":{"city":null}}`:      90001,
		`{"TagsOr":["` + long[1:] + `"]}`: 0,
		`{"TagsOr":["` + long + `"]}`:     90020,
		`{"TagsAnd":["` + strings.Repeat("深", 17) + `"]}`:                  90020,
		`{"TagsNot":["` + long + `"]}`:                                     90020,
		`{"TagsOr":["A","B"],"TagsAnd":["C","B"]}`:                         90022,
		`{"TagsOr":["\u00e9"],"TagsAnd":["e\u0301"]}`:                      90022,
		`{"TagsOr":["A"],"TagsAnd":["a"],"TagsNot":["A","a"]}`:             0,
		`{"TagsOr":[` + tags(0, 10) + `],"TagsNot":[` + tags(0, 10) + `]}`: 0,
		`{"TagsOr":[` + tags(0, 11) + `]}`:                                 90032,
		`{"TagsAnd":[` + tags(0, 11) + `]}`:                                90032,
		`{"TagsNot":[` + tags(0, 11) + `]}`:                                90032,
		`{"TagsNot":[` + tags(0, 10) + `,"t0"]}`:                           90032,
		`{"AttrsOr":{"City":"x"}}`:                                         90033,
		`{"AttrsAnd":{"":"x"}}`:                                            90033,
		`{"AttrsAnd":{"city":"` + long[1:] + `"}}`:                         0,
		`{"AttrsAnd":{"city":"` + long + `"}}`:                             90033,
		`{"AttrsOr":{"city":"x"},"TagsNot":["A"]}`:                         90039,
		`{"AttrsAnd":{"city":"x"},"TagsOr":["A"]}`:                         90039,
		`{"TagsOr":["A",""]}`:                                              90040,
		`{"TagsAnd":[""]}`:                                                 90040,
		`{"TagsNot":[""]}`:                                                 90040,
	} {
		e := newTest(t, nil)
		x := exchange{"push", pushBody(condition), code, `,"TaskId":""`}
		if code == 0 {
			x.rest = fmt.Sprintf(`,"TaskId":"%x_1"`, e.now().Unix())
		}
		expect(t, e, x)
		if sent := lastSent(e); (sent == nil) != (code != 0) {
			t.Errorf("%s: sent to %q", condition, sent)
		}
	}
}

// TestMessages tests the fields that push and batch have in common.
func TestMessages(t *testing.T) {
	t.Parallel()
	type codes struct{ push, batch int }
	const good = `"From_Account":"a","To_Account":["xiaohua"],"OfflinePushInfo":{}`
	for fields, code := range map[string]codes{
		good + `,"MsgRandom":0`:                   {0, 0},
		good + `,"MsgRandom":4294967295,"more":1`: {0, 0},
		good:                                  {90005, 90001},
		good + `,"MsgRandom":null`:            {90005, 90001},
		good + `,"MsgRandom":-1`:              {90005, 90001},
		good + `,"MsgRandom":4294967296`:      {90005, 90001},
		good + `,"MsgRandom":1.5`:             {90005, 90001},
		good + `,"MsgRandom":"1"`:             {90005, 90001},
		good + `,"msgrandom":1`:               {90005, 90001},
		good + `,"MsgRandom":1,"DataId":""`:   {0, 0},
		good + `,"MsgRandom":1,"DataId":5`:    {90001, 90001},
		good + `,"MsgRandom":1,"DataId":null`: {90001, 90001},
		good + `,"MsgRandom":1,"DataId":"` + strings.Repeat("x", 64) + `"`:                                           {0, 0},
		good + `,"MsgRandom":1,"DataId":"` + strings.Repeat("x", 65) + `"`:                                           {90057, 90057},
		`"To_Account":["xiaohua"],"OfflinePushInfo":{},"MsgRandom":1`:                                                {90001, 90001},
		`"From_Account":"","To_Account":["xiaohua"],"OfflinePushInfo":{},"MsgRandom":1`:                              {90001, 90001},
		`"From_Account":5,"To_Account":["xiaohua"],"OfflinePushInfo":{},"MsgRandom":1`:                               {60015, 60015},
		`"From_Account":"a","To_Account":["xiaohua"],"MsgRandom":1`:                                                  {90001, 90001},
		`"From_Account":"a","To_Account":["xiaohua"],"OfflinePushInfo":"text","MsgRandom":1`:                         {90043, 90043},
		`"From_Account":"a","To_Account":["xiaohua"],"OfflinePushInfo":null,"MsgRandom":1`:                           {90043, 90043},
		`"From_Account":"a","OfflinePushInfo":{},"MsgRandom":1`:                                                      {0, 90001},
		`"From_Account":"a","To_Account":[5],"OfflinePushInfo":{},"MsgRandom":1`:                                     {0, 60015},
		good + `,"MsgRandom":1,"x":"` + strings.Repeat("x", 10<<10-len(good)-len(`{,"MsgRandom":1,"x":""}`)) + `"`:   {0, 0},
		good + `,"MsgRandom":1,"x":"` + strings.Repeat("x", 10<<10-len(good)-len(`{,"MsgRandom":1,"x":""}`)+1) + `"`: {90056, 0},
	} {
		for api, code := range map[string]int{"push": code.push, "batch": code.batch} {
			e := newTest(t, nil)
			r := read(t, postTo(t, e, api, "{"+fields+"}"))
			if *r.ErrorCode != code || (lastSent(e) == nil) != (code != 0) {
				t.Errorf("%s %.200s: code %d, want %d; sent to %q", api, fields, *r.ErrorCode, code, lastSent(e))
			}
		}
	}
}

// TestBatch sends to accounts of which some do not exist.
func TestBatch(t *testing.T) {
	t.Parallel()
	c := newClock()
	e := newTest(t, func(o *Options) { o.Seed, o.Now = twoKindsSeed(), c.now })
	body := func(accounts string) string {
		return `{"From_Account":"` + registrationID + `","To_Account":[` + accounts + `],"MsgRandom":1,"OfflinePushInfo":{}}`
	}
	task := func(n int) string { return fmt.Sprintf(`,"TaskId":"batch_%x_%d"`, e.now().Unix(), n) }
	for i, tc := range []struct {
		accounts, rest string
		sent           []string
	}{
		{`"xiaoming","` + registrationID + `","xiaohua","xiaoming"`, "", []string{registrationID, "xiaohua", "xiaoming"}},
		{`"xiaoming","user","user"`, errorList("70107", "user"), []string{"xiaoming"}},
		{`"user"`, errorList("70107", "user"), []string{}},
	} {
		c.forward(time.Second)
		expect(t, e, exchange{"batch", body(tc.accounts), 0, task(i+1) + tc.rest})
		if sent := lastSent(e); !reflect.DeepEqual(sent, tc.sent) {
			t.Errorf("%s: sent to %#v, want %#v", tc.accounts, sent, tc.sent)
		}
	}
	expect(t, e, exchange{"batch", body(""), 90001, `,"TaskId":""`}, exchange{"get_attr_name", "[]", 90001, ""})
	if sent := lastSent(e); sent != nil {
		t.Errorf("sent to %q by another command", sent)
	}
}

// TestSentInTheJournal: only executed pushes are in the outbox, secrets are hidden, and the journal is a copy.
func TestSentInTheJournal(t *testing.T) {
	t.Parallel()
	e := newTest(t, func(o *Options) {
		o.Seed = Seed{Accounts: map[string]Account{testKey: {}, "a": {}}}
	})
	e.Script(
		Fault{Times: 1, Effect: Effect{Code: 91000}},
		Fault{Times: 1, Effect: Effect{Code: 91000, Execute: true}},
	)
	for range 2 {
		postTo(t, e, "push", pushBody(""))
	}
	entries := e.Journal()
	if entries[0].Sent != nil || !slices.Equal(entries[1].Sent, []string{"a", "(secret)"}) {
		t.Errorf("sent to %q and %q", entries[0].Sent, entries[1].Sent)
	}
	entries[1].Sent[0] = "changed"
	if got := e.Journal()[1].Sent[0]; got != "a" {
		t.Errorf("changing the copy changed the journal: %q", got)
	}
}
