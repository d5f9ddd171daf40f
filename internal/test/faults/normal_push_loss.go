package faults

var _ = register("normal_push_loss", responses{faults: func() []Fault { return lossFaults(plainResult) }})
