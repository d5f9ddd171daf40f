// Package kit has the code that the kinds of the provider share.
package kit

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Fixes: what users can do about errors.
const (
	fixRegion      = "Check sdk_app_id (TIMPUSH_SDK_APP_ID), and set region (TIMPUSH_REGION) to the data center that the console shows for this app. If endpoint (TIMPUSH_ENDPOINT) is set, it replaces the region's host."
	fixKey         = "Check sdk_app_id (TIMPUSH_SDK_APP_ID), and set secret_key (TIMPUSH_SECRET_KEY) to the key that the console shows for this app, or user_sig (TIMPUSH_USER_SIG) to a UserSig made with that key."
	fixEmulatorKey = "timpush-emulator has another key after each start: set secret_key (TIMPUSH_SECRET_KEY) to the key that it printed last."
	fixAdmin       = "Set identifier (TIMPUSH_IDENTIFIER) to one of the app's administrators, which the console lists."
	fixUserSig     = "Check that user_sig (TIMPUSH_USER_SIG) was copied completely and was made for this identifier (TIMPUSH_IDENTIFIER) and sdk_app_id (TIMPUSH_SDK_APP_ID), or set secret_key (TIMPUSH_SECRET_KEY) instead."
	fixThrottle    = "Lower requests_per_second (TIMPUSH_REQUESTS_PER_SECOND), especially if other programs or provider aliases call the same app, or raise the limit in the console."
	fixLater       = "Try again later; if the problem persists, raise max_retries (TIMPUSH_MAX_RETRIES) or contact Tencent Cloud support."
	fixCheck       = "Try again later; if the problem persists, check identifier (TIMPUSH_IDENTIFIER) and secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG)."
	fixReport      = "Check whether endpoint (TIMPUSH_ENDPOINT) leads to another server or a proxy changes requests; if not, report this as a bug in the provider."
	fixSupport     = "Contact Tencent Cloud support with the SDKAppID and the error code."
	fixConsole     = "Check the app's status and edition in the console."
	fixAccount     = "Import the account or let it log in once, or remove it from accounts."
	fixAddress     = "Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), the network, and any proxy."
	fixSlow        = "Try again; if responses are slow, raise request_timeout (TIMPUSH_REQUEST_TIMEOUT)."
	fixStalled     = "Try again in a minute; if the problem persists, check the network and any proxy."
	fixCertificate = "Check that endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy, lead to the service, and that this machine's certificate authorities and clock are up to date."
	fixPlainHTTP   = "Check endpoint (TIMPUSH_ENDPOINT): a server on this machine, with a loopback address, may use http:// instead of https://."
	fixFiles       = "Raise this machine's limit of open files (ulimit -n), or lower requests_per_second (TIMPUSH_REQUESTS_PER_SECOND)."
	fixResponse    = "Check that endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy, lead to the service; if they do, report this as a bug in the provider."
	fixNoCode      = "See the service text below, if there is one, or contact Tencent Cloud support."
	fixRedirect    = "Redirects are not followed, because they would send the UserSig to another server. Set endpoint (TIMPUSH_ENDPOINT) to the URL of the service itself."
	fixGateway     = "Try again later; if the problem persists, check endpoint (TIMPUSH_ENDPOINT) and any proxy."
	fixServer      = "Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy."
	fixDelivery    = "Check this machine's clock and the IDs, and choose a later start or a shorter time window."
	fixRow         = "Try again; if the problem persists, contact Tencent Cloud support."
	fixBug         = "Report this as a bug in the provider."
)

// HintMisspelled follows the fix for an argument that seems to be missing.
const HintMisspelled = "Terraform ignores misspelled arguments."

var fixTagLength = fmt.Sprintf("Use tags of at most %d bytes; a Chinese character has 3.", timpush.MaxTagBytes)

// fixesByRetry are the fixes that advise to try again after a request that may have
// been executed.
var fixesByRetry = []string{fixLater, fixCheck, fixSlow, fixGateway}

// codeFixes are the fixes for error codes, in complete sentences.
var codeFixes = map[int64]string{
	timpush.CodeBadHTTPRequest:         fixReport,
	timpush.CodeBadRequestBody:         fixReport,
	timpush.CodeAccountCheckFailed:     fixCheck,
	timpush.CodeSignatureCheckFailed:   fixCheck,
	timpush.CodeInvalidSDKAppID:        "Set sdk_app_id (TIMPUSH_SDK_APP_ID) to the SDKAppID that the console shows for this app.",
	timpush.CodeTooFrequent:            fixThrottle,
	timpush.CodeRequestTimeout:         fixLater,
	timpush.CodePathNotFound:           "Check endpoint (TIMPUSH_ENDPOINT): it is the base URL, without /v4/timpush.",
	timpush.CodeNotAdministrator:       fixAdmin,
	timpush.CodeAppTooFrequent:         fixThrottle,
	timpush.CodeMissingSDKAppID:        fixReport,
	timpush.CodeUnreadableResponse:     fixSupport,
	timpush.CodeAccountCheckTimeout:    fixLater,
	timpush.CodeAccountNotString:       fixReport,
	timpush.CodeSDKAppIDDisabled:       fixConsole,
	timpush.CodeRequestDisabled:        fixSupport,
	timpush.CodeTooManyRequests:        fixThrottle,
	timpush.CodeTooManyCalls:           fixThrottle,
	timpush.CodePackageExpired:         "Buy or renew the app's package, or pay the bill, in the console; this takes effect after about 5 minutes.",
	timpush.CodeAddressNotAllowed:      "Add this machine's public IP address to the app's list of allowed addresses in the console, or use a machine whose address is allowed.",
	timpush.CodeBadURLParameters:       "Check sdk_app_id (TIMPUSH_SDK_APP_ID), identifier (TIMPUSH_IDENTIFIER), and secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG).",
	timpush.CodeWrongDataCenter:        fixRegion,
	timpush.CodeWrongProduct:           "Set sdk_app_id (TIMPUSH_SDK_APP_ID) to the SDKAppID of an app that has the Push Service.",
	timpush.CodeTrialQuota:             "Try again tomorrow, or change the app's edition in the console.",
	timpush.CodeUserSigExpired:         "Check this machine's clock; if user_sig (TIMPUSH_USER_SIG) is set, replace it with a new one.",
	timpush.CodeUserSigMalformed:       fixUserSig,
	timpush.CodeUserSigWrongKey:        fixKey,
	timpush.CodeUserSigWrongIdentifier: fixUserSig,
	timpush.CodeUserSigWrongApp:        fixUserSig,
	timpush.CodeKeyNotFound:            fixRegion,
	timpush.CodeAppNotFound:            fixRegion,
	timpush.CodeUserSigBlocked:         "Check identifier (TIMPUSH_IDENTIFIER), and secret_key (TIMPUSH_SECRET_KEY) or user_sig (TIMPUSH_USER_SIG), then wait a minute and try again.",
	timpush.CodeAccountBlocked:         "Remove the account from the blocklist in the console, or use another account.",
	timpush.CodeAccountNotFound:        fixAccount,
	timpush.CodeServiceTimeout:         fixLater,
	timpush.CodeServiceTimeoutAccount:  fixLater,
	timpush.CodeUserSigRejected:        fixKey,
	timpush.CodeAccountLimit:           fixConsole,
	timpush.CodeAccountDeleted:         "Remove the account from accounts.",
	timpush.CodeBadParameter:           fixReport,
	timpush.CodeAdministratorNeeded:    fixAdmin,
	timpush.CodeServiceFailed:          fixLater,
	timpush.CodeBadJSON:                fixReport,
	timpush.CodePushNotAdministrator:   fixAdmin,
	timpush.CodeTooManyAccounts:        fixReport,
	timpush.CodeTagTooLong:             fixTagLength,
	timpush.CodeTooManyTags: fmt.Sprintf("Remove tags that are no longer needed: an account can have at most %d, an app %s different ones, and each list of a condition %d.",
		timpush.MaxTags, Count(timpush.MaxAppTags), timpush.MaxConditionTags),
	timpush.CodeInvalidAttribute: "Compare the names with those of the app, which the data source timpush_attribute_names reads: each name has one index and one account type. " +
		fmt.Sprintf("Names have at most %d bytes, and values %d.", timpush.MaxNameBytes, timpush.MaxValueBytes),
	timpush.CodeTagTooLongCommon: fixTagLength,
	timpush.CodeOtherAccountType: "Use accounts of the type that the attribute or tag was created for.",
	timpush.CodePushDisabled:     "Enable the Push Service for the app in the console.",
	timpush.CodeInternal:         fixLater,

	timpush.CodeBadMessageRandom:      fixReport,
	timpush.CodeSenderNotFound:        "Set from_account to an account of the app.",
	timpush.CodeTagInBothLists:        "Remove the tag from tags_or or tags_and.",
	timpush.CodePushTooFrequent:       "Wait a second between pushes, also those of other programs, and try again.",
	timpush.CodeTagsWithAttributes:    "Set tags or attributes in a condition, not both.",
	timpush.CodeEmptyTag:              "Remove the empty tag.",
	timpush.CodeBadNotification:       "Compare the notification with the documentation of OfflinePushInfo (https://www.tencentcloud.com/document/product/1047/77715), in particular what json adds.",
	timpush.CodePushQuota:             "Try again tomorrow, push to accounts instead, which has no daily quota, or change the app's edition in the console.",
	timpush.CodeTaskNotFound:          "Check the task ID: it is the one that the push to all accounts or by condition returned. Whether a push to listed accounts can be revoked is not certain: the documentation disagrees.",
	timpush.CodeAlreadyRevoked:        "There is nothing to do.",
	timpush.CodeRevokeTooFrequent:     "Wait a second between revocations, also those of other programs, and try again.",
	timpush.CodeTooOldToRevoke:        "Nothing can be done: a push can be revoked for 24 hours after its start.",
	timpush.CodeNoNotification:        fixReport,
	timpush.CodePushTooLarge:          "Shorten the notification.",
	timpush.CodeDataIDTooLong:         "Shorten data_id.",
	timpush.CodeBadScheduledPush:      "Check this machine's clock, the time of the push or the window of the list, and the task ID, if there is one.",
	timpush.CodeScheduledPushFailed:   fixLater,
	timpush.CodeScheduledPushDone:     "The push can no longer be changed or deleted. For 24 hours after its start, the action timpush_revoke_push can revoke it.",
	timpush.CodeScheduledPushUnderWay: "Try again in a minute: a push that is being dispatched cannot be changed or deleted.",
}

// credentialCodes are the codes of errors about credentials.
var credentialCodes = []int64{
	timpush.CodeAccountCheckFailed, timpush.CodeSignatureCheckFailed, timpush.CodeBadURLParameters,
	timpush.CodeUserSigExpired, timpush.CodeUserSigMalformed, timpush.CodeUserSigWrongKey, timpush.CodeUserSigWrongIdentifier,
	timpush.CodeUserSigWrongApp, timpush.CodeKeyNotFound, timpush.CodeUserSigBlocked, timpush.CodeUserSigRejected,
}

// CodeFix returns the fix for an ErrorCode, in complete sentences.
func CodeFix(code int64) string {
	if code == 0 {
		return fixNoCode
	}
	if fix, ok := codeFixes[code]; ok {
		return fix
	}
	return fmt.Sprintf("Look up code %d in the service's table of error codes (https://www.tencentcloud.com/document/product/1047/34348).", code)
}

// transportFix returns the fix for a request that got no complete response. host
// is its host, with the port if it has one; proxy is the environment variable
// that sets the proxy, or "".
func transportFix(cause timpush.TransportCause, host, proxy string) string {
	switch cause {
	case timpush.CauseRefused:
		if isEmulator(host) {
			return fmt.Sprintf("Nothing listens on %s: start timpush-emulator there, or unset endpoint (TIMPUSH_ENDPOINT).", host)
		}
		return fixAddress
	case timpush.CauseSlow:
		return fixSlow
	case timpush.CauseStalled:
		return fixStalled
	case timpush.CauseCertificate:
		return fixCertificate
	case timpush.CausePlainHTTP:
		return fixPlainHTTP
	case timpush.CauseOpenFiles:
		return fixFiles
	case timpush.CauseProxy:
		return fmt.Sprintf("Check the proxy that %s sets, including its user name and password. To reach the host without the proxy, add it to NO_PROXY.", proxy)
	default:
		return fixAddress
	}
}

// isEmulator reports whether a host, with or without a port, is on this machine: the
// service never is.
func isEmulator(host string) bool {
	return timpush.IsLoopback((&url.URL{Host: host}).Hostname())
}

// httpFix returns the fix for an HTTP status, which the service itself never
// returns.
func httpFix(status int) string {
	switch {
	case status >= 300 && status < 400:
		return fixRedirect
	case status >= 500 && status <= 599, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		return fixGateway
	default:
		return fixServer
	}
}

// accountFix returns the fix for an account that failed. own are fixes that
// replace the usual ones, by error code.
func accountFix(failure timpush.AccountError, own map[int64]string) string {
	if failure.Code != nil && own[*failure.Code] != "" {
		return own[*failure.Code]
	}
	switch {
	case failure.Code != nil:
		return CodeFix(*failure.Code)
	case failure.Problem != "":
		return fixRow
	default:
		return "Try again."
	}
}
