package faults

import "slices"

// hugeID is an ID that no integer type holds: the size of IDs is not documented.
const hugeID = "123456789012345678901234567890"

// sampleTask is the ID of the task in the samples (78842).
const sampleTask = `"TaskID":1234567890`

// taskFields returns the fields of a task. No type is an error, except that of the
// ID. response has % for the fields.
func taskFields(response string) []field {
	fields := []field{{"TaskID", with(response, `"TaskID":%`), []string{"number"}, nil}}
	for _, name := range []string{"Sdkappid", "CreateAt", "Type", "SchedAt", "Content", "Title", "Desc", "Status", "DispatchSuccess", "DispatchErr", "PushTaskID"} {
		fields = append(fields, field{name, with(response, sampleTask+`,"`+name+`":%`), nil, all})
	}
	for _, name := range []string{"From_Account", "MsgRandom", "To_Account", "Condition", "OfflinePushInfo"} {
		fields = append(fields, field{name, with(response, sampleTask+`,"Content":{"`+name+`":%}`), nil, all})
	}
	for _, name := range []string{"TagsOr", "AttrsOr"} {
		fields = append(fields, field{name, with(response, sampleTask+`,"Content":{"Condition":{"`+name+`":%}}`), nil, all})
	}
	return fields
}

// taskFaults are unusual tasks, in a response with % for the fields of one.
func taskFaults(response string) []Fault {
	harmless := func(name, content string) Fault { return jsonFault(name, with(response, content), Harmless, "") }
	return []Fault{
		harmless("ID as text", `"TaskID":"1234567890"`),
		harmless("invalid times", sampleTask+`,"CreateAt":"yesterday","SchedAt":"2025-02-30 10:00:00"`),
		harmless("names in other cases", sampleTask+`,"title":7,"taskid":0`),
		harmless("key in texts", sampleTask+`,"Type":"`+Key+`","Title":"`+Key+`","Desc":["`+Key+`"],"Status":"`+Key+`","DispatchErr":"`+Key+`","PushTaskID":{"`+Key+`":1},"CreateAt":"`+Key+`"`),
		harmless("key in the content", sampleTask+`,"Content":{"From_Account":"`+Key+`","`+Key+`":1,"To_Account":["`+Key+`"],"Condition":{"AttrsOr":{"`+Key+`":"`+Key+`"}},"OfflinePushInfo":{"Title":"`+Key+`"}}`),
		harmless("key in content of another type", sampleTask+`,"Content":["`+Key+`"]`),
	}
}

const noTask = "contains no TaskInfo with a valid TaskID"

var _ = register("get_sched_task", responses{lacking: noTask, faults: func() []Fault {
	const task = envelope + `,"TaskInfo":{%}}`
	return slices.Concat(
		wrongTypes([]field{{"TaskInfo", envelope + `,"TaskInfo":%}`, nil, nil}}),
		wrongTypes(taskFields(task)),
		taskFaults(task),
		[]Fault{
			jsonFault("no task", envelope+`}`, Final, noTask),
			jsonFault("empty task", with(task, ""), Final, noTask),
			jsonFault("task at the top level", envelope+`,`+sampleTask+`}`, Final, noTask),
			jsonFault("another task", with(task, `"TaskID":`+hugeID), Final, "another task than the requested one"),
			jsonFault("only the ID", with(task, sampleTask), Harmless, ""),
		})
}})
