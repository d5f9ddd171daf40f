package faults

var _ = register("all_member_push_loss", responses{faults: func() []Fault { return lossFaults(listedResult) }})
