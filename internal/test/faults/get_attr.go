package faults

import "strings"

// getAttr are the faults of replies to get_attr.
func getAttr() []Fault {
	name := strings.Repeat("n", 5<<20) // more than gRPC takes unless told to
	return append(wrongTypes([]field{
		{"UserAttrs", envelope + `,"UserAttrs":%}`, nil, []string{"null", "array"}},
		{"UserAttrs", envelope + `,"UserAttrs":[%]}`, nil, all}, // belongs to no account
		{"To_Account", envelope + `,"UserAttrs":[{"To_Account":%,"Attrs":{}}]}`, []string{"string"}, all},
		{"Attrs", envelope + `,"UserAttrs":[{"To_Account":"user0","Attrs":%}]}`, []string{"object"}, all}, // the account's error
		{"value", envelope + `,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":%}}]}`, []string{"string"}, all},
		{"ErrorList", envelope + `,"ErrorList":%}`, nil, []string{"null", "array"}},
		{"ErrorList", envelope + `,"ErrorList":[%]}`, nil, all},
		{"To_Account", envelope + `,"ErrorList":[{"To_Account":%,"ErrorCode":70107}]}`, []string{"string"}, all},
		{"ErrorCode", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":%}]}`, []string{"number"}, all},
		{"ErrorInfo", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":%}]}`, []string{"string"}, all},
	}),
		answer("nested too deeply", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":`+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+`}}]}`, Final, "is not JSON"),
		answer("nested deeply", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":`+strings.Repeat("[", 5_000)+strings.Repeat("]", 5_000)+`}}]}`, Harmless, ""),
		answer("no lists", envelope+`}`, Harmless, ""),
		answer("empty lists", envelope+`,"UserAttrs":[],"ErrorList":[]}`, Harmless, ""),
		answer("key in names and values", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"`+Key+`":"`+Key+`"}},{"To_Account":"user200","Attrs":{"a":["`+Key+`"]}}]}`, Harmless, ""),
		answer("key in a reason", envelope+`,"ErrorList":[{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":"`+Key+`"}]}`, Harmless, ""),
		answer("new fields", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{},"New":[1]}],"RequestId":"x","New":{"k":null}}`, Harmless, ""),
		answer("duplicate accounts", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":"1"}},{"To_Account":"user0","Attrs":{"a":"2"}}]}`, Harmless, ""),
		answer("accounts in both lists", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{}}],"ErrorList":[{"To_Account":"user0","ErrorCode":70107},{"To_Account":"user0","ErrorCode":90035}]}`, Harmless, ""),
		answer("foreign accounts", envelope+`,"UserAttrs":[{"To_Account":"stranger","Attrs":{"a":"1"}}],"ErrorList":[{"To_Account":"other","ErrorCode":70107}]}`, Harmless, ""),
		answer("invalid UTF-8", envelope+",\"UserAttrs\":[{\"To_Account\":\"user0\",\"Attrs\":{\"a\xff\":\"\xc3\x28\"}},{\"To_Account\":\"\xff\",\"Attrs\":{}}]}", Final, "is not UTF-8"),
		answer("GBK with a backslash in a character", envelope+",\"UserAttrs\":[{\"To_Account\":\"user0\",\"Attrs\":{\"a\":\"\xd5\x5c\"}}]}", Final, "is not UTF-8"),
		answer("an error with code 0", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"name":"user0"}}],"ErrorList":[{"To_Account":"user0","ErrorCode":0}]}`, Harmless, ""),
		answer("no attributes at all", envelope+`,"UserAttrs":[{"To_Account":"user0"},{"To_Account":"user200"}]}`, Harmless, ""),
		answer("too many accounts", envelope+`,"UserAttrs":[`+strings.Repeat(`{"To_Account":"stranger","Attrs":{}},`, 10_000)+`{}]}`, Final, "lists more than 10000"),
		answer("half a surrogate pair", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":"\ud800"}}]}`, Harmless, ""),
		answer("attribute name of 5 MB", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"`+name+`":"1"}}]}`, Harmless, ""),
		answer("account name of 5 MB", envelope+`,"UserAttrs":[{"To_Account":"`+name+`","Attrs":{}}]}`, Harmless, ""),
	)
}
