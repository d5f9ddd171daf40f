package faults

var _ = registerWrite("remove_attr")
