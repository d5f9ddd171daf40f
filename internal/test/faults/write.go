package faults

import (
	"slices"
	"strings"
)

// registerWrite registers a command that writes to accounts. Its response has the
// accounts that failed in ErrorList; the others are done (60565).
func registerWrite(api string) responses { //nolint:unparam // a declaration needs a value
	return register(api, responses{ofAccounts: true, halved: true, faults: func() []Fault {
		return slices.Concat(wrongTypes(writeFields()), writeLists())
	}})
}

// failedAccounts returns a response with these elements in ErrorList.
func failedAccounts(elements ...string) string {
	return envelope + `,"ErrorList":[` + strings.Join(elements, ",") + `]}`
}

// writeFields are the fields of the response. An element that is for no account is
// an error: some account failed, and it is unclear which.
func writeFields() []field {
	return []field{
		{"ErrorList", envelope + `,"ErrorList":%}`, nil, []string{"null"}},
		{"ErrorList", failedAccounts(`%`), nil, nil},
		{"ErrorList", failedAccounts(`{"To_Account":%,"ErrorCode":70107}`), nil, nil},
		{"ErrorCode", failedAccounts(`{"To_Account":"user0","ErrorCode":%}`), []string{"number"}, all}, // the error of an account
		{"ErrorInfo", failedAccounts(`{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":%}`), []string{"string"}, all},
	}
}

// writeLists are unusual contents of ErrorList.
func writeLists() []Fault {
	const failed = `{"To_Account":"user0","ErrorCode":70107}`
	return []Fault{
		jsonFault("no list", envelope+`}`, Harmless, ""),
		jsonFault("empty list", failedAccounts(), Harmless, ""),
		jsonFault("list of a read", envelope+`,"UserAttrs":[{"To_Account":"user0"}],"UserTags":7}`, Harmless, ""),
		jsonFault("new fields", failedAccounts(`{"New":[1],"To_Account":"user0","ErrorCode":70107}`), Harmless, ""),
		jsonFault("an account without a code", failedAccounts(`{"To_Account":"user0"}`), Harmless, ""),
		jsonFault("an account twice", failedAccounts(failed, `{"To_Account":"user0","ErrorCode":90035}`), Harmless, ""),
		jsonFault("an error with code 0", failedAccounts(`{"To_Account":"user0","ErrorCode":0}`, `{"To_Account":"other","ErrorCode":0}`, `{"ErrorCode":0}`), Harmless, ""),
		jsonFault("an error without an account", failedAccounts(failed, `{"ErrorCode":70107}`), Final, "for none of the request's accounts"),
		jsonFault("an error of an account not in the request", failedAccounts(failed, `{"To_Account":"other","ErrorCode":70107}`), Final, "for none of the request's accounts"),
		jsonFault("key in a reason", failedAccounts(`{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":"`+Key+`"}`), Harmless, ""),
		jsonFault("key deeper in a reason", failedAccounts(`{"To_Account":"user0","ErrorCode":"`+Key+`","ErrorInfo":["`+Key+`"]}`), Harmless, ""),
		jsonFault("key in an account", failedAccounts(`{"To_Account":"`+Key+`","ErrorCode":70107}`), Final, "for none of the request's accounts"),
		jsonFault("too many accounts", failedAccounts(slices.Repeat([]string{failed}, 10_001)...), Final, "contains more than 10000"),
		jsonFault("reason that is not UTF-8", failedAccounts("{\"To_Account\":\"user0\",\"ErrorCode\":70107,\"ErrorInfo\":\"\xff\"}"), Final, "is not UTF-8"),
	}
}
