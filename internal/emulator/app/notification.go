package app

import "encoding/json"

// shape is a check of the type of a value.
type shape func(json.RawMessage) bool

func isText(data json.RawMessage) bool {
	_, ok := readJSON[string](data)
	return ok
}

func isInteger(data json.RawMessage) bool {
	_, ok := readJSON[int64](data)
	return ok
}

// isObject returns the shape of an object with these fields, all of them optional. Pick: other fields are ignored.
func isObject(fields map[string]shape) shape {
	return func(data json.RawMessage) bool {
		object, ok := readJSON[Body](data)
		for name, value := range object {
			if check, known := fields[name]; known && !check(value) {
				return false
			}
		}
		return ok
	}
}

// isList returns the shape of an array.
func isList(element shape) shape {
	return func(data json.RawMessage) bool {
		elements, ok := readJSON[[]json.RawMessage](data)
		for _, e := range elements {
			ok = ok && element(e)
		}
		return ok
	}
}

// The fields of OfflinePushInfo (77715). VIVONotifyType is a string of a digit. Picks: a value of another type is 90043;
// values and lengths are not checked, since no page says that the service rejects any.
var (
	anyObject = isObject(nil)

	androidInfo = isObject(map[string]shape{
		"Sound": isText, "PushStyle": isInteger, "XiaoMiChannelID": isText,
		"OPPOChannelID": isText, "OPPOCategory": isText, "OPPONotifyLevel": isInteger, "OPPOPrivateMsgTemplateId": isText,
		"OPPOPrivateTitleParameters": anyObject, "OPPOPrivateContentParameters": anyObject,
		"VIVOClassification": isInteger, "VIVOCategory": isText, "VIVONotifyType": isText,
		"HuaWeiImportance": isText, "HuaWeiCategory": isText, "HuaWeiImage": isText, "HuaWeiChannelID": isText,
		"HonorImage": isText, "HonorImportance": isText,
		"GoogleImage": isText, "GooglePriority": isText, "GoogleChannelID": isText, "MeiZuNoticeMsgType": isInteger,
	})
	apnsInfo = isObject(map[string]shape{
		"BadgeMode": isInteger, "Title": isText, "SubTitle": isText, "Image": isText, "MutableContent": isInteger,
		"Sound": isText, "InterruptionLevel": isText, "ContentAvailable": isInteger, "IsVoipPush": isInteger,
		"LiveActivity": isObject(map[string]shape{
			"LaId": isText, "Event": isText, "ContentState": anyObject, "DismissalDate": isInteger,
		}),
	})
	harmonyInfo = isObject(map[string]shape{
		"Title": isText, "Category": isText, "Image": isText, "Sound": isText, "SoundDuration": isInteger,
	})
	isNotification = isObject(map[string]shape{
		"PushFlag": isInteger, "Title": isText, "Desc": isText, "Ext": isText,
		"MultiLanguageContent": isList(isObject(map[string]shape{"Language": isText, "Title": isText, "Desc": isText})),
		"BadgeAddNum":          isInteger, "BadgeSetNum": isInteger, "PushTemplateId": isText, "PushTemplateParam": anyObject,
		"AndroidInfo": androidInfo, "ApnsInfo": apnsInfo, "HarmonyInfo": harmonyInfo,
	})
)
