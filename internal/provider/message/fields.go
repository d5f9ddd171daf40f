package message

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// The limits of a notification (77715).
const (
	maxBadgeAdd        = 99
	maxBadgeSet        = 999 // of APNs; the others have 99
	maxActivityIDBytes = 64
	maxSoundSeconds    = 60
)

// bit are the values of a switch that is a number.
var bit = []int64{0, 1}

// notificationFields are the arguments of the notification, except json: the fields of
// OfflinePushInfo (77715). Everything else follows from them: schema, validation,
// requests, and what is read from the service. Vendors cut long titles and texts, so
// those are no error.
var notificationFields = object{
	{name: "title", wire: "Title", kind: text{}, text: "The title. Vendors cut long titles, counted in UTF-16 units: Meizu after 32, vivo after 40, Honor, OPPO, and Xiaomi after 50, Huawei after 60."},
	{name: "description", wire: "Desc", kind: text{}, text: "The text. Vendors cut long texts, counted in UTF-16 units: OPPO after 50 (128 with `android.push_style = 1`), Meizu and vivo after 100, Xiaomi after 128, Honor after 400, Huawei after 600."},
	{name: "ext", wire: "Ext", kind: text{}, text: "Data that is passed to the app. Use JSON text: some vendors drop other text. " + fmt.Sprintf("`description` and `ext` have at most %d bytes together.", maxTextBytes)},
	{name: "online_only", wire: "PushFlag", kind: flag{}, usual: "0", text: "Whether only devices that are online get the push. Defaults to `false`: the others get it through their vendor."},
	{name: "languages", wire: "MultiLanguageContent", kind: languages{languageTexts}, text: "Titles and texts in other languages: a map from language to its texts, such as `{ zh = { title = \"...\", description = \"...\" } }`. A device whose language is not listed shows `title` and `description`. Keys are " + kit.ServiceLink("language codes", 52154) + ". Needs version 8.5.6870 of the client SDK."},
	{name: "badge_add", wire: "BadgeAddNum", kind: number{least: 1, most: maxBadgeAdd}, text: "By how much the number on the app's icon grows: on APNs, Huawei, Honor, and HarmonyOS. `badge_set` wins. Without either, all of these except APNs add 1."},
	{name: "badge_set", wire: "BadgeSetNum", kind: number{least: 0, most: maxBadgeSet}, text: "The number on the app's icon: on APNs, Huawei, Honor, and HarmonyOS. All of these except APNs support only 99."},
	{name: "template_id", wire: "PushTemplateId", kind: text{templateIDRule}, text: "The ID of a template from the console. A push to accounts cannot use a template with preset variables."},
	{name: "template_parameters", wire: "PushTemplateParam", kind: document{reserved: []string{"timTitle", "timDesc", "timSenderNick", "timGroupName"}}, text: "The values of the template's own variables."},
	{name: "android", wire: "AndroidInfo", kind: androidFields, text: "What differs on Android. Channels and categories override the settings of the certificate in the console."},
	{name: "apns", wire: "ApnsInfo", kind: apnsFields, text: "What differs on Apple's APNs."},
	{name: "harmony", wire: "HarmonyInfo", kind: harmonyFields, text: "What differs on HarmonyOS."},
}

var languageTexts = object{
	{name: "title", wire: "Title", kind: text{}, text: "The title."},
	{name: "description", wire: "Desc", kind: text{}, text: "The text."},
}

var androidFields = object{
	{name: "sound", wire: "Sound", kind: text{noSuffixRule}, text: "The name of the sound file in the app."},
	{name: "push_style", wire: "PushStyle", kind: number{values: bit}, usual: "0", text: "The style on Huawei, Honor, and OPPO: `0` for the default, `1` for long texts."},
	{name: "xiaomi_channel_id", wire: "XiaoMiChannelID", kind: text{}, text: "The channel on Xiaomi."},
	{name: "oppo_channel_id", wire: "OPPOChannelID", kind: text{}, text: "The channel on OPPO."},
	{name: "oppo_category", wire: "OPPOCategory", kind: text{}, text: "The category on OPPO, such as `IM` or `MARKETING`."},
	{name: "oppo_private_msg_template_id", wire: "OPPOPrivateMsgTemplateId", kind: text{}, text: "The ID of a template for private messages on OPPO."},
	{name: "oppo_private_title_parameters", wire: "OPPOPrivateTitleParameters", kind: document{}, text: "The variables in the title of that template."},
	{name: "oppo_private_content_parameters", wire: "OPPOPrivateContentParameters", kind: document{}, text: "The variables in the text of that template."},
	{name: "oppo_notify_level", wire: "OPPONotifyLevel", kind: number{values: []int64{1, 2, 16}}, needs: need{name: "oppo_category"}, text: "How OPPO notifies: `1` in the notification bar, `2` also on the lock screen, `16` also with a banner, vibration, and sound."},
	{name: "vivo_classification", wire: "VIVOClassification", kind: number{values: bit}, usual: "1", text: "The class on vivo: `0` for operations, `1` (default) for system messages. Outdated; use `vivo_category`."},
	{name: "vivo_category", wire: "VIVOCategory", kind: text{}, text: "The category on vivo, such as `IM` or `MARKETING`."},
	{name: "vivo_notify_type", wire: "VIVONotifyType", kind: choice{values: []string{"1", "2", "3", "4"}}, usual: "4", text: "How vivo notifies: `1` silently, `2` with sound, `3` with vibration, `4` (default) with both. A string."},
	{name: "huawei_importance", wire: "HuaWeiImportance", kind: choice{values: importances}, text: "The importance on Huawei."},
	{name: "huawei_category", wire: "HuaWeiCategory", kind: text{}, text: "The category on Huawei, such as `IM` or `MARKETING`."},
	{name: "huawei_image", wire: "HuaWeiImage", kind: text{httpsRule}, text: "The URL of an icon on Huawei, of less than 512 KB."},
	{name: "huawei_channel_id", wire: "HuaWeiChannelID", kind: text{}, text: "The channel on Huawei."},
	{name: "honor_image", wire: "HonorImage", kind: text{httpsRule}, text: "The URL of an icon on Honor, of less than 512 KB."},
	{name: "honor_importance", wire: "HonorImportance", kind: choice{values: importances}, text: "The importance on Honor."},
	{name: "google_image", wire: "GoogleImage", kind: text{}, text: "The URL of an image on FCM, of at most 1 MB."},
	{name: "google_priority", wire: "GooglePriority", kind: choice{values: []string{"normal", "high"}}, text: "The priority on FCM."},
	{name: "google_channel_id", wire: "GoogleChannelID", kind: text{}, text: "The channel on FCM."},
	{name: "meizu_notice_msg_type", wire: "MeiZuNoticeMsgType", kind: number{values: bit}, text: "The class on Meizu: `0` for public, `1` for private messages."},
}

var importances = []string{"LOW", "NORMAL"}

var apnsFields = object{
	{name: "badge_mode", wire: "BadgeMode", kind: number{values: bit}, usual: "1", text: "Whether the push counts in the number on the app's icon: `0` counts, `1` (default) does not."},
	{name: "title", wire: "Title", kind: text{}, text: "The title, instead of that of the notification."},
	{name: "sub_title", wire: "SubTitle", kind: text{}, text: "The subtitle."},
	{name: "image", wire: "Image", kind: text{}, text: "The URL of an image. Set `mutable_content = 1` too."},
	{name: "mutable_content", wire: "MutableContent", kind: number{values: bit}, usual: "0", text: "`1` lets an extension of the app change the notification. Defaults to `0`."},
	{name: "sound", wire: "Sound", kind: text{}, text: "The name of the sound file in the app, with its suffix, of at most 30 seconds."},
	{name: "interruption_level", wire: "InterruptionLevel", kind: choice{values: []string{"active", "critical", "passive", "time-sensitive"}}, text: "How much the notification interrupts the user."},
	{name: "content_available", wire: "ContentAvailable", kind: number{values: bit}, text: "`1` makes the push silent: it wakes the app in the background."},
	{name: "is_voip_push", wire: "IsVoipPush", kind: number{values: bit}, text: "`1` sends a VoIP push, or a plain one where that is not possible."},
	{name: "live_activity", wire: "LiveActivity", kind: liveActivityFields, text: "An update of a Live Activity."},
}

var liveActivityFields = object{
	{name: "la_id", wire: "LaId", required: true, kind: text{activityIDRule}, text: "The ID of the Live Activity."},
	{name: "event", wire: "Event", required: true, kind: choice{values: []string{"update", eventEnd}}, text: "What happens to the Live Activity."},
	{name: "content_state", wire: "ContentState", required: true, kind: document{}, text: "The content, as the app defines it."},
	{name: "dismissal_date", wire: "DismissalDate", kind: number{}, needs: need{"event", eventEnd}, text: "When the Live Activity disappears, as a Unix time in seconds."},
}

const eventEnd = "end"

var harmonyFields = object{
	{name: "title", wire: "Title", kind: text{}, text: "The title, instead of that of the notification."},
	{name: "category", wire: "Category", kind: text{}, text: "The category."},
	{name: "image", wire: "Image", kind: text{httpsRule}, text: "The URL of an image."},
	{name: "sound", wire: "Sound", kind: text{}, text: "The name of the sound file in the app: MP3, WAV, or MPEG."},
	{name: "sound_duration", wire: "SoundDuration", kind: number{least: 1, most: maxSoundSeconds}, needs: need{name: "sound"}, text: "How long the sound plays, in seconds."},
}

var (
	templateIDRule = rule{
		limits:  "It has the form `<SDKAppID>-<number>`, such as `1400000000-1`.",
		problem: "is not the ID of a template",
		fix:     `Set it to an ID from the console, such as "1400000000-1".`,
		holds:   regexp.MustCompile(`^[0-9]+-[0-9]+$`).MatchString,
	}
	noSuffixRule = rule{
		limits:  "Without a suffix.",
		problem: "has a suffix",
		fix:     `Set it to the name without the suffix, such as "shake".`,
		holds:   func(text string) bool { return !strings.Contains(text, ".") },
	}
	httpsRule = rule{
		limits:  "With `https`.",
		problem: "is not a URL with https",
		fix:     `Set it to a URL that begins with "https://".`,
		holds: func(text string) bool {
			u, err := url.Parse(text)
			return err == nil && u.Scheme == "https" && u.Host != ""
		},
	}
	activityIDRule = rule{
		limits:  fmt.Sprintf("From 1 to %d bytes.", maxActivityIDBytes),
		problem: fmt.Sprintf("does not have 1 to %d bytes", maxActivityIDBytes),
		fix:     "Correct the ID.",
		holds:   func(text string) bool { return text != "" && len(text) <= maxActivityIDBytes },
	}
)
