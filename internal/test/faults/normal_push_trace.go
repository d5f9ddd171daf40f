package faults

var _ = register("normal_push_trace", responses{faults: traceFaults})
