package message

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// quoted returns a text as JSON.
func quoted(text string) string { return strconv.Quote(text) }

// Values within the limits are accepted, and those beyond them rejected on their path.
// Texts that vendors cut have no limit of their own.
func TestNotificationLimits(t *testing.T) {
	t.Parallel()
	x := func(count int) string { return quoted(strings.Repeat("x", count)) }
	long := x(1000)
	for _, test := range []struct{ valid, invalid, at string }{
		{`"badge_add": 1`, `"badge_add": 0`, "badge_add"},
		{`"badge_add": 99`, `"badge_add": 100`, "badge_add"},
		{`"badge_set": 0`, `"badge_set": -1`, "badge_set"},
		{`"badge_set": 999`, `"badge_set": 1000`, "badge_set"},
		{`"template_id": "1400000000-1"`, `"template_id": "1400000000"`, "template_id"},
		{`"template_id": "1-22"`, `"template_id": "1-2 "`, "template_id"},
		{`"template_parameters": "{}"`, `"template_parameters": ""`, "template_parameters"},
		{`"template_parameters": " {\"a\":[]}\n"`, `"template_parameters": "{} {}"`, "template_parameters"},
		{`"template_parameters": "{\"timtitle\":1}"`, `"template_parameters": "{\"timTitle\":1}"`, "template_parameters"},
		{`"template_parameters": "{\"a\":{\"timDesc\":1}}"`, `"template_parameters": "{\"timDesc\":1}"`, "template_parameters"},
		{`"template_parameters": "{\"x\":1}"`, `"template_parameters": "{\"timSenderNick\":null}"`, "template_parameters"},
		{`"template_parameters": "{\"x\":1}"`, `"template_parameters": "{\"timGroupName\":\"\"}"`, "template_parameters"},
		{`"title": ` + long, `"title": "x", "template_parameters": "[]"`, "template_parameters"},
		{`"description": ` + x(3072), `"description": ` + x(3073), "description"},
		{`"description": ` + quoted(strings.Repeat("长", 1024)), `"description": ` + quoted(strings.Repeat("长", 1025)), "description"},
		{`"description": ` + x(3070) + `, "ext": "{}"`, `"description": ` + x(3071) + `, "ext": "{}"`, "ext"},
		{`"ext": ` + quoted(`"`+strings.Repeat("x", 3070)+`"`), `"ext": ` + quoted(`"`+strings.Repeat("x", 3071)+`"`), "ext"},
		{`"languages": {"zh": {"title": ` + long + `, "description": ` + long + `}}`, `"languages": {"": {"title": "x"}}`, "languages"},
		{`"languages": {"zh": {"title": ""}}`, `"languages": {"zh": null}`, `languages["zh"]`},
		{`"languages": {"zh": {"description": "x"}}`, `"languages": {"zh": {}}`, `languages["zh"]`},

		{`"android": {"sound": "shake"}`, `"android": {"sound": "shake.mp3"}`, "android.sound"},
		{`"android": {"push_style": 0}`, `"android": {"push_style": -1}`, "android.push_style"},
		{`"android": {"push_style": 1}`, `"android": {"push_style": 2}`, "android.push_style"},
		{`"android": {"oppo_notify_level": 1, "oppo_category": "IM"}`, `"android": {"oppo_notify_level": 0, "oppo_category": "IM"}`, "android.oppo_notify_level"},
		{`"android": {"oppo_notify_level": 2, "oppo_category": ""}`, `"android": {"oppo_notify_level": 3, "oppo_category": "IM"}`, "android.oppo_notify_level"},
		{`"android": {"oppo_notify_level": 16, "oppo_category": "IM"}`, `"android": {"oppo_notify_level": 16}`, "android.oppo_notify_level"},
		{`"android": {"oppo_private_title_parameters": "{}"}`, `"android": {"oppo_private_title_parameters": "[]"}`, "android.oppo_private_title_parameters"},
		{`"android": {"oppo_private_content_parameters": "{\"timTitle\":1}"}`, `"android": {"oppo_private_content_parameters": "x"}`, "android.oppo_private_content_parameters"},
		{`"android": {"vivo_classification": 0}`, `"android": {"vivo_classification": 2}`, "android.vivo_classification"},
		{`"android": {"vivo_notify_type": "1"}`, `"android": {"vivo_notify_type": "0"}`, "android.vivo_notify_type"},
		{`"android": {"vivo_notify_type": "4"}`, `"android": {"vivo_notify_type": "5"}`, "android.vivo_notify_type"},
		{`"android": {"huawei_importance": "LOW"}`, `"android": {"huawei_importance": "low"}`, "android.huawei_importance"},
		{`"android": {"honor_importance": "NORMAL"}`, `"android": {"honor_importance": "HIGH"}`, "android.honor_importance"},
		{`"android": {"huawei_image": "https://a/b"}`, `"android": {"huawei_image": "http://a/b"}`, "android.huawei_image"},
		{`"android": {"honor_image": "HTTPS://a"}`, `"android": {"honor_image": "https://"}`, "android.honor_image"},
		{`"android": {"google_image": "a"}`, `"android": {"honor_image": "https://a\u0001"}`, "android.honor_image"},
		{`"android": {"google_priority": "normal"}`, `"android": {"google_priority": "NORMAL"}`, "android.google_priority"},
		{`"android": {"google_priority": "high"}`, `"android": {"google_priority": ""}`, "android.google_priority"},
		{`"android": {"meizu_notice_msg_type": 1}`, `"android": {"meizu_notice_msg_type": 2}`, "android.meizu_notice_msg_type"},

		{`"apns": {"badge_mode": 0}`, `"apns": {"badge_mode": 2}`, "apns.badge_mode"},
		{`"apns": {"mutable_content": 1}`, `"apns": {"mutable_content": 2}`, "apns.mutable_content"},
		{`"apns": {"content_available": 1}`, `"apns": {"content_available": 2}`, "apns.content_available"},
		{`"apns": {"is_voip_push": 1}`, `"apns": {"is_voip_push": -1}`, "apns.is_voip_push"},
		{`"apns": {"interruption_level": "passive"}`, `"apns": {"interruption_level": "time_sensitive"}`, "apns.interruption_level"},
		{`"apns": ` + activity(x(64), "update", "{}", ""), `"apns": ` + activity(x(65), "update", "{}", ""), "apns.live_activity.la_id"},
		{`"apns": ` + activity(quoted(strings.Repeat("长", 21)), "update", "{}", ""), `"apns": ` + activity(quoted(strings.Repeat("长", 22)), "update", "{}", ""), "apns.live_activity.la_id"},
		{`"apns": ` + activity(`"x"`, "end", "{}", ""), `"apns": ` + activity(`""`, "end", "{}", ""), "apns.live_activity.la_id"},
		{`"apns": ` + activity(`"x"`, "end", "{}", ""), `"apns": ` + activity(`"x"`, "start", "{}", ""), "apns.live_activity.event"},
		{`"apns": ` + activity(`"x"`, "end", "{}", ""), `"apns": ` + activity(`"x"`, "end", "1", ""), "apns.live_activity.content_state"},
		{`"apns": ` + activity(`"x"`, "end", "{}", `, "dismissal_date": 1`), `"apns": ` + activity(`"x"`, "update", "{}", `, "dismissal_date": 1`), "apns.live_activity.dismissal_date"},

		{`"apns": {"live_activity": null}`, `"apns": {"live_activity": {"event": "end", "content_state": "{}"}}`, "apns.live_activity.la_id"},
		{`"apns": {"live_activity": null}`, `"apns": {"live_activity": {"la_id": "x", "content_state": "{}"}}`, "apns.live_activity.event"},
		{`"apns": {"live_activity": null}`, `"apns": {"live_activity": {"la_id": "x", "event": "end"}}`, "apns.live_activity.content_state"},

		{`"harmony": {"image": "https://a"}`, `"harmony": {"image": "a"}`, "harmony.image"},
		{`"harmony": {"sound": "s", "sound_duration": 1}`, `"harmony": {"sound": "s", "sound_duration": 0}`, "harmony.sound_duration"},
		{`"harmony": {"sound": "s", "sound_duration": 60}`, `"harmony": {"sound": "s", "sound_duration": 61}`, "harmony.sound_duration"},
		{`"harmony": {"sound": "s"}`, `"harmony": {"sound_duration": 1}`, "harmony.sound_duration"},

		{`"title": "x", "json": "{}"`, `"title": "x", "json": "null"`, "json"},
		{`"json": "{\"title\":1}"`, `"json": "{\"Title\":1}"`, "json"},
		{`"json": "{\"HarmonyInfo\":{\"title\":1}}"`, `"json": "{\"HarmonyInfo\":{\"Title\":1}}"`, "json"},
		{`"json": "{\"ApnsInfo\":{\"LiveActivity\":{\"x\":1}}}"`, `"json": "{\"ApnsInfo\":{\"LiveActivity\":{\"Event\":1}}}"`, "json"},
		{`"json": "{\"AndroidInfo\":{\"x\":{}}}"`, `"json": "{\"AndroidInfo\":{}}"`, "json"},
		{`"json": "{\"x\":{\"Title\":1}}"`, `"json": "{\"AndroidInfo\":[]}"`, "json"},
		{`"json": "{\"Languages\":[]}"`, `"json": "{\"MultiLanguageContent\":[]}"`, "json"},
		{`"title": "x"`, ``, ""},
	} {
		if got := summary(validate(t, "notification", NotificationAttribute(), notificationOf(t, "{"+test.valid+"}")).Errors()); got != "" {
			t.Errorf("%.200s is rejected: %s", test.valid, got)
		}
		at := strings.TrimSuffix("notification."+test.at, ".")
		diags := validate(t, "notification", NotificationAttribute(), notificationOf(t, "{"+test.invalid+"}"))
		if got := summary(diags); diags.ErrorsCount() != 1 || !strings.HasPrefix(got, at+": ") {
			t.Errorf("%.200s: %s", test.invalid, got)
		}
	}
}

// activity returns apns with a Live Activity.
func activity(id, event, state, more string) string {
	return fmt.Sprintf(`{"live_activity": {"la_id": %s, "event": %q, "content_state": %q%s}}`, id, event, state, more)
}

// The texts of errors: what is wrong, and what to do.
func TestNotificationTexts(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`{}`: `notification: notification is empty. Set title and description. Terraform ignores misspelled arguments.`,
		`{"title": "x", "description": "y", "ext": "a=1"}`: `notification.ext: !notification.ext is not JSON, so some vendors drop it. Set it to JSON text, such as jsonencode({ key = "value" }).`,
		`{"badge_add": 0}`: `notification.badge_add: notification.badge_add is 0. Set it to a number from 1 to 99.`,
		`{"android": {"oppo_notify_level": 3, "oppo_category": "IM"}}`:               `notification.android.oppo_notify_level: notification.android.oppo_notify_level is 3. Set it to 1, 2, or 16.`,
		`{"android": {"oppo_notify_level": 2}}`:                                      `notification.android.oppo_notify_level: notification.android.oppo_notify_level is set, but notification.android.oppo_category is not. Set oppo_category too, or remove oppo_notify_level.`,
		`{"android": {"huawei_importance": "low"}}`:                                  `notification.android.huawei_importance: "low" is not a valid value of notification.android.huawei_importance; did you mean "LOW"? Set it to "LOW" or "NORMAL".`,
		`{"apns": ` + activity(`"x"`, "update", "{}", `, "dismissal_date": 1`) + `}`: `notification.apns.live_activity.dismissal_date: notification.apns.live_activity.dismissal_date is set, but notification.apns.live_activity.event is "update". Set event to "end", or remove dismissal_date.`,
		`{"template_parameters": "{\"timDesc\":1}"}`:                                 `notification.template_parameters: notification.template_parameters has the field "timDesc", which the service sets itself. Remove it.`,
		`{"template_parameters": "1"}`:                                               `notification.template_parameters: notification.template_parameters is JSON, but not an object. Set it to the JSON text of an object, such as jsonencode({ key = "value" }).`,
		`{"json": "{\"AndroidInfo\":{\"HuaWeiCategory\":\"IM\"}}"}`:                  `notification.json: notification.json has the field "AndroidInfo.HuaWeiCategory", which has an argument of its own. Set notification.android.huawei_category instead.`,
		`{"description": ` + quoted(strings.Repeat("x", 4000)) + `}`:                 `notification.description: description and ext have 4000 bytes together, and the limit is 3072 bytes, so that they fit in a packet of APNs. Shorten them.`,
	} {
		if got := summary(validate(t, "notification", NotificationAttribute(), notificationOf(t, arguments))); got != want {
			t.Errorf("%.100s: %s", arguments, got)
		}
	}
}

// missingText is the warning of a notification that lacks texts.
func missingText(lacks string) string {
	return "notification: !notification has " + lacks + ". Set title and description. Terraform ignores misspelled arguments."
}

// A notification without a title or a text is usually a misspelled one. It is not if
// something else can have the text, or no person is to see it.
func TestMissingText(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`{"title": "x", "description": "y"}`:                            "",
		`{"description": "y"}`:                                          missingText("no title"),
		`{"title": "x", "apns": {"title": "z"}}`:                        missingText("no description"),
		`{"ext": "{}"}`:                                                 missingText("no title and no description"),
		`{"ext": "{}", "template_id": "1-2"}`:                           "",
		`{"ext": "{}", "json": "{}"}`:                                   "",
		`{"ext": "{}", "online_only": true}`:                            "",
		`{"ext": "{}", "online_only": false}`:                           missingText("no title and no description"),
		`{"apns": {"content_available": 1}}`:                            "",
		`{"apns": {"content_available": 0}}`:                            missingText("no title and no description"),
		`{"languages": {"zh": {"title": "x", "description": "y"}}}`:     missingText("no title and no description"),
		`{"title": "x", "description": "y", "languages": {"zz": {}}}`:   `notification.languages["zz"]: notification.languages["zz"] is empty. Set its title and description, or remove it. Terraform ignores misspelled arguments.`,
		`{"title": "x", "description": "y", "languages": {"zz": null}}`: `notification.languages["zz"]: notification.languages["zz"] is null. Set its title and description, or remove it.`,
	} {
		if got := summary(validate(t, "notification", NotificationAttribute(), notificationOf(t, arguments))); got != want {
			t.Errorf("%s: %s", arguments, got)
		}
	}
	silent := with(t, rawOf(t, NotificationAttribute(), `{"apns": {"content_available": 0}}`),
		tftypes.NewAttributePath().WithAttributeName("apns").WithAttributeName("content_available"), tftypes.UnknownValue)
	if got := summary(validate(t, "notification", NotificationAttribute(), objectOf(t, NotificationAttribute(), silent))); got != "" {
		t.Errorf("it may be silent: %s", got)
	}
	raw := rawOf(t, NotificationAttribute(), `{"title": "x", "description": "y", "template_id": "1-2", "json": "{}", "online_only": true, "apns": {"content_available": 1}}`)
	for _, text := range []string{"description", "title"} {
		for _, name := range []string{text, "template_id", "json", "online_only", "apns"} {
			object := with(t, raw, tftypes.NewAttributePath().WithAttributeName(text), nil)
			for _, other := range []string{"template_id", "json", "online_only", "apns"} {
				object = with(t, object, tftypes.NewAttributePath().WithAttributeName(other), nil)
			}
			object = with(t, object, tftypes.NewAttributePath().WithAttributeName(name), tftypes.UnknownValue)
			if got := summary(validate(t, "notification", NotificationAttribute(), objectOf(t, NotificationAttribute(), object))); got != "" {
				t.Errorf("%s is missing, and %s unknown: %s", text, name, got)
			}
		}
	}
}

// A push to everyone or by condition has at most 10 KiB. The limit is not documented
// for accounts.
func TestCheckLimits(t *testing.T) {
	t.Parallel()
	condition := &timpush.Condition{TagsOr: []string{"<tag>"}}
	for name, audience := range map[string]Audience{"everyone": {Everyone: true}, "condition": {Condition: condition}, "accounts": {Accounts: []string{"alice"}}} {
		message := timpush.Message{From: "administrator", Notification: map[string]any{"Title": ""}, DataID: "id"}
		empty, err := timpush.PushBytes(message, audience.Condition)
		if err != nil {
			t.Fatal(err)
		}
		message.Notification["Title"] = strings.Repeat("x", 10240-empty)
		if diags := CheckLimits(message, audience); diags != nil {
			t.Errorf("%s: %s", name, summary(diags))
		}
		message.Notification["Title"] = strings.Repeat("x", 10241-empty)
		want := "notification: The push takes 10241 bytes, and the limit is 10240 bytes. Shorten the notification."
		if name == "accounts" {
			want = ""
		}
		if got := summary(CheckLimits(message, audience)); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
