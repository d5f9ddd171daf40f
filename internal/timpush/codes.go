package timpush

import (
	"fmt"
	"maps"
	"slices"
)

// retryAdvice says what repeating a request can do after a code.
type retryAdvice int

const (
	retryNever     retryAdvice = iota
	retrySoon                  // a passing fault: repeat after a short while
	retryThrottled             // too many requests: repeat, after at least a second
	retrySigned                // repeat once, with a new UserSig
)

func (a retryAdvice) String() string {
	switch a {
	case retrySoon:
		return "soon"
	case retryThrottled:
		return "after at least a second"
	case retrySigned:
		return "once, with a new UserSig"
	default:
		return "never"
	}
}

// codeFacts is what is known of one ErrorCode.
type codeFacts struct {
	meaning string // a clause, without a full stop
	remedy  string // whole sentences: what the user can do
	retry   retryAdvice
}

// Remedies that several codes share.
const (
	remedyRegion   = "Check sdk_app_id (TIMPUSH_SDK_APP_ID), and set region (TIMPUSH_REGION) to the data center that the console shows for this app; where endpoint (TIMPUSH_ENDPOINT) is set, it is used instead of the region's host."
	remedyKey      = "Set secret_key (TIMPUSH_SECRET_KEY) to the key that the console shows for this app, or make user_sig (TIMPUSH_USER_SIG) anew with it, and check sdk_app_id (TIMPUSH_SDK_APP_ID)."
	remedyAdmin    = "Set identifier (TIMPUSH_IDENTIFIER) to an account that the console lists among the app's administrators."
	remedyUserSig  = "Check that user_sig (TIMPUSH_USER_SIG) was copied whole, make it anew for exactly this identifier (TIMPUSH_IDENTIFIER) and sdk_app_id (TIMPUSH_SDK_APP_ID), or give secret_key (TIMPUSH_SECRET_KEY) in its place."
	remedyThrottle = "Lower requests_per_second (TIMPUSH_REQUESTS_PER_SECOND), above all where other programs or provider aliases call with the same app, or raise the limit in the console."
	remedyLater    = "Try again later; if it stays, raise max_retries (TIMPUSH_MAX_RETRIES) or ask Tencent Cloud support."
	remedyCheck    = "Try again later; if it stays, check identifier (TIMPUSH_IDENTIFIER), secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG)."
	remedyReport   = "The request did not reach the service as the provider wrote it: check endpoint (TIMPUSH_ENDPOINT) and any proxy on the way, and otherwise report this as a bug of the provider."
	remedySupport  = "Ask Tencent Cloud support, naming the app and the code."
	remedyConsole  = "Look at the app's state and edition in the console."
	remedyAccount  = "Import the account or let it log in once, or drop it from accounts."
)

// codes are the documented codes that a call for attributes or tags can meet:
// the common ones (34348) and those of the push service (60564, 74196). The
// service has more (the vendor's table is not complete either), and they pass
// through as they come.
var codes = map[int64]codeFacts{
	60002: {"the HTTP request cannot be parsed", remedyReport, retryNever},
	60003: {"the request's JSON cannot be parsed", remedyReport, retryNever},
	60004: {"the account check failed", remedyCheck, retrySoon},
	60005: {"the account check failed", remedyCheck, retrySoon},
	60006: {"the SDKAppID is not valid", "Set sdk_app_id (TIMPUSH_SDK_APP_ID) to the number that the console shows for this app.", retryNever},
	60007: {"the call frequency is over the limit", remedyThrottle, retryThrottled},
	60008: {"the service timed out, or the HTTP request is malformed", remedyLater, retrySoon},
	60009: {"the API path does not exist", "Check endpoint (TIMPUSH_ENDPOINT): it is the base URL, without /v4/timpush.", retryNever},
	60010: {"the call needs an app administrator", remedyAdmin, retryNever},
	60011: {"the app's request frequency is over the limit", remedyThrottle, retryThrottled},
	60012: {"the SDKAppID is missing", remedyReport, retryNever},
	60013: {"the service could not read its own reply", remedySupport, retryNever},
	60014: {"the account check timed out", remedyLater, retrySoon},
	60015: {"an account in the request is not a string", remedyReport, retryNever},
	60016: {"the SDKAppID is disabled", remedyConsole, retryNever},
	60017: {"the request is disabled", remedySupport, retryNever},
	60018: {"requests come too often", remedyThrottle, retryThrottled},
	60019: {"requests come too often", remedyThrottle, retryThrottled},
	60020: {"the service is not available to the app: its package is missing or expired, or the cloud account is in arrears", "Buy or renew the app's package, or settle the bill, in the console; it takes effect after about 5 minutes.", retryNever},
	60021: {"the address that the request came from is not allowed", "Add this machine's public address to the app's list of allowed addresses in the console, or run from an allowed one.", retryNever},
	60025: {"the SDKAppID, identifier, UserSig or contenttype in the URL is wrong", "Check sdk_app_id (TIMPUSH_SDK_APP_ID), identifier (TIMPUSH_IDENTIFIER) and secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG).", retryNever},
	60026: {"the domain does not belong to the data center of the SDKAppID", remedyRegion, retryNever},
	60027: {"the app's product type does not match the API", "Use the SDKAppID of an app that has the Push Service, in sdk_app_id (TIMPUSH_SDK_APP_ID).", retryNever},
	60028: {"the trial edition's volume for 24 hours is used up", "Try again tomorrow, or change the app's edition in the console.", retryNever},
	70001: {"the UserSig has expired", "Check this machine's clock; where user_sig (TIMPUSH_USER_SIG) is used, make a new one.", retrySigned},
	70003: {"the UserSig is illegal: it cannot be parsed", remedyUserSig, retryNever},
	70009: {"the UserSig was not made with the key of this SDKAppID", remedyKey, retryNever},
	70013: {"the UserSig was made for another identifier", remedyUserSig, retryNever},
	70014: {"the UserSig was made for another SDKAppID", remedyUserSig, retryNever},
	70016: {"the app's key does not exist in this data center", remedyRegion, retryNever},
	70020: {"the SDKAppID does not exist in this data center", remedyRegion, retryNever},
	70050: {"UserSig verification failed too often, and is blocked for a while", "Check secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG) and identifier (TIMPUSH_IDENTIFIER), then wait a minute and try again.", retryNever},
	70051: {"the account is on the blocklist", "Take the account off the blocklist in the console, or use another one.", retryNever},
	70107: {"the account does not exist in the app", remedyAccount, retryNever},
	70169: {"the service timed out internally", remedyLater, retrySoon},
	70202: {"the service timed out internally", remedyLater, retrySoon},
	70346: {"the UserSig was refused", remedyKey, retryNever},
	70398: {"the number of accounts is over the edition's limit", remedyConsole, retryNever},
	70399: {"the account was deleted less than three months ago", "Drop the account from accounts.", retryNever},
	70402: {"a parameter is illegal", remedyReport, retryNever},
	70403: {"the call needs an app administrator", remedyAdmin, retryNever},
	70500: {"the service failed internally", remedyLater, retrySoon},
	90001: {"the request's JSON cannot be parsed, or is not what the API takes", remedyReport, retryNever},
	90009: {"the call needs an app administrator", remedyAdmin, retryNever},
	90018: {"the request asks for too many accounts", remedyReport, retryNever},
	90033: {"the attribute is not valid", "Set the app's attribute names before reading attributes.", retryNever},
	90035: {"the attribute or tag belongs to the other account type (UserID or RegistrationID)", "Ask for accounts of the type that the attribute or tag was made for.", retryNever},
	90045: {"the push feature is not enabled for the app", "Enable the Push Service for the app in the console.", retryNever},
	91000: {"the service failed internally", remedyLater, retrySoon},
}

// Codes returns every ErrorCode that is known here, in rising order.
func Codes() []int64 { return slices.Sorted(maps.Keys(codes)) }

// Repeated says when a request is repeated after an ErrorCode, as in "never" or
// "soon".
func Repeated(code int64) string { return codes[code].retry.String() }

// Meaning returns the documented meaning of an ErrorCode, a clause without a
// full stop, or "" where none is documented.
func Meaning(code int64) string { return codes[code].meaning }

// Remedy returns what a user can do about an ErrorCode, in whole sentences.
func Remedy(code int64) string {
	if facts, ok := codes[code]; ok {
		return facts.remedy
	}
	return fmt.Sprintf("Look up code %d in the service's table of error codes (https://www.tencentcloud.com/document/product/1047/34348).", code)
}
