package app

import "fmt"

// Error codes of commands, from the common table (34348), the pages of the commands, and the table of the push service
// (74196).
const (
	codeNotAString     = 60015
	codeUnknownAccount = 70107
	codeBadParameter   = 70402 // "illegal parameters" (34348)
	codeBadJSON        = 90001
	codeBadRandom      = 90005
	codeTooMany        = 90018
	codeLongTag        = 90020 // as in 74196; 34348 has 90034 (pick)
	codeTagTwice       = 90022
	codePushTooSoon    = 90024
	codeManyTags       = 90032
	codeBadAttribute   = 90033
	codeOtherKind      = 90035
	codeTwoKinds       = 90039
	codeEmptyTag       = 90040
	codeBadPushInfo    = 90043 // (34348)
	codePushQuota      = 90047
	codeUnknownPush    = 90049
	codeRevoked        = 90050
	codeRevokeTooSoon  = 90051
	codeRevokeTooLate  = 90052
	codeNoPushInfo     = 90053
	codeLongPush       = 90056
	codeLongDataID     = 90057 // as in 67553; 34348 has it for a rate limit (pick)
	codeBadTask        = 90104 // this one and those below: (78841)
	codeTaskDispatched = 90106
	codeTaskUnderWay   = 90107
)

// infos are the ErrorInfo texts, in our own words. They never repeat request data, which may contain a secret.
var infos = map[int]string{
	codeNotAString:     "account in the request body is not a string",
	codeBadJSON:        "failed to parse the request body",
	codeBadRandom:      "MsgRandom is missing, or not an integer from 0 to 4294967295",
	codePushTooSoon:    "less than a second since the last push",
	codePushQuota:      "too many pushes in 24 hours",
	codeUnknownPush:    "there is no such push, or it cannot be revoked",
	codeRevoked:        "the push was revoked before",
	codeRevokeTooSoon:  "less than a second since the last push was revoked",
	codeRevokeTooLate:  "the push is older than 24 hours",
	codeNoPushInfo:     "OfflinePushInfo is missing",
	codeTaskDispatched: "the scheduled push is dispatched",
	codeTaskUnderWay:   "the scheduled push is being dispatched",
	codeTooMany:        "too many accounts in one request",
	codeLongTag:        fmt.Sprintf("tag is longer than %d bytes", maxTag),
	codeTagTwice:       "a tag is in both TagsOr and TagsAnd",
	codeManyTags:       fmt.Sprintf("too many tags: at most %d per account and %d per app", maxTags, maxAppTags),
	codeBadAttribute:   "attribute is not set, or invalid",
	codeOtherKind:      "the attribute or tag is for the other type of account", // for seeds
	codeTwoKinds:       "the condition has both tags and attributes",
	codeEmptyTag:       "tag is empty",
	codeBadPushInfo:    "OfflinePushInfo is not an object, or a field has another type",
	codeLongPush:       fmt.Sprintf("the request body is longer than %d bytes", maxPush),
	codeLongDataID:     fmt.Sprintf("DataId is longer than %d bytes", maxDataID),
}
