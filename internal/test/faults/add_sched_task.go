package faults

import "slices"

const noTaskID = "reports success without a valid TaskID"

// The response of add_sched_task has the ID of the task, where is not documented
// (78839). A success without one is unclear.
var _ = register("add_sched_task", responses{once: true, lacking: noTaskID, faults: func() []Fault {
	return slices.Concat(wrongTypes([]field{
		{noTaskID, envelope + `,"TaskID":%}`, []string{"number"}, nil},
		{noTaskID, envelope + `,"TaskId":%}`, []string{"number"}, nil},
		{noTaskID, envelope + `,"TaskInfo":%}`, nil, nil},
		{noTaskID, envelope + `,"TaskInfo":{"TaskID":%}}`, []string{"number"}, nil},
		{"TaskId", envelope + `,"TaskID":7,"TaskId":%}`, nil, all},
		{"TaskInfo", envelope + `,"TaskID":7,"TaskInfo":%}`, nil, all},
	}), []Fault{
		jsonFault("no ID", envelope+`}`, Final, noTaskID),
		jsonFault("ID 0", envelope+`,"TaskID":0}`, Final, noTaskID),
		jsonFault("ID with an exponent", envelope+`,"TaskID":1e9}`, Final, noTaskID),
		jsonFault("name in another case", envelope+`,"taskid":7}`, Final, noTaskID),
		jsonFault("key as the ID", envelope+`,"TaskID":"`+Key+`"}`, Final, noTaskID),
		jsonFault("ID as text", envelope+`,"TaskID":"7"}`, Harmless, ""),
		jsonFault("ID of many digits", envelope+`,"TaskID":`+hugeID+`}`, Harmless, ""),
		jsonFault("ID of many digits as text", envelope+`,"TaskId":"`+hugeID+`"}`, Harmless, ""),
		jsonFault("ID in an object", envelope+`,"TaskInfo":{"TaskId":"7"}}`, Harmless, ""),
		jsonFault("ID 0 in one place", envelope+`,"TaskID":0,"TaskInfo":{"TaskID":7}}`, Harmless, ""),
		jsonFault("new fields", envelope+`,"TaskID":7,"New":["`+Key+`"]}`, Harmless, ""),
	})
}})
