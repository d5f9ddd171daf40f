package faults

import (
	"slices"
	"strings"
)

// read describes the response of a command that reads accounts.
type read struct {
	list  string // the field of the response that lists accounts
	field string // the field of an element that holds its value
	kind  string // the type of the value on the API page, a key of kinds
	value string // JSON of that type, with % for a string in it
}

// registerRead registers a command that reads accounts. own are faults in addition
// to those of every such command.
func registerRead(api string, r read, own ...Fault) responses { //nolint:unparam // a declaration needs a value
	return register(api, responses{ofAccounts: true, faults: func() []Fault {
		return slices.Concat(wrongTypes(r.fields()), r.lists(), r.values(), own)
	}})
}

// response returns a response with these elements.
func (r read) response(elements ...string) string {
	return envelope + `,"` + r.list + `":[` + strings.Join(elements, ",") + `]}`
}

// element returns an element of the list. Both arguments are JSON: the account, and
// the string in the value.
func (r read) element(account, value string) string {
	return `{"To_Account":` + account + `,"` + r.field + `":` + strings.Replace(r.value, "%", value, 1) + `}`
}

func (r read) fields() []field {
	fields := []field{
		{r.list, envelope + `,"` + r.list + `":%}`, nil, []string{"null", "array"}},
		{r.list, r.response(`%`), nil, all}, // not the error of an account
		{"To_Account", r.response(r.element(`%`, `""`)), []string{"string"}, all},
		{r.field, r.response(`{"To_Account":"user0","` + r.field + `":%}`), []string{r.kind}, all}, // the error of an account
		{"ErrorList", envelope + `,"ErrorList":%}`, nil, []string{"null", "array"}},
		{"ErrorList", envelope + `,"ErrorList":[%]}`, nil, all},
		{"To_Account", envelope + `,"ErrorList":[{"To_Account":%,"ErrorCode":70107}]}`, []string{"string"}, all},
		{"ErrorCode", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":%}]}`, []string{"number"}, all},
		{"ErrorInfo", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":%}]}`, []string{"string"}, all},
	}
	if r.value != "%" { // otherwise the field itself is the string
		fields = append(fields, field{"value", r.response(r.element(`"user0"`, `%`)), []string{"string"}, all})
	}
	return fields
}

// lists are unusual contents of the lists.
func (r read) lists() []Fault {
	user0 := r.element(`"user0"`, `"1"`)
	both := strings.TrimSuffix(r.response(user0), "}") + `,"ErrorList":[%]}`
	fails := func(elements string) string { return strings.Replace(both, "%", elements, 1) }
	return []Fault{
		jsonFault("no lists", envelope+`}`, Harmless, ""),
		jsonFault("lists of another command", envelope+`,"Others":[`+user0+`]}`, Harmless, ""),
		jsonFault("empty lists", envelope+`,"`+r.list+`":[],"ErrorList":[]}`, Harmless, ""),
		jsonFault("elements without values", r.response(`{"To_Account":"user0"}`, `{"To_Account":"user200"}`), Harmless, ""),
		jsonFault("new fields", r.response(strings.Replace(user0, "{", `{"New":[1],`, 1), `{"New":{"k":null}}`), Harmless, ""),
		jsonFault("duplicate accounts", r.response(user0, r.element(`"user0"`, `"2"`)), Harmless, ""),
		jsonFault("accounts not in the request", r.response(r.element(`"stranger"`, `"1"`)), Harmless, ""),
		jsonFault("accounts in both lists", fails(`{"To_Account":"user0","ErrorCode":70107},{"To_Account":"user0","ErrorCode":90035}`), Harmless, ""),
		jsonFault("errors of accounts not in the request", fails(`{"To_Account":"other","ErrorCode":70107}`), Harmless, ""),
		jsonFault("an error with code 0", fails(`{"To_Account":"user0","ErrorCode":0}`), Harmless, ""),
		jsonFault("key in a reason", envelope+`,"ErrorList":[{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":"`+Key+`"}]}`, Harmless, ""),
		jsonFault("too many accounts", r.response(slices.Repeat([]string{r.element(`"stranger"`, `"1"`)}, 10_001)...), Final, "contains more than 10000"),
		jsonFault("account name that is not UTF-8", r.response(r.element("\"\xff\"", `"1"`)), Final, "is not UTF-8"),
	}
}

// values are unusual JSON for the string in a value.
func (r read) values() []Fault {
	value := func(name, json string, outcome Outcome, errorText string) Fault {
		return jsonFault(name, r.response(r.element(`"user0"`, json)), outcome, errorText)
	}
	long := strings.Repeat("v", 5<<20) // above the default limit of gRPC
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	return []Fault{
		value("key in a value", `"`+Key+`"`, Harmless, ""),
		value("key deeper in a value", `["`+Key+`"]`, Harmless, ""),
		value("nested deeply", nested(5_000), Harmless, ""),
		value("nested too deeply", nested(100_000), Final, "is not JSON"),
		value("half a surrogate pair", `"\ud800"`, Harmless, ""),
		value("invalid UTF-8", "\"\xc3\x28\"", Final, "is not UTF-8"),
		value("GBK with a backslash in a character", "\"\xd5\x5c\"", Final, "is not UTF-8"),
		large(value("value of 5 MB", `"`+long+`"`, Harmless, "")),
	}
}
