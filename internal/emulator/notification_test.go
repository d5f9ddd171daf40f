package emulator

import (
	"strings"
	"testing"
)

// TestNotifications tests the types of the fields of a notification.
func TestNotifications(t *testing.T) {
	t.Parallel()
	for notification, ok := range map[string]bool{
		`{"PushFlag":1,"Title":"T","Unknown":[1]}`:                    true,
		`{"PushFlag":"1"}`:                                            false,
		`{"Title":null}`:                                              false,
		`{"BadgeAddNum":1.5}`:                                         false,
		`{"PushTemplateParam":{"a":1}}`:                               true,
		`{"PushTemplateParam":"{}"}`:                                  false,
		`{"MultiLanguageContent":[{"Language":"zh"},{}]}`:             true,
		`{"MultiLanguageContent":{"Language":"zh"}}`:                  false,
		`{"MultiLanguageContent":["zh"]}`:                             false,
		`{"AndroidInfo":{"VIVONotifyType":"4","OPPONotifyLevel":16}}`: true,
		`{"AndroidInfo":{"VIVONotifyType":4}}`:                        false,
		`{"AndroidInfo":{"OPPONotifyLevel":"16"}}`:                    false,
		`{"AndroidInfo":{"OPPOPrivateTitleParameters":"{}"}}`:         false,
		`{"AndroidInfo":[]}`:                                          false,
		`{"ApnsInfo":{"LiveActivity":{"ContentState":{"a":[]}}}}`:     true,
		`{"ApnsInfo":{"LiveActivity":{"ContentState":"{}"}}}`:         false,
		`{"ApnsInfo":{"BadgeMode":true}}`:                             false,
		`{"HarmonyInfo":{"SoundDuration":60}}`:                        true,
		`{"HarmonyInfo":{"Sound":60}}`:                                false,
	} {
		body := strings.Replace(pushOf(1), `"OfflinePushInfo":{}`, `"OfflinePushInfo":`+notification, 1)
		if r := read(t, postTo(t, newTest(t, nil), "push", body)); *r.ErrorCode != map[bool]int{true: 0, false: 90043}[ok] {
			t.Errorf("%s: code %d, valid: want %t", notification, *r.ErrorCode, ok)
		}
	}
}
