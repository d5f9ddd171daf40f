package timpush

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// The error codes (ErrorCode) of calls for attributes and tags: the common ones
// (34348) and those of the push service (60564, 74196).
const (
	CodeBadHTTPRequest         = 60002
	CodeBadRequestBody         = 60003
	CodeAccountCheckFailed     = 60004
	CodeSignatureCheckFailed   = 60005
	CodeInvalidSDKAppID        = 60006
	CodeTooFrequent            = 60007
	CodeRequestTimeout         = 60008
	CodePathNotFound           = 60009
	CodeNotAdministrator       = 60010
	CodeAppTooFrequent         = 60011
	CodeMissingSDKAppID        = 60012
	CodeUnreadableResponse     = 60013
	CodeAccountCheckTimeout    = 60014
	CodeAccountNotString       = 60015
	CodeSDKAppIDDisabled       = 60016
	CodeRequestDisabled        = 60017
	CodeTooManyRequests        = 60018
	CodeTooManyCalls           = 60019
	CodePackageExpired         = 60020
	CodeAddressNotAllowed      = 60021
	CodeBadURLParameters       = 60025
	CodeWrongDataCenter        = 60026
	CodeWrongProduct           = 60027
	CodeTrialQuota             = 60028
	CodeUserSigExpired         = 70001
	CodeUserSigMalformed       = 70003
	CodeUserSigWrongKey        = 70009
	CodeUserSigWrongIdentifier = 70013
	CodeUserSigWrongApp        = 70014
	CodeKeyNotFound            = 70016
	CodeAppNotFound            = 70020
	CodeUserSigBlocked         = 70050
	CodeAccountBlocked         = 70051
	CodeAccountNotFound        = 70107
	CodeServiceTimeout         = 70169
	CodeServiceTimeoutAccount  = 70202
	CodeUserSigRejected        = 70346
	CodeAccountLimit           = 70398
	CodeAccountDeleted         = 70399
	CodeBadParameter           = 70402
	CodeAdministratorNeeded    = 70403
	CodeServiceFailed          = 70500
	CodeBadJSON                = 90001
	CodePushNotAdministrator   = 90009
	CodeTooManyAccounts        = 90018
	CodeTagTooLong             = 90020
	CodeTooManyTags            = 90032
	CodeInvalidAttribute       = 90033
	CodeTagTooLongCommon       = 90034
	CodeOtherAccountType       = 90035
	CodePushDisabled           = 90045
	CodeInternal               = 91000
)

// The error codes of pushes (74196 unless noted).
const (
	CodeBadMessageRandom      = 90005
	CodeSenderNotFound        = 90008 // (34348)
	CodeTagInBothLists        = 90022
	CodePushTooFrequent       = 90024
	CodeTagsWithAttributes    = 90039
	CodeEmptyTag              = 90040
	CodeBadNotification       = 90043 // (34348)
	CodePushQuota             = 90047
	CodeTaskNotFound          = 90049
	CodeAlreadyRevoked        = 90050
	CodeRevokeTooFrequent     = 90051
	CodeTooOldToRevoke        = 90052
	CodeNoNotification        = 90053
	CodePushTooLarge          = 90056
	CodeDataIDTooLong         = 90057 // (67553)
	CodeBadScheduledPush      = 90104 // (78841)
	CodeScheduledPushFailed   = 90105 // (78841)
	CodeScheduledPushDone     = 90106 // (78841)
	CodeScheduledPushUnderWay = 90107 // (78841)
)

// codeFacts describes an error code.
type codeFacts struct {
	meaning string // a clause, without a full stop
	retry   retryAdvice
	unclear bool // the request may have been executed, although a retry cannot help
}

// notExecuted reports whether the code proves that the request was not executed.
// A code with the advice retrySoon does not: the service may have failed after it
// executed the request. Nor does an unknown code.
func (f codeFacts) notExecuted() bool {
	return f.meaning != "" && f.retry != retrySoon && !f.unclear
}

var tagTooLong = fmt.Sprintf("a tag is longer than %d bytes", MaxTagBytes)

// codes describes every known code, unless a command has another meaning for it.
// The vendor's tables are incomplete, so other codes are reported as is.
var codes = map[int64]codeFacts{
	CodeBadHTTPRequest:         {meaning: "the HTTP request cannot be parsed"},
	CodeBadRequestBody:         {meaning: "the request's JSON cannot be parsed"},
	CodeAccountCheckFailed:     {meaning: "the account check failed", retry: retrySoon},
	CodeSignatureCheckFailed:   {meaning: "the account check failed", retry: retrySoon},
	CodeInvalidSDKAppID:        {meaning: "the SDKAppID is invalid"},
	CodeTooFrequent:            {meaning: "the call rate is over the limit", retry: retryThrottled},
	CodeRequestTimeout:         {meaning: "the service timed out, or the HTTP request is malformed", retry: retrySoon},
	CodePathNotFound:           {meaning: "the API path does not exist"},
	CodeNotAdministrator:       {meaning: "the call requires an app administrator"},
	CodeAppTooFrequent:         {meaning: "the app's request rate is over the limit", retry: retryThrottled},
	CodeMissingSDKAppID:        {meaning: "the SDKAppID is missing"},
	CodeUnreadableResponse:     {meaning: "the service could not parse its own response", unclear: true},
	CodeAccountCheckTimeout:    {meaning: "the account check timed out", retry: retrySoon},
	CodeAccountNotString:       {meaning: "an account in the request is not a string"},
	CodeSDKAppIDDisabled:       {meaning: "the SDKAppID is disabled"},
	CodeRequestDisabled:        {meaning: "the request is disabled"},
	CodeTooManyRequests:        {meaning: "there are too many requests", retry: retryThrottled},
	CodeTooManyCalls:           {meaning: "there are too many requests", retry: retryThrottled},
	CodePackageExpired:         {meaning: "the app's package is missing or expired, or the cloud account has an unpaid bill"},
	CodeAddressNotAllowed:      {meaning: "requests from this machine's IP address are not allowed"},
	CodeBadURLParameters:       {meaning: "the SDKAppID, identifier, UserSig, or contenttype in the URL is invalid"},
	CodeWrongDataCenter:        {meaning: "the host does not belong to the data center of the SDKAppID"},
	CodeWrongProduct:           {meaning: "the app's product type does not match the API"},
	CodeTrialQuota:             {meaning: "the trial edition's quota for 24 hours is used up"},
	CodeUserSigExpired:         {meaning: "the UserSig has expired", retry: retrySigned},
	CodeUserSigMalformed:       {meaning: "the UserSig is malformed"},
	CodeUserSigWrongKey:        {meaning: "the UserSig was not made with the key of this SDKAppID"},
	CodeUserSigWrongIdentifier: {meaning: "the UserSig was made for another identifier"},
	CodeUserSigWrongApp:        {meaning: "the UserSig was made for another SDKAppID"},
	CodeKeyNotFound:            {meaning: "the app's key does not exist in this data center"},
	CodeAppNotFound:            {meaning: "the SDKAppID does not exist in this data center"},
	CodeUserSigBlocked:         {meaning: "UserSig verification failed too often and is temporarily blocked"},
	CodeAccountBlocked:         {meaning: "the account is on the blocklist"},
	CodeAccountNotFound:        {meaning: "the account does not exist in the app"},
	CodeServiceTimeout:         {meaning: "the service timed out internally", retry: retrySoon},
	CodeServiceTimeoutAccount:  {meaning: "the service timed out internally", retry: retrySoon},
	CodeUserSigRejected:        {meaning: "the UserSig was rejected"},
	CodeAccountLimit:           {meaning: "the number of accounts is over the edition's limit"},
	CodeAccountDeleted:         {meaning: "the account was deleted less than three months ago"},
	CodeBadParameter:           {meaning: "a parameter is invalid"},
	CodeAdministratorNeeded:    {meaning: "the call requires an app administrator"},
	CodeServiceFailed:          {meaning: "the service failed internally", retry: retrySoon},
	CodeBadJSON:                {meaning: "the request's JSON cannot be parsed or is not as the API expects"},
	CodePushNotAdministrator:   {meaning: "the call requires an app administrator"},
	CodeTooManyAccounts:        {meaning: "the request contains too many accounts"},
	CodeTagTooLong:             {meaning: tagTooLong},                                                 // (74196)
	CodeTooManyTags:            {meaning: "there are too many tags for an account or in a condition"}, // (74196)
	CodeInvalidAttribute:       {meaning: "the attribute is invalid"},
	CodeTagTooLongCommon:       {meaning: tagTooLong}, // (34348)
	CodeOtherAccountType:       {meaning: "the attribute or tag is for the other account type, UserID or RegistrationID"},
	CodePushDisabled:           {meaning: "the push feature is not enabled for the app"},
	CodeInternal:               {meaning: "the service failed internally", retry: retrySoon},

	CodeBadMessageRandom:      {meaning: "the message random is missing or not a 32-bit number"},
	CodeSenderNotFound:        {meaning: "the sender is missing or does not exist in the app"},
	CodeTagInBothLists:        {meaning: "a tag is in both lists of a condition"},
	CodePushTooFrequent:       {meaning: "the last push of the app was less than a second ago", retry: retryThrottled},
	CodeTagsWithAttributes:    {meaning: "a condition has both tags and attributes"},
	CodeEmptyTag:              {meaning: "a tag of a condition is empty"},
	CodeBadNotification:       {meaning: "the notification is malformed"},
	CodePushQuota:             {meaning: "the app's daily quota of pushes is used up"},
	CodeTaskNotFound:          {meaning: "the task does not exist"},
	CodeAlreadyRevoked:        {meaning: "the push has already been revoked"},
	CodeRevokeTooFrequent:     {meaning: "the last revocation of the app was less than a second ago", retry: retryThrottled},
	CodeTooOldToRevoke:        {meaning: "the push started more than 24 hours ago"},
	CodeNoNotification:        {meaning: "the notification that replaces the push is missing"},
	CodePushTooLarge:          {meaning: "the push is larger than 10 KiB"},
	CodeDataIDTooLong:         {meaning: "the data ID is longer than 64 bytes"},
	CodeBadScheduledPush:      {meaning: "a parameter is invalid, for example because the task does not exist"},
	CodeScheduledPushFailed:   {meaning: "the service failed internally", retry: retrySoon},
	CodeScheduledPushDone:     {meaning: "the push has already been dispatched"},
	CodeScheduledPushUnderWay: {meaning: "the push is being dispatched"},
}

// Codes returns every known ErrorCode in ascending order.
func Codes() []int64 { return slices.Sorted(maps.Keys(codes)) }

// Meaning returns the documented meaning of an ErrorCode, a clause without a full
// stop, or "" if it is not documented.
func Meaning(code int64) string { return codes[code].meaning }

// Retried returns when a request is retried after an ErrorCode, such as "never"
// or "soon".
func Retried(code int64) string { return codes[code].retry.String() }

// IsCode reports whether the service rejected the request with one of the codes.
func IsCode(err error, codes ...int64) bool {
	var service *ServiceError
	return errors.As(err, &service) && slices.Contains(codes, service.Code)
}
