package conformance

import (
	"context"
	"maps"
	"time"
)

// notifications are questions about what the service makes of OfflinePushInfo in a scheduled push. The provider compares it,
// field by field, with what is configured ([timpush.ScheduledPush.Drifted]). If it is wrong about a field, every plan changes
// the push, or none shows that the push differs.
var notifications = []Question{
	{
		// A field that has an argument is drift unless it has its default or is empty. Then every plan would be a change.
		ID: "notification-added", Text: "Which fields does the service add to OfflinePushInfo?", Source: "78842", Expected: "none",
		How: "get_sched_task of a new task with Title and Desc only: the fields that were not sent, or are different, with their values",
		ask: func(ctx context.Context, s *session) (string, error) { return s.returned(ctx, nil, different, "none") },
	},
	{
		// As before. The answer also shows whether a field that is left out comes back as 0.
		ID: "notification-added-nested", Text: "Which fields does the service add inside the objects of OfflinePushInfo?", Source: "78842", Expected: "none",
		How: "get_sched_task of a new task with one or two fields in each of AndroidInfo, ApnsInfo, HarmonyInfo, and an element of MultiLanguageContent: the fields that were not sent, or are different, with their values",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.returned(ctx, body{
				"AndroidInfo": body{"Sound": "test"}, "ApnsInfo": body{"Sound": "test.caf"}, "HarmonyInfo": body{"Title": "Test"},
				"MultiLanguageContent": []body{{"Language": "en", "Title": "Test"}},
			}, different, "none")
		},
	},
	{
		// BadgeMode and VIVOClassification are 1 by default, so their 0 is not the same as none. If the service loses it, the
		// provider does not see it, and the push has 1.
		ID: "notification-zero", Text: "Does the service keep 0 in OfflinePushInfo?", Source: "78842", Expected: "as sent",
		How: "get_sched_task of a new task with 0 in PushFlag, BadgeSetNum, PushStyle, VIVOClassification, BadgeMode, and MutableContent: which of them are missing or different",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.returned(ctx, zeros, altered, "as sent")
		},
	},
	{
		// The provider takes what is empty for the same as what is missing, so a difference does no harm.
		ID: "notification-empty", Text: "Does the service keep empty texts, objects, and lists in OfflinePushInfo?", Source: "78842", Expected: "as sent",
		How: "get_sched_task of a new task with Ext \"\", HarmonyInfo {}, and MultiLanguageContent []: which of them are missing or different",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.returned(ctx, body{"Ext": "", "HarmonyInfo": body{}, "MultiLanguageContent": []any{}}, altered, "as sent")
		},
	},
	{
		// They are what the argument json is for. If the service drops them, every plan sends them again, in vain.
		ID: "notification-unknown", Text: "Does the service keep fields of OfflinePushInfo that are not documented?", Source: "77715", Expected: "as sent",
		How: "get_sched_task of a new task with such fields in OfflinePushInfo and in ApnsInfo: which of them are missing or different",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.returned(ctx, unknown, altered, "as sent")
		},
	},
	{
		// In objects whose fields the app defines, the provider also takes what is empty for the same as what is missing. An app
		// may not, and would get another push than the configured one.
		ID: "notification-free-form", Text: "Does the service keep 0, false, \"\", and null in free-form objects?", Source: "77715", Expected: "as sent",
		How: "get_sched_task of a new task with them in ContentState of a Live Activity: which of them are missing or different",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.returned(ctx, activity(body{"Count": 0, "Over": false, "Text": "", "None": nil, "Nested": body{"Count": 0}}), altered, "as sent")
		},
	},
	{
		// If the service merges objects, what a change removes is still sent. The provider then reports that the service does
		// not hold the change.
		ID: "notification-modify-nested", Text: "Does modify_sched_task replace the objects of OfflinePushInfo, or merge them?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task without AndroidInfo and without Title in ApnsInfo, compared with a new task like that: the fields that differ",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.changed(ctx,
				body{"AndroidInfo": body{"Sound": "test"}, "ApnsInfo": body{"Title": "Test", "Sound": "test.caf"}},
				body{"ApnsInfo": body{"Sound": "test.caf"}})
		},
	},
	{
		// If such a field is still there, the task alone does not show it: what is neither configured nor known may be a field
		// that the service has added.
		ID: "notification-modify-unknown", Text: "Does modify_sched_task remove fields that are not documented?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task without such fields in OfflinePushInfo and in ApnsInfo, compared with a new task like that: the fields that differ",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.changed(ctx, unknown, body{"ApnsInfo": body{"Sound": "test.caf"}})
		},
	},
	{
		// If a 0 is still there, the task alone does not show it, since 0 counts as empty. Where the default is 1, the push is
		// another one.
		ID: "notification-modify-zero", Text: "Does modify_sched_task remove a 0 that is left out?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task without PushFlag, BadgeSetNum, VIVOClassification, and BadgeMode, which were 0, compared with a new task like that: the fields that differ",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.changed(ctx, zeros, body{"AndroidInfo": body{"PushStyle": 0}, "ApnsInfo": body{"MutableContent": 0}})
		},
	},
	{
		// A service that takes 0 for a field that is left out would keep the old value.
		ID: "notification-modify-to-zero", Text: "Does modify_sched_task change values to 0 and \"\"?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task with 0 and \"\" in place of other values, compared with a new task like that: the fields that differ",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.changed(ctx,
				body{"Ext": "test", "PushFlag": 1, "BadgeSetNum": 5, "AndroidInfo": body{"VIVOClassification": 1}, "ApnsInfo": body{"BadgeMode": 1, "MutableContent": 1}},
				body{"Ext": "", "PushFlag": 0, "BadgeSetNum": 0, "AndroidInfo": body{"VIVOClassification": 0}, "ApnsInfo": body{"BadgeMode": 0, "MutableContent": 0}})
		},
	},
	{
		// The app would get fields that are no longer configured.
		ID: "notification-modify-free-form", Text: "Does modify_sched_task replace free-form objects, or merge them?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task without a field of ContentState of a Live Activity, compared with a new task like that: the fields that differ",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.changed(ctx, activity(body{"Home": 1, "Away": 2}), activity(body{"Home": 1}))
		},
	},
}

// zeros are fields that are 0. Two of them are 1 by default (77715).
var zeros = body{
	"PushFlag": 0, "BadgeSetNum": 0,
	"AndroidInfo": body{"PushStyle": 0, "VIVOClassification": 0}, "ApnsInfo": body{"BadgeMode": 0, "MutableContent": 0},
}

// unknown are fields that are not documented.
var unknown = body{"ConformanceField": "test", "ApnsInfo": body{"Sound": "test.caf", "ConformanceField": "test"}}

// activity is an update of a Live Activity, whose content is free-form.
func activity(content body) body {
	return body{"ApnsInfo": body{"LiveActivity": body{"LaId": "conformance", "Event": "update", "ContentState": content}}}
}

// notificationWith is the run's notification with more fields.
func (s *session) notificationWith(fields body) body {
	all := s.notification()
	maps.Copy(all, fields)
	return all
}

// contentWith is the content of the run's scheduled pushes with more fields in the notification.
func (s *session) contentWith(fields body) body {
	content := s.content()
	content["OfflinePushInfo"] = s.notificationWith(fields)
	return content
}

// returned adds a task with more fields in the notification, and answers in what the notification differs that is read back.
func (s *session) returned(ctx context.Context, more body, compare func(sent, got any) []string, same string) (string, error) {
	response, err := s.addTaskAt(ctx, time.Now().Add(due), s.contentWith(more))
	if err != nil || response.code != 0 {
		return response.outcome(), err
	}
	got, err := s.notificationOf(ctx, string(response.fields["TaskID"]))
	if err != nil {
		return "", err
	}
	sent := decoded(encoded(s.notificationWith(more)))
	if differing := compare(sent, got); len(differing) > 0 {
		return joined(differing), nil
	}
	return same, nil
}

// changed adds a task, modifies it, and answers in what its notification differs from that of a new task with the same
// content. What the service adds to every task is no difference.
func (s *session) changed(ctx context.Context, before, after body) (string, error) {
	var ids [2]string
	for i, more := range []body{before, after} {
		response, err := s.addTaskAt(ctx, time.Now().Add(due), s.contentWith(more))
		if err := must(response, err); err != nil {
			return "", err
		}
		ids[i] = string(response.fields["TaskID"])
	}
	old, err := s.notificationOf(ctx, ids[0])
	if err != nil {
		return "", err
	}
	want, err := s.notificationOf(ctx, ids[1])
	if err != nil {
		return "", err
	}
	if len(different(want, old)) == 0 {
		return "", unclear("the service returns the same before the change as after it")
	}
	response, err := s.modify(ctx, ids[0], body{"Content": s.contentWith(after)})
	if err != nil || response.code != 0 {
		return response.outcome(), err
	}
	got, err := s.notificationOf(ctx, ids[0])
	if err != nil {
		return "", err
	}
	if differing := different(want, got); len(differing) > 0 {
		return "not replaced: " + joined(differing), nil
	}
	return "replaced", nil
}

// notificationOf returns the notification of a task as decoded JSON.
func (s *session) notificationOf(ctx context.Context, id string) (any, error) {
	if id == "" {
		return nil, unclear("add_sched_task returns no TaskID")
	}
	task, err := s.getTask(ctx, id)
	if err != nil {
		return nil, err
	}
	notification, isObject := decoded(task.content()["OfflinePushInfo"]).(map[string]any)
	if !isObject {
		return nil, unclear("get_sched_task returns no OfflinePushInfo")
	}
	return notification, nil
}
