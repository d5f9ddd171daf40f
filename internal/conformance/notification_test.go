package conformance

import (
	"context"
	"encoding/json"
	"maps"
	"testing"
	"testing/synctest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// storing is a service that stores another notification than it gets.
type storing struct {
	asker
	change func(notification map[string]any)
}

func (s storing) Ask(ctx context.Context, api string, request json.RawMessage) (json.RawMessage, error) {
	body, _ := decoded(request).(map[string]any)
	content, _ := body["Content"].(map[string]any)
	if notification, _ := content["OfflinePushInfo"].(map[string]any); notification != nil {
		s.change(notification)
		request = encoded(body)
	}
	return s.asker.Ask(ctx, api, request)
}

// fillDefaults sets two fields if they are missing.
func fillDefaults(notification map[string]any) {
	apns, _ := notification["ApnsInfo"].(map[string]any)
	if apns == nil {
		apns = map[string]any{}
		notification["ApnsInfo"] = apns
	}
	for name, value := range map[string]any{"BadgeMode": 1, "ContentAvailable": 0} {
		if apns[name] == nil {
			apns[name] = value
		}
	}
}

// dropEmpty removes what is empty, as many encoders do.
func dropEmpty(object map[string]any) {
	maps.DeleteFunc(object, func(_ string, value any) bool {
		switch value := value.(type) {
		case map[string]any:
			dropEmpty(value)
			return len(value) == 0
		case []any:
			return len(value) == 0
		}
		return value == nil || value == "" || value == false || value == json.Number("0")
	})
}

func dropUnknown(object map[string]any) {
	delete(object, "ConformanceField")
	if apns, _ := object["ApnsInfo"].(map[string]any); apns != nil {
		delete(apns, "ConformanceField")
	}
}

func addText(notification map[string]any) {
	list, _ := notification["MultiLanguageContent"].([]any)
	for _, element := range list {
		if language, _ := element.(map[string]any); language != nil {
			language["Desc"] = ""
		}
	}
}

func addLanguage(notification map[string]any) {
	if list, _ := notification["MultiLanguageContent"].([]any); len(list) > 0 {
		notification["MultiLanguageContent"] = append(list, map[string]any{"Language": "zh"})
	}
}

// Services that differ from the emulator's picks have other answers. A question has none, "", if nothing can be seen.
func TestOtherServices(t *testing.T) {
	t.Parallel()
	keep := func(map[string]any) {}
	rejects := func(api string) []emulator.Fault {
		return []emulator.Fault{{Match: emulator.Match{API: api}, Effect: emulator.Effect{Code: timpush.CodeBadScheduledPush}}}
	}
	for name, test := range map[string]struct {
		change  func(map[string]any)
		merges  bool
		faults  []emulator.Fault
		answers map[string]string
	}{
		"it merges": {change: keep, merges: true, answers: map[string]string{
			"scheduled-modify-content":      "merged",
			"scheduled-modify-notification": "merged",
			"notification-modify-nested":    `not replaced: AndroidInfo = {"Sound":"test"}, ApnsInfo.Title = "Test"`,
			"notification-modify-unknown":   `not replaced: ApnsInfo.ConformanceField = "test", ConformanceField = "test"`,
			"notification-modify-zero":      "not replaced: AndroidInfo.VIVOClassification = 0, ApnsInfo.BadgeMode = 0, BadgeSetNum = 0, PushFlag = 0",
			"notification-modify-to-zero":   "replaced",
			"notification-modify-free-form": "not replaced: ApnsInfo.LiveActivity.ContentState.Away = 2",
		}},
		"it adds defaults": {change: fillDefaults, answers: map[string]string{
			"notification-added":         `ApnsInfo = {"BadgeMode":1,"ContentAvailable":0}`,
			"notification-added-nested":  "ApnsInfo.BadgeMode = 1, ApnsInfo.ContentAvailable = 0",
			"notification-zero":          "as sent",
			"notification-empty":         "as sent",
			"notification-unknown":       "as sent",
			"notification-free-form":     "as sent",
			"notification-modify-nested": "replaced",
			"notification-modify-zero":   "replaced",
		}},
		"it drops what is empty": {change: dropEmpty, answers: map[string]string{
			"notification-added":          "none",
			"notification-zero":           "AndroidInfo is missing, ApnsInfo is missing, BadgeSetNum is missing, PushFlag is missing",
			"notification-empty":          "Ext is missing, HarmonyInfo is missing, MultiLanguageContent is missing",
			"notification-free-form":      "ApnsInfo.LiveActivity.ContentState is missing",
			"notification-modify-zero":    "",
			"notification-modify-to-zero": "replaced",
		}},
		"it drops what is empty, and merges": {change: dropEmpty, merges: true, answers: map[string]string{
			"notification-modify-to-zero": `not replaced: AndroidInfo = {"VIVOClassification":1}, ApnsInfo = {"BadgeMode":1,"MutableContent":1}, BadgeSetNum = 5, Ext = "test", PushFlag = 1`,
		}},
		"it drops what is not documented": {change: dropUnknown, answers: map[string]string{
			"notification-unknown":        "ApnsInfo.ConformanceField is missing, ConformanceField is missing",
			"notification-modify-unknown": "",
		}},
		"it adds inside a list": {change: addText, answers: map[string]string{"notification-added-nested": `MultiLanguageContent[0].Desc = ""`}},
		"it adds to a list": {change: addLanguage, answers: map[string]string{
			"notification-added-nested": `MultiLanguageContent = [{"Language":"en","Title":"Test"},{"Language":"zh"}] in place of [{"Language":"en","Title":"Test"}]`,
		}},
		"it stores another value": {change: func(notification map[string]any) { notification["AndroidInfo"] = map[string]any{"PushStyle": 1} }, answers: map[string]string{
			"notification-added": `AndroidInfo = {"PushStyle":1}`,
			"notification-zero":  `AndroidInfo.PushStyle = 1 in place of 0, AndroidInfo.VIVOClassification is missing`,
		}},
		"it returns nothing": {
			change:  keep,
			faults:  []emulator.Fault{{Match: emulator.Match{API: "get_sched_task"}, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"TaskInfo":{"Content":{}}}`}}},
			answers: map[string]string{"notification-added": "", "notification-modify-nested": ""},
		},
		"it returns no ID": {
			change:  keep,
			faults:  []emulator.Fault{{Match: emulator.Match{API: addTask}, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0}`}}},
			answers: map[string]string{"notification-added": "", "notification-modify-nested": ""},
		},
		"it rejects new tasks": {change: keep, faults: rejects(addTask), answers: map[string]string{"notification-free-form": "error code 90104", "notification-modify-free-form": ""}},
		"it rejects changes":   {change: keep, faults: rejects("modify_sched_task"), answers: map[string]string{"notification-modify-unknown": "error code 90104"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for id, want := range test.answers {
				synctest.Test(t, func(t *testing.T) {
					service, err := emulator.New(emulator.Options{SDKAppID: testApp, Key: testKey, Seed: emptySeed(), Readings: emulator.Readings{MergesContent: test.merges}})
					if err != nil {
						t.Fatal(err)
					}
					service.Script(test.faults...)
					client := newRecorder(t, service)
					client.next = storing{client.next, test.change}
					report := runQuestions(t.Context(), fullSetup(), client, questionsOf(t, id), noProgress)
					result := report.Questions[0]
					if result.Answered != want || want == "" && result.Outcome != Unclear || len(report.NotRemoved) > 0 {
						t.Errorf("%s: %s, answered %s, want %s; reason %q, info %q, not removed %q", id, result.Outcome, result.Answered, want, result.Reason, result.Info, report.NotRemoved)
					}
					checkAudience(t, client, service)
					checkClean(t, client)
				})
			}
		})
	}
}
