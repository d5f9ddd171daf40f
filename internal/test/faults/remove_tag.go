package faults

var _ = registerWrite("remove_tag")
