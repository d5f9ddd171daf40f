package faults

import (
	"slices"
	"strings"
)

// The responses of the commands about deliveries, with % for the fields of a
// result: pushes have a list of results (71894), chat messages have the fields at
// the top level (71897).
const (
	listedResult = envelope + `,"Results":[{%}]}`
	plainResult  = envelope + `,%}`
)

// with returns a response with these fields, or this value, in place of the %.
func with(response, content string) string { return strings.Replace(response, "%", content, 1) }

// deliveryFields returns a field for each name. No type is an error, since
// responses about deliveries are decoded as far as possible.
func deliveryFields(response string, names ...string) []field {
	fields := make([]field, len(names))
	for i, name := range names {
		fields[i] = field{name, with(response, `"`+name+`":%`), nil, all}
	}
	return fields
}

// rowFields returns the fields of the rows in a list, the rows, and the list.
func rowFields(response, list string, names ...string) []field {
	return slices.Concat(
		deliveryFields(response, list),
		[]field{{list, with(response, `"`+list+`":[%]`), nil, all}},
		deliveryFields(with(response, `"`+list+`":[{%}]`), names...),
	)
}

// resultFaults are faults of responses with results, in both places. result has the
// fields of one with a list named list.
func resultFaults(list, result string) []Fault {
	harmless := func(name, body string) Fault { return jsonFault(name, body, Harmless, "") }
	rows := func(count int) string { return `"` + list + `":[` + strings.Repeat(`{},`, count-1) + `{}]` }
	return slices.Concat(wrongTypes(deliveryFields(plainResult, "Results")),
		wrongTypes([]field{{"Results", envelope + `,"Results":[%]}`, nil, all}}),
		[]Fault{
			harmless("no results", with(plainResult, `"New":1`)),
			harmless("results in a list", with(listedResult, result)),
			harmless("a result in an object", with(plainResult, `"Results":{`+result+`}`)),
			harmless("a result at the top level", with(plainResult, result)),
			harmless("results in both places", with(plainResult, `"Results":[{`+result+`}],`+result)),
			harmless("duplicate fields", with(listedResult, result+`,`+result)),
			harmless("names in other cases", with(listedResult, strings.ToLower(result))),
			harmless("many rows", with(listedResult, rows(9_999))), // and one result
			jsonFault("too many rows", with(listedResult, rows(10_000)), Final, "contains more than 10000"),
			jsonFault("too many rows at the top level", with(plainResult, rows(10_001)), Final, "contains more than 10000"),
			jsonFault("too many results", envelope+`,"Results":[`+strings.Repeat(`{},`, 10_000)+`{}]}`, Final, "contains more than 10000"),
		})
}

// statisticsFaults are the faults of statistics, in a response with % for the
// fields of a result.
func statisticsFaults(response string) []Fault {
	const list = "PlatformStatistics"
	counts := []string{"TotalCount", "SentCount", "DeliveredCount", "ClickCount"}
	faults := slices.Concat(
		wrongTypes(deliveryFields(response, append(counts, "TaskID")...)),
		wrongTypes(rowFields(response, list, append(counts, "EventType", "PushPlatform")...)),
		resultFaults(list, `"TaskID":"a","TotalCount":1,"PlatformStatistics":[{"EventType":1,"PushPlatform":1,"TotalCount":1}]`))
	for _, number := range []string{`-1`, `-0`, `7.0`, `1e12`, `1000000000001`, `"12"`, `"1.5"`, `"-1"`, `"` + strings.Repeat("9", 1000) + `"`, strings.Repeat("9", 1000)} {
		name := number[:min(len(number), 20)]
		faults = append(faults,
			jsonFault("count "+name, with(response, `"TotalCount":`+number), Harmless, ""),
			jsonFault("platform "+name, with(response, `"PlatformStatistics":[{"PushPlatform":`+number+`}]`), Harmless, ""),
			jsonFault("event "+name, with(response, `"PlatformStatistics":[{"EventType":`+number+`}]`), Harmless, ""))
	}
	return append(faults, jsonFault("key in texts", with(response,
		`"TaskID":"`+Key+`","TotalCount":"`+Key+`","SentCount":["`+Key+`"],"DeliveredCount":{"`+Key+`":1},"PlatformStatistics":["`+Key+`",{"EventType":"`+Key+`","PushPlatform":"`+Key+`","SentCount":"`+Key+`","`+Key+`":1}]`),
		Harmless, ""))
}

// lossFaults are the faults of losses, in a response with % for the fields of a
// result.
func lossFaults(response string) []Fault {
	var faults []Fault
	for _, list := range []string{"ReadyToSendLoss", "PostSendDeliveredLoss"} {
		faults = slices.Concat(faults,
			wrongTypes(rowFields(response, list, "ErrCode", "ErrCount", "ErrInfo")),
			wrongTypes(rowFields(response, "Platform"+list, "ErrCode", "ErrCount", "ErrInfo", "EventType", "PushPlatform")))
	}
	row := `"ErrCode":"` + Key + `","ErrCount":"` + Key + `","ErrInfo":"` + Key + `","` + Key + `":1`
	return slices.Concat(faults,
		resultFaults("ReadyToSendLoss", `"TaskID":"a","ReadyToSendLoss":[{"ErrCode":"1","ErrCount":1,"ErrInfo":""}]`),
		[]Fault{
			jsonFault("rows for platforms and for all together", with(response, `"ReadyToSendLoss":[{"ErrCode":"1","ErrCount":2},{"ErrCode":"2","ErrCount":1}],"PlatformReadyToSendLoss":[{"ErrCode":"1","ErrCount":2,"PushPlatform":9}]`), Harmless, ""),
			jsonFault("key in texts", with(response, `"ReadyToSendLoss":[{`+row+`},"`+Key+`"],"PlatformPostSendDeliveredLoss":[{`+row+`,"PushPlatform":"`+Key+`"}],"PostSendDeliveredLoss":"`+Key+`"`), Harmless, ""),
		})
}

// traceFaults are the faults of traces.
func traceFaults() []Fault {
	const list = "InstanceTrace"
	device := func(content string) string { return with(plainResult, `"InstanceTrace":[{`+content+`}]`) }
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	var texts []string
	for _, name := range []string{"InstanceId", "PushTime", "DeviceModel", "System", "EventType", "PushPlatform", "NotificationStatus", "last_active_terminal", "New", Key} {
		texts = append(texts, `"`+name+`":"`+Key+`"`)
	}
	return slices.Concat(
		wrongTypes(rowFields(plainResult, list, "InstanceId", "PushTime", "DeviceModel", "System", "SystemVersion", "EventType", "PushPlatform",
			"Token", "CertId", "SdkVersion", "PushVersion", "NotificationStatus", "last_active_terminal", "IMCommitStat")),
		[]Fault{
			jsonFault("no devices", with(plainResult, `"New":1`), Harmless, ""),
			jsonFault("nested deeply", device(`"IMCommitStat":`+nested(5_000)), Harmless, ""),
			jsonFault("nested too deeply", device(`"IMCommitStat":`+nested(100_000)), Final, "is not JSON"),
			jsonFault("too many devices", with(plainResult, `"InstanceTrace":[`+strings.Repeat(`{},`, 10_000)+`{}]`), Final, "contains more than 10000"),
			jsonFault("too many elements in a device", device(`"IMCommitStat":[`+strings.Repeat(`[],`, 9_999)+`[]]`), Final, "contains more than 10000"),
			jsonFault("half a surrogate pair", device(`"System":"\ud800"`), Harmless, ""),
			jsonFault("key in texts", device(strings.Join(texts, ",")+`,"IMCommitStat":{"IMStat":{"`+Key+`":["`+Key+`",{"ErrorInfo":"`+Key+`"}]}}`), Harmless, ""),
		})
}
