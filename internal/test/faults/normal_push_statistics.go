package faults

var _ = register("normal_push_statistics", responses{faults: func() []Fault { return statisticsFaults(plainResult) }})
