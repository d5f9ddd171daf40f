package faults

import (
	"slices"
	"strings"
)

var _ = register("push", responses{once: true, faults: pushFaults})

// pushFaults are the faults of responses to pushes. A push was executed if the
// envelope says so, whatever else is wrong.
func pushFaults() []Fault {
	listed := func(elements ...string) string {
		return envelope + `,"TaskId":"a_1","ErrorList":[` + strings.Join(elements, ",") + `]}`
	}
	const refused = `{"To_Account":"user0","ErrorCode":70107}`
	harmless := func(name, body string) Fault { return jsonFault(name, body, Harmless, "") }
	return slices.Concat(
		wrongTypes([]field{
			{"TaskId", envelope + `,"TaskId":%}`, nil, all},
			{"ErrorList", envelope + `,"TaskId":"a_1","ErrorList":%}`, nil, all},
			{"ErrorList", listed(`%`), nil, all},
			{"To_Account", listed(`{"To_Account":%,"ErrorCode":70107}`), nil, all},
			{"ErrorCode", listed(`{"To_Account":"user0","ErrorCode":%}`), nil, all},
			{"ErrorInfo", listed(`{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":%}`), nil, all},
		}),
		[]Fault{
			harmless("only an envelope", envelope+`}`),
			harmless("empty list", listed()),
			harmless("names in other cases", envelope+`,"taskid":"a_1","errorlist":[`+refused+`]}`),
			harmless("new fields", envelope+`,"New":[{}],"TaskId":"a_1"}`),
			harmless("task twice", envelope+`,"TaskId":"a_1","TaskId":"a_2"}`),
			harmless("an account twice", listed(refused, `{"To_Account":"user0","ErrorCode":90048}`)),
			harmless("an error with code 0", listed(`{"To_Account":"user0","ErrorCode":0}`, `{"To_Account":"other","ErrorCode":0}`)),
			harmless("an error of an account not in the request", listed(refused, `{"To_Account":"other","ErrorCode":70107}`)),
			harmless("an error without an account", listed(`{"ErrorCode":70107}`, `{}`)),
			harmless("many errors", listed(slices.Repeat([]string{refused}, 10_001)...)),
			harmless("key in all texts", envelope+`,"TaskId":"`+Key+`","ErrorList":[{"To_Account":"user0","ErrorCode":"`+Key+`","ErrorInfo":["`+Key+`"]},{"To_Account":"`+Key+`","ErrorCode":1,"ErrorInfo":"`+Key+`"},"`+Key+`"],"`+Key+`":1}`),
			harmless("key in a task of another type", envelope+`,"TaskId":["`+Key+`",{"`+Key+`":1}]}`),
			harmless("key in a reason", listed(`{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":"`+Key+`"}`)),
			jsonFault("OK with a code of throttling", `{"ActionStatus":"OK","ErrorCode":60007,"TaskId":"a_1"}`, Final, "error code 60007"),
			jsonFault("task that is not UTF-8", envelope+",\"TaskId\":\"\xff\"}", Final, "is not UTF-8"),
		})
}
