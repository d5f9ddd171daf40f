package message

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// documented are the fields of OfflinePushInfo and their types in JSON (77715),
// written from the page and not from the table of fields.
var documented = map[string]string{
	"PushFlag":                      "integer",
	"Title":                         "string",
	"Desc":                          "string",
	"MultiLanguageContent":          "array",
	"MultiLanguageContent.Language": "string",
	"MultiLanguageContent.Title":    "string",
	"MultiLanguageContent.Desc":     "string",
	"Ext":                           "string",
	"BadgeAddNum":                   "integer",
	"BadgeSetNum":                   "integer",
	"PushTemplateId":                "string",
	"PushTemplateParam":             "object",
	"AndroidInfo":                   "object",
	"ApnsInfo":                      "object",
	"HarmonyInfo":                   "object",

	"AndroidInfo.Sound":                        "string",
	"AndroidInfo.PushStyle":                    "integer",
	"AndroidInfo.XiaoMiChannelID":              "string",
	"AndroidInfo.OPPOChannelID":                "string",
	"AndroidInfo.OPPOCategory":                 "string",
	"AndroidInfo.OPPOPrivateMsgTemplateId":     "string",
	"AndroidInfo.OPPOPrivateTitleParameters":   "object",
	"AndroidInfo.OPPOPrivateContentParameters": "object",
	"AndroidInfo.OPPONotifyLevel":              "integer",
	"AndroidInfo.VIVOClassification":           "integer",
	"AndroidInfo.VIVOCategory":                 "string",
	"AndroidInfo.VIVONotifyType":               "string",
	"AndroidInfo.HuaWeiImportance":             "string",
	"AndroidInfo.HuaWeiCategory":               "string",
	"AndroidInfo.HuaWeiImage":                  "string",
	"AndroidInfo.HonorImage":                   "string",
	"AndroidInfo.HuaWeiChannelID":              "string",
	"AndroidInfo.HonorImportance":              "string",
	"AndroidInfo.GoogleImage":                  "string",
	"AndroidInfo.GooglePriority":               "string",
	"AndroidInfo.GoogleChannelID":              "string",
	"AndroidInfo.MeiZuNoticeMsgType":           "integer",

	"ApnsInfo.BadgeMode":                  "integer",
	"ApnsInfo.Title":                      "string",
	"ApnsInfo.SubTitle":                   "string",
	"ApnsInfo.Image":                      "string",
	"ApnsInfo.MutableContent":             "integer",
	"ApnsInfo.Sound":                      "string",
	"ApnsInfo.InterruptionLevel":          "string",
	"ApnsInfo.ContentAvailable":           "integer",
	"ApnsInfo.IsVoipPush":                 "integer",
	"ApnsInfo.LiveActivity":               "object",
	"ApnsInfo.LiveActivity.LaId":          "string",
	"ApnsInfo.LiveActivity.Event":         "string",
	"ApnsInfo.LiveActivity.ContentState":  "object",
	"ApnsInfo.LiveActivity.DismissalDate": "integer",

	"HarmonyInfo.Title":         "string",
	"HarmonyInfo.Category":      "string",
	"HarmonyInfo.Image":         "string",
	"HarmonyInfo.Sound":         "string",
	"HarmonyInfo.SoundDuration": "integer",
}

// complete has all arguments, and completeRequest what is sent for them.
const (
	complete = `{
		"title": "T", "description": "D", "ext": "{\"k\":\"<v>\"}", "online_only": true,
		"languages": {"zh": {"title": "标题", "description": "内容"}, "en": {"title": "E", "description": "F"}},
		"badge_add": 1, "badge_set": 999, "template_id": "1400000000-1", "template_parameters": "{\"name\":\"x\"}",
		"android": {
			"sound": "shake", "push_style": 1, "xiaomi_channel_id": "x", "oppo_channel_id": "o", "oppo_category": "IM",
			"oppo_private_msg_template_id": "t", "oppo_private_title_parameters": "{\"a\":1}", "oppo_private_content_parameters": "{\"b\":{\"c\":12345678901234567890}}",
			"oppo_notify_level": 16, "vivo_classification": 0, "vivo_category": "IM", "vivo_notify_type": "4",
			"huawei_importance": "LOW", "huawei_category": "IM", "huawei_image": "https://example.com/h", "huawei_channel_id": "h",
			"honor_image": "https://example.com/o", "honor_importance": "NORMAL",
			"google_image": "g", "google_priority": "high", "google_channel_id": "c", "meizu_notice_msg_type": 1
		},
		"apns": {
			"badge_mode": 0, "title": "AT", "sub_title": "AS", "image": "www.example.com", "mutable_content": 1, "sound": "a.mp3",
			"interruption_level": "time-sensitive", "content_available": 1, "is_voip_push": 1,
			"live_activity": {"la_id": "l", "event": "end", "content_state": "{\"s\":[1,null]}", "dismissal_date": 1785000000}
		},
		"harmony": {"title": "HT", "category": "HC", "image": "https://example.com/i", "sound": "s.mp3", "sound_duration": 60},
		"json": "{\"AndroidInfo\":{\"ExtAsHuaweiIntentParam\":1},\"New\":{\"n\":1.50}}"
	}`
	completeRequest = `{
		"Title": "T", "Desc": "D", "Ext": "{\"k\":\"<v>\"}", "PushFlag": 1,
		"MultiLanguageContent": [{"Language": "en", "Title": "E", "Desc": "F"}, {"Language": "zh", "Title": "标题", "Desc": "内容"}],
		"BadgeAddNum": 1, "BadgeSetNum": 999, "PushTemplateId": "1400000000-1", "PushTemplateParam": {"name": "x"},
		"AndroidInfo": {
			"Sound": "shake", "PushStyle": 1, "XiaoMiChannelID": "x", "OPPOChannelID": "o", "OPPOCategory": "IM",
			"OPPOPrivateMsgTemplateId": "t", "OPPOPrivateTitleParameters": {"a": 1}, "OPPOPrivateContentParameters": {"b": {"c": 12345678901234567890}},
			"OPPONotifyLevel": 16, "VIVOClassification": 0, "VIVOCategory": "IM", "VIVONotifyType": "4",
			"HuaWeiImportance": "LOW", "HuaWeiCategory": "IM", "HuaWeiImage": "https://example.com/h", "HuaWeiChannelID": "h",
			"HonorImage": "https://example.com/o", "HonorImportance": "NORMAL",
			"GoogleImage": "g", "GooglePriority": "high", "GoogleChannelID": "c", "MeiZuNoticeMsgType": 1,
			"ExtAsHuaweiIntentParam": 1
		},
		"ApnsInfo": {
			"BadgeMode": 0, "Title": "AT", "SubTitle": "AS", "Image": "www.example.com", "MutableContent": 1, "Sound": "a.mp3",
			"InterruptionLevel": "time-sensitive", "ContentAvailable": 1, "IsVoipPush": 1,
			"LiveActivity": {"LaId": "l", "Event": "end", "ContentState": {"s": [1, null]}, "DismissalDate": 1785000000}
		},
		"HarmonyInfo": {"Title": "HT", "Category": "HC", "Image": "https://example.com/i", "Sound": "s.mp3", "SoundDuration": 60},
		"New": {"n": 1.50}
	}`
)

// Each documented field has an argument, of the documented type in JSON, and there are
// no others.
func TestFieldsAreDocumented(t *testing.T) {
	t.Parallel()
	found := map[string]string{}
	fieldsOf(t, "", notificationFields, decoded(t, completeRequest), found)
	for _, name := range slices.Sorted(maps.Keys(documented)) {
		if found[name] != documented[name] {
			t.Errorf("%s: the type is %q, and %q on the page", name, found[name], documented[name])
		}
	}
	for name := range found {
		if documented[name] == "" {
			t.Errorf("%s is not on the page", name)
		}
	}
}

// fieldsOf adds the fields that have arguments, with the types that they have in a
// request.
func fieldsOf(t *testing.T, prefix string, table object, request map[string]any, found map[string]string) {
	t.Helper()
	for _, f := range table {
		raw, name := request[f.wire], prefix+f.wire
		switch raw := raw.(type) {
		case map[string]any:
			found[name] = "object"
			if nested, ok := f.kind.(object); ok {
				fieldsOf(t, name+".", nested, raw, found)
			}
		case []any:
			found[name] = "array"
			for _, element := range raw {
				for field := range element.(map[string]any) { //nolint:errcheck,forcetypeassert // the test may panic
					found[name+"."+field] = "string"
				}
			}
		case json.Number:
			found[name] = "integer"
		case string:
			found[name] = "string"
		default:
			found[name] = fmt.Sprintf("%T", raw)
		}
	}
}

// Actions, resources, and data sources can have the arguments.
func TestAttributesAreForAllKinds(t *testing.T) {
	t.Parallel()
	notification, audience := NotificationAttribute(), AudienceAttribute()
	for kind, diags := range map[string]interface{ HasError() bool }{
		"action":      actionschema.Schema{Attributes: map[string]actionschema.Attribute{"notification": notification, "audience": audience}}.ValidateImplementation(t.Context()),
		"resource":    resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{"notification": notification, "audience": audience}}.ValidateImplementation(t.Context()),
		"data source": schema.Schema{Attributes: map[string]schema.Attribute{"notification": notification, "audience": audience}}.ValidateImplementation(t.Context()),
	} {
		if diags.HasError() {
			t.Errorf("%s: %v", kind, diags)
		}
	}
}

// A required argument is required wherever its object is set, and all others are
// optional.
func TestRequiredArguments(t *testing.T) {
	t.Parallel()
	var required []string
	var walk func(prefix string, attributes map[string]schema.Attribute)
	walk = func(prefix string, attributes map[string]schema.Attribute) {
		for name, attribute := range attributes {
			if attribute.IsRequired() {
				required = append(required, prefix+name)
			}
			if attribute.IsRequired() == attribute.IsOptional() || attribute.GetMarkdownDescription() == "" {
				t.Errorf("%s%s has no description, or is neither required nor optional", prefix, name)
			}
			switch nested := attribute.(type) {
			case schema.SingleNestedAttribute:
				walk(prefix+name+".", nested.Attributes)
			case schema.MapNestedAttribute:
				walk(prefix+name+".", nested.NestedObject.Attributes)
			}
		}
	}
	walk("", map[string]schema.Attribute{"notification": NotificationAttribute(), "audience": AudienceAttribute()})
	slices.Sort(required)
	live := "notification.apns.live_activity."
	if want := []string{"audience", "notification", live + "content_state", live + "event", live + "la_id"}; !slices.Equal(required, want) {
		t.Errorf("required are %v", required)
	}
}
