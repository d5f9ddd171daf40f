package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// section is a table of error codes that have a kind of cause in common.
type section struct {
	heading string
	codes   []int64
}

// sections are the tables, in the order of the guide. Codes that are in none of them get a section of their own at the
// end, so that a new code is documented even if it is not added here.
var sections = []section{
	{"Credentials", []int64{
		timpush.CodeUserSigWrongKey, timpush.CodeUserSigRejected, timpush.CodeUserSigExpired,
		timpush.CodeUserSigMalformed, timpush.CodeUserSigWrongIdentifier, timpush.CodeUserSigWrongApp,
		timpush.CodeNotAdministrator, timpush.CodeAdministratorNeeded, timpush.CodePushNotAdministrator,
		timpush.CodeUserSigBlocked, timpush.CodeBadURLParameters,
		timpush.CodeAccountCheckFailed, timpush.CodeSignatureCheckFailed,
	}},
	{"App, region, and edition", []int64{
		timpush.CodeWrongDataCenter, timpush.CodeKeyNotFound, timpush.CodeAppNotFound, timpush.CodeInvalidSDKAppID,
		timpush.CodePackageExpired, timpush.CodePushDisabled, timpush.CodeWrongProduct,
		timpush.CodeSDKAppIDDisabled, timpush.CodeAccountLimit, timpush.CodeTrialQuota,
		timpush.CodeAddressNotAllowed, timpush.CodeRequestDisabled,
	}},
	{"Rate limits", []int64{
		timpush.CodeTooFrequent, timpush.CodeAppTooFrequent, timpush.CodeTooManyRequests, timpush.CodeTooManyCalls,
	}},
	{"Failures of the service", []int64{
		timpush.CodeRequestTimeout, timpush.CodeAccountCheckTimeout, timpush.CodeServiceTimeout,
		timpush.CodeServiceTimeoutAccount, timpush.CodeServiceFailed, timpush.CodeInternal,
		timpush.CodeUnreadableResponse,
	}},
	{"Invalid requests", []int64{
		timpush.CodePathNotFound, timpush.CodeBadHTTPRequest, timpush.CodeBadRequestBody, timpush.CodeMissingSDKAppID,
		timpush.CodeAccountNotString, timpush.CodeBadParameter, timpush.CodeBadJSON, timpush.CodeTooManyAccounts,
	}},
	{"Accounts, attributes, and tags", []int64{
		timpush.CodeAccountNotFound, timpush.CodeAccountDeleted, timpush.CodeAccountBlocked,
		timpush.CodeOtherAccountType, timpush.CodeInvalidAttribute,
		timpush.CodeTagTooLong, timpush.CodeTagTooLongCommon, timpush.CodeTooManyTags,
	}},
	{"Pushes", []int64{
		timpush.CodePushQuota, timpush.CodePushTooFrequent, timpush.CodeSenderNotFound,
		timpush.CodeBadNotification, timpush.CodePushTooLarge, timpush.CodeDataIDTooLong, timpush.CodeBadMessageRandom,
		timpush.CodeTagInBothLists, timpush.CodeTagsWithAttributes, timpush.CodeEmptyTag,
		timpush.CodeTaskNotFound, timpush.CodeAlreadyRevoked, timpush.CodeTooOldToRevoke, timpush.CodeRevokeTooFrequent, timpush.CodeNoNotification,
		timpush.CodeBadScheduledPush, timpush.CodeScheduledPushDone, timpush.CodeScheduledPushUnderWay, timpush.CodeScheduledPushFailed,
	}},
}

func codes() string { return codeTables(sections, timpush.Codes()) }

// codeTables has a table for each section, and one for the other known codes.
func codeTables(sections []section, known []int64) string {
	other := section{heading: "Other codes"}
	for _, code := range known {
		if !slices.ContainsFunc(sections, func(s section) bool { return slices.Contains(s.codes, code) }) {
			other.codes = append(other.codes, code)
		}
	}
	if other.codes != nil {
		sections = append(slices.Clone(sections), other)
	}
	var tables []string
	for _, s := range sections {
		tables = append(tables, "### "+s.heading+"\n\n"+codeTable(s.codes))
	}
	return strings.Join(tables, "\n")
}

// argument is one of the provider's arguments with its environment variable, as
// fixes name them.
var argument = regexp.MustCompile(`(\w+) \(TIMPUSH_\w+\)`)

// codeTable has a row for each fix, with all of its codes.
func codeTable(codes []int64) string {
	type advice struct{ fix, retried string }
	var order []advice
	meanings := map[advice][]meaning{}
	for _, code := range codes {
		row := advice{argument.ReplaceAllString(kit.CodeFix(code), "`$1`"), timpush.Retried(code)}
		if meanings[row] == nil {
			order = append(order, row)
		}
		meanings[row] = withMeaning(meanings[row], code)
	}
	table := "| Codes | What to do | Retried |\n|---|---|---|\n"
	for _, row := range order {
		var texts []string
		for _, m := range meanings[row] {
			texts = append(texts, m.String())
		}
		table += fmt.Sprintf("| %s | %s | %s |\n", strings.Join(texts, "; "), row.fix, row.retried)
	}
	return table
}

// meaning is a text with the codes that have it.
type meaning struct {
	text  string
	codes []string
}

func (m meaning) String() string { return "**" + strings.Join(m.codes, "**, **") + "**: " + m.text }

// withMeaning adds a code to the codes with the same meaning, or adds its meaning.
func withMeaning(meanings []meaning, code int64) []meaning {
	text, number := timpush.Meaning(code), strconv.FormatInt(code, 10)
	if i := slices.IndexFunc(meanings, func(m meaning) bool { return m.text == text }); i >= 0 {
		meanings[i].codes = append(meanings[i].codes, number)
		return meanings
	}
	return append(meanings, meaning{text, []string{number}})
}
