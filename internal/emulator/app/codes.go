package app

import "fmt"

// Error codes of commands, from the common table (34348), the pages of the commands, and the table of the push service
// (74196).
const (
	codeNotAString     = 60015
	codeUnknownAccount = 70107
	codeBadJSON        = 90001
	codeTooMany        = 90018
	codeLongTag        = 90020 // as in 74196; 34348 has 90034 (pick)
	codeManyTags       = 90032
	codeBadAttribute   = 90033
	codeOtherKind      = 90035
	codeEmptyTag       = 90040
)

// infos are the ErrorInfo texts, in our own words. They never repeat request data, which may contain a secret.
var infos = map[int]string{
	codeNotAString:   "account in the request body is not a string",
	codeBadJSON:      "failed to parse the request body",
	codeTooMany:      "too many accounts in one request",
	codeLongTag:      fmt.Sprintf("tag is longer than %d bytes", maxTag),
	codeManyTags:     fmt.Sprintf("too many tags: at most %d per account and %d per app", maxTags, maxAppTags),
	codeBadAttribute: "attribute is not set, or invalid",
	codeOtherKind:    "the attribute or tag is for the other type of account", // for seeds
	codeEmptyTag:     "tag is empty",
}
