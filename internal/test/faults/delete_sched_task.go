package faults

// The response of delete_sched_task repeats the ID (78841).
var _ = register("delete_sched_task", responses{faults: ofEnvelope})
