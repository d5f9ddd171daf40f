package timpush

import (
	"encoding/json"
	"testing"
)

// What a change left out, and what the service still has, is kept, unless it means the same
// as none.
func TestWithKept(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ before, sent, has, want string }{ // want is "" for what was sent
		{`{"Title":"a"}`, `{"Title":"b"}`, `{"Title":"a"}`, ``}, // drift
		{`{"New":1}`, `{}`, `{"New":1}`, `{"New":1}`},
		{`{"New":1}`, `{}`, `{"New":2}`, ``},
		{`{"New":1}`, `{}`, `{}`, ``},
		{`{"New":0}`, `{}`, `{"New":0}`, `{"New":0}`},
		{`{"New":0}`, `{}`, `{"New":null}`, ``},
		{`{"New":1}`, `{"New":2}`, `{"New":1}`, ``}, // drift
		{`{"New":{"a":1,"b":2}}`, `{"New":{"b":2}}`, `{"New":{"a":1,"b":2,"c":3}}`, `{"New":{"a":1,"b":2}}`},
		{`{"New":{"a":{"b":0}}}`, `{}`, `{"New":{"a":{"b":0}}}`, `{"New":{"a":{"b":0}}}`},
		{`{"New":{"a":1}}`, `{}`, `{"New":1}`, ``},
		{`{"New":[1,{"a":0}]}`, `{}`, `{"New":[1,{"a":0}]}`, `{"New":[1,{"a":0}]}`},
		{`{"Title":""}`, `{}`, `{"Title":""}`, `{"Title":""}`},
		{`{"PushFlag":0,"PushTemplateParam":{}}`, `{}`, `{"PushFlag":0,"PushTemplateParam":{}}`, ``},
		{`{"PushTemplateParam":{"a":1,"b":0}}`, `{"PushTemplateParam":{"a":1}}`, `{"PushTemplateParam":{"a":1,"b":0}}`, `{"PushTemplateParam":{"a":1,"b":0}}`},
		{`{"ApnsInfo":{"BadgeMode":0,"Sound":"x"}}`, `{"ApnsInfo":{"Sound":"x"}}`, `{"ApnsInfo":{"BadgeMode":0,"Sound":"x"}}`, `{"ApnsInfo":{"BadgeMode":0,"Sound":"x"}}`},
		{`{"ApnsInfo":{"BadgeMode":0,"MutableContent":0}}`, `{"Title":"a"}`, `{"Title":"a","ApnsInfo":{"BadgeMode":0,"MutableContent":0}}`, `{"ApnsInfo":{"BadgeMode":0},"Title":"a"}`},
		{`{"ApnsInfo":{"BadgeMode":1}}`, `{}`, `{"ApnsInfo":{"BadgeMode":1}}`, ``},
	} {
		push := func(notification string) ScheduledPush {
			return ScheduledPush{Message: Message{Notification: decodeObject(json.RawMessage(notification))}}
		}
		sent := push(test.sent)
		got := sent.WithKept(push(test.before), sent, ScheduledTask{Content: json.RawMessage(`{"OfflinePushInfo":` + test.has + `}`)}, notificationFields)
		want := test.want
		if want == "" {
			want = test.sent
		}
		if text := encodeTree(got.Message.Notification); text != want {
			t.Errorf("%s became %s, and the service has %s: got %s, want %s", test.before, test.sent, test.has, text, want)
		}
		if text := encodeTree(sent.Message.Notification); text != test.sent {
			t.Errorf("%s has become %s", test.sent, text)
		}
	}
}
