package message

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var notificationPath = path.Root("notification")

// Whatever the service returns, it is read without a panic, and what was read is sent
// and read as the same.
func FuzzNotificationValue(f *testing.F) {
	f.Add(completeRequest)
	f.Add(`{"Title": 5, "PushFlag": 2, "BadgeAddNum": "1", "AndroidInfo": {"New": {}, "Sound": null}, "ApnsInfo": {"LiveActivity": {"New": 1}}}`)
	f.Add(`{"MultiLanguageContent": [{"Language": "zh", "Title": 1}, {"Language": "zh"}, 5]}`)
	f.Fuzz(func(t *testing.T, response string) {
		fields, problem := parseObject(response)
		if problem != "" {
			return
		}
		value := NotificationValue(fields)
		CheckNotification(notificationPath, value)
		request, known := ReadNotification(value)
		if again := NotificationValue(request); !known || !again.Equal(value) {
			t.Errorf("%s is read as %s, and sent and read as %s", response, value, again)
		}
	})
}

// Whatever the texts of a notification, it is validated and sent without a panic, and
// what is sent is read and sent as the same.
func FuzzReadNotification(f *testing.F) {
	f.Add("T", "{}", int64(1), `{"AndroidInfo":{"New":1}}`)
	f.Add("", "[", int64(-1), `{"Title":{"a":1},"ApnsInfo":{"LiveActivity":{"LaId":{}}}}`)
	f.Fuzz(func(t *testing.T, text, document string, number int64, extra string) {
		values := NotificationValue(map[string]any{}).Attributes()
		values["title"], values["ext"] = types.StringValue(text), types.StringValue(document)
		values["badge_add"] = types.Int64Value(number)
		values["template_parameters"], values[jsonName] = types.StringValue(document), types.StringValue(extra)
		value := types.ObjectValueMust(notificationTypes(), values)
		CheckNotification(notificationPath, value)
		request, known := ReadNotification(value)
		again, isKnown := ReadNotification(NotificationValue(request))
		if !known || !isKnown || encoded(t, again) != encoded(t, request) {
			t.Errorf("%s is sent as %s, and read and sent as %s", value, encoded(t, request), encoded(t, again))
		}
	})
}
