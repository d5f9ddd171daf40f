package faults

import (
	"slices"
	"strings"
)

// The response of list_sched_task has tasks like that of get_sched_task (78843). None
// is lost: a task without an ID is an error.
var _ = register("list_sched_task", responses{faults: func() []Fault {
	const list = envelope + `,"Total":1,"Tasks":[{%}]}`
	return slices.Concat(
		wrongTypes(taskFields(list)),
		wrongTypes([]field{
			{"Tasks", envelope + `,"Total":0,"Tasks":%}`, nil, []string{"null"}},
			{"Tasks", envelope + `,"Total":1,"Tasks":[%]}`, nil, nil},
			{"Total", envelope + `,"Total":%}`, nil, all},
		}),
		taskFaults(list),
		[]Fault{
			jsonFault("no list", envelope+`}`, Harmless, ""),
			jsonFault("no tasks, although there are some", envelope+`,"Total":1000,"Tasks":[]}`, Harmless, ""),
			jsonFault("fewer tasks in total than in the page", strings.Replace(with(list, sampleTask), `"Total":1`, `"Total":0`, 1), Harmless, ""),
			jsonFault("total as text", strings.Replace(with(list, sampleTask), `"Total":1`, `"Total":"1"`, 1), Harmless, ""),
			jsonFault("a task twice", with(list, sampleTask+`},{`+sampleTask), Harmless, ""),
			jsonFault("an ID of many digits", with(list, `"TaskID":`+hugeID), Harmless, ""),
			jsonFault("a task without an ID among others", with(list, sampleTask+`},{"Title":"a"},{"TaskID":8`), Final, "without a valid TaskID"),
			jsonFault("too many tasks", envelope+`,"Total":10001,"Tasks":[`+strings.Repeat(`{"TaskID":7},`, 10_000)+`{"TaskID":7}]}`, Final, "contains more than 10000"),
		})
}})
