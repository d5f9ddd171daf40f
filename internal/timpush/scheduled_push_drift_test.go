package timpush

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// notificationFields are some fields of a notification.
var notificationFields = Fields{
	"Title": {}, "PushFlag": {Default: "0"}, "PushTemplateParam": {},
	"ApnsInfo":             {Fields: Fields{"Sound": {}, "MutableContent": {Default: "0"}, "BadgeMode": {Default: "1"}, "LiveActivity": {Fields: Fields{"LaId": {}}}}},
	"MultiLanguageContent": {Fields: Fields{"Language": {}, "Title": {}}},
}

// Only what differs is replaced. Fields that are not known and were not sent are left out,
// since the service may add them.
func TestDrifted(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC)
	type fields = map[string]any
	sent := func() ScheduledPush {
		return ScheduledPush{Kind: ScheduledToAccounts, At: at, Accounts: []string{"a", "b"}, Message: Message{
			From: "admin", Notification: fields{"Title": "a", "PushFlag": 0, "ApnsInfo": fields{"Sound": "x", "MutableContent": 1}},
		}}
	}
	const audience, info = `"To_Account":["a","b"]`, `"OfflinePushInfo":{"Title":"a","ApnsInfo":{"Sound":"x","MutableContent":1}}`
	for content, change := range map[string]func(*ScheduledPush){
		``:   nil,
		`[]`: nil,
		`{"From_Account":"admin","MsgRandom":1,` + audience + `,"OfflinePushInfo":{"New":1,"Title":"a","PushFlag":0,"ApnsInfo":{"Sound":"x","MutableContent":1,"Badge":{}}}}`: nil,
		`{"From_Account":144115,` + audience + `,` + info + `}`:        nil,
		`{` + audience + `,` + info + `}`:                              nil,
		`{"From_Account":"other",` + audience + `,` + info + `}`:       func(p *ScheduledPush) { p.Message.From = "other" },
		`{"To_Account":["b","a"],` + info + `}`:                        nil,
		`{"To_Account":["a"],` + info + `}`:                            func(p *ScheduledPush) { p.Accounts = []string{"a"} },
		`{"To_Account":7,` + info + `}`:                                nil,
		`{"To_Account":[],` + info + `}`:                               nil,
		`{` + info + `}`:                                               nil,
		`{"Condition":{"TagsOr":["x"]},` + audience + `,` + info + `}`: func(p *ScheduledPush) { p.Condition.TagsOr = []string{"x"} },
		`{` + audience + `,"OfflinePushInfo":{"New":1,"Title":"b","ApnsInfo":{"Badge":1,"Sound":"y","MutableContent":1}}}`: func(p *ScheduledPush) {
			p.Message.Notification = fields{"Title": "b", "PushFlag": json.Number("0"), "ApnsInfo": fields{"Sound": "y", "MutableContent": json.Number("1")}}
		},
		`{` + audience + `,"OfflinePushInfo":{"Title":7,"ApnsInfo":{"MutableContent":1}}}`: func(p *ScheduledPush) {
			p.Message.Notification = fields{"Title": json.Number("7"), "PushFlag": json.Number("0"), "ApnsInfo": fields{"MutableContent": json.Number("1")}}
		},
		`{` + audience + `}`: func(p *ScheduledPush) { p.Message.Notification = fields{} },
	} {
		want := sent()
		if change != nil {
			change(&want)
		}
		if got := sent().Drifted(ScheduledTask{Kind: ScheduledToAccounts, At: at, Content: json.RawMessage(content)}, notificationFields); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", content, got, want)
		}
	}
	later := at.Add(time.Hour)
	got := sent().Drifted(ScheduledTask{Kind: ScheduledToAll, At: later, Content: json.RawMessage(`{` + info + `}`)}, nil)
	want := sent()
	want.Kind, want.At, want.Accounts = ScheduledToAll, later, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("another kind and time: %+v", got)
	}
	content := json.RawMessage(`{"Condition":{"TagsOr":["x"]},` + info + `}`)
	got = sent().Drifted(ScheduledTask{Kind: ScheduledToSelected, Content: content}, nil)
	want = sent()
	want.Kind, want.Accounts, want.Condition = ScheduledToSelected, nil, Condition{TagsOr: []string{"x"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("a condition: %+v", got)
	}
	for _, task := range []ScheduledTask{
		{Kind: ScheduledToSelected, Content: json.RawMessage(`{"Condition":{},` + info + `}`)},
		{Kind: "New", Content: content},
	} {
		if got := sent().Drifted(task, nil); !reflect.DeepEqual(got, sent()) {
			t.Errorf("%+v, without an audience: %+v", task, got)
		}
	}
	if got := sent().Drifted(ScheduledTask{Kind: "New"}, nil); !reflect.DeepEqual(got, sent()) {
		t.Errorf("an unknown kind and time: %+v", got)
	}
}

// A known field that was not sent, and that has another value than its default, differs.
func TestDriftedFields(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ sent, has, want string }{ // want is "" for what was sent
		{`{}`, `{}`, ``},
		{`{"Title":"a"}`, `{"Title":"a","PushFlag":1}`, `{"PushFlag":1,"Title":"a"}`},
		{`{"Title":"a"}`, `{"Title":"a","PushFlag":"1"}`, `{"PushFlag":"1","Title":"a"}`},
		{`{"Title":"a"}`, `{"Title":"a","PushFlag":0,"New":1}`, ``},
		{`{"Title":"a"}`, `{"Title":"a","PushFlag":null,"PushTemplateParam":{},"MultiLanguageContent":[],"ApnsInfo":{"New":1,"BadgeMode":1,"Sound":"","LiveActivity":{"New":1}}}`, ``},
		{`{"Title":"a"}`, `{"Title":"a","ApnsInfo":{"New":1,"Sound":"x","BadgeMode":"1"}}`, `{"ApnsInfo":{"Sound":"x"},"Title":"a"}`},
		{`{"Title":"a"}`, `{"Title":"a","ApnsInfo":"x"}`, `{"ApnsInfo":"x","Title":"a"}`},
		{`{"Title":"a"}`, `{"Title":"b","PushFlag":1,"New":1}`, `{"PushFlag":1,"Title":"b"}`},
		{`{"ApnsInfo":{"Sound":"x"}}`, `{"ApnsInfo":{"Sound":"x","LiveActivity":{"LaId":"y","New":1}}}`, `{"ApnsInfo":{"LiveActivity":{"LaId":"y"},"Sound":"x"}}`},
		{`{"ApnsInfo":{"BadgeMode":0}}`, `{"ApnsInfo":{"BadgeMode":1}}`, `{"ApnsInfo":{"BadgeMode":1}}`},
		{`{"ApnsInfo":{"New":{"a":1}}}`, `{"ApnsInfo":{"New":{"a":1,"b":2},"Other":1}}`, ``},
		{`{"ApnsInfo":{"New":{"a":1}}}`, `{"ApnsInfo":{"New":{"a":2,"b":2},"Sound":"x"}}`, `{"ApnsInfo":{"New":{"a":2},"Sound":"x"}}`},
		{`{"New":[{"a":1}]}`, `{"New":[{"a":1,"b":2}]}`, ``},
		{`{"New":[{"a":1}]}`, `{"New":[{"a":1},{"b":2}]}`, `{"New":[{"a":1},{}]}`},
		{`{"PushTemplateParam":{"a":1}}`, `{"PushTemplateParam":{"a":"1"}}`, ``},
		{`{"PushTemplateParam":{"a":1}}`, `{"PushTemplateParam":{"a":1,"b":{"c":2}}}`, `{"PushTemplateParam":{"a":1,"b":{"c":2}}}`},
		{`{"MultiLanguageContent":[{"Language":"zh"}]}`, `{"MultiLanguageContent":[{"Language":"zh","New":1,"Title":""}]}`, ``},
		{`{"MultiLanguageContent":[{"Language":"zh"}]}`, `{"MultiLanguageContent":[{"Language":"zh","New":1,"Title":"a"}]}`, `{"MultiLanguageContent":[{"Language":"zh","Title":"a"}]}`},
		{`{"MultiLanguageContent":[{"Language":"zh"}]}`, `{"MultiLanguageContent":[{"Language":"zh"},{"Language":"en"}]}`, `{"MultiLanguageContent":[{"Language":"zh"},{"Language":"en"}]}`},
	} {
		push := ScheduledPush{Kind: ScheduledToAll, Message: Message{Notification: decodeObject(json.RawMessage(test.sent))}}
		got := push.Drifted(ScheduledTask{Kind: ScheduledToAll, Content: json.RawMessage(`{"OfflinePushInfo":` + test.has + `}`)}, notificationFields)
		want := test.want
		if want == "" {
			want = test.sent
		}
		if text := encodeTree(got.Message.Notification); text != want {
			t.Errorf("%s was sent, and the service has %s: got %s, want %s", test.sent, test.has, text, want)
		}
	}
}
