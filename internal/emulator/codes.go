package emulator

// Error codes that the emulator answers by itself, from the common table (34348) and the private ones of the pages
// and of the push service (74196). Scripted faults may answer any other.
const (
	codeBadHTTP        = 60002 // HTTP parse error; check the URL format
	codeBadRequestJSON = 60003 // request parse error
	codeTooFast        = 60007 // call frequency over the limit
	codeBrokenRequest  = 60008 // malformed HTTP request
	codeWrongResource  = 60009
	codeNotAdmin       = 60010 // so the gateway's table (34348); pages of push calls have 90009, but not all of them (pick)
	codeNoSDKAppID     = 60012
	codeNotAString     = 60015 // an account in the body is not a string
	codeBadParameters  = 60025 // SDKAppID, identifier, UserSig or contenttype wrong in the URL
	codeSigExpired     = 70001
	codeSigIllegal     = 70003 // cannot be parsed
	codeSigWrong       = 70009 // signed with another key
	codeSigOtherUser   = 70013
	codeSigOtherApp    = 70014
	codeUnknownApp     = 70020
	codeUnknownAccount = 70107
	codeBadJSON        = 90001
	codeTooMany        = 90018
	codeLongTag        = 90020 // so 74196; 34348 says 90034 (pick)
	codeManyTags       = 90032
	codeBadAttribute   = 90033
	codeOtherKind      = 90035 // of account: the attribute or tag serves the other one
	codeEmptyTag       = 90040
	codeInternal       = 91000
)

// infos are the ErrorInfo texts, our own words; codes that stand in ErrorList only have none. They repeat nothing of the
// request: it may hold a secret.
var infos = map[int]string{
	codeBadHTTP:        "http parse error, please check the url",
	codeBadRequestJSON: "request body too large to parse",
	codeTooFast:        "request frequency exceeds the limit",
	codeBrokenRequest:  "invalid http request",
	codeWrongResource:  "invalid resource, please check the url",
	codeNotAdmin:       "this api requires an administrator account",
	codeNoSDKAppID:     "sdkappid is missing in the url",
	codeNotAString:     "account in the request body is not a string",
	codeBadParameters:  "identifier, usersig or contenttype in the url is missing or invalid",
	codeSigExpired:     "usersig expired",
	codeSigIllegal:     "usersig is illegal",
	codeSigWrong:       "usersig verification failed",
	codeSigOtherUser:   "identifier does not match the usersig",
	codeSigOtherApp:    "sdkappid does not match the usersig",
	codeUnknownApp:     "sdkappid does not exist",
	codeBadJSON:        "failed to parse the request body",
	codeTooMany:        "too many accounts in one request",
	codeLongTag:        "tag is too long",
	codeManyTags:       "too many tags for one user",
	codeBadAttribute:   "attribute is not set, or invalid",
	codeEmptyTag:       "tag is empty",
	codeInternal:       "internal error, please try again",
}
