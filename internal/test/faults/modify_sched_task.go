package faults

// The response of modify_sched_task is not documented (78840): all of it but the
// envelope is ignored.
var _ = register("modify_sched_task", responses{faults: ofEnvelope})

// ofEnvelope are the faults of a response of which only the envelope is used.
func ofEnvelope() []Fault {
	return append(wrongTypes([]field{{"TaskID", envelope + `,"TaskID":%}`, nil, all}}),
		jsonFault("only an envelope", envelope+`}`, Harmless, ""),
		jsonFault("new fields", envelope+`,"New":["`+Key+`"]}`, Harmless, ""))
}
