package provider

import (
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const sampleNotification = `"Title":"Title","Desc":"Text","BadgeAddNum":1`

// What somebody else changes is drift of that argument, and apply restores it.
func TestScheduledPushDrift(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		drift    emulator.ScheduledPush
		argument string
		want     any
	}{
		"title": {
			emulator.ScheduledPush{Content: contentOf(`"Title":"Drift","Desc":"Text","BadgeAddNum":1,"Ext":"{}"`, usersField)},
			"notification.title", "Drift",
		},
		"a field more": {
			emulator.ScheduledPush{Content: contentOf(sampleNotification+`,"PushFlag":1`, usersField)},
			"notification.online_only", true,
		},
		"an object more": {
			emulator.ScheduledPush{Content: contentOf(sampleNotification+`,"HarmonyInfo":{"Sound":"","Title":"x","New":1}`, usersField)},
			"notification.harmony",
			map[string]any{"title": "x", "category": nil, "image": nil, "sound": nil, "sound_duration": nil},
		},
		"a field less": {emulator.ScheduledPush{Content: contentOf(`"Title":"Title","Desc":"Text"`, usersField)}, "notification.badge_add", nil},
		"time":         {emulator.ScheduledPush{In: "2h"}, "send_at", "2000-01-01T02:00:00Z"},
		"accounts": {
			emulator.ScheduledPush{Content: contentOf(sampleNotification, `,"To_Account":["xiaoming"]`)},
			"audience.accounts",
			[]any{"xiaoming"},
		},
		"sender": {
			emulator.ScheduledPush{Content: []byte(strings.Replace(string(contentOf(sampleNotification, usersField)), "administrator", "xiaoming", 1))},
			"from_account", "xiaoming",
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			arguments := toUsers()
			s.created(t, arguments)
			s.drift(t, firstTask, &test.drift)
			before := s.state
			checkText(t, name, s.refresh(), "")
			attribute, field, isNested := strings.Cut(test.argument, ".")
			got := s.attribute(attribute)
			if isNested {
				fields, _ := got.(map[string]any)
				got = fields[field]
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s: %s is %v, want %v", name, test.argument, got, test.want)
			}
			old, now := s.attributes(before), s.attributes(s.state)
			for other := range old {
				if other != attribute && !old[other].Equal(now[other]) {
					t.Errorf("%s: %s is %s, was %s", name, other, now[other], old[other])
				}
			}
			s.wire.taken()
			s.checkRun(t, arguments, "update\n", "get", "modify", "get")
			s.checkRun(t, arguments, "none\n", "get")
		})
	}
}

// What the service adds to content is no drift.
func TestScheduledPushServiceAdds(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"random":        `{"From_Account":"administrator","MsgRandom":7,"To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `}}`,
		"fields":        `{"From_Account":"administrator","New":{"a":1},"To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `,"ApnsInfo":{"New":1},"New":1}}`,
		"defaults":      `{"From_Account":"administrator","To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `,"PushFlag":0,"Ext":"","BadgeSetNum":0,"MultiLanguageContent":[],"PushTemplateParam":{},"AndroidInfo":{"VIVONotifyType":"4"},"ApnsInfo":{"BadgeMode":1,"Sound":null,"LiveActivity":{"LaId":""}}}}`,
		"a number":      `{"From_Account":144115188075855872,"To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `}}`,
		"a text":        `{"From_Account":"administrator","To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{"Title":"Title","Desc":"Text","BadgeAddNum":"1"}}`,
		"empty objects": `{"From_Account":"administrator","Condition":{},"To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `}}`,
		"no sender":     `{"To_Account":["xiaoming","xiaohua"],"OfflinePushInfo":{` + sampleNotification + `}}`,
		"no content":    `null`,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			arguments := toUsers()
			s.created(t, arguments)
			s.app.Script(emulator.Fault{Match: emulator.Match{API: "get_sched_task"}, Effect: emulator.Effect{
				Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"TaskInfo":{"TaskID":` + firstTask + `,"Type":"User","SchedAt":"` + inUTC(time.Hour) + `","CreateAt":"` + inUTC(0) + `","Status":"pending","Content":` + content + `}}`,
			}})
			before := s.state
			s.checkRun(t, arguments, "none\n", "get")
			if !s.state.Equal(before) {
				t.Errorf("%s: the state is\n%s, was\n%s", name, s.state, before)
			}
		})
	}
}

// Numbers as the sender are those of the service, also where the account is a number.
func TestScheduledPushNumericSender(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers(values{"from_account": "12345"})
		s.created(t, arguments)
		s.checkRun(t, arguments, "none\n", "get")
	})
}

// unreadable rejects reads of a push, as if it did not exist.
func unreadable() emulator.Fault {
	return emulator.Fault{Match: emulator.Match{API: "get_sched_task"}, Effect: emulator.Effect{Code: timpush.CodeBadScheduledPush}}
}

// doesNotExist is the warning that a push leaves the state.
const doesNotExist = "WARNING Scheduled Push Does Not Exist\nThe service neither reads nor lists the scheduled push (task " + firstTask + "), so it was probably deleted outside of this configuration: it is removed from the state. The next apply schedules it again. " +
	"To leave it deleted, remove its block. If the console still shows it, import it before you apply.\n"

// A push that cannot be read remains in the state if it is listed, so that it is not
// scheduled twice, also right after it was created. If no list can be read, that is not
// known.
func TestScheduledPushIsListedOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, values{"max_retries": 0})
		fault := unreadable()
		fault.Times = 1
		s.app.Script(fault)
		arguments := toUsers()
		checkParts(t, "create", s.run(arguments), "create\nWARNING Unable to Read Scheduled Push\nThe push was scheduled (task "+firstTask+"), but reading it failed. ")
		s.checkCommands(t, "add", "get")
		s.checkRun(t, arguments, "none\n", "get")

		s.app.Script(fault)
		before := s.state
		s.checkRun(t, arguments, "none\n", "get", "list")
		if !s.state.Equal(before) {
			t.Errorf("the state is %s, was %s", s.state, before)
		}

		s.app.Script(fault, emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Times: 1, Effect: emulator.Effect{Code: 60009}})
		checkParts(t, "no list", s.run(arguments), "ERROR Unable to Read Scheduled Push\n", "\n\nAPI: list_sched_task\n")
		if !s.state.Equal(before) {
			t.Errorf("the state is %s, was %s", s.state, before)
		}
	})
}

// A push that does not exist was deleted if its time has not come, and is done
// otherwise.
func TestScheduledPushDoesNotExist(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		s.drift(t, firstTask, nil)
		checkText(t, "refresh before", s.refresh(), doesNotExist)
		s.checkCommands(t, "get", "list", "list")
		if !s.state.IsNull() {
			t.Errorf("the state is %s", s.state)
		}
		s.wire.taken()
		s.checkRun(t, arguments, "create\n", "add", "get")

		s.drift(t, secondTask, nil)
		pass(2 * time.Hour)
		before := s.state
		s.checkRun(t, arguments, "none\n", "get")
		if !s.state.Equal(before) {
			t.Errorf("the state is %s, was %s", s.state, before)
		}
		s.checkRun(t, nil, "delete\n"+strings.ReplaceAll(due, firstTask, secondTask)+alreadySent(secondTask), "get", "delete", "get")
	})
}

// A push that does not exist shortly before its time may have been sent, if this machine's
// clock is behind. It is not sent again.
func TestScheduledPushMayBeDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		s.drift(t, firstTask, nil)
		pass(51 * time.Minute)
		before := s.state
		s.checkRun(t, arguments, "none\nWARNING Scheduled Push Does Not Exist\nThe service no longer has the scheduled push (task "+firstTask+"), whose time is "+in(9*time.Minute)+". "+
			"It may have been sent, if this machine's clock is behind, so it remains in the state, and is not scheduled again. If it was deleted and should be sent, set send_at to a later time once its time has passed.\n", "get")
		if !s.state.Equal(before) {
			t.Errorf("the state is %s, was %s", s.state, before)
		}
	})
}

// The default sender is that of the provider, also after it changes. A push that is done
// is not sent again for that.
func TestScheduledPushDefaultSenderChanges(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		other, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Admin: "other", Seed: emulator.Seed{
			Accounts:        emulator.SampleSeed().Accounts,
			ScheduledPushes: map[string]*emulator.ScheduledPush{firstTask: {In: "1h", Type: "User", Content: contentOf(sampleNotification, usersField)}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		s.app, s.wire.Handler = other, other
		before, p := s.state, s.p
		s.p = newConfigured(t, s.wire, values{"identifier": "other"})
		s.checkRun(t, arguments, "update\n", "get", "modify", "get")
		s.checkRun(t, arguments, "none\n", "get")

		s.state, s.p = before, p
		s.p = newConfigured(t, s.wire, values{"identifier": "other"})
		s.drift(t, firstTask, &emulator.ScheduledPush{Content: contentOf(sampleNotification, usersField)})
		pass(2 * time.Hour)
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")
	})
}

// The order of accounts and tags is no difference, at the service or in the
// configuration, also of a push that is done.
func TestScheduledPushOrder(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		audience, reordered map[string]any
		kind, fields        string
	}{
		"accounts": {
			map[string]any{"accounts": []any{"xiaoming", "xiaohua", "xiaoming"}},
			map[string]any{"accounts": []any{"xiaohua", "xiaoming"}},
			"User", `,"To_Account":["xiaohua","xiaoming"]`,
		},
		"tags": {
			map[string]any{"condition": map[string]any{"tags_or": []any{"a", "b"}, "tags_not": []any{"c", "d"}}},
			map[string]any{"condition": map[string]any{"tags_or": []any{"b", "a"}, "tags_not": []any{"d", "c"}}},
			"Tag", `,"Condition":{"TagsOr":["b","a"],"TagsNot":["d","c"]}`,
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			arguments := toUsers(values{"audience": test.audience})
			s.created(t, arguments)
			s.drift(t, firstTask, &emulator.ScheduledPush{Type: test.kind, Content: contentOf(sampleNotification, test.fields)})
			s.checkRun(t, arguments, "none\n", "get")
			arguments["audience"] = test.reordered
			s.checkRun(t, arguments, "update\n", "get")
			if got := s.attribute("audience"); show(got) == show(test.audience) {
				t.Errorf("%s: the state has %v", name, got)
			}
			pass(2 * time.Hour)
			arguments["audience"] = test.audience
			s.checkRun(t, arguments, "update\n", "get")
		})
	}
}
