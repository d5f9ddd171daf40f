package faults

var _ = register("all_member_push_trace", responses{faults: traceFaults})
