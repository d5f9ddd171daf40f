package timpush

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// Only what differs is replaced, and what the service adds is left out.
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
		`{"To_Account":7,` + info + `}`:                                func(p *ScheduledPush) { p.Accounts = nil },
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
		if got := sent().Drifted(ScheduledTask{Kind: ScheduledToAccounts, At: at, Content: json.RawMessage(content)}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", content, got, want)
		}
	}
	later := at.Add(time.Hour)
	got := sent().Drifted(ScheduledTask{Kind: ScheduledToAll, At: later, Content: json.RawMessage(`{` + info + `}`)})
	want := sent()
	want.Kind, want.At, want.Accounts = ScheduledToAll, later, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("another kind and time: %+v", got)
	}
	if got := sent().Drifted(ScheduledTask{Kind: "New"}); !reflect.DeepEqual(got, sent()) {
		t.Errorf("an unknown kind and time: %+v", got)
	}
}
