package emulator

import "github.com/timpush/terraform-provider-timpush/internal/emulator/app"

// Error codes of the gate, from the common table (34348). Package app has the codes of commands; faults can use any code.
const (
	codeBadHTTP        = 60002 // HTTP parse error; check the URL format
	codeBadRequestJSON = 60003 // request parse error
	codeTooFast        = 60007
	codeBrokenRequest  = 60008 // malformed HTTP request
	codeWrongResource  = 60009
	codeNotAdmin       = 60010 // as in 34348; some pages of push calls list 90009 instead (pick)
	codeNoSDKAppID     = 60012
	codeBadParameters  = 60025 // SDKAppID, identifier, UserSig or contenttype in the URL is invalid
	codeSigExpired     = 70001
	codeSigMalformed   = 70003 // cannot be parsed
	codeSigWrong       = 70009 // signed with another key
	codeSigOtherUser   = 70013
	codeSigOtherApp    = 70014
	codeUnknownApp     = 70020
	codeInternal       = 91000
)

// infos are the ErrorInfo texts, in our own words. They never repeat request data, which may contain a secret.
var infos = map[int]string{
	codeBadHTTP:        "http parse error, please check the url",
	codeBadRequestJSON: "request body too large to parse",
	codeTooFast:        "request frequency exceeds the limit",
	codeBrokenRequest:  "invalid http request",
	codeWrongResource:  "invalid resource, please check the url",
	codeNotAdmin:       "this api requires an administrator account",
	codeNoSDKAppID:     "sdkappid is missing in the url",
	codeBadParameters:  "identifier, usersig or contenttype in the url is missing or invalid",
	codeSigExpired:     "usersig expired",
	codeSigMalformed:   "usersig is malformed",
	codeSigWrong:       "usersig verification failed",
	codeSigOtherUser:   "identifier does not match the usersig",
	codeSigOtherApp:    "sdkappid does not match the usersig",
	codeUnknownApp:     "sdkappid does not exist",
}

func reject(code int) app.Response { return app.Reject(code, infos[code]) }
