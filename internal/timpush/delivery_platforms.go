package timpush

import (
	"slices"
	"strconv"
)

// online is the platform of online pushes, which the service delivers itself. The
// service does not tell their platforms apart (67551).
const online = "online"

// The values of EventType (67551).
const (
	eventOffline = 1
	eventOnline  = 2
)

// platforms are the push platforms by PushPlatform, from 1. 0 is documented as
// unknown (67551).
var platforms = []string{"apns", "xiaomi", "huawei", "fcm", "meizu", "oppo", "vivo", "honor"}

// Platforms returns the names of the documented platforms.
func Platforms() []string { return append(slices.Clone(platforms), online) }

// platformName returns the name of a PushPlatform, and whether it is documented.
func platformName(number int64) (name string, documented bool) {
	if number >= 1 && number <= int64(len(platforms)) {
		return platforms[number-1], true
	}
	return "platform_" + strconv.FormatInt(number, 10), number == 0
}
