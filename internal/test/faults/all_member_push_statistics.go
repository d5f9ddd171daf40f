package faults

var _ = register("all_member_push_statistics", responses{faults: func() []Fault { return statisticsFaults(listedResult) }})
