package message

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// sent checks what is sent for arguments, and that it is read as the same arguments.
func sent(t *testing.T, arguments, request string) {
	t.Helper()
	value := notificationOf(t, arguments)
	got, known := ReadNotification(value)
	if !known || encoded(t, got) != encoded(t, decoded(t, request)) {
		t.Errorf("%s is sent as %s", arguments, encoded(t, got))
	}
	read := NotificationValue(decoded(t, encoded(t, got)))
	if !read.Equal(value) {
		t.Errorf("%s is read as %s", arguments, read)
	}
	if direct := NotificationValue(got); !direct.Equal(value) {
		t.Errorf("%s, not passed through JSON, is read as %s", arguments, direct)
	}
	sameType(t, NotificationAttribute(), read)
}

func TestNotification(t *testing.T) {
	t.Parallel()
	if got := summary(validate(t, "notification", NotificationAttribute(), notificationOf(t, complete))); got != "" {
		t.Errorf("the notification is invalid: %s", got)
	}
	sent(t, complete, completeRequest)
	for arguments, request := range map[string]string{
		`{}`:                           `{}`,
		`{"title": ""}`:                `{"Title": ""}`,
		`{"online_only": false}`:       `{"PushFlag": 0}`,
		`{"badge_set": 0}`:             `{"BadgeSetNum": 0}`,
		`{"languages": {}}`:            `{"MultiLanguageContent": []}`,
		`{"languages": {"zh": {}}}`:    `{"MultiLanguageContent": [{"Language": "zh"}]}`,
		`{"template_parameters":"{}"}`: `{"PushTemplateParam": {}}`,
		`{"android": {}}`:              `{"AndroidInfo": {}}`,
		`{"json": "{\"AndroidInfo\":{\"New\":1}}"}`:                                             `{"AndroidInfo": {"New": 1}}`,
		`{"apns": {"title": "T"}, "json": "{\"ApnsInfo\":{\"LiveActivity\":{\"New\":null}}}"}`:  `{"ApnsInfo": {"Title": "T", "LiveActivity": {"New": null}}}`,
		`{"apns": {"live_activity": {"la_id": "a", "event": "update", "content_state": "{}"}}}`: `{"ApnsInfo": {"LiveActivity": {"LaId": "a", "Event": "update", "ContentState": {}}}}`,
		`{"json": "{\"New\":{\"a\":1e2,\"b\":[{}]},\"title\":\"\\u003ca\\u003e\",\"z\":null}"}`: `{"New": {"a": 1e2, "b": [{}]}, "title": "<a>", "z": null}`,
	} {
		sent(t, arguments, request)
	}
}

// Each argument alone is sent, and read again.
func TestNotificationByArgument(t *testing.T) {
	t.Parallel()
	attribute := NotificationAttribute()
	all := rawOf(t, attribute, complete)
	for _, at := range places(t, all) {
		steps := at.Steps()
		if len(steps) == 0 || len(steps) > 2 || len(steps) == 2 && steps[0] == tftypes.AttributeName("languages") {
			continue
		}
		raw, err := tftypes.Transform(all, func(here *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
			inside := len(here.Steps()) > len(steps) || len(here.Steps()) == 0 || len(here.Steps()) < len(steps) && here.Steps()[0] == steps[0]
			if here.Equal(at) || inside {
				return value, nil
			}
			return tftypes.NewValue(value.Type(), nil), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		value := objectOf(t, attribute, raw)
		request, known := ReadNotification(value)
		if read := NotificationValue(decoded(t, encoded(t, request))); !known || len(request) == 0 || !read.Equal(value) {
			t.Errorf("%s: %s is read as %s", at, encoded(t, request), read)
		}
	}
}

// What is unknown anywhere makes the notification unknown, and is no mistake. What is
// null anywhere is left out.
func TestNotificationUnknownAndNull(t *testing.T) {
	t.Parallel()
	attribute := NotificationAttribute()
	all := rawOf(t, attribute, complete)
	for _, at := range places(t, all) {
		value := objectOf(t, attribute, with(t, all, at, tftypes.UnknownValue))
		if request, known := ReadNotification(value); known || request != nil {
			t.Errorf("%s is unknown: the request is %s", at, encoded(t, request))
		}
		if got := summary(validate(t, "notification", attribute, value)); got != "" {
			t.Errorf("%s is unknown: %s", at, got)
		}

		value = objectOf(t, attribute, with(t, all, at, nil))
		request, known := ReadNotification(value)
		if !known || len(encoded(t, request)) >= len(encoded(t, decoded(t, completeRequest))) {
			t.Errorf("%s is null: the request is %s", at, encoded(t, request))
		}
		validate(t, "notification", attribute, value)
	}
	if request, known := ReadNotification(notificationOf(t, "null")); request != nil || !known {
		t.Errorf("null is sent as %v", request)
	}
	if value := NotificationValue(nil); !value.IsNull() {
		t.Errorf("nothing is read as %s", value)
	}
	sameType(t, attribute, NotificationValue(nil))
}

// What the service returns in another form is read as well as possible: what has no
// place in the arguments is in json, so that nothing gets lost.
func TestNotificationFromService(t *testing.T) {
	t.Parallel()
	for response, arguments := range map[string]string{
		`{"Title": null, "AndroidInfo": null, "MultiLanguageContent": null, "PushTemplateParam": null, "PushFlag": null, "BadgeAddNum": null}`: `{}`,
		`{"Title": 5, "BadgeAddNum": "7", "PushFlag": "1", "AndroidInfo": {"VIVONotifyType": 4}}`:                                              `{"title": "5", "badge_add": 7, "online_only": true, "android": {"vivo_notify_type": "4"}}`,
		`{"Title": {}, "BadgeAddNum": 1.5, "PushFlag": 2, "AndroidInfo": [], "PushTemplateParam": "x"}`:                                        `{"json": "{\"AndroidInfo\":[],\"BadgeAddNum\":1.5,\"PushFlag\":2,\"PushTemplateParam\":\"x\",\"Title\":{}}"}`,
		`{"BadgeSetNum": 9223372036854775808, "BadgeAddNum": 9223372036854775807}`:                                                             `{"badge_add": 9223372036854775807, "json": "{\"BadgeSetNum\":9223372036854775808}"}`,
		`{"MultiLanguageContent": [{"Language": "zh", "Title": "a"}, {"Language": "zh"}]}`:                                                     `{"json": "{\"MultiLanguageContent\":[{\"Language\":\"zh\",\"Title\":\"a\"},{\"Language\":\"zh\"}]}"}`,
		`{"MultiLanguageContent": [{"Language": "zh", "New": 1}]}`:                                                                             `{"json": "{\"MultiLanguageContent\":[{\"Language\":\"zh\",\"New\":1}]}"}`,
		`{"MultiLanguageContent": [{"Language": ""}]}`:                                                                                         `{"json": "{\"MultiLanguageContent\":[{\"Language\":\"\"}]}"}`,
		`{"MultiLanguageContent": ["zh"]}`:                                                                                                     `{"json": "{\"MultiLanguageContent\":[\"zh\"]}"}`,
		`{"MultiLanguageContent": {}}`:                                                                                                         `{"json": "{\"MultiLanguageContent\":{}}"}`,
		`{"AndroidInfo": {"Sound": null}}`:                                                                                                     `{"android": {}}`,
		`{"AndroidInfo": {"Sound": "s", "New": 1}, "ApnsInfo": {"New": 2}}`:                                                                    `{"android": {"sound": "s"}, "json": "{\"AndroidInfo\":{\"New\":1},\"ApnsInfo\":{\"New\":2}}"}`,
	} {
		if got, want := NotificationValue(decoded(t, response)), notificationOf(t, arguments); !got.Equal(want) {
			t.Errorf("%s is read as %s", response, got)
		}
	}
}

// An invalid notification, which validation has rejected, is read without a panic. Its
// arguments win over json.
func TestReadInvalidNotification(t *testing.T) {
	t.Parallel()
	for arguments, request := range map[string]string{
		`{"title": "T", "json": "{"}`:                                                        `{"Title": "T"}`,
		`{"title": "T", "json": "null"}`:                                                     `{"Title": "T"}`,
		`{"title": "T", "json": "{\"Title\":\"J\"}"}`:                                        `{"Title": "T"}`,
		`{"template_parameters": "[]", "android": {"oppo_private_title_parameters": "x"}}`:   `{"AndroidInfo": {}}`,
		`{"android": {"sound": "s"}, "json": "{\"AndroidInfo\":1}"}`:                         `{"AndroidInfo": {"Sound": "s"}}`,
		`{"languages": {"zh": null}}`:                                                        `{"MultiLanguageContent": []}`,
		`{"apns": {"live_activity": {"la_id": null, "event": null, "content_state": null}}}`: `{"ApnsInfo": {"LiveActivity": {}}}`,
	} {
		if got, known := ReadNotification(notificationOf(t, arguments)); !known || encoded(t, got) != encoded(t, decoded(t, request)) {
			t.Errorf("%s is sent as %s", arguments, encoded(t, got))
		}
	}
	if got, known := ReadNotification(types.Object{}); got != nil || !known {
		t.Errorf("the zero value is sent as %v", got)
	}
}

// Reading does not change what was read before.
func TestReadNotificationTwice(t *testing.T) {
	t.Parallel()
	value := notificationOf(t, complete)
	first, _ := ReadNotification(value)
	want := encoded(t, first)
	clear(first["AndroidInfo"].(map[string]any)) //nolint:errcheck,forcetypeassert // the test may panic
	second, _ := ReadNotification(value)
	if got := encoded(t, second); got != want {
		t.Errorf("the second is %s", got)
	}
	if names := slices.Collect(maps.Keys(first)); len(names) == 0 {
		t.Error("the first is empty")
	}
}
